"""Fapiao for those who issue them: what waits, and noting that it is done or why it is not."""

from community_bot.errors import Invalid, NotFound
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import fapiao as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import fapiao as texts

WHO = (Role.FINANCE, Role.ADMIN)
ISSUE, DECLINE = "fapiao_issue", "fapiao_decline"


async def waiting(inbound: Inbound, context: Context) -> None:
    found = await context.community.fapiao.waiting(inbound.actor)
    screen = Screen(texts.waiting(inbound.words, found), keys.waiting(inbound.words, found))
    await show(inbound, context, screen)


async def show_one(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    for one in await context.community.fapiao.waiting(inbound.actor):
        if one.fapiao_id == number:
            order = await context.community.orders.one(inbound.actor, order_id=one.order_id)
            text = texts.one(inbound.words, one, order)
            await show(inbound, context, Screen(text, keys.one(inbound.words, one)))
            return
    raise NotFound("fapiao", number)


async def ask_number(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.drafts.begin(inbound.actor, ISSUE, fapiao_id=number)
    screen = Screen(texts.number_wanted(inbound.words), keys.back(inbound.words))
    await send(inbound, context, screen)


async def issue(inbound: Inbound, context: Context) -> None:
    """Note the number, typed or under the file."""
    about, message = await asked(inbound, context), inbound.message
    document = message.document if message else None
    number = (message.caption or "").strip() if message and document else typed(inbound)
    if not number:
        raise Invalid("text", "missing")
    await context.community.fapiao.issue(
        context.community.drafts.finishing(inbound.actor),
        fapiao_id=int(about["fapiao_id"]),
        number=number[:64],
        file_id=document.file_id if document else None,
    )
    await send(inbound, context, Screen(texts.settled(inbound.words), keys.back(inbound.words)))


async def ask_reason(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.drafts.begin(inbound.actor, DECLINE, fapiao_id=number)
    screen = Screen(texts.decline_wanted(inbound.words), keys.back(inbound.words))
    await send(inbound, context, screen)


async def decline(inbound: Inbound, context: Context) -> None:
    about, reason = await asked(inbound, context), typed(inbound)
    await context.community.fapiao.decline(
        context.community.drafts.finishing(inbound.actor),
        fapiao_id=int(about["fapiao_id"]),
        reason=reason,
    )
    await send(inbound, context, Screen(texts.settled(inbound.words), keys.back(inbound.words)))


AREA: Area = (
    on_press("fapiaos", "waiting", waiting, *WHO),
    on_press("fapiaos", "one", show_one, *WHO),
    on_press("fapiaos", "issue", ask_number, *WHO),
    on_press("fapiaos", "decline", ask_reason, *WHO),
)
STEPS: Steps = reserved({ISSUE: issue, DECLINE: decline}, *WHO)
