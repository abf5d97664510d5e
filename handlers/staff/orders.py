"""Orders that wait for a person: looking, typing the amount seen, or saying why not."""

from telegram.constants import ParseMode

from community_bot.billing.facts import Waiting
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.gate import Turn
from handlers.keyboards import orders as keys
from handlers.replies import Screen, acknowledge, send, show
from handlers.routing import Area, Steps, on_command, on_press, reserved
from handlers.texts import orders as texts

APPROVERS = (Role.FINANCE, Role.ADMIN)
AMOUNT, SHORT, REASON = "amount", "short", "reason"
ASKED = {
    AMOUNT: texts.amount_wanted,
    SHORT: texts.short_wanted,
    REASON: texts.reason_wanted,
}


async def waiting(inbound: Inbound, context: Context) -> None:
    found = await context.community.approvals.waiting(inbound.actor)
    zone = context.community.config.community.zone
    text = texts.waiting(inbound.words, found, zone)
    await show(inbound, context, Screen(text, keys.waiting(inbound.words, found)))


async def review(inbound: Inbound, context: Context) -> None:
    """Show the proof itself, with everything to hold against the account."""
    number = inbound.pressed.number(0)
    one = await context.community.approvals.one(inbound.actor, order_id=number)
    zone = context.community.config.community.zone
    stated = await context.community.books.statements.seen(one.proof.reference)
    text = texts.review(inbound.words, one, stated, zone)
    screen = Screen(text, keys.review(inbound.words, one))
    await acknowledge(inbound)
    if one.proof.file_id is None:
        await send(inbound, context, screen)
    else:
        await _send_picture(inbound, context, one, screen)


async def _send_picture(inbound: Inbound, context: Context, one: Waiting, screen: Screen) -> None:
    """Send the proof as it came: a photo as a photo, a file as a file."""
    send_proof = context.bot.send_document if one.proof.is_document else context.bot.send_photo
    await send_proof(
        inbound.chat_id,
        one.proof.file_id or "",
        caption=screen.text,
        parse_mode=ParseMode.HTML,
        reply_markup=screen.keyboard,
        rate_limit_args=Turn(),
    )


async def ask_amount(inbound: Inbound, context: Context) -> None:
    await _ask(inbound, context, AMOUNT)


async def ask_short(inbound: Inbound, context: Context) -> None:
    await _ask(inbound, context, SHORT)


async def why_not(inbound: Inbound, context: Context) -> None:
    """Ask why before a proof is turned down."""
    number = inbound.pressed.number(0)
    order = (await context.community.approvals.one(inbound.actor, order_id=number)).order
    screen = Screen(texts.why_not(inbound.words, order), keys.why_not(inbound.words, order))
    await show(inbound, context, screen)


async def ask_reason(inbound: Inbound, context: Context) -> None:
    await _ask(inbound, context, REASON)


async def _ask(inbound: Inbound, context: Context, step: str) -> None:
    """Remember what the next message is for, and ask."""
    number, version = inbound.pressed.number(0), inbound.pressed.number(1)
    order = (await context.community.approvals.one(inbound.actor, order_id=number)).order
    await context.community.drafts.begin(inbound.actor, step, order_id=number, version=version)
    text = ASKED[step](inbound.words, order)
    await send(inbound, context, Screen(text, keys.asked(inbound.words, number)))


async def take_short(inbound: Inbound, context: Context) -> None:
    """Record that less came; the member is asked for the rest."""
    about = await asked(inbound, context)
    taken = await context.community.approvals.take_short(
        context.community.drafts.finishing(inbound.actor),
        order_id=int(about["order_id"]),
        version=int(about["version"]),
        amount_text=typed(inbound),
    )
    screen = Screen(texts.short_taken(inbound.words, taken), keys.back(inbound.words))
    await send(inbound, context, screen)


async def approve(inbound: Inbound, context: Context) -> None:
    """Take the amount that was typed."""
    about = await asked(inbound, context)
    done = await context.community.approvals.approve(
        context.community.drafts.finishing(inbound.actor),
        order_id=int(about["order_id"]),
        version=int(about["version"]),
        amount_text=typed(inbound),
    )
    screen = Screen(texts.approved(inbound.words, done), keys.back(inbound.words))
    await send(inbound, context, screen)


async def reject_for(inbound: Inbound, context: Context) -> None:
    """Turn a proof down for one of the usual reasons, told in the member's language."""
    number, version = inbound.pressed.number(0), inbound.pressed.number(1)
    order = await context.community.approvals.reject(
        inbound.actor,
        order_id=number,
        version=version,
        reason=inbound.pressed.word(2),
    )
    screen = Screen(texts.rejected(inbound.words, order), keys.back(inbound.words))
    await show(inbound, context, screen)


async def reject(inbound: Inbound, context: Context) -> None:
    """Turn a proof down for the reason that was typed."""
    about = await asked(inbound, context)
    order = await context.community.approvals.reject(
        context.community.drafts.finishing(inbound.actor),
        order_id=int(about["order_id"]),
        version=int(about["version"]),
        reason=typed(inbound),
    )
    screen = Screen(texts.rejected(inbound.words, order), keys.back(inbound.words))
    await send(inbound, context, screen)


AREA: Area = (
    on_command("orders", waiting, *APPROVERS),
    on_press("orders", "waiting", waiting, *APPROVERS),
    on_press("orders", "review", review, *APPROVERS),
    on_press("orders", "amount", ask_amount, *APPROVERS),
    on_press("orders", "short", ask_short, *APPROVERS),
    on_press("orders", "no", why_not, *APPROVERS),
    on_press("orders", "reason", ask_reason, *APPROVERS),
    on_press("orders", "reject", reject_for, *APPROVERS),
)
STEPS: Steps = reserved({AMOUNT: approve, SHORT: take_short, REASON: reject}, *APPROVERS)
