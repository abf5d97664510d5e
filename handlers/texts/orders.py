"""Words of the staff's side of orders: what waits, how to check it, what was decided."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from community_bot.billing.facts import Approval, Order, Waiting
from community_bot.billing.notices import MoneyWaiting, ProofWaiting, SecondApprovalWanted
from community_bot.billing.statement_facts import StatementLine
from handlers.texts.figures import moment, money
from handlers.texts.joining import plan_name
from handlers.texts.statements import seen
from handlers.texts.words import Html, Words, bold, code, lines


def waiting(_: Words, found: Sequence[Waiting], zone: ZoneInfo) -> Html:
    if not found:
        return _("✅ No order waits for a check.")
    shown = [
        _(
            "· {code} · {member} · {due} · by {moment}",
            code=code(one.order.code),
            member=one.member_name,
            due=money(one.order.due, _.locale),
            moment=moment(one.order.review_by, zone, _.locale) if one.order.review_by else "–",
        )
        for one in found
    ]
    heading = _.count("{n} order waits for a check", "{n} orders wait for a check", len(found))
    return lines(bold(heading), "", *shown, "", _("Tap one to check it."))


def review(_: Words, one: Waiting, stated: StatementLine | None, zone: ZoneInfo) -> Html:
    """Everything an approver has to hold against the account; `stated` is what it says itself."""
    order = one.order
    if not order.may_be_paid:
        return _paid_otherwise(_, one)
    warnings = []
    if one.alike:
        warnings.append(
            _(
                "⚠️ The same proof, or a picture that looks the same, was shown for: {codes}",
                codes=_.plain(", ").join(one.alike),
            ),
        )
    if one.needs_two:
        warnings.append(
            _.count(
                "👥 Two people have to see this money; {n} has so far.",
                "👥 Two people have to see this money; {n} have so far.",
                len(one.approved_by),
            )
        )
    return lines(
        bold(_("Order {code}", code=order.code)),
        _("Member: {name} ({number})", name=one.member_name, number=code(order.member_id)),
        _("Plan: {plan}", plan=plan_name(_, order.plan, order.tier)),
        _("Expected: {missing}", missing=bold(money(order.missing, _.locale))),
        _(
            "Transaction number: {number}",
            number=code(one.proof.reference) if one.proof.reference else _("not given"),
        ),
        _("Sent: {moment}", moment=moment(one.proof.submitted_at, zone, _.locale)),
        seen(_, stated),
        *warnings,
        "",
        _("Look into the account itself, then type the amount that you see there."),
    )


def _paid_otherwise(_: Words, one: Waiting) -> Html:
    return lines(
        bold(_("Order {code}", code=one.order.code)),
        _("Member: {name} ({number})", name=one.member_name, number=code(one.order.member_id)),
        _(
            "Transaction number: {number}",
            number=code(one.proof.reference) if one.proof.reference else _("not given"),
        ),
        "",
        _(
            "This order is paid already: {received} has come. If this proof is of the same money, "
            "set it aside; the member is told nothing. If it is of a second transfer, note that "
            "one as money without an order first.",
            received=bold(money(one.order.received, _.locale)),
        ),
    )


def amount_wanted(_: Words, order: Order) -> Html:
    return _(
        "Order {code}: which amount do you see in the account? Type it, for example 8888.00",
        code=code(order.code),
    )


def short_wanted(_: Words, order: Order) -> Html:
    return _(
        "Order {code}: how much has come so far? It is kept, and the member is asked for the rest.",
        code=code(order.code),
    )


def short_taken(_: Words, done: Approval) -> Html:
    order = done.order
    if not done.is_complete:
        return approved(_, done)
    return _(
        "Noted: {received} has come for order {code}, {missing} is still missing. "
        "The member has been told.",
        received=bold(money(order.received, _.locale)),
        code=code(order.code),
        missing=bold(money(order.missing, _.locale)),
    )


def why_not(_: Words, order: Order) -> Html:
    return _(
        "Order {code}: why can it not be approved? Nothing is decided until you tap a reason; "
        "the member reads it, and what to do next.",
        code=code(order.code),
    )


def reason_wanted(_: Words, order: Order) -> Html:
    return _(
        "Order {code}: why can it not be approved? The member reads what you type.",
        code=code(order.code),
    )


def approved(_: Words, done: Approval) -> Html:
    order = done.order
    if not done.is_complete and not done.asked:
        return _(
            "Noted. Order {code} needs a second person, and nobody else may approve yet: "
            "an owner gives somebody the finance role in the staff list, or raises "
            "two_person_from in config.toml.",
            code=code(order.code),
        )
    if not done.is_complete:
        return _(
            "Noted. Order {code} needs a second person; they have been asked.",
            code=code(order.code),
        )
    return lines(
        _("✅ Order {code} is paid and the membership has begun.", code=code(order.code)),
        _(
            "{surplus} too much came in; it waits among the money to look at.",
            surplus=money(done.surplus, _.locale),
        )
        if done.surplus
        else None,
    )


def rejected(_: Words, order: Order) -> Html:
    if not order.may_be_paid:
        return _("The proof for order {code} is set aside: it is paid.", code=code(order.code))
    return _(
        "The proof for order {code} is turned down; the member has been told why.",
        code=code(order.code),
    )


def proof_waiting(_: Words, told: ProofWaiting, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("💰 A payment to check")),
        _(
            "Order {code} · {name} · {due}",
            code=code(told.order_code),
            name=told.member_name,
            due=bold(money(told.due, _.locale)),
        ),
        _("Promised by {moment}", moment=bold(moment(told.review_by, zone, _.locale))),
    )


def second_approval_wanted(_: Words, told: SecondApprovalWanted, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("👥 A second pair of eyes, please")),
        _(
            "Order {code} · {due}: {name} has seen the money; please look as well.",
            code=code(told.order_code),
            due=bold(money(told.due, _.locale)),
            name=told.first_name,
        ),
    )


def money_waiting(_: Words, told: MoneyWaiting, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("❗ Money to look at")),
        _(
            "Payment {number}: {amount} cannot be matched by itself ({code}).",
            number=told.payment_id,
            amount=bold(money(told.amount, _.locale)),
            code=told.order_code or "–",
        ),
    )
