"""What admins and readers are told about posts."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from community_bot.resources.notices import (
    PostApproved,
    PostLate,
    PostReturned,
    PostTried,
    PostWaiting,
    PreflightTrouble,
    RunCorrected,
    RunStopped,
    TimeMissed,
)
from handlers.texts.figures import moment
from handlers.texts.schedule_phrases import moments, phrase, span
from handlers.texts.words import GAP, Html, Words, bold, lines

MOST_OF_A_TITLE, MOST_TROUBLES, MOST_OF_A_REASON = 60, 10, 300
MOST_OF_A_TEXT = 600


def post_tried(_: Words, told: PostTried, zone: ZoneInfo) -> Html:
    took = span(_, told.takes)
    when = moments(_, told.next_times, zone) if told.next_times else phrase(_, None)
    return lines(
        _("👆 Exactly so it will look."),
        GAP,
        _.count("👥 one person", "👥 {n} people", told.people)
        if told.people
        else _("👥 nobody in private"),
        _("🚫 {n} of them cannot be reached", n=told.unreachable) if told.unreachable else None,
        _("🔒 {n} of them are below the tier", n=told.below_tier) if told.below_tier else None,
        _places(_, told),
        _("🕘 {when}", when=when),
        _.count("⏱ one message, {span}", "⏱ {n} messages, {span}", told.messages, span=took),
        GAP,
        _decision(_, told),
    )


def _places(_: Words, told: PostTried) -> Html | None:
    """Name where it will stand: a number of places hides the wrong one."""
    if not told.places:
        return None
    return lines(
        _("📍 {places}", places=_titles(_, told.place_titles))
        if told.place_titles
        else _.count("📍 one place", "📍 {n} places", told.places),
        _(
            "⚠️ More people look into {places} than get it in private.",
            places=_titles(_, told.open_titles),
        )
        if told.open_titles
        else None,
    )


def _titles(_: Words, of: Sequence[str]) -> Html:
    return Html(_(", ").join(_("{title}", title=_short(one)) for one in of[:MOST_TROUBLES]))


def _decision(_: Words, told: PostTried) -> Html:
    if told.is_waiting:
        return _("Another admin has confirmed this. Do you agree?")
    if told.needs_second:
        return _("It is for many people: after you, a second admin has to agree.")
    return _("Is everything right?")


def post_waiting(_: Words, told: PostWaiting, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("⏳ A post waits for a second person")),
        _("{title}, by {name}", title=bold(_short(told.title)), name=told.by_name),
        _.count("For one person.", "For {n} people.", told.people),
        _("Please look at it; it goes out when you agree."),
    )


def post_approved(_: Words, told: PostApproved, zone: ZoneInfo) -> Html:
    title = bold(_short(told.title))
    if told.next_at is None:
        return _("✅ {name} agreed: {title} goes out now.", name=told.by_name, title=title)
    at = moment(told.next_at, zone, _.locale)
    return _("✅ {name} agreed: {title} goes out {at}.", name=told.by_name, title=title, at=at)


def post_returned(_: Words, told: PostReturned, _zone: ZoneInfo) -> Html:
    return lines(
        _("↩️ {name} wants {title} changed:", name=told.by_name, title=bold(_short(told.title))),
        _("“{reason}”", reason=told.reason[:MOST_OF_A_REASON]),
    )


def preflight_trouble(_: Words, told: PreflightTrouble, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🚨 {title} cannot go out like this", title=_short(told.title))),
        _("Planned: {at}", at=moment(told.due_at, zone, _.locale)),
        *[_("· {trouble}", trouble=trouble(_, one)) for one in told.troubles[:MOST_TROUBLES]],
        GAP,
        _("Once it is mended I find out by myself, within a minute, and send it."),
    )


def trouble(_: Words, code: str) -> Html:
    """Return what the preflight found, in words: a code and the place or file it is about."""
    kind, _sep, about = code.partition(":")
    known = {
        "gone": _("I am not in {place} any more: add me again", place=about),
        "right": _("I may not post in {place}: make me an admin who may", place=about),
        "below_tier": _("people below the tier see it in {place}", place=about),
        "public": _(
            "anybody can read {place}: it has a public name. Make it private first", place=about
        ),
        "discussed": _(
            "people below the tier see in its discussion group what {place} posts", place=about
        ),
        "guarded": _("the library keeps resource #{number} for a higher tier by now", number=about),
        "button": _("a button opens resource #{number}, which is not in the library", number=about),
        "file": _("file {number} can no longer be sent: send it to me anew", number=about),
        "nobody": _("nobody would get it: look at the audience"),
    }
    return known.get(kind) or _("the content cannot be sent as it is ({code})", code=code[:40])


def time_missed(_: Words, told: TimeMissed, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🕳 {title} missed its time", title=_short(told.title))),
        _("I was not running at {at}.", at=moment(told.due_at, zone, _.locale)),
        _("Shall it go out now, with a note that it is late?")
        if told.is_asked
        else _("As planned, this time is left out."),
    )


def post_late(_: Words, told: PostLate, zone: ZoneInfo) -> Html:
    return _(
        "🐢 What follows was meant for {at}; please excuse the delay.",
        at=moment(told.due_at, zone, _.locale),
    )


def run_stopped(_: Words, told: RunStopped, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🛑 I hold {title}", title=_short(told.title))),
        _(
            "{failed} of the first {settled} were refused, mostly: {reason}",
            failed=told.failed,
            settled=told.settled,
            reason=told.reason[:MOST_OF_A_REASON],
        ),
        _("{n} people wait. Nobody else gets it until you decide.", n=told.waiting),
    )


def run_corrected(_: Words, told: RunCorrected, _zone: ZoneInfo) -> Html:
    text = told.text
    shown = text if len(text) <= MOST_OF_A_TEXT else f"{text[: MOST_OF_A_TEXT - 1]}…"
    return lines(
        bold(_("✏️ {by} corrects {title}", by=told.by_name, title=_short(told.title))),
        _.count(
            "Two had agreed to it. The new words reach one person at once:",
            "Two had agreed to it. The new words reach {n} people at once:",
            told.people,
        ),
        GAP,
        _("«{text}»", text=shown) if shown else _("(no words)"),
        GAP,
        _("If that is not right, correct it once more or take it back."),
    )


def _short(title: str) -> str:
    return title if len(title) <= MOST_OF_A_TITLE else f"{title[: MOST_OF_A_TITLE - 1]}…"
