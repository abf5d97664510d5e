"""Keys of courses as learners use them."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.people.roles import Actor, Role
from community_bot.resources.course_facts import Progress
from community_bot.resources.course_notices import (
    CourseFinished,
    HomeworkLookedAt,
    LessonReleased,
    LessonReminder,
    LessonTask,
)
from handlers.keyboards.making import press, rows
from handlers.texts.words import Words

LABEL, SHOWN = 45, 40


def listed(_: Words, courses: Sequence[Progress], actor: Actor) -> InlineKeyboardMarkup:
    return rows(
        *[
            [press(f"🎓 {one.course.title[:LABEL]}", "courses", "show", one.course.course_id)]
            for one in courses[:20]
        ],
        [press(_.plain("🗂 Look after courses"), "teaching", "home")]
        if actor.has(Role.ADMIN, Role.MENTOR)
        else None,
        [press(_.plain("📂 Library"), "library", "home")],
    )


def course(_: Words, of: Progress) -> InlineKeyboardMarkup:
    """Return the lessons that are open; for others the way in."""
    back = [press(_.plain("⬅️ Back"), "courses", "list")]
    if not of.may_join:
        return rows([press(_.plain("💎 Plans and prices"), "join", "offers")], back)
    if of.learner is None:
        join = press(_.plain("🙋 Take this course"), "courses", "join", of.course.course_id)
        return rows([join], back)
    return rows(
        *[
            [
                press(
                    f"{one.number}. {one.title[:LABEL]}",
                    "courses",
                    "open",
                    one.lesson_id,
                )
            ]
            for one in of.course.lessons[:SHOWN]
            if one.lesson_id in of.steps
        ],
        back,
    )


def handed_in(_: Words, of: Progress) -> InlineKeyboardMarkup:
    return rows([_to_course(_, of.course.course_id)])


def leave(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back"), "courses", "list")])


def lesson_task(_: Words, told: LessonTask) -> InlineKeyboardMarkup:
    """Return what the lesson asks for; one that is done asks for nothing."""
    courses = [press(_.plain("🎓 Courses"), "courses", "list")]
    if told.is_done:
        return rows(courses)
    if told.is_homework:
        return rows([_homework(_, told.lesson_id)], courses)
    done = press(_.plain("✅ I have done it"), "courses", "done", told.lesson_id)
    return rows([done], courses)


def lesson_released(_: Words, told: LessonReleased) -> InlineKeyboardMarkup:
    return rows([_open(_, told.lesson_id)])


def lesson_reminder(_: Words, told: LessonReminder) -> InlineKeyboardMarkup:
    return rows([_open(_, told.lesson_id)])


def homework_looked_at(_: Words, told: HomeworkLookedAt) -> InlineKeyboardMarkup:
    if told.is_passed:
        return rows([press(_.plain("🎓 Courses"), "courses", "list")])
    return rows([_homework(_, told.lesson_id)])


def course_finished(_: Words, told: CourseFinished) -> InlineKeyboardMarkup:
    return rows([_to_course(_, told.course_id)])


def _open(_: Words, lesson_id: int) -> InlineKeyboardButton:
    return press(_.plain("📖 Begin"), "courses", "open", lesson_id)


def _homework(_: Words, lesson_id: int) -> InlineKeyboardButton:
    return press(_.plain("📤 Hand in homework"), "courses", "homework", lesson_id)


def _to_course(_: Words, course_id: int) -> InlineKeyboardButton:
    return press(_.plain("📊 My progress"), "courses", "show", course_id)
