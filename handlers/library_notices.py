"""What people are told about the library and its courses: the words and the keys of each notice."""

from collections.abc import Callable
from typing import Any

from community_bot.resources.course_notices import (
    CourseFinished,
    HomeworkLookedAt,
    HomeworkShown,
    HomeworkWaiting,
    LearnerSilent,
    LessonReleased,
    LessonReminder,
    LessonTask,
)
from community_bot.resources.digest_notices import TopicDigest
from community_bot.resources.notices import MissedMeanwhile
from handlers.keyboards import courses as course_keys
from handlers.keyboards import digests as digest_keys
from handlers.keyboards import library as keys
from handlers.keyboards import teaching as teaching_keys
from handlers.texts import courses as course_texts
from handlers.texts import digests as digest_texts
from handlers.texts import library as texts
from handlers.texts import teaching as teaching_texts

TABLE: dict[type, tuple[Callable[..., Any], Callable[..., Any] | None]] = {
    TopicDigest: (digest_texts.digest, digest_keys.digest),
    MissedMeanwhile: (texts.missed_meanwhile, keys.missed_meanwhile),
    LessonReleased: (course_texts.lesson_released, course_keys.lesson_released),
    LessonTask: (course_texts.lesson_task, course_keys.lesson_task),
    LessonReminder: (course_texts.lesson_reminder, course_keys.lesson_reminder),
    HomeworkLookedAt: (course_texts.homework_looked_at, course_keys.homework_looked_at),
    CourseFinished: (course_texts.course_finished, course_keys.course_finished),
    HomeworkWaiting: (teaching_texts.homework_waiting, teaching_keys.homework_waiting),
    HomeworkShown: (teaching_texts.homework_shown, teaching_keys.homework_shown),
    LearnerSilent: (teaching_texts.learner_silent, teaching_keys.learner_silent),
}
