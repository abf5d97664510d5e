"""What goes out when: the coming weeks as text, and one plan with all that belongs to it."""

from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from community_bot.resources.facts import Calendar, Preview
from community_bot.resources.rules import PostState
from handlers.texts.posts import Names, content, people, places, state
from handlers.texts.posts_audience import audience
from handlers.texts.schedule_phrases import day_pattern, moments, phrase
from handlers.texts.words import GAP, Html, Words, bold, lines

MOST_DAYS, MOST_OF_A_TITLE, MOST_OF_A_KIND = 24, 40, 5


def calendar(_: Words, of: Calendar, zone: ZoneInfo) -> Html:
    """Return the coming weeks day by day, what meets, and the weeks in which nothing goes out."""
    return lines(
        bold(_("📅 What goes out, from {day}", day=_day(_, of.from_, None))),
        *(_days(_, of, zone) or [GAP, _("Nothing is planned in these weeks.")]),
        *_clashes(_, of, zone),
        *_empty(_, of),
    )


def _days(_: Words, of: Calendar, zone: ZoneInfo) -> list[Html]:
    shown: list[Html] = []
    year = of.from_.year
    days = groupby(of.planned, key=lambda one: one.at.astimezone(zone).date())
    for number, (day, found) in enumerate(days):
        if number == MOST_DAYS:
            return [*shown, _("… and more; see the next weeks.")]
        shown += [GAP, bold(_day(_, day, year))]
        year = day.year
        shown += [
            _(
                "{at} {sign} #{n} {title}",
                at=format_datetime(one.at, "HH:mm", tzinfo=zone, locale=_.locale),
                sign="👥" if one.is_private else "📢",
                n=one.post_id,
                title=_short(one.title),
            )
            for one in list(found)[:MOST_OF_A_KIND]
        ]
    return shown


def _clashes(_: Words, of: Calendar, zone: ZoneInfo) -> list[Html]:
    shown = [
        _(
            "⚠️ Close together: #{first} and #{second}, {at}",
            first=first.post_id,
            second=second.post_id,
            at=moments(_, (second.at,), zone, year=of.from_.year),
        )
        for first, second in of.clashes[:MOST_OF_A_KIND]
    ]
    return [GAP, *shown] if shown else []


def _empty(_: Words, of: Calendar) -> list[Html]:
    if not of.empty or not of.planned:
        return []
    weeks = _(", ").join(_day(_, one, of.from_.year) for one in of.empty[:MOST_OF_A_KIND])
    return [GAP, _("🫙 Nothing yet in the weeks from {weeks}.", weeks=Html(weeks))]


def picture(_: Words, of: Calendar) -> Html:
    """Return the caption: what the numbers on the picture stand for."""
    titles = {one.post_id: one.title for one in of.planned}
    shown = [
        _("#{n} {title}", n=number, title=_short(title))
        for number, title in list(titles.items())[: MOST_DAYS // 2]
    ]
    return lines(
        bold(_("🗓 {weeks} weeks from {day}", weeks=of.weeks, day=_day(_, of.from_, None))),
        _("🟦 to people · 🟩 in groups and channels · 🟥 too close together"),
        *shown,
    )


def plan(_: Words, of: Preview, names: Names) -> Html:
    """Return a confirmed post: what, for whom, when next."""
    post, composed = of.post, of.post.composed
    return lines(
        bold(_("📅 Post #{n} · {state}", n=post.post_id, state=state(_, post.state))),
        _("📄 {content}", content=content(_, composed.content)),
        _(
            "👥 {whom}: {n}",
            whom=audience(_, composed.audience, names.tiers),
            n=bold(people(_, of)),
        )
        if composed.audience
        else None,
        _("📍 {places}", places=places(_, composed.places, names)) if composed.places else None,
        _("🕘 {when}", when=phrase(_, composed.schedule)),
        _("Next: {times}", times=moments(_, of.next_times, names.zone))
        if of.next_times and post.state in (PostState.SCHEDULED, PostState.PAUSED)
        else None,
        GAP,
        _note(_, post.state),
    )


def _note(_: Words, of: PostState) -> Html | None:
    known = {
        PostState.SCHEDULED: _(
            "To change it, replace it: this one goes on until you confirm the new one."
        ),
        PostState.PAUSED: _(
            "⏸ Held: nothing goes out, and what was on its way waits until you let it go on. "
            "Times that pass are not made up for."
        ),
        PostState.DONE: _("Everything of it has gone out, or is on its way."),
        PostState.CANCELLED: _("It was called off."),
    }
    return known.get(of)


def cancel_sure(_: Words, title: str) -> Html:
    return _(
        "Call {title} off? Nothing more of it goes out; what arrived stays.",
        title=bold(_short(title)),
    )


def _day(_: Words, day: date, year: int | None) -> str:
    """Return a day, with its year where that is not the one that has been named."""
    return format_date(day, day_pattern(_, with_year=day.year != year), locale=_.locale)


def _short(title: str) -> str:
    return title if len(title) <= MOST_OF_A_TITLE else f"{title[: MOST_OF_A_TITLE - 1]}…"
