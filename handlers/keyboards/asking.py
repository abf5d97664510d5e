"""Keys of asking: the draft's card, what it is about, and the way to a mentor."""

from collections.abc import Sequence
from datetime import UTC

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.errors import Invalid
from community_bot.tickets.facts import Allowance, Draft, Hit
from community_bot.tickets.notices import DraftCard, QuestionOver
from community_bot.tickets.rules import DraftState
from community_bot.tickets.topic_rules import MARKETS
from community_bot.tickets.view_facts import Shared
from handlers.callbacks import Press
from handlers.keyboards.making import press, rows, visit
from handlers.texts.asking import market_name
from handlers.texts.faq import topic_name
from handlers.texts.questions_times import day
from handlers.texts.words import Words

LABEL = 60  # signs; a phone cuts what it cannot show
SKIP = -1
_DIGITS = ("①", "②", "③")


def to_mentor(_: Words, draft_id: int = 0) -> InlineKeyboardButton:
    """Go on to a mentor with what was typed already; with nothing, it is asked for."""
    label = _.plain("🙋 Ask a mentor")
    return press(label, "ask", "take", draft_id) if draft_id else press(label, "ask", "begin")


def draft_card(_: Words, told: DraftCard) -> InlineKeyboardMarkup | None:
    return draft(_, told.draft)


def draft(_: Words, of: Draft) -> InlineKeyboardMarkup | None:
    """Offer what may answer it, what it is about, and the three things to do."""
    if of.state is not DraftState.GATHERING:
        return None
    number = of.draft_id
    return rows(
        *[[_hit(number, digit, hit)] for digit, hit in zip(_DIGITS, of.hits, strict=False)],
        [
            press(
                _.plain("👥 Others ask the same ({n})", n=of.alike),
                "ask",
                "alike",
                number,
            )
        ]
        if of.alike
        else None,
        [_topic(_, of), _market(_, of)],
        [
            press(
                _.plain("✅ Hand in") if not of.hits else _.plain("None of these, ask a mentor ➡"),
                "ask",
                "submit",
                number,
            )
        ],
        [
            press(_.plain("➕ Add more"), "ask", "more", number),
            press(_.plain("✖ Cancel"), "ask", "drop", number),
        ],
    )


def _hit(number: int, digit: str, hit: Hit) -> InlineKeyboardButton:
    return press(f"{digit} {hit.question}"[:LABEL], "ask", "read", number, hit.entry_id)


def _topic(_: Words, of: Draft) -> InlineKeyboardButton:
    label = (
        _.plain("🏷 {topic} ✓", topic=topic_name(_, of.topic)[:30])
        if of.topic
        else _.plain("🏷 Topic")
    )
    return press(label, "ask", "topics", of.draft_id)


def _market(_: Words, of: Draft) -> InlineKeyboardButton:
    label = (
        _.plain("{market} ✓", market=market_name(_, of.market)[:30])
        if of.market
        else _.plain("🌍 Market")
    )
    return press(label, "ask", "markets", of.draft_id)


def topics(_: Words, of: Draft) -> InlineKeyboardMarkup:
    keys = [
        press(
            _ticked(topic_name(_, topic)[:30], is_chosen=topic == of.topic),
            "ask",
            "topic",
            of.draft_id,
            at,
        )
        for at, topic in enumerate(of.topics)
    ]
    return rows(*_by_three(keys), _skip(_, "topic", of.draft_id))


def chosen(pressed: Press, of: Sequence[str]) -> str | None:
    """Read which one was chosen, by its place; None skips it. Raises Invalid for a forged one."""
    place = pressed.number(1)
    if place == SKIP:
        return None
    if not 0 <= place < len(of):
        raise Invalid("button", "broken")
    return of[place]


def markets(_: Words, of: Draft) -> InlineKeyboardMarkup:
    keys = [
        press(
            _ticked(market_name(_, code), is_chosen=code == of.market),
            "ask",
            "market",
            of.draft_id,
            at,
        )
        for at, code in enumerate(MARKETS)
    ]
    return rows(*_by_three(keys), _skip(_, "market", of.draft_id))


def _ticked(label: str, *, is_chosen: bool) -> str:
    return f"✓ {label}" if is_chosen else label


def _by_three(keys: list[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    return [keys[at : at + 3] for at in range(0, len(keys), 3)]


def _skip(_: Words, verb: str, number: int) -> list[InlineKeyboardButton]:
    return [
        press(_.plain("Skip"), "ask", verb, number, SKIP),
        press(_.plain("⬅️ Back"), "ask", "card", number),
    ]


def question_over(_: Words, told: QuestionOver) -> InlineKeyboardMarkup | None:
    return over(_, told.draft, told.allowance)


def over(_: Words, of: Draft, allowance: Allowance) -> InlineKeyboardMarkup | None:
    """Hand it in as soon as that is possible; else search meanwhile, or let it wait."""
    if of.state is not DraftState.KEPT:
        return None
    next_at = allowance.next_at
    return rows(
        None
        if allowance.is_spent
        else [press(_.plain("✅ Hand in"), "ask", "submit", of.draft_id)],
        [
            press(_.plain("🔎 Search the FAQ"), "faq", "topics"),
            *(
                [press(_.plain("💎 Plans and prices"), "join", "offers")]
                if allowance.is_used_up
                else []
            ),
        ],
        None
        if of.submit_at or not allowance.is_spent
        else [
            press(
                _.plain(
                    "📅 Hand it in by itself on {day}",
                    day=day(next_at, next_at.tzinfo or UTC, _.locale),
                ),
                "ask",
                "later",
                of.draft_id,
            )
        ],
        [press(_.plain("✖ Drop the draft"), "ask", "drop", of.draft_id)],
    )


def wanted(_: Words) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("📚 Questions and answers"), "faq", "topics"),
            press(_.plain("📋 My questions"), "questions", "list", 0),
        ],
    )


def no_questions(_: Words) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("💎 Plans and prices"), "join", "offers")],
        [
            press(_.plain("📚 Questions and answers"), "faq", "topics"),
            press(_.plain("🏠 Home"), "home", "start"),
        ],
    )


def read(_: Words, draft_id: int, *, has_files: bool, entry_id: int) -> InlineKeyboardMarkup:
    """Say whether an entry has answered the draft; only the person's own word counts."""
    return rows(
        [press(_.plain("🖼 Pictures and files"), "faq", "media", entry_id)] if has_files else None,
        [
            press(_.plain("👍 That solves it"), "ask", "solved", draft_id),
            press(_.plain("Not yet, ask a mentor ➡"), "ask", "submit", draft_id),
        ],
    )


def alike(_: Words, found: Sequence[Shared], draft_id: int) -> InlineKeyboardMarkup:
    return rows(
        *[
            [
                press(
                    _.plain("🙋 {n}. I want to know too", n=at),
                    "ask",
                    "follow",
                    one.ticket_id,
                    draft_id,
                )
            ]
            for at, one in enumerate(found, 1)
        ],
        [press(_.plain("⬅️ None of these"), "ask", "card", draft_id)],
    )


def in_private(_: Words, bot_username: str) -> InlineKeyboardMarkup:
    return rows(
        [visit(_.plain("📩 Open the private chat"), f"https://t.me/{bot_username}?start=ask")]
    )
