"""Words of courses as learners read them."""

import html
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from community_bot.resources.course_facts import Lesson, Progress, Step
from community_bot.resources.course_notices import (
    CourseFinished,
    HomeworkLookedAt,
    LessonReleased,
    LessonReminder,
    LessonTask,
)
from community_bot.resources.course_rules import Check, ReleaseKind, StepState
from handlers.texts.figures import day
from handlers.texts.library import named
from handlers.texts.words import GAP, Html, Words, bold, lines

BAR = 10  # signs
SHOWN = 40  # lessons on one screen


def escaped(text: str) -> Html:
    """Return what somebody typed as it may stand in a message."""
    return Html(html.escape(text, quote=False))


def bar(done: int, of: int) -> str:
    """Return ▓▓▓▓░░░░░░ 4/9."""
    full = min(BAR, done * BAR // of) if of else 0
    return f"{'▓' * full}{'░' * (BAR - full)} {done}/{of}"


def listed(_: Words, courses: Sequence[Progress]) -> Html:
    if not courses:
        return lines(bold(_("🎓 Courses")), _("There is no course yet. What comes is shown here."))
    return lines(
        bold(_("🎓 Courses")),
        GAP,
        *[lines(bold(one.course.title[:120]), _standing(_, one)) for one in courses[:10]],
    )


def course(_: Words, of: Progress, zone: ZoneInfo) -> Html:
    """Show a course with every lesson: done, open, or when it comes."""
    return lines(
        bold(of.course.title),
        escaped(of.course.about[:600]) if of.course.about else None,
        _standing(_, of),
        GAP,
        *[_line(_, one, of.steps.get(one.lesson_id), zone) for one in of.course.lessons[:SHOWN]],
    )


def joined(_: Words) -> str:
    return _.plain("You are in. The first lesson comes at once.")


def finished(_: Words) -> str:
    return _.plain("✅ Done. Well done!")


def homework_wanted(_: Words, lesson_title: str) -> Html:
    return lines(
        bold(_("📤 Homework for “{title}”", title=lesson_title)),
        _("Send it in one message: text, a photo, a file, video or voice. A mentor looks at it."),
    )


def handed_in(_: Words) -> Html:
    return lines(
        bold(_("📤 Your homework is handed in")),
        _("A mentor looks at it, and I tell you at once. Something better? Hand it in again."),
    )


def lesson_released(_: Words, told: LessonReleased, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("📖 Lesson {n} is there", n=told.number)),
        _("{course}: {title}", course=told.course, title=told.title),
        _.count(
            "{n} more is open too: take them one after another.",
            "{n} more are open too: take them one after another.",
            told.more,
        )
        if told.more
        else None,
    )


def lesson_task(_: Words, told: LessonTask, _zone: ZoneInfo) -> Html:
    how = (
        _("Hand it in here; a mentor looks at it.")
        if told.is_homework
        else _("Done? Tap the button, and the next lesson is yours.")
    )
    return lines(
        bold(_("✍️ Lesson {n}: what to do", n=told.number)),
        escaped(told.task) if told.task else _("Watch or read it to the end."),
        GAP,
        _("✅ You have done this lesson.") if told.is_done else how,
    )


def lesson_reminder(_: Words, told: LessonReminder, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("⏰ Lesson {n} waits for you", n=told.number)),
        _("{course}: {title}", course=told.course, title=told.title),
        _.count("{n} lesson is open.", "{n} lessons are open.", told.waiting),
        _("Ten minutes today are enough to begin. Stuck? Ask a mentor."),
    )


def homework_looked_at(_: Words, told: HomeworkLookedAt, _zone: ZoneInfo) -> Html:
    if told.is_passed:
        return lines(
            bold(_("✅ Your homework passed")),
            _("Lesson {n}: {title}", n=told.number, title=told.title),
            _("Looked at by {name}. On you go!", name=told.by_name),
        )
    return lines(
        bold(_("✏️ Please change your homework")),
        _("Lesson {n}: {title}", n=told.number, title=told.title),
        GAP,
        _("{name} writes: {words}", name=told.by_name, words=told.words or "–"),
    )


def course_finished(_: Words, told: CourseFinished, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🎉 You have finished “{course}”", course=told.course)),
        _.count("{n} lesson done.", "All {n} lessons done.", told.lessons),
        _("The lessons stay open to you: read them again whenever you like."),
    )


def when(_: Words, lesson: Lesson, zone: ZoneInfo) -> str:
    """Say when a lesson is released."""
    release = lesson.release
    if release.kind is ReleaseKind.DATE and release.on is not None:
        return day(release.on, zone, _.locale)
    if release.kind is ReleaseKind.DAY and release.day:
        return _.plain("day {n} after joining", n=release.day)
    return _.plain("after the lesson before") if lesson.number > 1 else _.plain("at once")


def _standing(_: Words, of: Progress) -> Html:
    """Say how far somebody is, or what the course asks for."""
    if of.learner is not None and of.may_join:
        return _("Your progress: {bar}", bar=bar(of.done, len(of.course.lessons)))
    count = len(of.course.lessons)
    if of.may_join:
        return _.count("{n} lesson, open to you.", "{n} lessons, open to you.", count)
    tier = named(_, of.level.name) if of.level is not None else "–"
    return _.count(
        "🔒 {n} lesson, for {tier} and above.",
        "🔒 {n} lessons, for {tier} and above.",
        count,
        tier=tier,
    )


def _line(_: Words, lesson: Lesson, step: Step | None, zone: ZoneInfo) -> Html:
    facts = {"n": lesson.number, "title": lesson.title[:80]}
    if step is None:
        return _("▫️ {n}. {title} · {when}", when=when(_, lesson, zone), **facts)
    known = {
        StepState.PASSED: _("✅ {n}. {title}", **facts),
        StepState.HANDED_IN: _("👀 {n}. {title} · a mentor is looking at it", **facts),
        StepState.RETURNED: _("✏️ {n}. {title} · please change it", **facts),
        StepState.RELEASED: _("📖 {n}. {title} · open", **facts),
    }
    return known[step.state]


def check(_: Words, of: Check) -> str:
    """Say how it is seen that a lesson was done."""
    known = {
        Check.DONE: _.plain("they say it is done"),
        Check.HOMEWORK: _.plain("homework, a mentor looks"),
    }
    return known[of]
