"""A receipt as a file of plain text, in the reader's language."""

from zoneinfo import ZoneInfo

from community_bot.billing.facts import Order
from community_bot.billing.pricing_rules import Line, LineKind
from handlers.texts.figures import moment, money
from handlers.texts.joining import plan_name, state
from handlers.texts.words import Words


def receipt_file(_: Words, of: Order, community: str, zone: ZoneInfo) -> str:
    """Return what was bought, line by line, what came and when, and what went back."""
    paid_at = moment(of.paid_at, zone, _.locale) if of.paid_at else "–"
    back = money(of.refunded, _.locale)
    parts = [
        _.plain("Receipt of {community}", community=community),
        "",
        _.plain("Order: {code}", code=of.code),
        _.plain("Plan: {plan}", plan=plan_name(_, of.plan, of.tier)),
        *[_line(_, line) for line in of.lines],
        _.plain("To pay: {due}", due=money(of.due, _.locale)),
        _.plain("Received: {received}", received=money(of.received, _.locale)),
        _.plain("Paid: {moment} ({zone})", moment=paid_at, zone=zone.key),
        *([_.plain("Given back: {amount}", amount=back)] if of.refunded else []),
        _.plain("State: {state}", state=state(_, of.state)),
        "",
        _.plain("This receipt is no tax document."),
    ]
    return "\n".join(parts) + "\n"


def _line(_: Words, line: Line) -> str:
    amount = money(line.amount, _.locale)
    match line.kind:
        case LineKind.PRICE:
            return _.plain("· Price: {amount}", amount=amount)
        case LineKind.CREDIT:
            return _.plain(
                "· Credit for {left} of {paid} days: {amount}",
                left=line.days_left,
                paid=line.days_paid,
                amount=amount,
            )
        case LineKind.COUPON:
            return _.plain("· Coupon {name}: {amount}", name=line.name or "", amount=amount)
