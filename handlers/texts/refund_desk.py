"""Words of refunds for those who decide, and for those who transfer the money back."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from community_bot.billing.refund_facts import Case, Refund
from community_bot.billing.refund_notices import RefundAsked, RefundDue, RefundFailed
from community_bot.billing.refund_rules import SURPLUS, CaseState
from community_bot.money import Money
from handlers.texts.figures import moment, money
from handlers.texts.refunds import ground, sums
from handlers.texts.words import GAP, Html, Words, bold, code, lines

# People by their number, as far as they are known.
Names = Mapping[int, str]
SHOWN = 6  # the last things said; a whole case has to fit into one message
MOST = 700  # characters of each


def waiting(_: Words, cases: Sequence[Case], due: int) -> Html:
    if not cases and not due:
        return _("✅ No refund waits for anybody.")
    shown = [
        _(
            "· No. {number}, order {code}, {amount}: {state}",
            number=case.case_id,
            code=code(case.order_code),
            amount=money(case.quote.amount, _.locale),
            state=state(_, case.state),
        )
        for case in cases[:20]
    ]
    return lines(
        bold(_("↩️ Refund requests: {n}", n=len(cases))),
        *shown,
        "",
        _("To transfer back by hand: {n}", n=bold(due)),
    )


def state(_: Words, of: CaseState) -> str:
    known = {
        CaseState.OPEN: _.plain("to be decided"),
        CaseState.NEEDS_ADMIN: _.plain("to be decided"),
        CaseState.NEEDS_MEMBER: _.plain("waits for the member"),
        CaseState.APPROVED: _.plain("agreed"),
        CaseState.DENIED: _.plain("turned down"),
        CaseState.APPEALED: _.plain("appeal: a second person decides"),
        CaseState.DECIDED: _.plain("decided by a second person"),
        CaseState.WITHDRAWN: _.plain("taken back"),
    }
    return known[of]


def case_whole(_: Words, case: Case, names: Names, zone: ZoneInfo) -> Html:
    """Everything that somebody needs to decide: who, what was said, the sum and the promise."""
    said = [
        _(
            "· {name}, {moment}: {text}",
            name=name_of(names, one.by),
            moment=moment(one.at, zone, _.locale),
            text=one.text[:MOST],
        )
        for one in case.said[-SHOWN:]
    ]
    return lines(
        bold(_("Refund request no. {number}", number=case.case_id)),
        _("State: {state}", state=bold(state(_, case.state))),
        _(
            "Member: {name} ({number})",
            name=name_of(names, case.member_id),
            number=code(case.member_id),
        ),
        _("Order {code}", code=code(case.order_code)),
        _("Asked: {moment}", moment=moment(case.opened_at, zone, _.locale)),
        _("Reason: {reason}", reason=case.reason[:MOST] or "–"),
        *said,
        GAP,
        *sums(_, case.quote),
        ground(_, case.quote, zone),
        _("Decided by {name}", name=name_of(names, case.decided_by)) if case.decided_by else None,
    )


def name_of(names: Names, member_id: int) -> str:
    return names.get(member_id, str(member_id))


def give_sure(_: Words, case: Case, amount: Money) -> Html:
    return lines(
        _(
            "Give {amount} back for order {code}?",
            amount=bold(money(amount, _.locale)),
            code=code(case.order_code),
        ),
        _("The usual way is that the membership from this order ends with it."),
    )


def lessons_wanted(_: Words, case: Case) -> Html:
    return lines(
        _("How many lessons of order {code} were used?", code=code(case.order_code)),
        _("Type the number, then a space and how you know, for example: 3 attendance list"),
    )


def lessons_counted(_: Words, case: Case) -> Html:
    return lines(
        _("✅ Noted. The rule now gives:"),
        *sums(_, case.quote),
    )


def amount_wanted(_: Words, case: Case) -> Html:
    return _(
        "Order {code}: how much is given back? Type it, for example 1200.00",
        code=code(case.order_code),
    )


def refusal_wanted(_: Words, case: Case) -> Html:
    return _(
        "Order {code}: why is nothing given back? The member reads what you type.",
        code=code(case.order_code),
    )


def question_wanted(_: Words, case: Case) -> Html:
    return _(
        "Order {code}: what would you like to know? The member reads what you type.",
        code=code(case.order_code),
    )


def decided(_: Words, case: Case) -> Html:
    return _(
        "Request no. {number} is now: {state}. The member has been told.",
        number=case.case_id,
        state=bold(state(_, case.state)),
    )


def due(_: Words, refunds: Sequence[Refund]) -> Html:
    if not refunds:
        return _("✅ Nothing has to be transferred back by hand.")
    shown = [
        _(
            "· No. {number}: {amount} ({reason})",
            number=refund.refund_id,
            amount=bold(money(refund.amount, _.locale)),
            reason=_why(_, refund)[:80],
        )
        for refund in refunds[:20]
    ]
    return lines(
        bold(_("💸 To be transferred back")),
        *shown,
        "",
        _("Transfer it first, then tap it and type the transaction number."),
    )


def _why(_: Words, refund: Refund) -> str:
    """Say why it goes back, in words also where a rule says so."""
    return _.plain("came above the price") if refund.reason == SURPLUS else refund.reason


def reference_wanted(_: Words, refund: Refund) -> Html:
    return _(
        "No. {number}: have you transferred {amount} back? "
        "Type the transaction number, or tap the button if there is none.",
        number=refund.refund_id,
        amount=bold(money(refund.amount, _.locale)),
    )


def returned(_: Words, refund: Refund) -> Html:
    return _(
        "✅ Noted: {amount} has gone back. The payer has been told.",
        amount=bold(money(refund.amount, _.locale)),
    )


def refund_asked(_: Words, told: RefundAsked, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("👥 A refund needs a second person"))
        if told.is_appeal
        else bold(_("↩️ A refund to decide")),
        _(
            "{name} · order {code} · {amount} by the rule",
            name=told.member_name,
            code=code(told.order_code),
            amount=bold(money(told.quoted, _.locale)),
        ),
    )


def refund_due(_: Words, told: RefundDue, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("💸 Please transfer money back")),
        _(
            "No. {number}: {amount}, order {code}, payer {payer}",
            number=told.refund_id,
            amount=bold(money(told.amount, _.locale)),
            code=code(told.order_code or "–"),
            payer=code(told.payer_id or "–"),
        ),
        _("When it is done, tap the button: the payer is told then, and not before."),
    )


def refund_failed(_: Words, told: RefundFailed, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("❌ A refund did not go through")),
        _(
            "No. {number}: {amount}",
            number=told.refund_id,
            amount=bold(money(told.amount, _.locale)),
        ),
        _("Reason: {reason}", reason=told.error),
        _("Please give it back another way, then note it here."),
    )
