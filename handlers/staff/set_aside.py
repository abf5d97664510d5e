"""Deciding about updates that could not be handled."""

from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.replies import Screen, show
from handlers.routing import Area, on_press
from handlers.texts import staff as texts


async def retry(inbound: Inbound, context: Context) -> None:
    actor = inbound.actor
    found = await context.community.second_tries.retry(
        update_id=inbound.pressed.number(0), actor_id=actor.member_id, cause=actor.cause
    )
    await show(inbound, context, Screen(texts.tried_again(inbound.words, found)))


async def dismiss(inbound: Inbound, context: Context) -> None:
    actor = inbound.actor
    found = await context.community.second_tries.dismiss(
        update_id=inbound.pressed.number(0), actor_id=actor.member_id, cause=actor.cause
    )
    await show(inbound, context, Screen(texts.dismissed(inbound.words, found)))


AREA: Area = (
    on_press("update", "retry", retry, Role.OWNER),
    on_press("update", "dismiss", dismiss, Role.OWNER),
)
