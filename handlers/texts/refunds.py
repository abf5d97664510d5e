"""Words of refunds, as the member reads them: the sum line by line, the case, what was decided."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from community_bot.billing.facts import Order
from community_bot.billing.refund_facts import Case
from community_bot.billing.refund_notices import (
    RefundApproved,
    RefundDenied,
    RefundQuestion,
    RefundReturned,
)
from community_bot.billing.refund_rules import CaseState, Ground, Item, Quote, QuoteLine
from handlers.texts.figures import day, moment, money
from handlers.texts.words import GAP, Html, Words, bold, code, lines


def overview(_: Words, cases: Sequence[Case], orders: Sequence[Order]) -> Html:
    """Show the cases somebody has, and what they could ask for."""
    shown = [
        _(
            "· No. {number}, order {code}: {state}",
            number=case.case_id,
            code=code(case.order_code),
            state=state(_, case.state),
        )
        for case in cases
    ]
    return lines(
        bold(_("↩️ Refunds")),
        "",
        *([bold(_("Your requests")), *shown, GAP] if shown else []),
        _("Tap an order to see what would be given back today, line by line.")
        if orders
        else _("There is no paid order of yours that could be given back."),
    )


def quoted(_: Words, order: Order, quote: Quote, zone: ZoneInfo) -> Html:
    """Say what would be given back today, and why, before anybody asks for it."""
    return lines(
        bold(_("Refund for order {code}", code=order.code)),
        "",
        *sums(_, quote),
        "",
        ground(_, quote, zone),
        "",
        _("Nothing happens until you ask for it below."),
    )


def sums(_: Words, quote: Quote) -> list[Html]:
    """Show the sum line by line, and what of it is possible."""
    shown, amount = [_line(_, line) for line in quote.lines], bold(money(quote.amount, _.locale))
    if quote.only_whole is None:
        return [*shown, _("You get back: {amount}", amount=amount)]
    return [
        *shown,
        _("By the rule of the order: {amount}", amount=amount),
        GAP,
        _(
            "⭐ Telegram gives Stars back whole or not at all. So a person decides: "
            "all {paid} go back and the membership ends, or it goes on and nothing goes back.",
            paid=bold(money(quote.only_whole, _.locale)),
        ),
    ]


def _line(_: Words, line: QuoteLine) -> Html:
    amount = money(line.amount, _.locale)
    match line.item:
        case Item.PAID:
            return _("· Paid: {amount}", amount=amount)
        case Item.CREDITED:
            return _("· Credited for your earlier plan: {amount}", amount=amount)
        case Item.USED_DAYS:
            return _(
                "· {used} of {promised} days used: {amount}",
                used=line.used,
                promised=line.promised,
                amount=amount,
            )
        case Item.USED_LESSONS:
            return _(
                "· {used} of {promised} lessons released: {amount}",
                used=line.used,
                promised=line.promised,
                amount=amount,
            )
        case Item.KEPT:
            return _("· Kept, as the rule of the order says: {amount}", amount=amount)
        case Item.GIVEN_BACK:
            return _("· Given back already: {amount}", amount=amount)


def ground(_: Words, quote: Quote, zone: ZoneInfo) -> Html:
    """Say why the sum is what it is, and until when."""
    full_until = bold(moment(quote.full_until, zone, _.locale))
    until = bold(day(quote.until, zone, _.locale)) if quote.until else "–"
    if quote.only_whole is not None and quote.amount:
        return _("The rule counts what is not used yet, and Stars cannot be divided.")
    known = {
        Ground.COOLING_OFF: _(
            "Until {moment} you get everything back, and nobody has to agree to it.",
            moment=full_until,
        ),
        Ground.UNUSED_DAYS: _("The days not used yet are given back; a person looks at it."),
        Ground.UNUSED_LESSONS: _(
            "The lessons not released yet are given back; a person looks at it."
        ),
        Ground.TOO_LATE: _(
            "The time for refunds of this order ended on {until}. "
            "You can ask all the same: a person decides.",
            until=until,
        ),
        Ground.NOT_PROMISED: _(
            "The rule of this order gives nothing back after {moment}. "
            "You can ask all the same: a person decides.",
            moment=full_until,
        ),
    }
    return known[quote.ground]


def reason_wanted(_: Words, order_code: str) -> Html:
    return lines(
        _("Why would you like your money back for order {code}?", code=code(order_code)),
        _("Please type it in a sentence or two: it helps us to do better."),
    )


def case_whole(_: Words, case: Case, zone: ZoneInfo) -> Html:
    """Show the member their case, with everything that was said."""
    said = [
        _("· You, {moment}: {text}", moment=moment(one.at, zone, _.locale), text=one.text)
        if one.by == case.member_id
        else _("· We, {moment}: {text}", moment=moment(one.at, zone, _.locale), text=one.text)
        for one in case.said[-6:]
    ]
    return lines(
        bold(_("Refund request no. {number}", number=case.case_id)),
        _("Order {code}", code=code(case.order_code)),
        _("State: {state}", state=bold(state(_, case.state))),
        _("Asked: {moment}", moment=moment(case.opened_at, zone, _.locale)),
        "",
        *sums(_, case.quote),
        *([GAP, *said] if said else []),
        "",
        next_step(_, case.state),
    )


def next_step(_: Words, of: CaseState) -> Html:
    known = {
        CaseState.OPEN: _("A person looks at it. Nothing is taken away from you meanwhile."),
        CaseState.NEEDS_ADMIN: _("A person looks at it. Nothing is taken away from you meanwhile."),
        CaseState.NEEDS_MEMBER: _("We asked you something: please answer with the button below."),
        CaseState.APPROVED: _("It is agreed. The money goes back the way it came; we tell you."),
        CaseState.DENIED: _("If you see it otherwise, a second person can look at it, once."),
        CaseState.APPEALED: _("A second person looks at it, who has not decided before."),
        CaseState.DECIDED: _("A second person has decided; this request is closed."),
        CaseState.WITHDRAWN: _("You took the request back. Your membership goes on as before."),
    }
    return known[of]


def state(_: Words, of: CaseState) -> str:
    known = {
        CaseState.OPEN: _.plain("being looked at"),
        CaseState.NEEDS_ADMIN: _.plain("being looked at"),
        CaseState.NEEDS_MEMBER: _.plain("waiting for your answer"),
        CaseState.APPROVED: _.plain("agreed"),
        CaseState.DENIED: _.plain("turned down"),
        CaseState.APPEALED: _.plain("with a second person"),
        CaseState.DECIDED: _.plain("decided by a second person"),
        CaseState.WITHDRAWN: _.plain("taken back"),
    }
    return known[of]


def answer_wanted(_: Words) -> Html:
    return _("Please type your answer; whoever decides reads it as it is.")


def appeal_wanted(_: Words) -> Html:
    return _("Please type what the second person should know.")


def withdraw_sure(_: Words, case: Case) -> Html:
    return lines(
        _("Take request no. {number} back?", number=case.case_id),
        _("Your membership then goes on as before. You can ask again later."),
    )


def refund_question(_: Words, told: RefundQuestion, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("A question about your refund")),
        _("Order {code}", code=code(told.order_code)),
        _("“{question}”", question=told.question),
        "",
        _("Please answer with the button below; until then your request waits."),
    )


def refund_approved(_: Words, told: RefundApproved, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("✅ Your refund is agreed")),
        _("Order {code}", code=code(told.order_code)) if told.order_code else None,
        _("You get back: {amount}", amount=bold(money(told.amount, _.locale))),
        _("Your membership from this order has ended with it.")
        if told.access_ends
        else _("Your membership goes on."),
        "",
        _("The money goes back the way it came; I tell you as soon as it has gone."),
    )


def refund_denied(_: Words, told: RefundDenied, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("Your refund was turned down")),
        _("Order {code}", code=code(told.order_code)),
        _("Reason: {reason}", reason=told.reason),
        "",
        _("If you see it otherwise, a second person looks at it: tap the button below.")
        if told.may_appeal
        else _("A second person has decided; this request is closed."),
    )


def refund_returned(_: Words, told: RefundReturned, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("💸 Your money has gone back")),
        _("Amount: {amount}", amount=bold(money(told.amount, _.locale))),
        _("Transaction number: {number}", number=code(told.reference)) if told.reference else None,
        _("Depending on your bank it takes a little until you see it."),
    )
