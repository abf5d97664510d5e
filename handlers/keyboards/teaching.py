"""Keys of courses for those who make them and look after the learners."""

from collections.abc import Mapping, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.membership.facts import Tier
from community_bot.resources.course_facts import Course, Lesson, Work
from community_bot.resources.course_notices import HomeworkShown, HomeworkWaiting, LearnerSilent
from community_bot.resources.course_rules import Check, CourseState
from community_bot.resources.facts import Resource
from handlers.keyboards.making import press, rows
from handlers.texts.words import Words

LABEL = 45
MOST = 30  # lessons, resources or homeworks to choose from


def home(
    _: Words, courses: Sequence[Course], waiting: int, *, is_admin: bool
) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("📥 Homework · {n}", n=waiting), "teaching", "waiting")],
        *[
            [press(f"🎓 {one.title[:LABEL]}", "teaching", "course", one.course_id)]
            for one in courses[:MOST]
        ],
        [press(_.plain("➕ New course"), "teaching", "new")] if is_admin else None,
        [press(_.plain("⬅️ Back"), "courses", "list")],
    )


def course(_: Words, of: Course, *, is_admin: bool) -> InlineKeyboardMarkup:
    number = of.course_id
    learners = [press(_.plain("📊 Learners"), "teaching", "learners", number)]
    if not is_admin:
        return rows(learners, [_to_home(_)])
    closing = (
        press(_.plain("⏹ Close"), "teaching", "step", number, "close")
        if of.state is CourseState.OPEN
        else press(_.plain("▶️ Open"), "teaching", "step", number, "open")
    )
    lessons = [
        press(str(one.number), "teaching", "lesson", one.lesson_id) for one in of.lessons[:MOST]
    ]
    return rows(
        *[lessons[at : at + 6] for at in range(0, len(lessons), 6)],
        [press(_.plain("➕ Add a lesson"), "teaching", "add", number), closing],
        learners,
        [_field(_.plain("✏️ Title"), number, "title"), _field(_.plain("📝 About"), number, "about")],
        [
            press(_.plain("💎 For whom"), "teaching", "tiers", number),
            press(_.plain("👤 Mentor"), "teaching", "mentors", number),
        ],
        [_field(_.plain("🔕 Days of silence"), number, "silence"), _to_home(_)],
    )


def lesson(_: Words, of: Lesson) -> InlineKeyboardMarkup:
    number = of.lesson_id
    other = Check.HOMEWORK if of.check is Check.DONE else Check.DONE
    label = (
        _.plain("📤 Ask for homework")
        if other is Check.HOMEWORK
        else _.plain("✅ Their word is enough")
    )
    return rows(
        [
            press(_.plain("✍️ What to do"), "teaching", "ask", number, "task"),
            press(_.plain("🗓 When"), "teaching", "ask", number, "release"),
        ],
        [press(label, "teaching", "check", number, other.value)],
        [press(_.plain("🗑 Take the lesson out"), "teaching", "remove", number)],
        [press(_.plain("⬅️ Back"), "teaching", "course", of.course_id)],
    )


def resources(_: Words, course_id: int, found: Sequence[Resource]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [press(one.title[:LABEL], "teaching", "put", course_id, one.resource_id)]
            for one in found[:MOST]
        ],
        [press(_.plain("➕ Take something in"), "shelves", "new")],
        [press(_.plain("⬅️ Back"), "teaching", "course", course_id)],
    )


def tiers(_: Words, course_id: int, of: Sequence[Tier]) -> InlineKeyboardMarkup:
    language = "zh" if _.locale.startswith("zh") else "en"
    return rows(
        [press(_.plain("Everybody"), "teaching", "tier", course_id, "")],
        *[
            [press(tier.name[language], "teaching", "tier", course_id, tier.code)]
            for tier in of
            if tier.rank > 0
        ],
        [press(_.plain("⬅️ Back"), "teaching", "course", course_id)],
    )


def mentors(_: Words, course_id: int, names: Mapping[int, str]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [press(f"👤 {name[:LABEL]}", "teaching", "mentor", course_id, number)]
            for number, name in list(names.items())[:MOST]
        ],
        [press(_.plain("👥 All admins"), "teaching", "mentor", course_id, 0)],
        [press(_.plain("⬅️ Back"), "teaching", "course", course_id)],
    )


def waiting(_: Words, found: Sequence[Work]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [
                press(
                    f"{one.name[:20]} · {one.lesson.number}. {one.lesson.title[:20]}",
                    "teaching",
                    "work",
                    one.step_id,
                )
            ]
            for one in found[:MOST]
        ],
        [_to_home(_)],
    )


def back(_: Words, course_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back"), "teaching", "course", course_id)])


def next_(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("📥 The next homework"), "teaching", "waiting")])


def to_home(_: Words) -> InlineKeyboardMarkup:
    return rows([_to_home(_)])


def homework_waiting(_: Words, told: HomeworkWaiting) -> InlineKeyboardMarkup:
    return rows([press(_.plain("👀 Look at it"), "teaching", "work", told.step_id)])


def homework_shown(_: Words, told: HomeworkShown) -> InlineKeyboardMarkup:
    if not told.is_waiting:
        return next_(_)
    return rows(
        [
            press(_.plain("✅ It passes"), "teaching", "pass", told.step_id),
            press(_.plain("✏️ Please change"), "teaching", "return", told.step_id),
        ]
    )


def learner_silent(_: Words, told: LearnerSilent) -> InlineKeyboardMarkup:
    return rows([press(_.plain("📊 Learners"), "teaching", "learners", told.course_id)])


def _field(label: str, course_id: int, field: str) -> InlineKeyboardButton:
    return press(label, "teaching", "field", course_id, field)


def _to_home(_: Words) -> InlineKeyboardButton:
    return press(_.plain("🗂 All courses"), "teaching", "home")
