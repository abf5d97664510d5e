"""Words of the library as members read it: topics, lists, what is locked, what was found."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from community_bot.resources.facts import LibraryTopic, ResourceView, Shelf
from community_bot.resources.notices import MissedMeanwhile
from handlers.texts.figures import day
from handlers.texts.words import GAP, Html, Words, bold, lines

WORDS_SHOWN = 60  # signs of what was searched


def home(_: Words, topics: Sequence[LibraryTopic]) -> Html:
    followed = [topic.code for topic in topics if topic.is_followed]
    return lines(
        bold(_("📂 Library")),
        _("Choose a topic, look at the newest, or search by words.")
        if topics
        else _("Nothing has been put in here yet. What comes is shown under “Newest”."),
        _("🔔 You follow: {topics}", topics=_.plain(", ").join(followed)[:500])
        if followed
        else None,
    )


def newest(_: Words, shelf: Shelf) -> Html:
    if not shelf.lines:
        return lines(bold(_("🆕 Newest")), _("Nothing has been put in here yet."))
    return lines(_paged(_, bold(_("🆕 Newest")), shelf), _tap(_, shelf))


def topic(_: Words, shelf: Shelf) -> Html:
    name = bold(shelf.topic.code if shelf.topic else "–")
    if not shelf.lines:
        return lines(name, _("There is nothing about this yet. Follow it to hear of the first."))
    return lines(_paged(_, name, shelf), _tap(_, shelf))


def found(_: Words, text: str, shelf: Shelf) -> Html:
    """Head what was found; where nothing was, lead on."""
    short = text if len(text) <= WORDS_SHOWN else text[: WORDS_SHOWN - 1] + "…"
    heading = bold(_("🔎 “{text}”", text=short))
    if not shelf.lines:
        return lines(
            heading,
            _("Nothing in the library fits. Try fewer or other words, or look through the topics."),
        )
    return lines(_paged(_, heading, shelf), _tap(_, shelf))


def locked(_: Words, view: ResourceView) -> Html:
    """Show the title and the way up, and nothing of what is inside."""
    return lines(
        _("🔒 {title}", title=bold(view.title)),
        GAP,
        _("This is for {tier} and above.", tier=bold(named(_, view.level.name)))
        if view.level is not None
        else _("This is not open to you."),
        _("What each membership opens, and what it costs, is under /join."),
    )


def on_its_way(_: Words) -> str:
    return _.plain("Here it comes 👇")


def followed(_: Words) -> str:
    return _.plain("Followed. You hear of what is new here.")


def unfollowed(_: Words) -> str:
    return _.plain("You no longer follow this.")


def words_wanted(_: Words) -> Html:
    return _("What are you looking for? Type a few words, for example: UK shipping prices")


def missed_meanwhile(_: Words, told: MissedMeanwhile, zone: ZoneInfo) -> Html:
    """Welcome somebody back with what went out while they had no membership."""
    others = told.posts - len(told.titles)
    since = day(told.since, zone, _.locale)
    return lines(
        bold(_("👋 Good to have you back")),
        _.count(
            "Since {day} there was {n} update that you have not seen:",
            "Since {day} there were {n} updates that you have not seen:",
            told.posts,
            day=since,
        ),
        *[_("· {title}", title=title[:120]) for title in told.titles[:10]],
        _.count("… and {n} other update", "… and {n} other updates", others)
        if others > 0
        else None,
        _("All of it is in the library."),
    )


def named(_: Words, name: Mapping[str, str]) -> str:
    """Return what a tier is called in the reader's language."""
    return name.get("zh" if _.locale.startswith("zh") else "en") or next(iter(name.values()), "–")


def _paged(_: Words, heading: Html, shelf: Shelf) -> Html:
    if shelf.pages <= 1:
        return heading
    return _("{heading} · page {n} of {m}", heading=heading, n=shelf.number + 1, m=shelf.pages)


def _tap(_: Words, shelf: Shelf) -> Html:
    if any(line.is_locked for line in shelf.lines):
        return _("Tap a title to open it. 🔒 needs a higher membership.")
    return _("Tap a title to open it.")
