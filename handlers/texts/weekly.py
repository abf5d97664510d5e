"""Words for the digest of the week at the desk: a caption under its chart."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from community_bot.insight.notices import DeskDigest, MentorLine
from handlers.texts.words import GAP, Html, Words, bold, lines

MOST_MENTORS = 5  # a caption has room for 1024 signs, core.telegram.org/bots/api#sendphoto
MOST_OF_A_NAME = 16
UNFAIR = 0.7  # below it a few do most of the work


def desk_digest(_: Words, told: DeskDigest, _zone: ZoneInfo) -> Html:
    return lines(
        bold(
            _(
                "📊 The desk from {first} to {last}",
                first=_day(_, told.first_day),
                last=_day(_, told.last_day),
            )
        ),
        _("❓ {n} asked (week before: {before})", n=told.opened, before=told.opened_before),
        _answered(_, told),
        _("🏁 {n} settled", n=told.resolved),
        None
        if told.praised is None
        else _("👍 {share} of {n} ratings", share=_share(told.praised), n=told.rated),
        _(
            "⏳ {waiting} wait now, {overdue} of the open ones are late",
            waiting=told.waiting,
            overdue=told.overdue,
        ),
        *_mentors(_, told),
    )


def _answered(_: Words, told: DeskDigest) -> Html | None:
    if told.first_median is None or told.first_p90 is None or told.on_time is None:
        return None
    before = "–" if told.on_time_before is None else _share(told.on_time_before)
    return lines(
        _(
            "✅ {n} answered for the first time, {share} of them in time (week before: {before})",
            n=told.first_answers,
            share=bold(_share(told.on_time)),
            before=before,
        ),
        _(
            "⏱ half of them within {median}, nine of ten within {p90}",
            median=_span(_, told.first_median),
            p90=_span(_, told.first_p90),
        ),
        _.count("🔴 One was escalated", "🔴 {n} were escalated", told.escalated)
        if told.escalated
        else None,
    )


def _mentors(_: Words, told: DeskDigest) -> list[Html | None]:
    if not told.mentors:
        return []
    more = len(told.mentors) - MOST_MENTORS
    return [
        GAP,
        *(_mentor(_, one) for one in told.mentors[:MOST_MENTORS]),
        _.count("and one more mentor", "and {n} more mentors", more) if more > 0 else None,
        _("⚖️ A few do most of the work. Please look at caps and topics under /desk.")
        if told.fairness is not None and told.fairness < UNFAIR
        else None,
    ]


def _mentor(_: Words, one: MentorLine) -> Html:
    name = one.name if len(one.name) <= MOST_OF_A_NAME else f"{one.name[: MOST_OF_A_NAME - 1]}…"
    if one.median is None:
        return _("· {name}: no answer", name=name)
    praise = "–" if one.praised is None else _share(one.praised)
    return _(
        "· {name}: {n} answered · {median} · 👍 {praise} · {credits} points",
        name=name,
        n=one.answered,
        median=_span(_, one.median),
        praise=praise,
        credits=one.credits,
    )


def _day(_: Words, day: date) -> str:
    pattern = "M月d日" if _.locale.startswith("zh") else "d MMM"
    return format_date(day, pattern, locale=_.locale)


def _share(value: float) -> str:
    return f"{value:.0%}"


def _span(_: Words, span: timedelta) -> Html:
    """Return a working time in hours and minutes."""
    hours, minutes = divmod(round(span / timedelta(minutes=1)), 60)
    if not hours:
        return _("{m} min", m=minutes)
    return _("{h} h {m} min", h=hours, m=minutes) if minutes else _("{h} h", h=hours)
