"""Words for /tickets: the list, one question's course of events, and what is asked there."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from community_bot.tickets.facts import Draft, Moment, Recalled, Ticket
from community_bot.tickets.notices import QuestionCard
from community_bot.tickets.rules import Happening, TicketState
from community_bot.tickets.view_facts import Line, Page, Transcript
from handlers.texts.questions import card
from handlers.texts.questions_times import clock, day
from handlers.texts.words import GAP, Html, Words, bold, lines

MOST_MOMENTS = 12
EXCERPT = 300
MARKS = {
    TicketState.QUEUED: "⏳",
    TicketState.ACTIVE: "👩‍🏫",
    TicketState.ANSWERED: "💬",
    TicketState.RESOLVED: "🎉",
    TicketState.CLOSED: "📁",
    TicketState.CANCELLED: "✖",
    TicketState.MERGED: "🔗",
    TicketState.SPAM: "🚫",
}


def page(_: Words, of: Page, kept: Sequence[Draft]) -> Html:
    if not of.total and not kept:
        return lines(
            bold(_("📋 My questions")),
            _("You have asked nothing yet. Just write to me what you want to know."),
        )
    return lines(
        bold(
            _("📋 My questions · page {n} of {m}", n=of.number + 1, m=of.pages)
            if of.pages > 1
            else _("📋 My questions")
        ),
        _("⏳ waiting · 👩‍🏫 with a mentor · 💬 answered · 🎉 settled"),
        _.count(
            "💾 One draft is kept: it was not handed in yet.",
            "💾 {n} drafts are kept: they were not handed in yet.",
            len(kept),
        )
        if kept
        else None,
    )


def line(_: Words, one: Line) -> str:
    """Return a question as a button has it."""
    return _.plain(
        "{mark} #{n} {words}",
        mark=MARKS[one.ticket.state],
        n=one.ticket.ticket_id,
        words=one.ticket.summary or _.plain("(pictures and files)"),
    )


def whole(_: Words, told: QuestionCard, of: Transcript, zone: ZoneInfo) -> Html:
    """Show where a question is and what has happened to it, as a person reads it."""
    words = of.ticket.summary
    return lines(
        card(_, told, zone),
        GAP,
        _("“{words}”", words=words[:EXCERPT]) if words else None,
        *_course(_, of.moments, zone)[-MOST_MOMENTS:],
        GAP if told.is_shared else None,
        _("👥 Others may follow this question without seeing that it is yours.")
        if told.is_shared
        else None,
    )


def _course(_: Words, moments: Sequence[Moment], zone: ZoneInfo) -> list[Html]:
    """Say what happened; an answer in several messages happened once."""
    return list(dict.fromkeys(_moment(_, one, zone) for one in moments))


def _moment(_: Words, one: Moment, zone: ZoneInfo) -> Html:
    return _(
        "· {day} {clock} {what}",
        day=day(one.at, zone, _.locale),
        clock=clock(one.at, zone, _.locale),
        what=happening(_, one.happening),
    )


def happening(_: Words, of: Happening) -> str:
    """Return what happened, as its member reads it."""
    known = {
        Happening.OPEN: _.plain("handed in"),
        Happening.CLAIM: _.plain("a mentor took it"),
        Happening.ANSWER: _.plain("a mentor answered"),
        Happening.ASSIST: _.plain("another mentor helped"),
        Happening.FOLLOW_UP: _.plain("you wrote on"),
        Happening.RESOLVE: _.plain("settled"),
        Happening.REOPEN: _.plain("opened again"),
        Happening.CLOSE: _.plain("closed"),
        Happening.CANCEL: _.plain("taken back"),
        Happening.MERGE: _.plain("goes on under another number"),
        Happening.SPAM: _.plain("not taken up"),
        Happening.RESTORE: _.plain("taken up after all"),
        Happening.PROMISE: _.plain("a new time was promised"),
        Happening.RATE: _.plain("you rated the answer"),
        Happening.EDIT: _.plain("a message was changed"),
        Happening.RECALL: _.plain("a message was taken back"),
    }
    return known.get(of, of.value)


def where(_: Words, choices: Sequence[Ticket]) -> Html:
    """Ask to which question a message belongs."""
    return lines(
        bold(_("Where does this belong?")),
        *[_("#{n} “{words}”", n=one.ticket_id, words=one.summary[:60]) for one in choices],
        _("It is kept already; one tap, and it goes there."),
    )


def placed(_: Words, ticket_id: int) -> Html:
    return _("👌 Done: it is with question #{n} now.", n=ticket_id)


def new_question(_: Words) -> Html:
    return _("📝 Done: this becomes a question of its own, see below.")


def more_wanted(_: Words, ticket_id: int) -> Html:
    return lines(
        bold(_("➕ What would you like to add to question #{n}?", n=ticket_id)),
        _("Send it now: words, pictures, voice or files. Each one goes to the mentor."),
    )


def cancel_sure(_: Words, ticket_id: int) -> Html:
    return _("Take back question #{n}? Nobody answers it then, and it does not count.", n=ticket_id)


def cancelled(_: Words, ticket_id: int) -> Html:
    return _("✖ Question #{n} is taken back, and it does not count.", n=ticket_id)


def stays(_: Words, ticket_id: int) -> Html:
    return _("👌 Question #{n} stays where it is.", n=ticket_id)


def recall_sure(_: Words, ticket_id: int) -> Html:
    return _(
        "Take back what you wrote last in question #{n}? It vanishes for the mentors too; "
        "the message here you can delete yourself.",
        n=ticket_id,
    )


def recalled(_: Words, done: Recalled) -> Html:
    if done.was_deleted:
        return _("↩️ Taken back: the mentors no longer see it.")
    return _("↩️ Taken back: it was too old to be deleted, so it is crossed out for the mentors.")


def settled(_: Words) -> str:
    return _.plain("Settled. Glad to hear it!")


def reopened(_: Words, ticket: Ticket) -> Html:
    """Ask what is missing; what is closed stays so, and is gone on from."""
    number = ticket.ticket_id
    if ticket.state is TicketState.CLOSED:
        return lines(
            bold(_("📁 Question #{n} is closed by now", n=number)),
            _("What is missing? Write it here: it becomes a question that goes on from this one."),
        )
    return lines(
        bold(_("🔄 Question #{n} is open again", n=number)),
        _("What is missing? Write it here, and it goes to the mentor."),
    )


def hastened(_: Words) -> str:
    return _.plain("🚨 Mentors were called. The new time is on the card.")


def shared(_: Words, *, is_shared: bool) -> str:
    if is_shared:
        return _.plain("Others may follow it now. Nobody sees that it is yours.")
    return _.plain("Nobody else can follow it any more.")


def file_caption(_: Words, ticket_id: int) -> Html:
    return _("📄 Question #{n} from the first word on", n=ticket_id)


def file_name(ticket_id: int) -> str:
    return f"question-{ticket_id}.txt"


def transcript(_: Words, of: Transcript, zone: ZoneInfo) -> str:
    """Return everything that was said, as plain text that every phone opens."""
    head = _.plain("Question #{n}", n=of.ticket.ticket_id)
    course = dict.fromkeys(
        f"{_at(one.at, zone, _.locale)}  {happening(_, one.happening)}" for one in of.moments
    )
    said = [
        part
        for one in of.spoken
        for part in (
            f"{_at(one.message.said_at, zone, _.locale)}  {one.author_name}",
            _spoken(_, one.message.said.content, one.message.said.text, one.message.recalled_at),
            *(_.plain("(before: {words})", words=words) for words in one.earlier),
            "",
        )
    ]
    read = [_.plain("Read in the FAQ: {question}", question=one.question) for one in of.read]
    return "\n".join([head, "", *course, "", *read, *([""] if read else []), *said])


def _at(at: datetime, zone: ZoneInfo, locale: str) -> str:
    return f"{day(at, zone, locale)} {clock(at, zone, locale)}"


def _spoken(_: Words, content: str, text: str | None, recalled_at: object) -> str:
    if recalled_at is not None:
        return _.plain("(taken back)")
    if content == "text":
        return text or ""
    return " ".join(filter(None, [_.plain("[{kind}]", kind=kind(_, content)), text]))


def kind(_: Words, content: str) -> str:
    """Return what a message is that is no text."""
    known = {
        "photo": _.plain("picture"),
        "video": _.plain("film"),
        "document": _.plain("file"),
        "voice": _.plain("voice message"),
        "audio": _.plain("audio"),
        "animation": _.plain("animation"),
        "video_note": _.plain("video message"),
        "sticker": _.plain("sticker"),
        "location": _.plain("place"),
        "contact": _.plain("contact"),
    }
    return known.get(content, content)
