"""Keys to choose for whom a post is, where it is posted, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.membership.facts import Space, Tier
from community_bot.resources.audience_rules import Audience, Criterion, Who
from community_bot.resources.facts import LibraryTopic, Place, Post
from community_bot.resources.schedule_rules import Missed, OnHoliday, Rhythm
from handlers.keyboards.making import press, rows
from handlers.keyboards.posts import LABEL, to_card
from handlers.texts.faq import topic_name
from handlers.texts.joining import named
from handlers.texts.words import Words

STAFF = Criterion(Who.ROLES, names=("mentor", "finance", "admin", "owner"))
DAYS = 30
HOURS = (time(9, 30), time(12), time(15), time(20))
WHO = {
    "all": Criterion(Who.EVERYBODY),
    "members": Criterion(Who.MEMBERS),
    "expiring": Criterion(Who.EXPIRING, days=DAYS),
    "lapsed": Criterion(Who.LAPSED),
    "asked": Criterion(Who.NEVER_ASKED),
    "opened": Criterion(Who.NEVER_OPENED),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A criterion on a button: how it is called in the data, and how many people it means."""

    name: str
    criterion: Criterion
    people: int


def audience(
    _: Words, post: Post, choices: Sequence[Choice], tiers: Mapping[str, Tier]
) -> InlineKeyboardMarkup:
    number, revision, chosen = post.post_id, post.revision, post.composed.audience
    keys = [
        press(
            f"{_mark(one.criterion, chosen)} {_who(_, one.criterion, tiers)} · {one.people}",
            *("post", "who", number, revision, one.name),
        )
        for one in choices
    ]
    not_to_staff = _.plain("Not to staff")
    staff_out = chosen is not None and STAFF in chosen.exclude
    return rows(
        *[[key] for key in keys],
        [
            press(_.plain("🏷 By topic"), "post", "topics", number),
            press(_.plain("🌱 By joining"), "post", "cohorts", number),
        ],
        [
            press(
                f"{'✅' if staff_out else '▫️'} {not_to_staff}",
                *("post", "nostaff", number, revision),
            ),
            press(_.plain("✍️ Type it"), "post", "rule", number, revision),
        ],
        [press(_.plain("🚫 Nobody in private"), "post", "nobody", number, revision)]
        if chosen is not None
        else None,
        [to_card(_, number)],
    )


def _mark(one: Criterion, chosen: Audience | None) -> str:
    include = chosen.include if chosen else ()
    is_in = one in include or any(
        have.who is one.who and one.names and set(one.names) <= set(have.names) for have in include
    )
    return "✅" if is_in else "▫️"


def _who(_: Words, one: Criterion, tiers: Mapping[str, Tier]) -> str:
    known = {
        Who.EVERYBODY: _.plain("Everybody"),
        Who.MEMBERS: _.plain("Members"),
        Who.EXPIRING: _.plain("Ending within {n} days", n=one.days),
        Who.LAPSED: _.plain("Former members"),
        Who.NEVER_ASKED: _.plain("Never asked a question"),
        Who.NEVER_OPENED: _.plain("Never opened anything"),
    }
    name = one.names[0] if one.names else ""
    tier = named(_, tiers[name].name) if name in tiers else name
    return known.get(one.who) or tier[:LABEL]


def topics(_: Words, post: Post, of: Sequence[LibraryTopic]) -> InlineKeyboardMarkup:
    chosen = post.composed.audience
    keys = [
        press(
            f"{_mark(Criterion(Who.TOPICS, names=(one.code,)), chosen)} {topic_name(_, one.code)}",
            *("post", "topic", post.post_id, post.revision, one.topic_id),
        )
        for one in of
    ]
    pairs = [keys[at : at + 2] for at in range(0, len(keys), 2)]
    return rows(*pairs, [_to_people(_, post.post_id)])


def cohorts(_: Words, post: Post) -> InlineKeyboardMarkup:
    number, revision = post.post_id, post.revision
    return rows(
        *[
            [
                press(
                    _.plain("Joined in the last {n} days", n=days),
                    *("post", "cohort", number, revision, days),
                )
            ]
            for days in (7, 30, 90)
        ],
        [_to_people(_, number)],
    )


def rule(_: Words, post_id: int) -> InlineKeyboardMarkup:
    return rows([_to_people(_, post_id)])


def _to_people(_: Words, post_id: int) -> InlineKeyboardButton:
    return press(_.plain("⬅️ Back"), "post", "people", post_id)


def places(_: Words, post: Post, spaces: Sequence[Space]) -> InlineKeyboardMarkup:
    number, revision, chosen = post.post_id, post.revision, post.composed.places
    lines = []
    for space in spaces:
        is_in = Place(space.chat_id) in chosen
        title = f"{'✅' if is_in else '▫️'} {'📢' if space.is_channel else '👥'} {space.title}"
        line = [press(title[:LABEL], "post", "place", number, revision, space.chat_id)]
        if space.is_forum:
            line.append(press(_.plain("# Topic"), "post", "forum", number, revision, space.chat_id))
        lines.append(line)
    in_topics = [
        [
            press(
                f"➖ {one.topic_name or one.topic_id}"[:LABEL],
                *("post", "untopic", number, revision, one.chat_id, one.topic_id),
            )
        ]
        for one in chosen
        if one.topic_id is not None
    ]
    return rows(*lines, *in_topics, [to_card(_, number)])


def forum(_: Words, post_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back"), "post", "places", post_id)])


def times(_: Words, post: Post, *, is_evening: bool) -> InlineKeyboardMarkup:
    number, revision = post.post_id, post.revision

    def at(label: str, name: str) -> InlineKeyboardButton:
        return press(label, "post", "time", number, revision, name)

    tonight = at(_.plain("Tomorrow 20:00"), "evening")
    if not is_evening:
        tonight = at(_.plain("Tonight 20:00"), "tonight")
    return rows(
        [at(_.plain("⚡️ Now"), "now"), at(_.plain("In an hour"), "hour")],
        [tonight, at(_.plain("Tomorrow 09:30"), "tomorrow")],
        [
            at(_.plain("🔁 Every workday 09:30"), "workdays"),
            at(_.plain("🔁 Mondays 09:30"), "mondays"),
        ],
        *_policies(_, post),
        [to_card(_, number)],
    )


def hours(_: Words, post_id: int) -> InlineKeyboardMarkup:
    """Offer times of day for days that were typed without one."""
    keys = [press(f"{at:%H:%M}", "post", "yeshour", f"{at:%H%M}") for at in HOURS]
    return rows(keys, [to_card(_, post_id)])


def _policies(_: Words, post: Post) -> list[list[InlineKeyboardButton]]:
    """Offer what a schedule does about holidays and about times that were missed."""
    schedule, number, revision = post.composed.schedule, post.post_id, post.revision
    if schedule is None:
        return []
    holiday = {
        OnHoliday.SEND: _.plain("🎌 Holidays: send"),
        OnHoliday.SKIP: _.plain("🎌 Holidays: leave out"),
        OnHoliday.MOVE: _.plain("🎌 Holidays: next workday"),
    }[schedule.on_holiday]
    missed = {
        Missed.LATE: _.plain("🕳 If missed: send late"),
        Missed.SKIP: _.plain("🕳 If missed: leave out"),
        Missed.ASK: _.plain("🕳 If missed: ask me"),
    }[schedule.missed]
    holidays = press(holiday, "post", "holidays", number, revision)
    return [
        [holidays] if schedule.rhythm is not Rhythm.ONCE else [],
        [press(missed, "post", "missed", number, revision)],
    ]
