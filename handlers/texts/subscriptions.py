"""Words of a subscription in Stars, as the member reads them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from community_bot.billing.facts import Order
from community_bot.billing.subscription_notices import (
    SubscriptionEnded,
    SubscriptionFailed,
    SubscriptionResumed,
    SubscriptionStays,
)
from community_bot.billing.subscription_queries import Subscription
from community_bot.billing.subscription_rules import SubscriptionState
from handlers.texts.figures import day, money
from handlers.texts.joining import named
from handlers.texts.words import Html, Words, bold, lines


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
    _: Words, of: Subscription, last: Order, until: datetime | None, zone: ZoneInfo
) -> Html:
    return lines(
        bold(_("🔁 Renewal of {tier}", tier=named(_, last.tier.name))),
        "",
        _(
            "{stars} every {n} days, charged by Telegram.",
            stars=money(last.due, _.locale),
            n=last.plan.period.length,
        ),
        _state(_, of.state),
        *_through(_, until, zone),
    )


def _state(_: Words, state: SubscriptionState) -> Html:
    known = {
        SubscriptionState.ACTIVE: _("✅ It goes on by itself; you need not do anything."),
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
