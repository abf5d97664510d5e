"""Words for members' questions: the card that lives on, the answer, and what comes after it."""

import html
from zoneinfo import ZoneInfo

from community_bot.faq.markup_rules import tidy
from community_bot.tickets.notices import (
    AnswerFooter,
    AnswerHeading,
    Courtesy,
    EntryAnswer,
    FollowUpStored,
    GroupAnswer,
    GroupQuestion,
    QuestionCaptured,
    QuestionCard,
    QuestionMerged,
    QuestionRefused,
    QuestionResolved,
    QuestionsPaused,
    SilenceWarning,
)
from community_bot.tickets.rules import TicketState
from handlers.texts.asking import market_name, used
from handlers.texts.faq import topic_name
from handlers.texts.questions_times import by, clock
from handlers.texts.snippets import filled
from handlers.texts.words import GAP, Html, Words, bold, lines


def card(_: Words, told: QuestionCard, zone: ZoneInfo) -> Html:
    """Say where a question is, and what was promised."""
    is_awaited = told.state in (TicketState.QUEUED, TicketState.ACTIVE)
    return lines(
        bold(_heading(_, told, zone)),
        _about(_, told),
        *(_promise(_, told, zone) if is_awaited else []),
        _("🚨 It is urgent: mentors were called at once.") if told.is_urgent else None,
        _.count(
            "🌙 These are not our working hours. If it cannot wait, a frozen account for example, "
            "press “🚨 Urgent”: you can do so once more this month.",
            "🌙 These are not our working hours. If it cannot wait, a frozen account for example, "
            "press “🚨 Urgent”: you can do so {n} more times this month.",
            told.urgent_left,
        )
        if told.urgent_left
        else None,
        _("🔗 goes on from question #{n}", n=told.parent_id) if told.parent_id else None,
        used(_, told.allowance) if told.allowance and told.may_cancel else None,
        _("It can be opened again under “Not settled”.")
        if told.state is TicketState.RESOLVED
        else None,
    )


def _heading(_: Words, told: QuestionCard, zone: ZoneInfo) -> Html:
    number = told.ticket_id
    match told.state:
        case TicketState.QUEUED:
            return (
                _("✅ Question #{n} was handed in", n=number)
                if told.answered_at is None
                else _("🔄 Question #{n} waits for a mentor", n=number)
            )
        case TicketState.ACTIVE:
            return _taken(_, told, zone)
        case TicketState.ANSWERED:
            return _("💬 Question #{n} was answered", n=number)
        case TicketState.RESOLVED:
            return _("🎉 Question #{n} is settled", n=number)
        case TicketState.CLOSED:
            return _("📁 Question #{n} is closed", n=number)
        case _state:
            return _over(_, told)


def _taken(_: Words, told: QuestionCard, zone: ZoneInfo) -> Html:
    facts = {
        "n": told.ticket_id,
        "at": clock(told.claimed_at, zone, _.locale) if told.claimed_at else "–",
    }
    if told.mentor_name is None:
        return _("👩‍🏫 A mentor has taken question #{n} · {at}", **facts)
    return _("👩‍🏫 {name} has taken question #{n} · {at}", name=told.mentor_name, **facts)


def _over(_: Words, told: QuestionCard) -> Html:
    known = {
        TicketState.CANCELLED: _(
            "✖ Question #{n} was taken back; it does not count", n=told.ticket_id
        ),
        TicketState.MERGED: _("🔗 Question #{n} goes on under another number", n=told.ticket_id),
    }
    return known.get(told.state) or _("🚫 Question #{n} was not taken up", n=told.ticket_id)


def _about(_: Words, told: QuestionCard) -> Html | None:
    tier = told.tier_name.get("zh" if _.locale.startswith("zh") else "en")
    parts = [
        *([tier] if tier else []),
        *([topic_name(_, told.topic)] if told.topic else []),
        *([market_name(_, told.market)] if told.market else []),
    ]
    return Html(html.escape(" · ".join(parts), quote=False)) if parts else None


def _promise(_: Words, told: QuestionCard, zone: ZoneInfo) -> list[Html]:
    said = [
        _("⏱ Answer expected by {at}", at=by(_, told.promised_at, zone, told.shown_at))
        if told.promised_at
        else _("⏱ A mentor answers as soon as they can.")
    ]
    if told.state is TicketState.QUEUED:
        said.append(
            _.count("One question is before it.", "{n} questions are before it.", told.ahead)
            if told.ahead
            else _("It is the next in line.")
        )
    return said


def answer_heading(_: Words, told: AnswerHeading, _zone: ZoneInfo) -> Html:
    """Say who speaks in the messages below."""
    if told.is_followed:
        return lines(
            bold(_("👥 A question that you follow was answered")),
            _("“{words}”", words=told.summary) if told.summary else None,
            _("{name} writes:", name=told.mentor_name) if told.mentor_name else None,
        )
    return _answers(_, told.mentor_name, told.ticket_id)


def _answers(_: Words, name: str | None, number: int) -> Html:
    if name is None:
        return bold(_("👩‍🏫 The mentors answer your question #{n}:", n=number))
    return bold(_("👩‍🏫 {name} answers your question #{n}:", name=name, n=number))


def entry_answer(_: Words, told: EntryAnswer, _zone: ZoneInfo) -> Html:
    return lines(
        _answers(_, told.mentor_name, told.ticket_id),
        GAP,
        bold(told.question),
        Html(tidy(told.body if told.is_public else _filled(told))),
    )


def _filled(told: EntryAnswer) -> str:
    return filled(told.body, name=told.reader_name, number=told.ticket_id)


def answer_footer(_: Words, told: AnswerFooter, _zone: ZoneInfo) -> Html:
    return lines(
        _("Does this settle your question #{n}?", n=told.ticket_id),
        _("To ask on, just write here."),
    )


def courtesy(_: Words, told: Courtesy, _zone: ZoneInfo) -> Html:
    return _("😊 You are welcome! Is question #{n} settled then?", n=told.ticket_id)


def resolved(_: Words, told: QuestionResolved, zone: ZoneInfo) -> Html:
    """Ask what the answer was worth, and say how long the way back is open."""
    return lines(
        bold(_("🎉 Question #{n} is settled", n=told.ticket_id)),
        _("I had heard nothing for a while, so I took it as settled.") if told.by_silence else None,
        _(
            "Not settled after all? Reply to this by {at}, and it is open again.",
            at=by(_, told.until, zone),
        ),
        GAP,
        _("How useful was the answer?"),
    )


def silence_warning(_: Words, told: SilenceWarning, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("💬 Question #{n} was answered. Is it settled?", n=told.ticket_id)),
        _("If I hear nothing by {at}, I take it as settled.", at=by(_, told.resolve_at, zone)),
    )


def captured(_: Words, told: QuestionCaptured, zone: ZoneInfo) -> Html:
    return lines(
        bold(
            _(
                "🎫 {name} took up what you wrote as question #{n}",
                name=told.mentor_name,
                n=told.ticket_id,
            )
            if told.mentor_name
            else _("🎫 A mentor took up what you wrote as question #{n}", n=told.ticket_id)
        ),
        _("“{words}”", words=told.words) if told.words else None,
        _("⏱ Answer expected by {at}", at=by(_, told.promised_at, zone))
        if told.promised_at
        else None,
        _("The answer comes to the group and to you here. It uses none of your questions."),
    )


def merged(_: Words, told: QuestionMerged, _zone: ZoneInfo) -> Html:
    return _(
        "🔗 Question #{n} goes on as #{into}: both ask the same. Nothing is lost, and the "
        "answer comes under #{into}.",
        n=told.ticket_id,
        into=told.into_id,
    )


def paused(_: Words, told: QuestionsPaused, zone: ZoneInfo) -> Html:
    if told.until is None:
        return lines(
            _("▶️ You can ask mentors again."),
            _("💾 What you wrote meanwhile is kept: you hand it in under /tickets.")
            if told.kept
            else None,
        )
    return _(
        "⏳ The mentors have paused new questions of yours until {at}. Your open questions are "
        "answered, the FAQ under /faq is open to you, and what you write meanwhile is kept.",
        at=by(_, told.until, zone),
    )


def refused(_: Words, told: QuestionRefused, _zone: ZoneInfo) -> Html:
    return _(
        "🚫 The mentors did not take message #{n} for a question. If that is a mistake, please "
        "write once more what you want to know, or ask the staff.",
        n=told.ticket_id,
    )


def follow_up_stored(_: Words, told: FollowUpStored, zone: ZoneInfo) -> Html:
    return lines(
        _("🔄 Question #{n} is open again, and your message is with it.", n=told.ticket_id)
        if told.is_reopened
        else _("👌 Added to question #{n}.", n=told.ticket_id),
        _("⏱ Answer expected by {at}", at=by(_, told.promised_at, zone))
        if told.promised_at
        else None,
    )


def group_question(_: Words, told: GroupQuestion, zone: ZoneInfo) -> Html:
    """Answer in the group: nothing of the member's is in it but the number."""
    if told.promised_at is None:
        return _("👀 Got it: question #{n}. The mentors answer here.", n=told.ticket_id)
    return _(
        "👀 Got it: question #{n} · answer expected by {at}",
        n=told.ticket_id,
        at=by(_, told.promised_at, zone),
    )


def group_answer(_: Words, told: GroupAnswer, _zone: ZoneInfo) -> Html:
    heading = (
        _("👩‍🏫 {name} · question #{n}", name=told.mentor_name, n=told.ticket_id)
        if told.mentor_name
        else _("👩‍🏫 The mentors · question #{n}", n=told.ticket_id)
    )
    if told.is_taken_back:
        return lines(bold(heading), _("🗑 The mentor has taken this answer back."))
    return lines(
        bold(heading),
        Html(html.escape(told.words, quote=False)) if told.words else None,
        None if told.is_whole else _("The whole answer is in the private chat."),
    )
