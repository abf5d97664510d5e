"""Keys about entries at the desk: what was found, where it may go, what becomes of an answer."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from community_bot.faq.facts import Line
from community_bot.tickets.view_facts import Page
from community_bot.tickets.view_queries import View
from handlers.keyboards.making import press, rows
from handlers.texts.desk import cut
from handlers.texts.desk_writing import sending
from handlers.texts.words import Words

LABEL = 36


def found(_: Words, entries: Sequence[Line]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [press(f"#{one.entry_id} {cut(one.question, LABEL)}", "desk", "entry", one.entry_id)]
            for one in entries
        ],
        [press(_.plain("🎫 My tickets"), "queue", "list", View.MINE.value, 0)],
    )


def entry(_: Words, entry_id: int, mine: Page) -> InlineKeyboardMarkup:
    """Offer one's own tickets, each by its number and name."""
    return rows(
        *[
            [
                press(
                    sending(_, one.ticket.ticket_id, one.member_name),
                    "desk",
                    "use",
                    one.ticket.ticket_id,
                    entry_id,
                )
            ]
            for one in mine.lines
        ],
        [press(_.plain("🎫 My tickets"), "queue", "list", View.MINE.value, 0)],
    )


def used(_: Words, ticket_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("📂 Open"), "desk", "page", ticket_id)])


def alike(_: Words, ticket_id: int, entries: Sequence[Line]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [
                press(
                    _.plain("🔁 Renew #{n}", n=one.entry_id),
                    "desk",
                    "renew",
                    ticket_id,
                    one.entry_id,
                )
            ]
            for one in entries
        ],
        [press(_.plain("➕ Another entry"), "desk", "another", ticket_id)],
    )


def promoted(_: Words, entry_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("📝 Look it over"), "kb", "entry", entry_id)])
