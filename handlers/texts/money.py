"""Words of the money queue: money that waits for a person, and proofs that waited too long."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from community_bot.billing.facts import Order, Taken
from community_bot.billing.money_queue import Queued
from community_bot.billing.notices import ReviewOverdue
from community_bot.billing.rules import OrderState
from community_bot.money import Money
from handlers.texts.figures import moment, money
from handlers.texts.joining import state
from handlers.texts.words import Html, Words, bold, code, lines

MOST_OF_REASON = 300


def review_overdue(_: Words, told: ReviewOverdue, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("⏰ A payment has waited longer than we promised")),
        _(
            "Order {code} · {due}: promised by {moment}",
            code=code(told.order_code),
            due=bold(money(told.due, _.locale)),
            moment=bold(moment(told.review_by, zone, _.locale)),
        ),
    )


def waiting(_: Words, found: Sequence[Queued]) -> Html:
    if not found:
        return _("✅ No money waits for anybody.")
    return lines(
        bold(_("💴 Money to look at: {n}", n=len(found))),
        _("Money that came late, twice, in part, or for no order we know. Tap one to decide."),
    )


def payment(_: Words, one: Queued, zone: ZoneInfo) -> Html:
    of, order = one.payment, one.order
    if of is None:
        return _("✅ No money waits for anybody.")
    return lines(
        bold(_("Payment no. {number}", number=of.payment_id)),
        _("Amount: {amount}", amount=bold(money(of.amount, _.locale))),
        _("Transaction number: {number}", number=code(of.external_id)),
        _("Came: {moment}", moment=moment(of.received_at, zone, _.locale)),
        _("Payer: {number}", number=code(of.payer_id)) if of.payer_id else None,
        _(
            "For order {code} ({state}), which costs {due}",
            code=code(order.code),
            state=state(_, order.state),
            due=money(order.due, _.locale),
        )
        if order
        else _("It belongs to no order we know."),
    )


def order(_: Words, of: Order) -> Html:
    """Say what is wrong with an order that has money and no way on."""
    return lines(
        bold(_("Order {code}", code=of.code)),
        _("State: {state}", state=bold(state(_, of.state))),
        _(
            "Received {received} of {due}",
            received=money(of.received, _.locale),
            due=money(of.due, _.locale),
        ),
        _("It is paid, and could not be granted: try again, or give everything back.")
        if of.state is OrderState.PAID_UNFULFILLABLE
        else _("More came than it costs: what is above the price goes back."),
    )


def order_code_wanted(_: Words, number: int) -> Html:
    return _("Payment no. {number}: for which order is it? Type the order's code.", number=number)


def reason_wanted(_: Words) -> Html:
    return _("Why does the money go back? Type it; it is kept with the refund.")


def back_sure(_: Words, one: Queued, names: Mapping[int, str], reason: str) -> Html:
    paid = one.payment
    return lines(
        bold(_("Give this money back?")),
        _(
            "Payment no. {number}: {amount}",
            number=paid.payment_id,
            amount=bold(money(paid.amount, _.locale)),
        )
        if paid
        else None,
        _("To: {payer}", payer=_payer(_, one.payer_id, names)),
        _("Reason: {reason}", reason=reason[:MOST_OF_REASON]),
        _("It pays for nothing here any more; no membership begins by it."),
    )


def up_sure(_: Words, order: Order, names: Mapping[int, str], reason: str) -> Html:
    return lines(
        bold(_("Give everything back for order {code}?", code=order.code)),
        _("Amount: {amount}", amount=bold(money(order.received, _.locale))),
        _("To: {payer}", payer=_payer(_, order.member_id, names)),
        _("Reason: {reason}", reason=reason[:MOST_OF_REASON]),
        _("The order is closed as refunded; no membership begins by it."),
    )


def surplus_sure(_: Words, order: Order, names: Mapping[int, str]) -> Html:
    return lines(
        bold(_("Give the surplus of order {code} back?", code=order.code)),
        _("Amount: {amount}", amount=bold(money(order.received - order.due, _.locale))),
        _("To: {payer}", payer=_payer(_, order.member_id, names)),
        _("The membership stays as it is."),
    )


def _payer(_: Words, payer_id: int | None, names: Mapping[int, str]) -> Html:
    if payer_id is None:
        return _("nobody we know; ask the bank or the payer's app")
    return _("{name} ({number})", name=names.get(payer_id, "–"), number=code(payer_id))


def assigned(_: Words, done: Taken) -> Html:
    if done.entitlement is not None:
        return _("✅ The order is paid and the membership has begun.")
    return _("✅ Noted. The order is not fully paid by it, or needs another look.")


def fulfilled(_: Words) -> Html:
    return _("✅ The order is granted, and the member has been told.")


def goes_back(_: Words) -> Html:
    return _("✅ The money goes back. What is to be transferred by hand is under /refunds.")


def surplus_goes_back(_: Words, amount: Money) -> Html:
    return _("✅ {amount} goes back to the payer.", amount=bold(money(amount, _.locale)))


def amount_seen_wanted(_: Words) -> Html:
    return _("How much do you see in the account? Type it, for example 8888.00")


def number_seen_wanted(_: Words) -> Html:
    return _("Under which transaction number? Type it as it stands in the account.")


def recorded(_: Words, done: Taken) -> Html:
    if not done.is_new:
        return _("That transaction number is known already; nothing was changed.")
    return _(
        "✅ Noted as payment no. {number}. You can assign it to an order now.",
        number=done.payment.payment_id,
    )
