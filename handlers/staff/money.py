"""The money queue: money that no rule may decide about, until a person does."""

from community_bot.billing.rules import normal_reference
from community_bot.money import parse_amount
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.drafting import asked, confirmed, to_confirm, typed
from handlers.keyboards import money as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import money as texts

WHO = (Role.FINANCE, Role.ADMIN)
GATEWAY = "manual"
CODE, BACK, UP = "money_order_code", "money_back", "money_up"
SEEN, NUMBER = "money_seen", "money_number"
SURE_BACK, SURE_UP, SURE_SURPLUS = "money_back_sure", "money_up_sure", "money_surplus_sure"


async def waiting(inbound: Inbound, context: Context) -> None:
    found = await context.community.money_queue.waiting(inbound.actor)
    screen = Screen(texts.waiting(inbound.words, found), keys.waiting(inbound.words, found))
    await show(inbound, context, screen)


async def show_payment(inbound: Inbound, context: Context) -> None:
    """Show one payment that still waits."""
    number = inbound.pressed.number(0)
    one = await context.community.money_queue.one(inbound.actor, payment_id=number)
    zone = context.community.config.community.zone
    text = texts.payment(inbound.words, one, zone)
    await show(inbound, context, Screen(text, keys.payment(inbound.words, number)))


async def show_order(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    order = await context.community.orders.one(inbound.actor, order_id=number)
    screen = Screen(texts.order(inbound.words, order), keys.order(inbound.words, order))
    await show(inbound, context, screen)


async def ask_code(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.drafts.begin(inbound.actor, CODE, payment_id=number)
    text = texts.order_code_wanted(inbound.words, number)
    await send(inbound, context, Screen(text, keys.back(inbound.words)))


async def assign(inbound: Inbound, context: Context) -> None:
    """Let the money pay the order whose code was typed."""
    about, code = await asked(inbound, context), typed(inbound).strip().upper()
    order = await context.community.orders.by_code(inbound.actor, code=code)
    done = await context.community.money_queue.assign(
        context.community.drafts.finishing(inbound.actor),
        payment_id=int(about["payment_id"]),
        order_id=order.order_id,
    )
    await _say(inbound, context, texts.assigned(inbound.words, done))


async def ask_back(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.drafts.begin(inbound.actor, BACK, payment_id=number)
    await _say(inbound, context, texts.reason_wanted(inbound.words))


async def back_sure(inbound: Inbound, context: Context) -> None:
    """Say which money would go back, and to whom, before it does."""
    about, reason = await asked(inbound, context), typed(inbound)
    number = int(about["payment_id"])
    one = await context.community.money_queue.one(inbound.actor, payment_id=number)
    mark = await to_confirm(inbound, context, SURE_BACK, payment_id=number, reason=reason)
    names = await context.community.people.names([one.payer_id] if one.payer_id else [])
    text = texts.back_sure(inbound.words, one, names, reason)
    await send(inbound, context, Screen(text, keys.sure(inbound.words, "yesback", mark)))


async def give_back(inbound: Inbound, context: Context) -> None:
    about = await confirmed(inbound, context, SURE_BACK)
    await context.community.payback.give_back(
        context.community.drafts.finishing(inbound.actor),
        payment_id=int(about["payment_id"]),
        reason=str(about["reason"]),
    )
    await _show(inbound, context, texts.goes_back(inbound.words))


async def ask_up(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.drafts.begin(inbound.actor, UP, order_id=number)
    await _say(inbound, context, texts.reason_wanted(inbound.words))


async def up_sure(inbound: Inbound, context: Context) -> None:
    """Say which order would be given up, and what goes back to whom."""
    about, reason = await asked(inbound, context), typed(inbound)
    number = int(about["order_id"])
    order = await context.community.orders.one(inbound.actor, order_id=number)
    mark = await to_confirm(inbound, context, SURE_UP, order_id=number, reason=reason)
    names = await context.community.people.names([order.member_id])
    text = texts.up_sure(inbound.words, order, names, reason)
    await send(inbound, context, Screen(text, keys.sure(inbound.words, "yesup", mark)))


async def give_up(inbound: Inbound, context: Context) -> None:
    about = await confirmed(inbound, context, SURE_UP)
    await context.community.payback.give_up(
        context.community.drafts.finishing(inbound.actor),
        order_id=int(about["order_id"]),
        reason=str(about["reason"]),
    )
    await _show(inbound, context, texts.goes_back(inbound.words))


async def fulfil(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.money_queue.fulfil(inbound.actor, order_id=number)
    await _show(inbound, context, texts.fulfilled(inbound.words))


async def surplus_sure(inbound: Inbound, context: Context) -> None:
    """Say how much is above the price, and to whom it would go back."""
    number = inbound.pressed.number(0)
    order = await context.community.orders.one(inbound.actor, order_id=number)
    mark = await to_confirm(inbound, context, SURE_SURPLUS, order_id=number)
    names = await context.community.people.names([order.member_id])
    text = texts.surplus_sure(inbound.words, order, names)
    await show(inbound, context, Screen(text, keys.sure(inbound.words, "yessurplus", mark)))


async def return_surplus(inbound: Inbound, context: Context) -> None:
    about = await confirmed(inbound, context, SURE_SURPLUS)
    actor = context.community.drafts.finishing(inbound.actor)
    amount = await context.community.payback.return_surplus(actor, order_id=int(about["order_id"]))
    await _show(inbound, context, texts.surplus_goes_back(inbound.words, amount))


async def ask_seen(inbound: Inbound, context: Context) -> None:
    """Begin to note money that stands in the account."""
    await context.community.drafts.begin(inbound.actor, SEEN)
    await _say(inbound, context, texts.amount_seen_wanted(inbound.words))


async def ask_number(inbound: Inbound, context: Context) -> None:
    """Check the amount before the next question is asked."""
    amount = typed(inbound)
    parse_amount(amount, context.community.config.payments.manual.currency)
    await context.community.drafts.begin(inbound.actor, NUMBER, amount=amount)
    await _say(inbound, context, texts.number_seen_wanted(inbound.words))


async def record(inbound: Inbound, context: Context) -> None:
    about, number = await asked(inbound, context), typed(inbound)
    done = await context.community.money_queue.record(
        context.community.drafts.finishing(inbound.actor),
        gateway=GATEWAY,
        external_id=normal_reference(number),
        amount_text=str(about["amount"]),
        currency=context.community.config.payments.manual.currency,
    )
    await _say(inbound, context, texts.recorded(inbound.words, done))


async def _show(inbound: Inbound, context: Context, text: str) -> None:
    await show(inbound, context, Screen(text, keys.back(inbound.words)))


async def _say(inbound: Inbound, context: Context, text: str) -> None:
    await send(inbound, context, Screen(text, keys.back(inbound.words)))


AREA: Area = (
    on_press("money", "waiting", waiting, *WHO),
    on_press("money", "payment", show_payment, *WHO),
    on_press("money", "order", show_order, *WHO),
    on_press("money", "assign", ask_code, *WHO),
    on_press("money", "back", ask_back, *WHO),
    on_press("money", "up", ask_up, *WHO),
    on_press("money", "fulfil", fulfil, *WHO),
    on_press("money", "surplus", surplus_sure, *WHO),
    on_press("money", "yesback", give_back, *WHO),
    on_press("money", "yesup", give_up, *WHO),
    on_press("money", "yessurplus", return_surplus, *WHO),
    on_press("money", "record", ask_seen, *WHO),
)
STEPS: Steps = reserved(
    {
        CODE: assign,
        BACK: back_sure,
        UP: up_sure,
        SEEN: ask_number,
        NUMBER: record,
    },
    *WHO,
)
QUESTIONS = frozenset(STEPS) | {SURE_BACK, SURE_UP, SURE_SURPLUS}
