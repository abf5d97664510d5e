"""Keys of the library as members use it."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.people.roles import Actor, Role
from community_bot.resources.facts import LibraryTopic, Shelf
from community_bot.resources.notices import MissedMeanwhile
from handlers.keyboards.making import press, rows
from handlers.texts.words import Words

LABEL = 50  # signs; the rest can be read in the resource
TOPICS = 12  # on one page


def home(
    _: Words, topics: Sequence[LibraryTopic], number: int, actor: Actor
) -> InlineKeyboardMarkup:
    """Return the topics, two a line, and the other ways in."""
    pages = max(1, -(-len(topics) // TOPICS))
    number = max(0, min(number, pages - 1))
    names = [_topic(topic) for topic in topics[number * TOPICS : (number + 1) * TOPICS]]
    return rows(
        [
            press(_.plain("🆕 Newest"), "library", "newest", 0),
            press(_.plain("🔎 Search"), "library", "search"),
        ],
        *[names[at : at + 2] for at in range(0, len(names), 2)],
        _turning(_, "topics", number, pages),
        [
            press(_.plain("🎓 Courses"), "courses", "list"),
            press(_.plain("📬 News and quiet hours"), "digests", "home"),
        ],
        [
            press(_.plain("➕ Take something in"), "shelves", "new"),
            press(_.plain("🗂 Look after it"), "shelves", "list", 0),
        ]
        if actor.has(Role.ADMIN, Role.MENTOR)
        else None,
        [press(_.plain("🏠 Home"), "home", "start")],
    )


def newest(_: Words, shelf: Shelf) -> InlineKeyboardMarkup:
    return rows(*_lines(shelf), _turning(_, "newest", shelf.number, shelf.pages), [_to_library(_)])


def topic(_: Words, shelf: Shelf) -> InlineKeyboardMarkup:
    """Return a page of a topic, with one tap to follow it."""
    of = shelf.topic
    if of is None:
        return rows([_to_library(_)])
    following = (
        press(_.plain("🔕 Follow no more"), "library", "unfollow", of.topic_id)
        if of.is_followed
        else press(_.plain("🔔 Follow this topic"), "library", "follow", of.topic_id)
    )
    return rows(
        *_lines(shelf),
        _turning(_, "topic", shelf.number, shelf.pages, of.topic_id),
        [following],
        [_to_library(_)],
    )


def found(_: Words, shelf: Shelf) -> InlineKeyboardMarkup:
    return rows(
        *_lines(shelf),
        _turning(_, "page", shelf.number, shelf.pages),
        [press(_.plain("🔎 Other words"), "library", "search"), _to_library(_)],
    )


def locked(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("💎 Plans and prices"), "join", "offers")], [_to_library(_)])


def missed_meanwhile(_: Words, _told: MissedMeanwhile) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🆕 Newest"), "library", "newest", 0), _to_library(_)])


def _topic(topic: LibraryTopic) -> InlineKeyboardButton:
    bell = "🔔 " if topic.is_followed else ""
    label = f"{bell}{topic.code} · {topic.resources}"
    return press(label, "library", "topic", topic.topic_id, 0)


def _lines(shelf: Shelf) -> list[list[InlineKeyboardButton]]:
    return [
        [
            press(
                ("🔒 " if line.is_locked else "") + line.title[:LABEL],
                "library",
                "open",
                line.resource_id,
            )
        ]
        for line in shelf.lines
    ]


def _turning(
    _: Words, verb: str, number: int, pages: int, *before: int
) -> list[InlineKeyboardButton] | None:
    """Return the ways to the pages beside this one."""
    keys = []
    if number > 0:
        keys.append(press("⬅️", "library", verb, *before, number - 1))
    if number + 1 < pages:
        keys.append(press("➡️", "library", verb, *before, number + 1))
    return keys or None


def _to_library(_: Words) -> InlineKeyboardButton:
    return press(_.plain("📂 Library"), "library", "home")
