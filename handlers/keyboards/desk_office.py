"""Keys for admins about the desk: mentors and what they answer, and the calendar of work."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.business_time.facts import Day, Month, Origin
from community_bot.tickets.mentor_facts import Mentor
from community_bot.tickets.mentor_rules import FULL
from community_bot.tickets.topic_rules import MARKETS, TOPICS
from community_bot.tickets.view_queries import View
from handlers.keyboards.making import press, rows
from handlers.texts.desk_office import day_label
from handlers.texts.faq import topic_name
from handlers.texts.words import Words

CAPS = (1, 3, 5, 8, 12, 20)
WEEK = 7
LABEL = 28
BLANK = "\u2800"  # a sign that shows nothing; Telegram takes no button without a text


def home(_: Words) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("🎫 Unclaimed"), "queue", "list", View.UNCLAIMED.value, 0),
            press(_.plain("🔴 Late"), "queue", "list", View.OVERDUE.value, 0),
            press(_.plain("📵 Unreachable"), "queue", "list", View.UNREACHABLE.value, 0),
        ],
        [
            press(_.plain("🧑‍🏫 Mentors"), "office", "mentors"),
            press(_.plain("📅 Working calendar"), "office", "month"),
        ],
        [
            press(_.plain("📈 The week as a chart"), "office", "week"),
            press(_.plain("🔄 Look again"), "office", "home"),
        ],
        [press(_.plain("⬅️ Back"), "home", "staff")],
    )


def mentors(_: Words, all_: Sequence[Mentor]) -> InlineKeyboardMarkup:
    named = [
        press(f"{'🟢' if one.is_on_duty else '⚪'} {one.name[:LABEL]}", *_of(one)) for one in all_
    ]
    return rows(
        *[named[at : at + 2] for at in range(0, len(named), 2)],
        [press(_.plain("⬅️ Back"), "office", "home")],
    )


def _of(one: Mentor) -> tuple[str, str, int]:
    return ("office", "mentor", one.mentor_id)


def mentor(_: Words, of: Mentor) -> InlineKeyboardMarkup:
    number = of.mentor_id
    pause = (
        press(_.plain("▶️ Bring back"), "office", "resume", number)
        if of.attendance.is_paused
        else press(_.plain("⏸ Pause"), "office", "pause", number)
    )
    return rows(
        [
            press(_.plain("🏷 Topics and markets"), "office", "skills", number),
            press(_.plain("🎚 Cap"), "office", "caps", number),
        ],
        [pause, press(_.plain("⬅️ Back"), "office", "mentors")],
    )


def skills(_: Words, of: Mentor) -> InlineKeyboardMarkup:
    number, has = of.mentor_id, of.skills
    topics = [
        press(_ticked(topic_name(_, one), one in has.topics), "office", "topic", number, one)
        for one in TOPICS
    ]
    markets = [
        press(_ticked(one, one in has.markets), "office", "market", number, one) for one in MARKETS
    ]
    return rows(
        *[topics[at : at + 2] for at in range(0, len(topics), 2)],
        *[markets[at : at + 3] for at in range(0, len(markets), 3)],
        [press(_.plain("⬅️ Back"), "office", "mentor", number)],
    )


def caps(_: Words, of: Mentor) -> InlineKeyboardMarkup:
    number = of.mentor_id
    shown = [
        press(_ticked(str(cap), of.cap == cap * FULL), "office", "cap", number, cap) for cap in CAPS
    ]
    return rows(
        shown[:3],
        shown[3:],
        [press(_.plain("As configured"), "office", "cap", number, 0)],
        [press(_.plain("⬅️ Back"), "office", "mentor", number)],
    )


def calendar(_: Words, month: Month) -> InlineKeyboardMarkup:
    """Show the days in weeks from Monday on, and the months before and after."""
    first = month.days[0].day
    blank: list[Day | None] = [None] * first.weekday()
    cells = [_cell(one) for one in (*blank, *month.days)]
    cells += [_cell(None)] * (-len(cells) % WEEK)
    before, after = first - timedelta(days=1), month.days[-1].day + timedelta(days=1)
    return rows(
        *[cells[at : at + WEEK] for at in range(0, len(cells), WEEK)],
        [_month("◀️", before), _month("▶️", after)],
        [press(_.plain("⬅️ Back"), "office", "home")],
    )


def day(_: Words, of: Day) -> InlineKeyboardMarkup:
    at = of.day.isoformat()
    return rows(
        [
            press(_.plain("🚫 Close"), "office", "close", at),
            press(_.plain("🕘 Other hours"), "office", "hours", at),
        ],
        [press(_.plain("↩️ As usual"), "office", "usual", at)] if of.origin is Origin.SET else None,
        [_month(_.plain("⬅️ Back"), of.day)],
    )


def back_to(_: Words, of: date) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back"), "office", "day", of.isoformat())])


def toggled(code: str, has: Collection[str]) -> list[str]:
    """Return what is chosen once a button was pressed."""
    return sorted({*has} ^ {code})


def _cell(of: Day | None) -> InlineKeyboardButton:
    if of is None:
        return press(BLANK, "office", "blank")
    return press(day_label(of), "office", "day", of.day.isoformat())


def _month(label: str, at: date) -> InlineKeyboardButton:
    return press(label, "office", "month", at.year, at.month)


def _ticked(label: str, is_on: bool) -> str:  # noqa: FBT001  the mark of the label before it
    return f"✓ {label}" if is_on else label
