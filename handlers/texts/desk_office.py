"""Words for admins about the desk: today's figures, every mentor, and the calendar of work."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from community_bot.business_time.facts import Day, Month, Origin
from community_bot.business_time.rules import Hours
from community_bot.tickets.auditor import Checkup
from community_bot.tickets.figures import Figures, MentorFigures
from community_bot.tickets.mentor_facts import Mentor
from community_bot.tickets.mentor_rules import FULL
from handlers.texts.desk import OF_A_NAME, cut
from handlers.texts.faq import topic_name
from handlers.texts.mentors import attendance, carries
from handlers.texts.words import GAP, Html, Words, bold, code, lines

MOST_MENTORS = 20
MOST_OF_A_NOTE = 60
UNFAIR = 0.7  # below it a few do most of the work
MINUTE = timedelta(minutes=1)


def home(_: Words, today: Figures, checkup: Checkup, helped: int) -> Html:
    """Say how the desk stands now, what happened today, and whether anything is amiss."""
    return lines(
        bold(_("📊 The desk today")),
        _("🆕 {n} asked · 🏁 {solved} solved", n=today.opened, solved=today.resolved),
        _(
            "🟡 {waiting} unclaimed · 🔵 {active} to be answered · 🔴 {overdue} late",
            waiting=today.waiting,
            active=today.active,
            overdue=today.overdue,
        ),
        _(
            "⏱ first answers: half within {median}, {share} in time",
            median=span(_, today.first_median),
            share=share(today.on_time),
        )
        if today.first_median is not None
        else _("⏱ no first answer yet today"),
        _.count("🔺 one escalation", "🔺 {n} escalations", today.escalated)
        if today.escalated
        else None,
        _("👍 {share} of {n} ratings", share=share(today.praised), n=today.rated)
        if today.rated
        else None,
        _("📚 solved by the FAQ: {n} (said so)", n=helped),
        _(
            "🩺 self-check: lost {lost} · stuck letters {stuck} · wrong clocks {clocks}",
            lost=checkup.lost,
            stuck=checkup.stuck,
            clocks=checkup.clocks,
        ),
        None
        if checkup.is_well
        else _("⚠️ These must be nought; the nightly audit tells admins which."),
    )


def mentors(_: Words, week: Figures, all_: Mapping[int, Mentor]) -> Html:
    """Show every mentor's week, and whether the work is spread fairly."""
    known = [(all_[one.mentor_id], one) for one in week.mentors if one.mentor_id in all_]
    return lines(
        bold(_("🧑‍🏫 Mentors, the last seven days")),
        *(_line(_, mentor, one) for mentor, one in known[:MOST_MENTORS]),
        None if known else _("Nobody has the role yet. The owner gives it under the staff list."),
        _("⚖️ A few do most of the work ({share}). Please look at caps and topics.", share=share(f))
        if (f := week.fairness) is not None and f < UNFAIR
        else None,
    )


def mentor(_: Words, of: Mentor, week: MentorFigures | None, zone: ZoneInfo, now: datetime) -> Html:
    """Show one mentor: hours, load, what they answer, and their week."""
    return lines(
        bold(cut(of.name, OF_A_NAME)),
        _("Members read: {name}", name=cut(of.shown_name, OF_A_NAME)),
        attendance(_, of, zone, now),
        carries(_, of),
        _("🏷 topics: {topics}", topics=_listed(_, of.skills.topics)),
        _(
            "🌍 markets: {markets}",
            markets=_.plain(", ").join(sorted(of.skills.markets)) or _.plain("all"),
        ),
        _("Cap: {n}", n=of.cap // FULL),
        GAP if week else None,
        *(_week(_, week) if week else ()),
    )


def topics_wanted(_: Words, of: Mentor) -> Html:
    return lines(
        bold(_("🏷 What does {name} answer?", name=cut(of.name, OF_A_NAME))),
        _("Tap to switch. With nothing chosen they answer everything."),
    )


def cap_wanted(_: Words, of: Mentor) -> Html:
    return _(
        "How many tickets may {name} have at once? Those that wait for a member count little.",
        name=bold(cut(of.name, OF_A_NAME)),
    )


def calendar(_: Words, month: Month) -> Html:
    """Show a month: which days count, and which of them are special."""
    name = named(_, month.days[0].day) if month.days else ""
    special = [one for one in month.days if one.origin is not Origin.WEEKDAY]
    return lines(
        bold(_("📅 {month}: {n} working days", month=name, n=month.working_days)),
        *(_day(_, one) for one in special),
        None
        if month.is_known
        else _("⚠️ The holidays of this year are not announced yet: please enter them by hand."),
        GAP,
        _("Tap a day to close it or to give it other hours. Promises already made stay."),
    )


def day(_: Words, of: Day) -> Html:
    return lines(
        bold(_date(_, of.day)),
        _("Working hours: {hours}", hours=hours_of(_, of.hours)),
        _why(_, of),
        of.note and _("Note: {note}", note=cut(of.note, MOST_OF_A_NOTE)),
    )


def hours_wanted(_: Words, of: date) -> Html:
    return lines(
        _("Which hours count on {day}?", day=bold(_date(_, of))),
        _("For example {hours}", hours=code("09:30-12:00, 13:30-16:00")),
    )


def named(_: Words, first: date) -> str:
    """Return a month with its year."""
    pattern = "yyyy年M月" if _.locale.startswith("zh") else "MMMM yyyy"
    return format_date(first, pattern, locale=_.locale)


def day_label(of: Day) -> str:
    """Return a day as the label of a button: closed days are marked, days set by hand too."""
    mark = "✎" if of.origin is Origin.SET else ""
    return f"{of.day.day}{mark}" if of.hours else f"·{of.day.day}{mark}"


def hours_of(_: Words, hours: Hours) -> str:
    return _.plain(", ").join(f"{_clock(a)}–{_clock(b)}" for a, b in hours) or _.plain("none")


def span(_: Words, of: timedelta | None) -> str:
    if of is None:
        return "–"
    hours, minutes = divmod(round(of / MINUTE), 60)
    if not hours:
        return _.plain("{m} min", m=minutes)
    return _.plain("{h} h {m} min", h=hours, m=minutes)


def share(of: float | None) -> str:
    return "–" if of is None else f"{of:.0%}"


def _line(_: Words, mentor: Mentor, week: MentorFigures) -> Html:
    return _(
        "{mark} {name}: {n} answered · {median} · 👍 {praised} · late {late}",
        mark="🟢" if mentor.is_on_duty else "⚪",
        name=cut(mentor.name, OF_A_NAME),
        n=week.answered,
        median=span(_, week.median),
        praised=share(week.praised),
        late=share(week.late),
    )


def _week(_: Words, week: MentorFigures) -> tuple[Html, ...]:
    return (
        _("Last seven days: {n} answered, {taken} taken", n=week.answered, taken=week.taken),
        _(
            "Median {median} · 👍 {praised} · late {late}",
            median=span(_, week.median),
            praised=share(week.praised),
            late=share(week.late),
        ),
        _(
            "Taken after half of the time: {share} · points: {points}",
            share=share(week.taken_late),
            points=week.credits,
        ),
    )


def _listed(_: Words, topics: frozenset[str]) -> str:
    return _.plain(", ").join(topic_name(_, one) for one in sorted(topics)) or _.plain("all")


def _day(_: Words, one: Day) -> Html:
    return _(
        "· {day}: {hours} ({why})",
        day=_date(_, one.day),
        hours=hours_of(_, one.hours),
        why=cut(one.note, MOST_OF_A_NOTE) or _why(_, one),
    )


def _why(_: Words, of: Day) -> str:
    known = {
        Origin.WEEKDAY: _.plain("as on this weekday"),
        Origin.HOLIDAY: _.plain("public holiday"),
        Origin.MADE_UP: _.plain("made-up working day"),
        Origin.SET: _.plain("set by hand"),
    }
    return known[of.origin]


def _date(_: Words, of: date) -> str:
    pattern = "M月d日 EEE" if _.locale.startswith("zh") else "EEE d MMM"
    return format_date(of, pattern, locale=_.locale)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
