"""Keys of digests: one tap to read, one to hear less, and how often."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.resources.digest_facts import Hearing
from community_bot.resources.digest_notices import TopicDigest
from community_bot.resources.digest_rules import Pace
from handlers.keyboards.making import press, rows
from handlers.texts.digests import clock, pace, place
from handlers.texts.words import Words

LABEL = 50  # signs; the rest can be read in the resource
# Offered by their numbers, so new ones go to the end.
ZONES = (
    "Asia/Shanghai",
    "Asia/Bangkok",
    "Asia/Jakarta",
    "Asia/Tokyo",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
)
NIGHTS = ((22 * 60, 8 * 60), (23 * 60, 7 * 60), (0, 9 * 60))


def digest(_: Words, told: TopicDigest) -> InlineKeyboardMarkup:
    less = [
        press(f"🔕 #{topic.code[:16]}", "digests", "less", topic.topic_id) for topic in told.topics
    ]
    return rows(
        *[[press(line.title[:LABEL], "library", "open", line.resource_id)] for line in told.lines],
        *[less[at : at + 3] for at in range(0, len(less), 3)],
        [press(_.plain("⚙️ How often, and when"), "digests", "home")],
    )


def hearing(_: Words, of: Hearing) -> InlineKeyboardMarkup:
    less = [
        press(f"🔕 #{topic.code[:16]}", "digests", "drop", topic.topic_id) for topic in of.topics
    ]
    return rows(
        [_pace(_, one, is_chosen=one is of.pace) for one in Pace],
        [
            press(_.plain("🌙 Quiet hours"), "digests", "hours"),
            press(_.plain("🕘 My clock"), "digests", "zones"),
        ],
        *[less[at : at + 3] for at in range(0, len(less), 3)],
        [press(_.plain("📂 Library"), "library", "home")],
        [press(_.plain("🏠 Home"), "home", "start")],
    )


def _pace(_: Words, one: Pace, *, is_chosen: bool) -> InlineKeyboardButton:
    label = pace(_, one)
    return press(f"✅ {label}" if is_chosen else label, "digests", "pace", one.value)


def zones(_: Words) -> InlineKeyboardMarkup:
    keys = [press(place(_, zone), "digests", "zone", number) for number, zone in enumerate(ZONES)]
    return rows(*[keys[at : at + 2] for at in range(0, len(keys), 2)], [_back(_)])


def hours(_: Words) -> InlineKeyboardMarkup:
    return rows(
        *[
            [press(f"🌙 {clock(begin)}-{clock(end)}", "digests", "quiet", begin, end)]
            for begin, end in NIGHTS
        ],
        [press(_.plain("🔔 Ring at any hour"), "digests", "quiet", 0, 0)],
        [_back(_)],
    )


def less(_: Words, topic_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🔔 Follow it again"), "digests", "again", topic_id)], [_back(_)])


def to_hearing(_: Words) -> InlineKeyboardMarkup:
    return rows([_back(_)])


def _back(_: Words) -> InlineKeyboardButton:
    return press(_.plain("⚙️ How often, and when"), "digests", "home")
