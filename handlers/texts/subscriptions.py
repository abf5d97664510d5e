"""Words of a subscription in Stars, as the member reads them."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from community_bot.billing.facts import Order
from community_bot.billing.rules import GRANTED
from community_bot.billing.subscription_notices import (
    SubscriptionEnded,
    SubscriptionFailed,
    SubscriptionMoved,
    SubscriptionResumed,
    SubscriptionStays,
)
from community_bot.billing.subscription_queries import Subscription
from community_bot.billing.subscription_rules import SubscriptionState
from handlers.texts.figures import day, money
from handlers.texts.joining import named
from handlers.texts.words import GAP, Html, Words, bold, lines


def subscribe(_: Words, of: Order) -> Html:
    """Say what is agreed to before the invoice of a subscription is opened."""
    return lines(
        _(
            "Telegram charges {stars} now and again every {n} days, until you stop it.",
            stars=bold(money(of.due, _.locale)),
            n=of.plan.period.length,
        ),
        _("You can stop at any time, here or in Telegram; what is paid for then still holds."),
    )


def subscription(
    _: Words,
    of: Subscription,
    last: Order,
    *,
    reader_id: int,
    until: datetime | None,
    zone: ZoneInfo,
) -> Html:
    return lines(
        bold(_("🔁 Renewal of {tier}", tier=named(_, last.tier.name))),
        "",
        _(
            "{stars} every {n} days, charged by Telegram.",
            stars=money(last.due, _.locale),
            n=last.plan.period.length,
        ),
        *goes_on(_, of, last, reader_id, zone),
        *_through(_, until, zone),
    )


def _state(_: Words, state: SubscriptionState) -> Html:
    known = {
        SubscriptionState.ENDING: _(
            "⏳ Telegram has been asked to stop; its answer is on its way."
        ),
        SubscriptionState.ENDED: _("⏹ It is stopped: nothing more is charged."),
        SubscriptionState.FAILED: _(
            "⚠️ Telegram could not charge the Stars. Please see that there are enough of them."
        ),
    }
    return known[state]


def _through(_: Words, until: datetime | None, zone: ZoneInfo) -> list[Html]:
    if until is None:
        return []
    shown = bold(day(until, zone, _.locale))
    return [_("Paid through {day} (end of the day).", day=shown)]


def goes_on(_: Words, of: Subscription, last: Order, reader_id: int, zone: ZoneInfo) -> list[Html]:
    """Say when and how much is charged next, and who pays where that is another account."""
    stars = bold(money(last.due, _.locale))
    tier, shown = named(_, last.tier.name), bold(day(of.next_at, zone, _.locale))
    said = (
        _("🔁 {tier} renews by itself: {stars} on {day}.", tier=tier, stars=stars, day=shown)
        if of.state is SubscriptionState.ACTIVE
        else _state(_, of.state)
    )
    return [said, *_whose(_, of, reader_id)]


def renewal_of(
    _: Words, order: Order, renewals: Sequence[tuple[Subscription, Order]], zone: ZoneInfo
) -> list[Html]:
    """Say on the page of an order of a subscription how it goes on."""
    return [
        part
        for one, last in renewals
        if order.renews and one.tier_code == order.tier.code and order.state in GRANTED
        for part in (GAP, *goes_on(_, one, last, order.member_id, zone))
    ]


def _whose(_: Words, of: Subscription, reader_id: int) -> list[Html]:
    if reader_id != of.member_id:
        return [_("The account that subscribed pays for it, and only there can it be stopped.")]
    if reader_id != of.holder_id:
        return [_("You pay for it; the membership is with the account to which it was moved.")]
    return []


def moved(_: Words, told: SubscriptionMoved, _zone: ZoneInfo) -> Html:
    tier = bold(named(_, told.tier_name))
    if told.is_payer:
        return lines(
            _("🔁 {tier} has moved, and its renewal stays with this account.", tier=tier),
            _(
                "Telegram goes on charging Stars here, and the days go to the new account. "
                "If you do not want that, stop it below: what is paid for still holds."
            ),
        )
    return lines(
        _("🔁 {tier} is renewed by the account from which it came.", tier=tier),
        _(
            "Only there can it be stopped. When it stops, I remind you here before "
            "the membership ends, and you renew it yourself."
        ),
    )


def ending(_: Words) -> Html:
    return _("⏳ I have asked Telegram to stop. As soon as it has confirmed that, I tell you here.")


def ended(_: Words, told: SubscriptionEnded, zone: ZoneInfo) -> Html:
    return lines(
        _("⏹ The renewal of {tier} is stopped.", tier=bold(named(_, told.tier_name))),
        _("Telegram charges nothing more for it."),
        *_through(_, told.until, zone),
    )


def failed(_: Words, told: SubscriptionFailed, zone: ZoneInfo) -> Html:
    return lines(
        _("⚠️ {tier} could not be renewed:", tier=bold(named(_, told.tier_name))),
        _("Telegram could not charge the Stars. Please see that there are enough of them."),
        *_through(_, told.until, zone),
    )


def resumed(_: Words, told: SubscriptionResumed, zone: ZoneInfo) -> Html:
    return lines(
        _("🔁 {tier} is renewed by itself again.", tier=bold(named(_, told.tier_name))),
        *_through(_, told.until, zone),
    )


def stays(_: Words, told: SubscriptionStays, zone: ZoneInfo) -> Html:
    return lines(
        _(
            "The renewal of {tier} could not be stopped from here.",
            tier=bold(named(_, told.tier_name)),
        ),
        _("Please stop it in Telegram: Settings, My Stars, Subscriptions."),
        *_through(_, told.until, zone),
    )
