"""Short words about what was done to a ticket: toasts, hints and records at the desk."""

from datetime import datetime
from zoneinfo import ZoneInfo

from community_bot.errors import AlreadyDone
from community_bot.tickets.desk_notices import (
    AnswerFailed,
    AnswerRated,
    FollowUpCame,
    MemberBack,
    MemberLost,
    QuestionEdited,
    QuestionRecalled,
    TicketEnded,
    TicketTakenOver,
    TicketTransferred,
    TicketWoken,
    TopicControls,
)
from community_bot.tickets.escalation_notices import LeadCalled
from community_bot.tickets.facts import Recalled
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
CAPTURE = r"^/?转工单\s*$"  # Telegram knows no commands in Chinese
MINUTES_SAID = 60  # longer ago than that it does not matter when


def claimed(_: Words, number: int) -> str:
    return _.plain("🙋 #{n} is yours.", n=number)


def released(_: Words, number: int) -> str:
    return _.plain("↩️ #{n} is back in the queue; its time has not changed.", n=number)


def in_private(_: Words) -> str:
    return _.plain("📩 I have written to you in our private chat.")


def skipped(_: Words) -> str:
    return _.plain("⏭ The next mentor is asked.")


def waived(_: Words) -> str:
    return _.plain("✅ It is the member's turn; the clock stands still.")


def solved(_: Words, number: int) -> str:
    return _.plain(
        "🏁 #{n} is solved. The member is asked what they think of the answer.", n=number
    )


def put_off(_: Words, until: datetime, zone: ZoneInfo) -> str:
    return _.plain("⏸ Put off until {at}.", at=clock_time(until, zone, _.locale))


def no_question(_: Words, number: int) -> str:
    return _.plain("🚫 #{n} counts as no question; the member is told. It can be undone.", n=number)


def restored(_: Words, number: int) -> str:
    return _.plain("↩️ #{n} is back in the queue, with its time.", n=number)


def reopened(_: Words, number: int) -> str:
    return _.plain("🔄 #{n} is open again.", n=number)


def inside(_: Words) -> Html:
    return _("✍ This stays inside: somebody else answers this ticket.")


def assist_sure(_: Words) -> Html:
    return _("Send this to the member under your own name, as help?")


def assisted(_: Words) -> Html:
    return _("📨 On its way to the member; 👌 on your message means delivered.")


def stays_inside(_: Words) -> Html:
    return _("✍ It stays inside.")


def unclaimed(_: Words, number: int) -> Html:
    return _("✋ Not sent to the member: nobody has #{n} yet. Take it, then write again.", n=number)


def over(_: Words, number: int, *, can_reopen: bool) -> Html:
    return (
        _("✋ Not sent to the member: #{n} is over. Open it again, then write again.", n=number)
        if can_reopen
        else _("✋ Not sent to the member: #{n} is closed for good.", n=number)
    )


def recalled(_: Words, of: Recalled) -> str:
    return (
        _.plain("🗑 Taken back; the member does not see it any more.")
        if of.was_deleted
        else _.plain("🗑 It is older than 48 hours: for the member it is crossed out now.")
    )


def resent(_: Words) -> str:
    return _.plain("🔁 It goes out again; 👌 means delivered.")


def claimed_by(_: Words, error: AlreadyDone) -> Html:
    """Tell the second one who was first, and how long ago."""
    if error.by is None or error.ago is None:
        return _("Somebody has this ticket already.")
    seconds = max(int(error.ago.total_seconds()), 0)
    minutes = seconds // 60
    if minutes >= MINUTES_SAID:
        return _("Already taken by {name}.", name=error.by)
    if minutes:
        return _.count(
            "Already taken by {name}, one minute ago.",
            "Already taken by {name}, {n} minutes ago.",
            minutes,
            name=error.by,
        )
    return _.count(
        "Already taken by {name}, one second ago.",
        "Already taken by {name}, {n} seconds ago.",
        seconds,
        name=error.by,
    )


def lead_called_on(_: Words) -> str:
    return _.plain("⬆️ The leads have been called. The ticket stays yours until they act.")


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
    return _(
        "⚠️ {name} (#{n}) has stopped the bot. Your answer is kept and the clock stands still; "
        "it is delivered as soon as they are back.",
        name=masked(told.member_name),
        n=told.ticket_id,
    )


def member_back(_: Words, told: MemberBack, _zone: ZoneInfo) -> Html:
    return _(
        "👋 {name} (#{n}) is back, and what was kept has been delivered.",
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
        _("What you should know: “{note}”", note=told.note),
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
