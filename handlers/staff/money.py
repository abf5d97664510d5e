"""The money queue: money that no rule may decide about, until a person does."""

from community_bot.billing.rules import normal_reference
from community_bot.errors import AlreadyDone
from community_bot.money import parse_amount
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import money as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press
from handlers.texts import money as texts

WHO = (Role.FINANCE, Role.ADMIN)
GATEWAY = "manual"
CODE, BACK, UP = "money_order_code", "money_back", "money_up"
SEEN, NUMBER = "money_seen", "money_number"


async def waiting(inbound: Inbound, context: Context) -> None:
    found = await context.community.money_queue.waiting(inbound.actor)
    screen = Screen(texts.waiting(inbound.words, found), keys.waiting(inbound.words, found))
    await show(inbound, context, screen)


async def show_payment(inbound: Inbound, context: Context) -> None:
    """Show one payment that still waits."""
    number = inbound.pressed.number(0)
    found = await context.community.money_queue.waiting(inbound.actor)
    zone = context.community.config.community.zone
    for one in found:
        if one.payment is not None and one.payment.payment_id == number:
            text = texts.payment(inbound.words, one.payment, one.order, zone)
            await show(inbound, context, Screen(text, keys.payment(inbound.words, number)))
            return
    raise AlreadyDone("payment")


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


async def give_back(inbound: Inbound, context: Context) -> None:
    about, reason = await asked(inbound, context), typed(inbound)
    await context.community.payback.give_back(
        context.community.drafts.finishing(inbound.actor),
        payment_id=int(about["payment_id"]),
        reason=reason,
    )
    await _say(inbound, context, texts.goes_back(inbound.words))


async def ask_up(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.drafts.begin(inbound.actor, UP, order_id=number)
    await _say(inbound, context, texts.reason_wanted(inbound.words))


async def give_up(inbound: Inbound, context: Context) -> None:
    about, reason = await asked(inbound, context), typed(inbound)
    await context.community.payback.give_up(
        context.community.drafts.finishing(inbound.actor),
        order_id=int(about["order_id"]),
        reason=reason,
    )
    await _say(inbound, context, texts.goes_back(inbound.words))


async def fulfil(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.money_queue.fulfil(inbound.actor, order_id=number)
    screen = Screen(texts.fulfilled(inbound.words), keys.back(inbound.words))
    await show(inbound, context, screen)


async def return_surplus(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    amount = await context.community.payback.return_surplus(inbound.actor, order_id=number)
    text = texts.surplus_goes_back(inbound.words, amount)
    await show(inbound, context, Screen(text, keys.back(inbound.words)))


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
    on_press("money", "surplus", return_surplus, *WHO),
    on_press("money", "record", ask_seen, *WHO),
)
STEPS: Steps = {
    CODE: assign,
    BACK: give_back,
    UP: give_up,
    SEEN: ask_number,
    NUMBER: record,
}
