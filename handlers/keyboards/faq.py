"""Keys of the FAQ as members use it."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.faq.facts import Found, Gone, Line, Page, Topic, View
from community_bot.faq.notices import AnswerFound, PolicyChanged
from community_bot.faq.rules import VoteReason
from handlers.keyboards.asking import to_mentor
from handlers.keyboards.making import copy, press, rows, visit
from handlers.texts.faq import reason, topic_name
from handlers.texts.words import Words

TOPICS = 90  # Telegram takes a hundred keys
LABEL = 60  # signs; a phone cuts what it cannot show, and the rest can be read in the answer


def answer(_: Words, view: View, bot_username: str, draft_id: int = 0) -> InlineKeyboardMarkup:
    """Say whether it helped, see what else there is, pass it on."""
    if view.is_locked:
        return locked(_, view, draft_id)
    number, version, search = view.entry_id, view.version, view.search_id or 0
    return rows(
        [
            press(_.plain("👍 It helped"), "faq", "up", number, version, search),
            press(_.plain("👎 It did not"), "faq", "down", number, version, search),
        ],
        [press(_.plain("🖼 Pictures and files"), "faq", "media", number)] if view.media else None,
        [press(_.plain("🔀 Other answers"), "faq", "others", search)] if search else None,
        [to_mentor(_, draft_id)],
        [copy(_.plain("🔗 Copy the link"), link_of(bot_username, number)), _topics(_)],
    )


def locked(_: Words, view: View, draft_id: int = 0) -> InlineKeyboardMarkup:
    """Show the way up; the same search may have found something that is open."""
    search = view.search_id
    return rows(
        [press(_.plain("💎 Plans and prices"), "join", "offers")],
        [press(_.plain("🔀 Other answers"), "faq", "others", search)] if search else None,
        [to_mentor(_, draft_id)],
        [_topics(_)],
    )


def found(_: Words, result: Found, draft_id: int = 0) -> InlineKeyboardMarkup:
    """Let the person choose, or say that it is none of these."""
    search = result.search_id or 0
    return rows(
        *[[entry(line, search)] for line in result.lines],
        [press(_.plain("None of these"), "faq", "none", search), to_mentor(_, draft_id)],
    )


def gone(_: Words, of: Gone, draft_id: int = 0) -> InlineKeyboardMarkup:
    return rows(*[[entry(line)] for line in of.lines], [to_mentor(_, draft_id), _topics(_)])


def entry(line: Line, search_id: int = 0) -> InlineKeyboardButton:
    mark = "🔒 " if line.is_locked else "⚠️ " if line.is_stale else ""
    args = (line.entry_id, search_id) if search_id else (line.entry_id,)
    return press(mark + line.question[:LABEL], "faq", "open", *args)


def nothing(_: Words, draft_id: int = 0) -> InlineKeyboardMarkup:
    return rows(
        [to_mentor(_, draft_id), _topics(_)], [press(_.plain("❓ Help"), "home", "help"), _home(_)]
    )


def why_not(
    _: Words, entry_id: int, version: int, search_id: int, draft_id: int = 0
) -> InlineKeyboardMarkup:
    keys = [
        press(reason(_, one), "faq", "why", entry_id, version, one.value, search_id)
        for one in VoteReason
    ]
    return rows(keys[:2], keys[2:], [to_mentor(_, draft_id)])


def not_helped(_: Words, search_id: int, draft_id: int = 0) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("🔀 Other answers"), "faq", "others", search_id)] if search_id else None,
        [to_mentor(_, draft_id), _topics(_)],
        [press(_.plain("❓ Help"), "home", "help"), _home(_)],
    )


def topics(_: Words, of: Sequence[Topic]) -> InlineKeyboardMarkup:
    keys = [
        press(f"{topic_name(_, one.code)} · {one.entries}", "faq", "topic", one.topic_id, 0)
        for one in of[:TOPICS]
    ]
    pairs = [keys[at : at + 2] for at in range(0, len(keys), 2)]
    return rows(*pairs, [_home(_)])


def page(_: Words, of: Page) -> InlineKeyboardMarkup:
    turning = [
        press(label, "faq", "topic", of.topic.topic_id, number)
        for label, number in (("◀️", of.number - 1), ("▶️", of.number + 1))
        if 0 <= number < of.pages
    ]
    return rows(*[[entry(line)] for line in of.lines], turning, [_topics(_)])


def in_private(_: Words, bot_username: str, entry_id: int) -> InlineKeyboardMarkup:
    return rows(
        [visit(_.plain("📩 Open the private chat"), link_of(bot_username, entry_id))],
    )


def on_in_private(_: Words, bot_username: str, search_id: int | None) -> InlineKeyboardMarkup:
    """Lead on from a group: with the words that were searched there, or to the topics."""
    payload = "faq" if search_id is None else f"fs_{search_id}"
    address = f"https://t.me/{bot_username}?start={payload}"
    return rows([visit(_.plain("📩 Open the private chat"), address)])


def answer_found(_: Words, told: AnswerFound) -> InlineKeyboardMarkup:
    return _read(_, told.entry_id)


def policy_changed(_: Words, told: PolicyChanged) -> InlineKeyboardMarkup:
    if not told.more:
        return _read(_, told.entry_id)
    read = [(told.entry_id, told.question), *told.more]
    return rows(*[[press(f"📖 {title[:LABEL]}", "faq", "open", number)] for number, title in read])


def link_of(bot_username: str, entry_id: int) -> str:
    """Return the address that opens an entry in the private chat."""
    return f"https://t.me/{bot_username}?start=f_{entry_id}"


def _read(_: Words, entry_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("📖 Read it"), "faq", "open", entry_id)])


def _topics(_: Words) -> InlineKeyboardButton:
    return press(_.plain("📚 All topics"), "faq", "topics")


def _home(_: Words) -> InlineKeyboardButton:
    return press(_.plain("🏠 Home"), "home", "start")
