"""Keys for keeping the FAQ true: versions, gaps, vocabulary, what was learnt, new rules."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.faq.facts import GapPage, Line, OwnTerms, Topic
from community_bot.faq.learning_rules import Lesson
from community_bot.faq.notices import GapsReport
from handlers.keyboards.kb import LABEL, to_home
from handlers.keyboards.making import press, rows
from handlers.texts.faq import topic_name
from handlers.texts.words import Words

TOPICS = 60  # Telegram takes a hundred keys; nobody looks through more


def version(
    _: Words, entry_id: int, number: int, of: int, *, may_restore: bool
) -> InlineKeyboardMarkup:
    """Turn from save to save; numbers are those of versions, the newest is `of`."""
    back = _.plain("♻️ Save this version anew")
    return rows(
        turning(number, 1, of, "versions", entry_id),
        [press(back, "kb", "revert", entry_id, number, of)]
        if may_restore and number < of
        else None,
        [press(_.plain("⬅️ Back"), "kb", "entry", entry_id)],
    )


def gaps(_: Words, page: GapPage) -> InlineKeyboardMarkup:
    """Close each by one tap: a new entry, another wording of the nearest, or ignored."""
    return rows(
        *[_gap(_, number, page.number, one.search_id, one.nearest)
          for number, one in enumerate(page.gaps, start=1)],
        turning(page.number, 0, page.pages - 1, "gaps"),
        [to_home(_)],
    )  # fmt: skip


def _gap(
    _: Words, number: int, page: int, search_id: int, nearest: Line | None
) -> list[InlineKeyboardButton]:
    keys = [press(_.plain("{n} ➕ New", n=number), "kb", "answer", search_id)]
    if nearest is not None:
        same = _.plain("= #{number}", number=nearest.entry_id)
        keys.append(press(same, "kb", "alias", search_id, nearest.entry_id, page))
    return [
        *keys,
        press(_.plain("🔎 Others"), "kb", "gap", search_id),
        press(_.plain("🚫 Ignore"), "kb", "ignore", search_id, page),
    ]


def gap(_: Words, search_id: int, found: Sequence[Line]) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("➕ New entry"), "kb", "answer", search_id),
            press(_.plain("🚫 Ignore"), "kb", "ignore", search_id),
        ],
        *[
            [
                press(
                    f"= #{one.entry_id} {one.question[:LABEL]}",
                    "kb",
                    "alias",
                    search_id,
                    one.entry_id,
                )
            ]
            for one in found
        ],
        [press(_.plain("⬅️ Back"), "kb", "gaps")],
    )


def gaps_report(_: Words, _told: GapsReport) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🔎 Searched in vain"), "kb", "gaps")])


def terms(_: Words, own: Sequence[OwnTerms], number: int, pages: int) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("➕ New group"), "kb", "term")],
        *[
            [press("➖ " + " = ".join(one.terms)[:LABEL], "kb", "forget", one.term_id, number)]
            for one in own
        ],
        turning(number, 0, pages - 1, "terms"),
        [to_home(_)],
    )


def topics(_: Words, of: Sequence[Topic]) -> InlineKeyboardMarkup:
    keys = [
        press(f"{topic_name(_, one.code)} · {one.entries}", "kb", "policy", one.topic_id)
        for one in of[:TOPICS]
    ]
    return rows(*[keys[at : at + 2] for at in range(0, len(keys), 2)], [to_home(_)])


def sweep(_: Words, mark: str) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("✅ Mark and tell"), "kb", "yes_policy", mark)],
        [press(_.plain("✖ Leave it"), "kb", "topics")],
    )


def lessons(
    _: Words, entry_id: int, learnt: Sequence[Lesson], number: int, pages: int, *, may_undo: bool
) -> InlineKeyboardMarkup:
    keys = [
        press(f"➖ {at}", "kb", "unlearn", entry_id, one.confirmation_id, number)
        for at, one in enumerate(learnt if may_undo else (), start=1)
    ]
    return rows(
        *[keys[at : at + 5] for at in range(0, len(keys), 5)],
        turning(number, 0, pages - 1, "learnt", entry_id),
        [press(_.plain("⬅️ Back"), "kb", "entry", entry_id)],
    )


def turning(
    number: int, first: int, last: int, verb: str, *args: int
) -> list[InlineKeyboardButton]:
    """Turn to the page before and to the next, as far as there are some."""
    return [
        press(label, "kb", verb, *args, page)
        for label, page in (("◀️", number - 1), ("▶️", number + 1))
        if first <= page <= last
    ]
