"""Words of what became of an order and its money, as the member is told."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from community_bot.billing.notices import (
    OrderApproved,
    OrderExpired,
    OrderPlaced,
    PaymentShort,
    PaymentUnfulfillable,
    ProofRejected,
)
from handlers.texts.figures import day, moment, money
from handlers.texts.joining import named, order
from handlers.texts.reasons import reason, what_next
from handlers.texts.words import Html, Words, bold, code, lines

AT_ONCE = timedelta(minutes=1)  # later than that it follows what the member had before


def order_placed(_: Words, told: OrderPlaced, zone: ZoneInfo) -> Html:
    return order(_, told.order, told.ways.payees, zone)


def order_approved(_: Words, told: OrderApproved, zone: ZoneInfo) -> Html:
    until = (
        _("Valid through {day} (end of the day)", day=bold(day(told.until, zone, _.locale)))
        if told.until
        else _("Valid for life")
    )
    return lines(
        bold(
            _("🎉 Your membership goes on")
            if told.starts_at - told.paid_at > AT_ONCE
            else _("🎉 Your membership has begun")
        ),
        "",
        _("{tier} · order {code}", tier=bold(named(_, told.tier_name)), code=code(told.order_code)),
        _(
            "Received {paid} on {moment}",
            paid=bold(money(told.paid, _.locale)),
            moment=moment(told.paid_at, zone, _.locale),
        ),
        until,
        _(
            "You paid {surplus} too much: it is noted, and we give it back.",
            surplus=money(told.surplus, _.locale),
        )
        if told.surplus
        else None,
        "",
        _("Next: tap the button below; your doors are there."),
    )


def proof_rejected(_: Words, told: ProofRejected, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("Your payment could not be confirmed yet")),
        _("Order {code}", code=code(told.order_code)),
        _("Reason: {reason}", reason=reason(_, told.reason)),
        "",
        what_next(_, told.reason),
        _(
            "Your order stays open until {moment}.",
            moment=bold(moment(told.expires_at, zone, _.locale)),
        )
        if told.is_open
        else _(
            "Your order is closed by now; money that did leave your account is still looked at."
        ),
        _("If anything is unclear, a person will help you: /paysupport"),
    )


def payment_short(_: Words, told: PaymentShort, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("Part of the amount has arrived")),
        _(
            "Order {code}: received {received}, still missing {missing}.",
            code=code(told.order_code),
            received=money(told.received, _.locale),
            missing=bold(money(told.missing, _.locale)),
        ),
        _("What has arrived is kept. Please transfer the rest and send its proof."),
    )


def payment_unfulfillable(_: Words, told: PaymentUnfulfillable, _zone: ZoneInfo) -> Html:
    return _(
        "Your {received} for order {code} has arrived, but too late to be used as it is. "
        "A person is looking into it and will find a place for you or give it back.",
        received=bold(money(told.received, _.locale)),
        code=code(told.order_code),
    )


def order_expired(_: Words, told: OrderExpired, _zone: ZoneInfo) -> Html:
    return lines(
        _(
            "Order {code} ({tier}) has expired: no payment was seen in time.",
            code=code(told.order_code),
            tier=named(_, told.tier_name),
        ),
        _("If you have paid, send the proof now: late money is looked at all the same."),
    )
