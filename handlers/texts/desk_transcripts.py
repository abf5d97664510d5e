"""A ticket whole, as a file for the desk: who said what to whom, and what happened meanwhile."""

from zoneinfo import ZoneInfo

from community_bot.tickets.facts import Moment
from community_bot.tickets.rules import Happening, MessageKind
from community_bot.tickets.view_facts import Spoken, Transcript
from handlers.texts.desk import clock_time, state
from handlers.texts.questions_pages import kind
from handlers.texts.words import Html, Words


def caption(_: Words, number: int) -> Html:
    return _("📜 Ticket #{n}, with notes: for the desk only.", n=number)


def file_name(number: int) -> str:
    return f"ticket-{number}.txt"


def transcript(_: Words, of: Transcript, zone: ZoneInfo) -> str:
    """Return everything that was said, inside and outside, as plain text."""
    ticket = of.ticket
    head = _.plain(
        "Ticket #{n} · {member} · {state}",
        n=ticket.ticket_id,
        member=of.member_name,
        state=state(_, ticket.state),
    )
    course = [f"{clock_time(one.at, zone, _.locale)}  {_moment(_, one)}" for one in of.moments]
    said = [part for one in of.spoken for part in _spoken(_, one, zone)]
    return "\n".join([head, "", *course, "", *said])


def happening(_: Words, of: Happening) -> str:
    """Return what happened, as mentors read it."""
    known = {
        Happening.OPEN: _.plain("asked"),
        Happening.CLAIM: _.plain("taken"),
        Happening.RELEASE: _.plain("given back"),
        Happening.TRANSFER: _.plain("handed on"),
        Happening.ANSWER: _.plain("answered"),
        Happening.ASSIST: _.plain("answered with help"),
        Happening.FOLLOW_UP: _.plain("the member wrote on"),
        Happening.NOTE: _.plain("noted inside"),
        Happening.DELIVER: _.plain("delivered"),
        Happening.FAIL: _.plain("not delivered"),
        Happening.SNOOZE: _.plain("put off"),
        Happening.ESCALATE: _.plain("escalated"),
        Happening.URGENT: _.plain("called urgent by the member"),
        Happening.OFFER: _.plain("offered to a mentor"),
        Happening.SKIP: _.plain("passed on"),
        Happening.RESOLVE: _.plain("solved"),
        Happening.REOPEN: _.plain("opened again"),
        Happening.CLOSE: _.plain("closed"),
        Happening.RATE: _.plain("rated by the member"),
        Happening.PROMOTE: _.plain("put into the FAQ"),
    }
    return known.get(of, of.value)


def _moment(_: Words, one: Moment) -> str:
    what = happening(_, one.happening)
    return f"{what} · {one.reason}" if one.reason else what


def _spoken(_: Words, one: Spoken, zone: ZoneInfo) -> tuple[str, ...]:
    message = one.message
    kinds = {
        MessageKind.MEMBER: _.plain("member"),
        MessageKind.PUBLIC: _.plain("to the member"),
        MessageKind.NOTE: _.plain("inside"),
    }
    said = message.said
    words = " ".join(
        filter(None, ["" if said.content == "text" else f"[{kind(_, said.content)}]", said.text])
    )
    at = clock_time(message.said_at, zone, _.locale)
    return (
        f"{at}  {one.author_name} ({kinds[message.kind]})",
        _.plain("(taken back) {words}", words=words) if message.recalled_at else words,
        *(_.plain("(before: {words})", words=earlier) for earlier in one.earlier),
        "",
    )
