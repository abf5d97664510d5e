"""Keys of the mentors' private chat: lists of tickets, a ticket's page, whom to hand it to."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.people.roles import Actor, Role
from community_bot.tickets.desk_notices import TicketCard
from community_bot.tickets.facts import Heard, Ticket
from community_bot.tickets.mentor_facts import Mentor
from community_bot.tickets.mentor_rules import FULL
from community_bot.tickets.rules import HELD, TicketState
from community_bot.tickets.view_facts import Page
from community_bot.tickets.view_queries import View
from handlers.keyboards.desk import give_back
from handlers.keyboards.making import press, rows
from handlers.texts.desk import line, masked, view_name
from handlers.texts.desk_writing import sending as sending_label
from handlers.texts.faq import topic_name
from handlers.texts.words import Words

Keys = list[InlineKeyboardButton]
LABEL = 24


def page(
    _: Words, ticket: Ticket, card: TicketCard, actor: Actor, *, is_paused: bool
) -> InlineKeyboardMarkup:
    """Offer what this person may do with a ticket as it is now."""
    is_own = ticket.assignee_id == actor.member_id and ticket.state in HELD
    number = ticket.ticket_id
    return rows(
        *(_own(_, ticket, card) if is_own else ()),
        *_open_to_all(_, ticket),
        _pausing(_, number, is_paused=is_paused) if ticket.state is TicketState.SPAM else None,
        _for_admins(_, number) if actor.has(Role.ADMIN) and _is_others(ticket, actor) else None,
        [
            press(_.plain("📄 All messages"), "desk", "preview", number),
            press(_.plain("📜 Transcript"), "desk", "file", number),
        ],
        [press(_.plain("⬅️ Queue"), "queue", "list", View.UNCLAIMED.value, 0)],
    )


def _own(_: Words, ticket: Ticket, card: TicketCard) -> tuple[Keys, ...]:
    number, version = ticket.ticket_id, ticket.version
    name = masked(card.member_name)
    return (
        [press(_.plain("✍️ Answer {name}", name=name), "desk", "write", number)],
        [
            press(_.plain("📚 FAQ and snippets"), "desk", "entries", number),
            press(_.plain("🏁 Solved"), "desk", "solve", number, version),
        ],
        [
            press(_.plain("✅ Nothing to answer"), "desk", "waive", number),
            press(_.plain("⏸ Later: 2 h"), "desk", "later", number, "2h"),
            press(_.plain("⏸ Tomorrow"), "desk", "later", number, "day"),
        ],
        [
            *give_back(_, number, ticket.state),
            press(_.plain("🔀 Hand it on"), "desk", "hand", number),
            press(_.plain("⬆️ Call the lead"), "desk", "lead", number),
        ],
        [press(_.plain("🗑 Take back my last message"), "desk", "recall", number)],
    )


def _open_to_all(_: Words, ticket: Ticket) -> tuple[Keys, ...]:
    number, version = ticket.ticket_id, ticket.version
    match ticket.state:
        case TicketState.QUEUED:
            return (
                [
                    press(_.plain("🙋 Take it"), "desk", "take", number),
                    press(_.plain("➡️ Other topic"), "desk", "regroup", number),
                    press(_.plain("🚫 No question"), "desk", "spam", number, version),
                ],
            )
        case TicketState.RESOLVED:
            return (
                [
                    press(_.plain("🔄 Open it again"), "desk", "again", number),
                    press(_.plain("📚 Into the FAQ"), "desk", "promote", number),
                ],
            )
        case TicketState.SPAM:
            return ([press(_.plain("↩️ It is one after all"), "desk", "restore", number)],)
        case _:
            return ()


def _pausing(_: Words, number: int, *, is_paused: bool) -> Keys:
    if is_paused:
        return [press(_.plain("▶️ May ask again"), "desk", "resume", number)]
    return [
        press(_.plain("⏳ No questions: 1 day"), "desk", "pause", number, 1),
        press(_.plain("⏳ No questions: 7 days"), "desk", "pause", number, 7),
    ]


def _is_others(ticket: Ticket, actor: Actor) -> bool:
    return ticket.state in (TicketState.QUEUED, *HELD) and ticket.assignee_id != actor.member_id


def _for_admins(_: Words, number: int) -> Keys:
    return [
        press(_.plain("👤 Give it to …"), "desk", "appoint", number),
        press(_.plain("🫱 I take it"), "desk", "over", number),
    ]


def queue(_: Words, view: View, listed: Page, zone: ZoneInfo) -> InlineKeyboardMarkup:
    """Show a page of a list: tickets, pages, and the other lists."""
    views = [
        press(view_name(_, one), "queue", "list", one.value, 0) for one in View if one is not view
    ]
    return rows(
        *[
            [press(line(_, one, zone), "desk", "page", one.ticket.ticket_id)]
            for one in listed.lines
        ],
        _turning(view, listed),
        views[:2],
        views[2:4],
        [
            *views[4:],
            press(_.plain("🔄 Look again"), "queue", "list", view.value, listed.number),
        ],
    )


def _turning(view: View, listed: Page) -> Keys:
    number, last = listed.number, listed.pages - 1
    turned = (
        ("◀️", number - 1, number > 0),
        (f"{number + 1}/{listed.pages}", number, last > 0),
        ("▶️", number + 1, number < last),
    )
    return [press(label, "queue", "list", view.value, to) for label, to, fits in turned if fits]


def hand(
    _: Words, ticket: Ticket, mentors: Sequence[Mentor], topics: Sequence[str]
) -> InlineKeyboardMarkup:
    """Offer to whom a ticket may go: a mentor, or the queue of another topic, if any."""
    number, version = ticket.ticket_id, ticket.version
    named = [press(_mentor(one), "desk", "to", number, version, one.mentor_id) for one in mentors]
    topical = [press(f"🏷 {topic_name(_, one)}", "desk", "topic", number, one) for one in topics]
    return rows(
        *[[one] for one in named],
        *[topical[at : at + 2] for at in range(0, len(topical), 2)],
        [press(_.plain("⬅️ Back"), "desk", "page", number)],
    )


def regroup(_: Words, number: int, topics: Sequence[str]) -> InlineKeyboardMarkup:
    """Offer under which other topic a ticket may wait."""
    named = [press(topic_name(_, one), "desk", "moved", number, one) for one in topics]
    return rows(
        *[named[at : at + 2] for at in range(0, len(named), 2)],
        [press(_.plain("⬅️ Back"), "desk", "page", number)],
    )


def appoint(_: Words, number: int, mentors: Sequence[Mentor]) -> InlineKeyboardMarkup:
    return rows(
        *[[press(_mentor(one), "desk", "chosen", number, one.mentor_id)] for one in mentors],
        [press(_.plain("⬅️ Back"), "desk", "page", number)],
    )


def dropping(_: Words, mark: str) -> InlineKeyboardMarkup:
    return rows([press(_.plain("✖️ Let it be"), "desk", "yesdrop", mark)])


def sending(_: Words, number: int, name: str, mark: str) -> InlineKeyboardMarkup:
    """Name on the button to whom it goes: nobody presses it for somebody else."""
    return rows(
        [press(sending_label(_, number, name), "desk", "yessend", mark)],
        [press(_.plain("✖️ Let it be"), "desk", "yesdrop", mark)],
    )


def sent(_: Words, heard: Heard, messages: int) -> InlineKeyboardMarkup:
    """Offer to take back the whole answer, however many messages it has."""
    number = heard.ticket.ticket_id
    return rows(
        [press(_.plain("🗑 Take it back"), "desk", "undo", heard.ticket_message_id, messages)],
        [
            press(_.plain("📂 Open"), "desk", "page", number),
            press(_.plain("🏁 Solved"), "desk", "solve", number),
        ],
    )


def back(_: Words, number: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back"), "desk", "page", number)])


def _mentor(one: Mentor) -> str:
    mark = "🟢" if one.is_on_duty else "⚪"
    return f"{mark} {one.name[:LABEL]} · {one.load / FULL:g}/{one.cap // FULL}"
