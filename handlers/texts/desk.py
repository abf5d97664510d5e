"""Words of a ticket as mentors see it: the live card, and the page in the private chat."""

import html
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from community_bot.tickets.desk_notices import TicketCard, Truth
from community_bot.tickets.facts import Ticket
from community_bot.tickets.rules import TicketState
from community_bot.tickets.view_facts import Line, Queue
from community_bot.tickets.view_queries import View
from handlers.texts.faq import topic_name
from handlers.texts.words import GAP, Html, Words, bold, lines

SHOWN = 300  # signs of a question on its card
OF_A_REASON = 120
OF_A_NAME = 40
OF_A_TITLE = 60
OF_A_LINE = 24
MOST_READ = 3
MINUTE = timedelta(minutes=1)
LIGHTS = {
    TicketState.QUEUED: "🟡",
    TicketState.ACTIVE: "🔵",
    TicketState.ANSWERED: "🟢",
    TicketState.RESOLVED: "🏁",
    TicketState.CLOSED: "⚪",
    TicketState.CANCELLED: "✖️",
    TicketState.MERGED: "🔗",
    TicketState.SPAM: "🚫",
}


def ticket_card(_: Words, told: TicketCard, zone: ZoneInfo) -> Html:
    """Show a ticket: what is asked by whom, until when, who has it, and how far the answer got."""
    return lines(
        _heading(_, told),
        _due(_, told, zone),
        _person(_, told),
        GAP,
        _("“{words}”", words=cut(told.words, SHOWN)) if told.words else None,
        _("➕ added: {words}", words=cut(told.added, SHOWN)) if told.added else None,
        _attached(_, told),
        *_before(_, told),
        GAP,
        _held(_, told, zone),
        *_flags(_, told, zone),
        _truth(_, told.truth, zone),
    )


def ticket_page(
    _: Words, told: TicketCard, zone: ZoneInfo, now: datetime, paused_until: datetime | None
) -> Html:
    """Show the same to one person, with the time that is left at this moment."""
    at = paused_until and clock_time(paused_until, zone, _.locale)
    return lines(
        ticket_card(_, told, zone),
        _left(_, told, now),
        _("⏳ The member may ask nothing new until {at}", at=at) if at else None,
    )


def queue(_: Words, view: View, found: Queue) -> Html:
    """Head a list of tickets; its lines are buttons."""
    page, tally = found.page, found.tally
    return lines(
        bold(_("🎫 {view} · {n}", view=view_name(_, view), n=page.total)),
        _(
            "Unclaimed {unclaimed} · mine {mine} · late {overdue} · waiting for members {waiting}",
            unclaimed=tally.unclaimed,
            mine=tally.mine,
            overdue=tally.overdue,
            waiting=tally.waiting,
        ),
        _lost(_, view, tally.unreachable),
        None if page.lines else empty(_, view),
    )


def _lost(_: Words, view: View, n: int) -> Html | None:
    """Say how many cannot be reached; in their own list, what becomes of an answer."""
    if not n:
        return None
    if view is View.UNREACHABLE:
        return _(
            "They have stopped the bot: what you answer is kept and goes out when they return."
        )
    return _.count(
        "📵 One member cannot be reached", "📵 The members of {n} tickets cannot be reached", n
    )


def empty(_: Words, view: View) -> Html:
    if view is View.UNREACHABLE:
        return _("Everybody who has an open question can be reached.")
    if view is View.MINE:
        return _("You have no ticket. What waits is under “Unclaimed”.")
    return _("Nothing here. Well done.")


def view_name(_: Words, view: View) -> str:
    known = {
        View.UNCLAIMED: _.plain("Unclaimed"),
        View.MINE: _.plain("Mine"),
        View.OVERDUE: _.plain("Late"),
        View.WAITING: _.plain("Member's turn"),
        View.UNREACHABLE: _.plain("📵 Unreachable"),
        View.ALL: _.plain("All open"),
    }
    return known[view]


def line(_: Words, one: Line, zone: ZoneInfo) -> str:
    """Return a ticket as the label of a button."""
    ticket = one.ticket
    parts = (
        f"{_light_of(ticket)} #{ticket.ticket_id}",
        clock_time(ticket.due_at, zone, _.locale) if ticket.due_at else "",
        topic_name(_, ticket.topic) if ticket.topic else "",
        ticket.market or "",
        cut(ticket.summary, OF_A_LINE),
    )
    return " · ".join(part for part in parts if part)


def _light_of(ticket: Ticket) -> str:
    if ticket.is_unreachable:
        return "📵"
    return "🚨" if ticket.is_urgent else light(ticket.state, ticket.escalation)


def state(_: Words, of: TicketState) -> str:
    known = {
        TicketState.QUEUED: _.plain("unclaimed"),
        TicketState.ACTIVE: _.plain("to be answered"),
        TicketState.ANSWERED: _.plain("answered, member's turn"),
        TicketState.RESOLVED: _.plain("solved"),
        TicketState.CLOSED: _.plain("closed"),
        TicketState.CANCELLED: _.plain("taken back"),
        TicketState.MERGED: _.plain("merged"),
        TicketState.SPAM: _.plain("no question"),
    }
    return known[of]


def light(of: TicketState, escalation: int) -> str:
    is_waiting = of in (TicketState.QUEUED, TicketState.ACTIVE)
    return "🔴" if is_waiting and escalation else LIGHTS[of]


def masked(name: str) -> str:
    """Return a member's name as the desk shows it: enough to tell two apart, and no more."""
    return f"{name[:1]}*"


def cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def clock_time(at: datetime, zone: ZoneInfo, locale: str) -> str:
    """Return a time near to now, without its year: 11月22日 15:30."""
    pattern = "M月d日 HH:mm" if locale.startswith("zh") else "d MMM, HH:mm"
    return format_datetime(at, pattern, tzinfo=zone, locale=locale)


def _heading(_: Words, told: TicketCard) -> Html:
    subject = (told.topic and topic_name(_, told.topic), told.market)
    named = "".join(f" · {cut(part, OF_A_NAME)}" for part in subject if part)
    mark = light(told.state, told.escalation)
    return lines(
        Html(
            bold(f"🎫 #{told.ticket_id} {mark} {state(_, told.state)}")
            + html.escape(named, quote=False)
        )
    )


def _due(_: Words, told: TicketCard, zone: ZoneInfo) -> Html | None:
    if told.due_at is None:
        return None
    return _("⏱ to be answered by {at}", at=bold(clock_time(told.due_at, zone, _.locale)))


def _person(_: Words, told: TicketCard) -> Html:
    language = "zh" if _.locale.startswith("zh") else "en"
    tier = told.tier_name.get(language) or next(iter(told.tier_name.values()), "")
    parts = (
        cut(tier, OF_A_NAME),
        masked(told.member_name),
        _.count("one day left", "{n} days left", told.days_left)
        if told.days_left is not None
        else "",
        _.count("one question before", "{n} questions before", told.asked_before)
        if told.asked_before
        else _("first question"),
        f"👍 {told.praised_before}" if told.praised_before else "",
    )
    return Html(
        " · ".join(
            part if isinstance(part, Html) else html.escape(part, quote=False)
            for part in parts
            if part
        )
    )


def _attached(_: Words, told: TicketCard) -> Html | None:
    counts = (("📷", told.pictures), ("📎", told.files))
    shown = "  ".join(f"{sign} {n}" for sign, n in counts if n)
    return Html(shown) if shown else None


def _before(_: Words, told: TicketCard) -> list[Html | None]:
    return [
        *(
            _(
                "📖 read #{n} “{title}”: not enough",
                n=one.entry_id,
                title=cut(one.question, OF_A_TITLE),
            )
            for one in told.read[:MOST_READ]
        ),
        _("🔗 goes on from #{n}", n=told.parent_id) if told.parent_id else None,
        _.count(
            "👥 One more member wants to know this",
            "👥 {n} more members want to know this",
            told.followers,
        )
        if told.followers
        else None,
    ]


def _held(_: Words, told: TicketCard, zone: ZoneInfo) -> Html | None:
    if told.mentor_name is None:
        return None
    name = cut(told.mentor_name, OF_A_NAME)
    if told.claimed_at is None:
        return _("🙋 {name}", name=name)
    at = clock_time(told.claimed_at, zone, _.locale)
    return _("🙋 {name}, since {at}", name=name, at=at)


def _flags(_: Words, told: TicketCard, zone: ZoneInfo) -> list[Html | None]:
    return [
        _("🚨 urgent: it does not wait for the working hours") if told.is_urgent else None,
        _("⚠️ The member has stopped the bot: answers are kept, the clock stands still")
        if told.is_unreachable
        else None,
        _("✏️ The member changed the question after the answer: please look again")
        if told.needs_review
        else None,
        _("⏸ put off until {at}", at=clock_time(told.snoozed_until, zone, _.locale))
        if told.snoozed_until
        else None,
    ]


def _truth(_: Words, truth: Truth, zone: ZoneInfo) -> Html:
    """Say how far things have come, each only when it is so; whoever reads it is at the desk."""
    stages = (
        _("stored"),
        _("at the desk"),
        _("read {at}", at=clock_time(truth.read_at, zone, _.locale)) if truth.read_at else None,
        *_answered(_, truth, zone),
    )
    return Html(" → ".join(stage for stage in stages if stage))


def _answered(_: Words, truth: Truth, zone: ZoneInfo) -> tuple[Html, ...]:
    if truth.answered_at is None:
        return ()
    answered = _("answered {at}", at=clock_time(truth.answered_at, zone, _.locale))
    if truth.failed_for is not None:
        reason = cut(truth.failed_for, OF_A_REASON)
        if truth.is_in_group:
            return answered, _("in the group ✓, not in private: {reason}", reason=reason)
        return answered, _("💔 not delivered: {reason}", reason=reason)
    if truth.delivered_at is None:
        return answered, _("on its way to the member")
    at = clock_time(truth.delivered_at, zone, _.locale)
    return answered, _("delivered to the member {at} ✓", at=at)


def _left(_: Words, told: TicketCard, now: datetime) -> Html | None:
    if told.due_at is None:
        return None
    hours, minutes = divmod(int(abs(told.due_at - now) / MINUTE), 60)
    if not hours and told.due_at >= now:
        return _("⏳ {m} min left", m=minutes)
    if told.due_at < now:
        return _("🔴 late for {h} h {m} min", h=hours, m=minutes)
    return _("⏳ {h} h {m} min left", h=hours, m=minutes)
