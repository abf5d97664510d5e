"""Wishes to be forgotten: an owner looks, deletes after a yes, or declines with a reason."""

from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import privacy as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import privacy as texts

REASON = "erasure_reason"


async def wishes(inbound: Inbound, context: Context) -> None:
    found = await context.community.privacy.waiting(inbound.actor)
    text = texts.wishes(inbound.words, found, context.community.config.community.zone)
    await show(inbound, context, Screen(text, keys.wishes(inbound.words, found)))


async def look(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    wish = await context.community.privacy.one(inbound.actor, erasure_id=number)
    text = texts.wish(inbound.words, wish, context.community.config.community.zone)
    await show(inbound, context, Screen(text, keys.wish(inbound.words, wish)))


async def ask_sure(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    wish = await context.community.privacy.one(inbound.actor, erasure_id=number)
    screen = Screen(
        texts.erase_sure(inbound.words, wish.name), keys.erase_sure(inbound.words, number)
    )
    await show(inbound, context, screen)


async def erase(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.privacy.erase(inbound.actor, erasure_id=number)
    screen = Screen(texts.erased(inbound.words), keys.back_to_wishes(inbound.words))
    await show(inbound, context, screen)


async def ask_reason(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    wish = await context.community.privacy.one(inbound.actor, erasure_id=number)
    await context.community.drafts.begin(inbound.actor, REASON, erasure_id=number)
    text = texts.decline_wanted(inbound.words, wish.name)
    await send(inbound, context, Screen(text, keys.back_to_wishes(inbound.words)))


async def decline(inbound: Inbound, context: Context) -> None:
    about, reason = await asked(inbound, context), typed(inbound)
    await context.community.privacy.decline(
        context.community.drafts.finishing(inbound.actor),
        erasure_id=int(about["erasure_id"]),
        reason=reason,
    )
    screen = Screen(texts.declined(inbound.words), keys.back_to_wishes(inbound.words))
    await send(inbound, context, screen)


AREA: Area = (
    on_press("erasures", "list", wishes, Role.OWNER),
    on_press("erasures", "look", look, Role.OWNER),
    on_press("erasures", "sure", ask_sure, Role.OWNER),
    on_press("erasures", "yes", erase, Role.OWNER),
    on_press("erasures", "decline", ask_reason, Role.OWNER),
)
STEPS: Steps = reserved({REASON: decline}, Role.OWNER)
