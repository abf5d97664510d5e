"""Words for tickets that wait too long, for the ends of shifts, and for refusals about mentors."""

import html
from zoneinfo import ZoneInfo

from community_bot.tickets.escalation_notices import (
    AnswerLate,
    DeadlineNear,
    ShiftOver,
    TicketEscalated,
    TicketHandedBack,
    TicketOffered,
    TicketUrgent,
    Tried,
    Waiting,
)
from community_bot.tickets.mentor_rules import OfferState
from handlers.texts.faq import topic_name
from handlers.texts.figures import moment
from handlers.texts.words import Html, Words, bold, lines


def ticket_offered(_: Words, told: TicketOffered, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🎫 Ticket #{n} would suit you", n=told.waiting.ticket_id)),
        *_case(_, told.waiting, zone),
        "",
        _(
            "Will you take it? Without an answer by {at}, the next mentor is asked.",
            at=moment(told.expires_at, zone, _.locale),
        ),
    )


def ticket_urgent(_: Words, told: TicketUrgent, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🚨 Ticket #{n} is urgent", n=told.waiting.ticket_id)),
        *_case(_, told.waiting, zone),
        "",
        _("The member says that it cannot wait for the working hours. Who can, takes it now."),
    )


def deadline_near(_: Words, told: DeadlineNear, zone: ZoneInfo) -> Html:
    number = told.waiting.ticket_id
    if told.mentor_name is None:
        return lines(
            bold(_("🟠 Nobody has taken ticket #{n} yet", n=number)),
            *_case(_, told.waiting, zone),
            "",
            _("I now ask mentors of other markets and topics too. Is there somebody for it?"),
        )
    return lines(
        bold(_("🟠 Ticket #{n} is to be answered soon", n=number)),
        *_case(_, told.waiting, zone),
        "",
        _("If you cannot make it, hand it on in time: nobody minds."),
    )


def ticket_escalated(_: Words, told: TicketEscalated, zone: ZoneInfo) -> Html:
    number = told.waiting.ticket_id
    return lines(
        bold(
            _("🔴 Ticket #{n} is late", n=number)
            if told.level == 1
            else _("🔴 Ticket #{n} is very late", n=number)
        ),
        *_case(_, told.waiting, zone),
        "",
        _("Nobody has taken it.")
        if told.mentor_name is None
        else _("{name} has it and has not answered.", name=told.mentor_name),
        *(_tried(_, one) for one in told.tried),
        _(
            "The member was told that we are late, and promised an answer by {at}.",
            at=bold(moment(told.promised_at, zone, _.locale)),
        ),
    )


def answer_late(_: Words, told: AnswerLate, zone: ZoneInfo) -> Html:
    at = bold(moment(told.promised_at, zone, _.locale))
    if told.level == 1:
        return _(
            "🙏 We are late with your question #{n}, and we are sorry. The lead of the mentors "
            "sees to it now; you will have an answer by {at}.",
            n=told.ticket_id,
            at=at,
        )
    return _(
        "🙏 You are still waiting for an answer to your question #{n}: that should not happen. "
        "The owner of the community sees to it now; the new promise is {at}.",
        n=told.ticket_id,
        at=at,
    )


def shift_over(_: Words, told: ShiftOver, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🌙 Your shift is over")),
        _.count(
            "One ticket of yours waits for an answer.",
            "{n} tickets of yours wait for an answer.",
            told.active,
        ),
        _.count(
            "One more waits for its member and stays with you.",
            "{n} more wait for their members and stay with you.",
            told.answered,
        )
        if told.answered
        else None,
        "",
        _(
            "Hand them to the next shift, or go on? Otherwise they go back into the queue after "
            "{n} working minutes.",
            n=told.hand_back_minutes,
        ),
    )


def ticket_handed_back(_: Words, told: TicketHandedBack, _zone: ZoneInfo) -> Html:
    return lines(
        _(
            "↩️ Ticket #{n} went back into the queue while you are away: its member is waiting. "
            "Nothing for you to do.",
            n=told.ticket_id,
        ),
        told.summary and _("“{words}”", words=told.summary),
    )


def invalid(_: Words) -> dict[tuple[str, str], Html]:
    """Return the words of refusals by field and reason."""
    return {
        ("duty", "time"): _("Please type a time like 18:30."),
        ("duty", "span"): _("Please type how long: 30m, 2h or 3d, at most 30 days."),
        ("duty", "past"): _("That time is over already. Please type a later one."),
        ("mentor", "cap"): _("Please type a number from 1 to 100."),
        ("mentor", "skills"): _("At most 30 of them, each of up to 64 characters."),
        ("mentor", "stage_name"): _("A stage name may have 64 characters. Please shorten it."),
    }


def not_found(_: Words) -> dict[str, Html]:
    return {
        "mentor": _("That person is no mentor. The owner gives the role with /admin."),
        "exclusion": _("Nothing was kept apart here; it is as usual already."),
        "offer": _("This offer is over already. What waits is under /queue."),
    }


def already_done(_: Words) -> dict[str, Html]:
    return {"exclusion": _("These two are kept apart already.")}


def _case(_: Words, one: Waiting, zone: ZoneInfo) -> tuple[str | Html | None, ...]:
    topic = topic_name(_, one.topic) if one.topic else None
    subject = " · ".join(part for part in (topic, one.market) if part)
    return (
        Html(html.escape(subject, quote=False)) if subject else None,
        _("“{words}”", words=one.summary) if one.summary else None,
        _("⏱ to be answered by {at}", at=bold(moment(one.due_at, zone, _.locale))),
    )


def _tried(_: Words, one: Tried) -> Html:
    match one.state:
        case OfferState.SKIPPED:
            return _("· {name} passed it on.", name=one.name)
        case OfferState.TAKEN:
            return _("· {name} took it.", name=one.name)
        case OfferState.EXPIRED:
            return _("· {name} did not answer.", name=one.name)
        case OfferState.WAITING:
            return _("· {name} has been asked.", name=one.name)
