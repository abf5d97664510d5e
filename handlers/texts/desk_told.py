"""Words of what the desk is told of its tickets, in topics, in the group and in private."""

from zoneinfo import ZoneInfo

from community_bot.tickets.desk_notices import (
    AnswerFailed,
    AnswerRated,
    FollowUpCame,
    MemberBack,
    MemberLost,
    QuestionEdited,
    QuestionRecalled,
    TicketEnded,
    TicketHeld,
    TicketTakenOver,
    TicketTransferred,
    TicketWoken,
    TopicControls,
)
from community_bot.tickets.escalation_notices import LeadCalled
from community_bot.tickets.rules import Grievance, Verdict
from handlers.texts.desk import (
    MOST_READ,
    OF_A_NAME,
    OF_A_REASON,
    OF_A_TITLE,
    clock_time,
    cut,
    masked,
    state,
)
from handlers.texts.words import Html, Words, bold, code, lines, link

EXCERPT = 200


def lead_called(_: Words, told: LeadCalled, zone: ZoneInfo) -> Html:
    return lines(
        bold(
            _(
                "⬆️ {name} asks for help with #{n}",
                name=cut(told.by_name, OF_A_NAME),
                n=told.ticket_id,
            )
        ),
        _("“{words}”", words=cut(told.summary, EXCERPT)) if told.summary else None,
        _("⏱ to be answered by {at}", at=bold(clock_time(told.due_at, zone, _.locale)))
        if told.due_at
        else None,
    )


def topic_controls(_: Words, told: TopicControls, _zone: ZoneInfo) -> Html:
    """Stand first in a topic and pinned: what is written here goes where."""
    return lines(
        bold(_("🎫 #{n} · {name}", n=told.ticket_id, name=masked(told.member_name))),
        _("(The topic was made anew; what was said last is below.)") if told.is_restored else None,
        _("🙋 {name}", name=cut(told.mentor_name, OF_A_NAME)) if told.mentor_name else None,
        _.count("One question before", "{n} questions before", told.asked_before)
        if told.asked_before
        else None,
        *(
            _(
                "📖 read #{n} “{title}”: not enough",
                n=one.entry_id,
                title=cut(one.question, OF_A_TITLE),
            )
            for one in told.read[:MOST_READ]
        ),
        "",
        _(
            "What the mentor of this ticket writes here goes to the member: 👌 means delivered. "
            "Begin with {mark} for a note; what others write stays inside, marked ✍.",
            mark=code("//"),
        ),
    )


def follow_up_came(_: Words, told: FollowUpCame, zone: ZoneInfo) -> Html:
    """Call the mentor by a mention, which rings on their phone."""
    name = link(cut(told.mentor_name or "–", OF_A_NAME), f"tg://user?id={told.mentor_id or 0}")
    return lines(
        _("🔄 {name}, the member opened #{n} again", name=name, n=told.ticket_id)
        if told.is_reopened
        else _("💬 {name}, the member of #{n} wrote again", name=name, n=told.ticket_id),
        _("“{words}”", words=cut(told.words, EXCERPT)) if told.words else None,
        _("⏱ to be answered by {at}", at=bold(clock_time(told.due_at, zone, _.locale)))
        if told.due_at
        else None,
    )


def answer_failed(_: Words, told: AnswerFailed, _zone: ZoneInfo) -> Html:
    return lines(
        _("💔 Nobody knows whether an answer to #{n} has arrived.", n=told.ticket_id)
        if told.is_uncertain
        else _("💔 An answer to #{n} was not delivered.", n=told.ticket_id),
        _("Telegram says: {reason}", reason=cut(told.reason, OF_A_REASON)) if told.reason else None,
        _("Sending it again may show it to the member twice.") if told.is_uncertain else None,
    )


def member_lost(_: Words, told: MemberLost, _zone: ZoneInfo) -> Html:
    if not told.has_kept:
        return _(
            "⚠️ {name} (#{n}) has stopped the bot, and the clock stands still. Answer as ever: it "
            "is kept, and delivered as soon as they are back.",
            name=masked(told.member_name),
            n=told.ticket_id,
        )
    return _(
        "⚠️ {name} (#{n}) has stopped the bot. Your answer is kept and the clock stands still; "
        "it is delivered as soon as they are back.",
        name=masked(told.member_name),
        n=told.ticket_id,
    )


def member_back(_: Words, told: MemberBack, _zone: ZoneInfo) -> Html:
    return _(
        "👋 {name} (#{n}) is back: the clock goes on, and an answer that was kept goes out now.",
        name=masked(told.member_name),
        n=told.ticket_id,
    )


def question_edited(_: Words, told: QuestionEdited, _zone: ZoneInfo) -> Html:
    return lines(
        _("✏️ The member of #{n} changed what they wrote, after the answer:", n=told.ticket_id)
        if told.is_after_answer
        else _("✏️ The member of #{n} changed what they wrote:", n=told.ticket_id),
        _("before: “{words}”", words=cut(told.before, EXCERPT)) if told.before else None,
        _("now: “{words}”", words=cut(told.after, EXCERPT)) if told.after else None,
    )


def question_recalled(_: Words, told: QuestionRecalled, _zone: ZoneInfo) -> Html:
    return _("🗑 The member of #{n} took a message back.", n=told.ticket_id)


def ticket_transferred(_: Words, told: TicketTransferred, _zone: ZoneInfo) -> Html:
    return lines(
        bold(
            _(
                "🔀 {name} has handed #{n} to you",
                name=cut(told.from_name, OF_A_NAME),
                n=told.ticket_id,
            )
        ),
        _("What you should know: “{note}”", note=told.note) if told.note else None,
    )


def ticket_held(_: Words, told: TicketHeld, _zone: ZoneInfo) -> Html:
    return lines(
        _(
            "🙋 {name} has #{n} now: what {name} writes here goes to the member.",
            name=cut(told.mentor_name, OF_A_NAME),
            n=told.ticket_id,
        ),
        _("Handed on with: “{note}”", note=told.note) if told.note else None,
    )


def ticket_taken_over(_: Words, told: TicketTakenOver, _zone: ZoneInfo) -> Html:
    return _(
        "🫱 {name} sees to #{n} from now on. Nothing for you to do.",
        name=cut(told.by_name, OF_A_NAME),
        n=told.ticket_id,
    )


def ticket_ended(_: Words, told: TicketEnded, _zone: ZoneInfo) -> Html:
    is_over = _("#{n}: {state}.", n=told.ticket_id, state=state(_, told.state))
    return lines(
        bold(is_over),
        _("By {name}.", name=cut(told.by_name, OF_A_NAME)) if told.by_name else None,
        _("Would the answer help others too?") if told.can_promote else None,
    )


def answer_rated(_: Words, told: AnswerRated, _zone: ZoneInfo) -> Html:
    verdicts = {
        Verdict.GOOD: _("👍 The answer to #{n} was useful.", n=told.ticket_id),
        Verdict.FAIR: _("👌 The answer to #{n} was fair.", n=told.ticket_id),
        Verdict.POOR: _("👎 The answer to #{n} did not help.", n=told.ticket_id),
    }
    reasons = {
        Grievance.SLOW: _("It took too long."),
        Grievance.UNCLEAR: _("It was not clear."),
        Grievance.WRONG: _("It was wrong."),
        Grievance.OTHER: _("For another reason."),
    }
    return lines(
        verdicts[told.verdict],
        reasons[told.reason] if told.reason else None,
        _("“{words}”", words=cut(told.words, EXCERPT)) if told.words else None,
    )


def ticket_woken(_: Words, told: TicketWoken, _zone: ZoneInfo) -> Html:
    return lines(
        _("⏰ #{n} was put off until now.", n=told.ticket_id),
        _("“{words}”", words=cut(told.summary, EXCERPT)) if told.summary else None,
    )
