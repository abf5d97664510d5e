"""Reloading: an owner sees what the file would change about tiers and plans, and says yes."""

from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.keyboards import reloading as keys
from handlers.replies import Screen, show
from handlers.routing import Area, on_command, on_press
from handlers.texts import reloading as texts


async def preview(inbound: Inbound, context: Context) -> None:
    found = await context.community.reloading.preview(inbound.actor)
    screen = Screen(texts.preview(inbound.words, found), keys.preview(inbound.words, found))
    await show(inbound, context, screen)


async def apply(inbound: Inbound, context: Context) -> None:
    mark = inbound.pressed.word(0)
    changes = await context.community.reloading.apply(inbound.actor, mark=mark)
    screen = Screen(texts.applied(inbound.words, changes), keys.applied(inbound.words))
    await show(inbound, context, screen)


AREA: Area = (
    on_command("reload", preview, Role.OWNER),
    on_press("reload", "preview", preview, Role.OWNER),
    on_press("reload", "apply", apply, Role.OWNER),
)
