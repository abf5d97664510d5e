"""Words of /me: what somebody has, until when, and what comes next; and of the doors."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from community_bot.billing.facts import Order
from community_bot.billing.subscription_queries import Subscription
from community_bot.billing.subscription_rules import SubscriptionState
from community_bot.membership.facts import Space, Standing
from community_bot.membership.notices import SpaceEntered, SpaceRefused
from community_bot.membership.rules import Phase
from handlers.texts.figures import day, money
from handlers.texts.joining import named, state
from handlers.texts.subscriptions import goes_on
from handlers.texts.words import GAP, Html, Words, bold, code, lines


def mine(
    _: Words,
    of: Standing,
    orders: Sequence[Order],
    doors: Sequence[Space],
    renewals: Sequence[tuple[Subscription, Order]],
    zone: ZoneInfo,
) -> Html:
    """Everything of one person on one screen."""
    renewed = {one.tier_code for one, _ in renewals if one.state is SubscriptionState.ACTIVE}
    return lines(
        bold(_("👤 My membership")),
        "",
        *standing(_, of, zone, renews=of.tier is not None and of.tier.code in renewed),
        *[part for one, last in renewals for part in goes_on(_, one, last, of.member_id, zone)],
        *_orders(_, orders),
        *_doors(_, doors),
    )


def standing(_: Words, of: Standing, zone: ZoneInfo, *, renews: bool = False) -> list[Html]:
    """Say what somebody has now, and until when."""
    tier = bold(named(_, of.tier.name)) if of.tier else bold(_("Guest"))
    until = bold(day(of.until, zone, _.locale)) if of.until else None
    match of.phase:
        case Phase.GUEST:
            return [_("Tier: {tier}", tier=tier), _("You have no paid membership yet.")]
        case Phase.LAPSED:
            return [
                _("Tier: {tier}", tier=tier),
                _("Your membership has ended. Welcome back at any time: one tap is enough."),
            ]
        case Phase.GRACE:
            last = bold(day(of.grace_until, zone, _.locale)) if of.grace_until else ""
            return [
                _("Tier: {tier}", tier=tier),
                _("Ended on {until}; nothing is taken away before {last}.", until=until, last=last),
            ]
        case phase:
            return [
                _("Tier: {tier}", tier=tier),
                _("Valid through {until} (end of the day)", until=until)
                if until
                else _("Valid for life"),
                *(
                    [_("It ends soon; renewing early loses no day.")]
                    if phase is Phase.EXPIRING and not renews
                    else []
                ),
            ]


def _orders(_: Words, orders: Sequence[Order]) -> list[Html]:
    if not orders:
        return []
    shown = [
        _(
            "· {code} · {plan} · {due} · {state}",
            code=code(order.code),
            plan=named(_, order.tier.name),
            due=money(order.due, _.locale),
            state=state(_, order.state),
        )
        for order in orders[:5]
    ]
    return [GAP, bold(_("My orders")), *shown]


def _doors(_: Words, doors: Sequence[Space]) -> list[Html]:
    if not doors:
        return []
    return [
        GAP,
        bold(_("My doors")),
        _("Tap a door below and ask to join: you are let in at once."),
    ]


def space_entered(_: Words, told: SpaceEntered, _zone: ZoneInfo) -> Html:
    return _("🚪 Welcome: the door of {title} is open for you.", title=bold(told.title))


def space_refused(_: Words, told: SpaceRefused, zone: ZoneInfo) -> Html:
    if told.ended_at is not None:
        return lines(
            _("The door of {title} is for members.", title=bold(told.title)),
            _("Your membership ended on {day}.", day=day(told.ended_at, zone, _.locale)),
            _("Renew with one tap, then ask to join again."),
        )
    return lines(
        _("The door of {title} is for members.", title=bold(told.title)),
        _("Here is how to become one; then ask to join again and you are let in at once."),
    )
