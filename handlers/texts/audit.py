"""Words for what the nightly audit finds."""

from zoneinfo import ZoneInfo

from community_bot.billing.audit_notices import AuditFound
from handlers.texts.words import Html, Words, bold, code, lines


def audit_found(_: Words, found: AuditFound, _zone: ZoneInfo) -> Html:
    more = found.count - len(found.keys)
    return lines(
        bold(_("🔎 The nightly audit found something")),
        invariants(_).get(found.invariant),
        "",
        _affected(_, found.what, ", ".join(found.keys)),
        _.count("and one more", "and {n} more", more) if more > 0 else None,
        "",
        _("I have changed nothing. Please look into it today: {name}", name=code(found.invariant)),
    )


def invariants(_: Words) -> dict[str, Html]:
    """Return what is wrong when an invariant of the auditor is broken, by its name."""
    return {
        "ledger_postings_balance": _("A posting in the ledger does not balance."),
        "cash_is_payments_less_refunds": _("Cash is not what came in less what was given back."),
        "no_order_gives_back_more_than_it_received": _(
            "More was given back for an order than came in for it."
        ),
        "no_payment_gives_back_more_than_it_brought": _(
            "More goes back out of a payment than it brought, or its refunds say otherwise."
        ),
        "no_order_stops_half_way": _("An order was paid and then stopped half way."),
        "no_payment_is_forgotten": _("Money came in and nothing was done with it."),
        "every_fulfilled_order_gave_something": _("An order is done, and nothing was given."),
        "every_right_has_a_reason": _("A membership has no order, no code and nobody behind it."),
        "nothing_is_granted_for_less_than_its_price": _(
            "A membership was given for less than it costs."
        ),
        "the_price_is_the_sum_of_its_lines": _("A price is not the sum of its lines."),
        "received_is_the_sum_of_payments": _(
            "What an order has received is not the sum of its payments."
        ),
        "every_grant_is_in_the_journal": _("An order is done, and the journal does not say so."),
        "periods_end_with_the_last_second_of_a_day": _("A membership ends in the middle of a day."),
        "seats_are_never_more_than_there_are": _("A tier has more members than seats."),
        "nobody_was_removed_with_a_right": _(
            "Somebody was removed from a group that their membership opens."
        ),
        "no_money_goes_back_beside_its_credit": _(
            "Money of an order went back, though its rest made a later order cheaper."
        ),
        **_of_tickets(_),
    }


def _of_tickets(_: Words) -> dict[str, Html]:
    return {
        "no_question_is_lost": _("A member wrote something that belongs to no question."),
        "no_draft_is_stuck": _("A draft of a question was never submitted."),
        "who_has_a_ticket_is_in_its_course": _(
            "A ticket is not in the state that its course of events says."
        ),
        "every_answer_is_settled": _("Nobody knows whether an answer has arrived."),
        "clocks_say_what_happened": _("A deadline is not what follows from what happened."),
        "questions_are_counted_once": _("A question is counted wrongly against a month."),
    }


def _affected(_: Words, what: str, keys: str) -> Html:
    shown = code(keys)
    words = {
        "posting": _("Postings: {keys}", keys=shown),
        "currency": _("Currencies: {keys}", keys=shown),
        "order": _("Orders, by their number in the database: {keys}", keys=shown),
        "payment": _("Payments, by their number in the database: {keys}", keys=shown),
        "entitlement": _("Memberships, by their number in the database: {keys}", keys=shown),
        "tier": _("Tiers: {keys}", keys=shown),
        "member": _("Members: {keys}", keys=shown),
        "ticket": _("Tickets: {keys}", keys=shown),
        "message": _("Messages, by their number in the database: {keys}", keys=shown),
        "draft": _("Drafts, by their number in the database: {keys}", keys=shown),
    }
    return words.get(what, shown)
