"""Words of plans, orders and proofs, as the member reads them."""

import re
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from community_bot.billing.facts import Order
from community_bot.billing.pricing_rules import Line, LineKind
from community_bot.billing.rules import OrderState, Purpose
from community_bot.billing.window import View
from community_bot.config.payments import Payee
from community_bot.membership.facts import Offer, Plan, RefundPolicy, Tier
from community_bot.membership.rules import Period, PeriodKind
from community_bot.money import STARS, Money
from handlers.texts.accounts import how_to_pay
from handlers.texts.figures import moment, money
from handlers.texts.words import GAP, Html, Words, bold, code, lines


def named(_: Words, wording: Mapping[str, str]) -> str:
    """Choose the wording of the reader's language from what the owner configured."""
    return wording["zh" if _.locale.startswith("zh") else "en"]


def offers(_: Words, found: Sequence[Offer]) -> Html:
    if not any(offer.plans for offer in found):
        return _("Nothing is offered at the moment. Please come back later.")
    blocks = [_offer(_, offer) for offer in found]
    return lines(bold(_("💎 Plans and prices")), "", *blocks, _("Tap a plan to read it whole."))


def _offer(_: Words, offer: Offer) -> Html:
    """One tier with its prices."""
    prices = [
        _(
            "· {plan}: {price}",
            plan=plan_name(_, plan, offer.tier),
            price=bold(money(plan.price, _.locale)) if plan.price else bold(_("free")),
        )
        for plan in offer.plans
    ]
    benefits = [_("✓ {benefit}", benefit=benefit) for benefit in _benefits(_, offer.tier)]
    return lines(bold(named(_, offer.tier.name)), *benefits, *prices, "")


def _benefits(_: Words, tier: Tier) -> Sequence[str]:
    return tier.benefits.get("zh" if _.locale.startswith("zh") else "en", ())


def plan_name(_: Words, plan: Plan, tier: Tier) -> str:
    return named(_, plan.name) if plan.name else f"{named(_, tier.name)} {period(_, plan.period)}"


def period(_: Words, of: Period) -> str:
    match of.kind:
        case PeriodKind.TRIAL:
            return _.plain("{n}-day trial", n=of.length)
        case PeriodKind.DAYS:
            return _.plain("{n} days", n=of.length)
        case PeriodKind.MONTHS:
            return _.plain("{n} months", n=of.length)
        case PeriodKind.YEARS:
            return _.plain("1 year") if of.length == 1 else _.plain("{n} years", n=of.length)
        case PeriodKind.UNTIL:
            return _.plain("until {day}", day=of.ends_on)
        case PeriodKind.LIFETIME:
            return _.plain("for life")


def plan_whole(_: Words, view: View) -> Html:
    """Everything about a plan before anything is ordered, the refund rule included."""
    plan, tier = view.plan, view.tier
    benefits = [_("✓ {benefit}", benefit=benefit) for benefit in _benefits(_, tier)]
    return lines(
        bold(plan_name(_, plan, tier)),
        "",
        *benefits,
        *promises(_, tier),
        "",
        _("Price: {price}", price=bold(money(plan.price, _.locale))),
        _("Lasts: {period}", period=period(_, plan.period)),
        refund_rule(_, plan.refund),
        _("It does not expire, and nothing more is ever charged.")
        if plan.period.kind is PeriodKind.LIFETIME
        else _renewal(_, plan),
        *_in_stars(_, plan),
        *_already_had(_, view),
        GAP,
        _("By ordering you agree to this refund rule and to the /terms."),
    )


def _renewal(_: Words, plan: Plan) -> Html:
    if plan.stars_renew:
        return _("Paid by transfer it is never renewed by itself.")
    return _("It is never renewed by itself.")


def _in_stars(_: Words, plan: Plan) -> list[Html]:
    """Say what is different for whoever pays in Stars."""
    if not plan.stars_renew or plan.stars is None:
        return []
    stars = money(Money(plan.stars, STARS), _.locale)
    return [
        _(
            "Paid in Stars it goes on by itself: {stars} every {n} days, until you stop it.",
            stars=stars,
            n=plan.period.length,
        )
    ]


def _already_had(_: Words, view: View) -> list[Html]:
    """Warn whoever has all of it by a higher tier, before they pay for it once more."""
    if view.contained_in is None:
        return []
    tier = bold(named(_, view.contained_in.name))
    warning = _("⚠️ Your {tier} opens all of this already: you need not buy it.", tier=tier)
    as_gift = _("You can still buy it as a gift for somebody else.")
    return [GAP, warning, *([as_gift] if view.may_be_given else [])]


def promises(_: Words, tier: Tier) -> list[Html]:
    """Say what is promised in numbers, as far as the benefits do not say it already."""
    said = []
    if tier.questions_per_month and not _is_said(_, tier, tier.questions_per_month):
        said.append(_("✓ {n} questions to mentors a month", n=tier.questions_per_month))
    if tier.urgent_per_month:
        said.append(_("✓ {n} urgent ones outside working hours", n=tier.urgent_per_month))
    if tier.answer_within is not None:
        hours = int(tier.answer_within.total_seconds() // 3600)
        if not _is_said(_, tier, hours):
            said.append(_("✓ A first answer within {n} working hours", n=hours))
    return said


def _is_said(_: Words, tier: Tier, number: int) -> bool:
    """Say whether a benefit that the owner wrote names this very number."""
    named_in = re.compile(rf"(?<!\d){number}(?!\d)")
    return any(named_in.search(benefit) for benefit in _benefits(_, tier))


def order_below(_: Words) -> str:
    return _.plain("Your order is below ⬇️")


def order_named(_: Words, of: Order) -> Html:
    return _("Order {code}", code=code(of.code))


def refund_rule(_: Words, policy: RefundPolicy) -> Html:
    """Say the refund rule in one sentence; it is frozen on the order."""
    n = policy.full_within_days
    if n == 0:
        at_once = {
            "unused_days": _("Refund: the share of the days not used yet."),
            "unused_lessons": _("Refund: the share of the lessons not released yet."),
            "nothing": _("Refund: none."),
        }
        return at_once[policy.afterwards]
    later = {
        "unused_days": _(
            "Refund: all of it within {n} days; after that, the share of the days not used yet.",
            n=n,
        ),
        "unused_lessons": _(
            "Refund: all of it within {n} days; after that, the share of the lessons "
            "not released yet.",
            n=n,
        ),
        "nothing": _("Refund: all of it within {n} days; after that, nothing.", n=n),
    }
    return later[policy.afterwards]


def order(_: Words, of: Order, payees: Sequence[Payee], zone: ZoneInfo) -> Html:
    """Show an order as it stands, with what to do next."""
    parts: list[Html] = [
        bold(_("Order {code}", code=of.code)),
        _("Plan: {plan}", plan=plan_name(_, of.plan, of.tier)),
        *_for_whom(_, of),
        *_sums(_, of),
        _("State: {state}", state=bold(state(_, of.state))),
    ]
    if of.state is OrderState.AWAITING_PAYMENT:
        parts += [GAP, *how_to_pay(_, of, payees, zone)]
    if of.state is OrderState.PROOF_SUBMITTED and of.review_by is not None:
        parts += [
            GAP,
            _(
                "A person checks your payment by {moment}. You are told as soon as it is done.",
                moment=bold(moment(of.review_by, zone, _.locale)),
            ),
        ]
    if of.renews and of.is_open:
        parts += [GAP, *_in_stars(_, of.plan)]
    parts += [GAP, refund_rule(_, of.refund)]
    return lines(*parts)


def _for_whom(_: Words, of: Order) -> list[Html]:
    if of.purpose is not Purpose.GIFT:
        return []
    return [_("As a gift: when it is paid you get a code to pass on.")]


def _sums(_: Words, of: Order) -> list[Html]:
    shown = [_line(_, line) for line in of.lines] if len(of.lines) > 1 else []
    shown.append(_("To pay: {due}", due=bold(money(of.due, _.locale))))
    if of.received:
        shown.append(_("Received: {received}", received=money(of.received, _.locale)))
    return shown


def _line(_: Words, line: Line) -> Html:
    amount = money(line.amount, _.locale)
    match line.kind:
        case LineKind.PRICE:
            return _("· Price: {amount}", amount=amount)
        case LineKind.CREDIT:
            return _(
                "· Credit for {left} of {paid} days: {amount}",
                left=line.days_left,
                paid=line.days_paid,
                amount=amount,
            )
        case LineKind.COUPON:
            return _("· Coupon {name}: {amount}", name=line.name or "", amount=amount)


def state(_: Words, of: OrderState) -> str:
    known = {
        OrderState.DRAFT: _.plain("draft"),
        OrderState.AWAITING_PAYMENT: _.plain("waiting for payment"),
        OrderState.PROOF_SUBMITTED: _.plain("payment being checked"),
        OrderState.PAID: _.plain("paid"),
        OrderState.FULFILLED: _.plain("paid, membership given"),
        OrderState.EXPIRED: _.plain("expired"),
        OrderState.CANCELLED: _.plain("cancelled"),
        OrderState.PAID_LATE: _.plain("paid late"),
        OrderState.PAID_UNFULFILLABLE: _.plain("paid, a person is looking into it"),
        OrderState.PARTLY_REFUNDED: _.plain("partly refunded"),
        OrderState.REFUNDED: _.plain("refunded"),
    }
    return known[of]


def proof_wanted(_: Words, order_code: str) -> Html:
    return lines(
        _("Please send me the proof of your transfer for order {code}:", code=code(order_code)),
        _("· a screenshot of the transfer, or"),
        _("· its transaction number, as text"),
        "",
        _("Both together are checked fastest: write the number under the picture."),
    )


def number_wanted(_: Words, of: Order, zone: ZoneInfo) -> Html:
    return lines(
        _("✅ I have kept your screenshot for order {code}.", code=code(of.code)),
        checked_by(_, of, zone),
        "",
        _("If you have the transaction number at hand, send it now: it is found faster."),
        _("Of several pictures the first counts; if another shows it better, send it alone."),
    )


def proof_kept(_: Words, of: Order, zone: ZoneInfo) -> Html:
    return lines(
        _("✅ I have kept your proof for order {code}.", code=code(of.code)),
        checked_by(_, of, zone),
    )


def checked_by(_: Words, of: Order, zone: ZoneInfo) -> Html | None:
    if of.review_by is None:
        return None
    return _(
        "A person checks it by {moment}; you are told at once.",
        moment=bold(moment(of.review_by, zone, _.locale)),
    )


def which_order(_: Words, orders: Sequence[Order]) -> Html:
    if not orders:
        return _(
            "No order of yours waits for a payment. If this is the proof of one, order the plan "
            "first and send it then: nothing that you paid is lost."
        )
    return _("For which order is this? Please tap it, then send the proof again.")


def cancelled(_: Words, of: Order) -> Html:
    charged = _("Nothing was charged.")
    if of.received:
        came = bold(money(of.received, _.locale))
        charged = _("{amount} has come for it and is kept: staff settle it with you.", amount=came)
    more = _("If you have paid already, send the proof all the same: no money gets lost.")
    return lines(_("Order {code} is cancelled.", code=code(of.code)), charged, more)
