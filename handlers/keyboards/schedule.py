"""Keys of the schedule: the weeks, and what can be done about one plan."""

from datetime import timedelta

from telegram import InlineKeyboardMarkup

from community_bot.resources.facts import Calendar, Post
from community_bot.resources.rules import POST, PostEvent, PostState
from handlers.keyboards.making import press, rows
from handlers.keyboards.posts import LABEL, way_back
from handlers.texts.words import Words

MOST, A_ROW = 20, 5
WEEK = timedelta(days=7)


def calendar(_: Words, of: Calendar, held: list[Post]) -> InlineKeyboardMarkup:
    numbers = list(dict.fromkeys(one.post_id for one in of.planned))[:MOST]
    keys = [press(f"#{one}", "schedule", "post", one) for one in numbers]
    before, after = of.from_ - of.weeks * WEEK, of.from_ + of.weeks * WEEK
    return rows(
        *[keys[at : at + A_ROW] for at in range(0, len(keys), A_ROW)],
        *[
            [press(f"⏸ #{one.post_id} {one.title}"[:LABEL], "schedule", "post", one.post_id)]
            for one in held[:A_ROW]
        ],
        [
            press("◀️", "schedule", "weeks", before.isoformat()),
            press(_.plain("🗓 As a picture"), "schedule", "picture", of.from_.isoformat()),
            press("▶️", "schedule", "weeks", after.isoformat()),
        ],
        [press(_.plain("📮 What went out"), "schedule", "runs"), way_back(_)],
    )


def plan(_: Words, of: Post) -> InlineKeyboardMarkup:
    number, state = of.post_id, of.state
    steps = (
        (_.plain("⏸ Hold"), "pause", PostEvent.PAUSE),
        (_.plain("▶️ Go on"), "resume", PostEvent.RESUME),
        (_.plain("✋ Call it off"), "cancel", PostEvent.CANCEL),
    )
    is_open = state in (PostState.SCHEDULED, PostState.PAUSED)
    return rows(
        [
            press(label, "schedule", verb, number)
            for label, verb, event in steps
            if POST.allows(state, event)
        ],
        [press(_.plain("✏️ Change it or its time"), "schedule", "replace", number)]
        if is_open
        else None,
        [
            press(_.plain("📑 One like it"), "schedule", "copy", number),
            press(_.plain("📋 Keep as a template"), "post", "keep", number),
        ],
        [
            press(_.plain("👀 Show it to me"), "schedule", "show", number),
            press(_.plain("📮 What went out"), "schedule", "runs", number),
        ],
        [press(_.plain("📅 Schedule"), "schedule", "home")],
    )


def sure(_: Words, post_id: int) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("✅ Yes, do it"), "schedule", "yescancel", post_id)],
        [press(_.plain("✋ No, leave it"), "schedule", "post", post_id)],
    )


def picture(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("📅 Schedule"), "schedule", "home")])
