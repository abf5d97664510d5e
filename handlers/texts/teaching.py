"""Words of courses for those who make them and look after the learners."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from community_bot.resources.course_facts import Course, LearnerLine, Lesson, Work
from community_bot.resources.course_notices import HomeworkShown, HomeworkWaiting, LearnerSilent
from community_bot.resources.course_rules import CourseState
from handlers.texts.courses import bar, check, escaped, when
from handlers.texts.figures import day
from handlers.texts.library import named
from handlers.texts.words import GAP, Html, Words, bold, code, lines

SHOWN = 30  # lessons or learners on one screen


def home(_: Words, courses: Sequence[Course], waiting: int) -> Html:
    return lines(
        bold(_("🗂 Looking after courses")),
        _.count("{n} homework waits for a look.", "{n} homeworks wait for a look.", waiting)
        if waiting
        else None,
        _("Choose a course, or make a new one.") if courses else _("There is no course yet."),
    )


def course(
    _: Words, of: Course, *, level: Mapping[str, str] | None, mentor: str | None, zone: ZoneInfo
) -> Html:
    """Show a course whole, and what it still needs."""
    return lines(
        bold(of.title),
        _("Course #{n} · {state}", n=of.course_id, state=state(_, of.state)),
        escaped(of.about[:600]) if of.about else None,
        GAP,
        _("Takes part by itself: {tier}; who is above may join", tier=named(_, level))
        if level
        else _("Open to everybody who joins"),
        _("Mentor: {name}", name=mentor) if mentor else _("Mentor: none; all admins are told"),
        _.count(
            "A mentor is told after {n} day of silence",
            "A mentor is told after {n} days of silence",
            of.silent_days,
        ),
        GAP,
        *[_lesson_line(_, one, zone) for one in of.lessons[:SHOWN]],
        _("No lesson yet: tap “Add a lesson”.") if not of.lessons else None,
        _("Learners do not see it yet: tap “Open”.") if of.state is CourseState.DRAFT else None,
    )


def lesson(_: Words, of: Lesson, course_title: str, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("Lesson {n}: {title}", n=of.number, title=of.title)),
        _("Course: {title}", title=course_title),
        _("Released: {when}", when=when(_, of, zone)),
        _("Seen by: {check}", check=check(_, of.check)),
        GAP,
        _("What to do: {task}", task=of.task or "–"),
    )


def state(_: Words, at: CourseState) -> str:
    known = {
        CourseState.DRAFT: _.plain("Draft"),
        CourseState.OPEN: _.plain("Open"),
        CourseState.CLOSED: _.plain("Closed"),
    }
    return known[at]


def wanted(_: Words, field: str) -> Html:
    """Ask for one thing about a course or a lesson."""
    known = {
        "title": _("What is the course called?"),
        "about": _("In two or three sentences: whom does it help, and to what?"),
        "silence": _("After how many days of silence shall a mentor be told? Type a number."),
        "task": _("What is there to do in this lesson? Type it as learners read it."),
        "release": _release_wanted(_),
        "words": _("What should be changed? Type it; the learner reads it."),
    }
    return known.get(field) or known["title"]


def choose_resource(_: Words, *, has_some: bool) -> Html:
    if not has_some:
        return _("The library is empty. Take the lesson in first, then come back.")
    return lines(
        bold(_("Which resource is the lesson?")),
        _("It may be a draft: learners get it as a lesson, and the library does not show it."),
    )


def choose_tier(_: Words) -> Html:
    return _("Whose course is it? Who has exactly this membership takes part by itself.")


def choose_mentor(_: Words) -> Html:
    return _("Who looks after the learners of this course?")


def learners(_: Words, of: Course, found: Sequence[LearnerLine], zone: ZoneInfo) -> Html:
    """Show how far everybody is, who needs a word first."""
    silent = sum(one.is_silent for one in found)
    return lines(
        bold(_("📊 Learners of “{title}”", title=of.title)),
        _.count("{n} learner", "{n} learners", len(found)) if found else _("Nobody takes it yet."),
        _.count("🔕 {n} of them is silent", "🔕 {n} of them are silent", silent)
        if silent
        else None,
        GAP,
        *[
            _(
                "{sign} {name} · {bar} · last seen {day}",
                sign="🔕" if one.is_silent else "🎉" if one.learner.finished_at else "📖",
                name=one.name[:40],
                bar=bar(one.done, len(of.lessons)),
                day=day(one.learner.active_at, zone, _.locale),
            )
            for one in found[:SHOWN]
        ],
        _("… and {n} other learners", n=len(found) - SHOWN) if len(found) > SHOWN else None,
    )


def waiting(_: Words, found: Sequence[Work]) -> Html:
    if not found:
        return lines(bold(_("📥 Homework")), _("Nothing waits. Well done!"))
    return lines(bold(_("📥 Homework")), _("The oldest first. Tap one to read it."))


def looked_at(_: Words, of: Work, *, is_passed: bool) -> Html:
    if is_passed:
        return _("✅ Passed. {name} has been told.", name=of.name)
    return _("✏️ {name} has been asked to change it.", name=of.name)


def homework_waiting(_: Words, told: HomeworkWaiting, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("📥 Homework from {name}", name=told.name)),
        _("{course}, lesson {n}: {title}", course=told.course, n=told.number, title=told.title),
    )


def homework_shown(_: Words, told: HomeworkShown, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("👆 Homework of {name}", name=told.name)),
        _("{course}, lesson {n}: {title}", course=told.course, n=told.number, title=told.title),
        _("Asked for: {task}", task=told.task) if told.task else None,
        None if told.is_waiting else _("It has been looked at already."),
    )


def learner_silent(_: Words, told: LearnerSilent, _zone: ZoneInfo) -> Html:
    heading = _.count(
        "🔕 {name} has been silent for {n} day",
        "🔕 {name} has been silent for {n} days",
        told.days,
        name=told.name,
    )
    return lines(
        bold(heading),
        _("{course}: {bar}", course=told.course, bar=bar(told.done, told.lessons)),
        _("A personal word helps most now: what keeps them, what do they need?"),
    )


def _release_wanted(_: Words) -> Html:
    by_day, by_lesson = code(_("day 3")), code(_("after"))
    by_date = code("2026-12-01")
    return lines(
        _("When is it released? Type one of these:"),
        _("{example} · so many days after somebody joined; 0 is at once", example=by_day),
        _("{example} · on a date, for all, at 9:00", example=by_date),
        _("{example} · when the lesson before is done", example=by_lesson),
    )


def _lesson_line(_: Words, one: Lesson, zone: ZoneInfo) -> Html:
    return _(
        "{n}. {title} · {when} · {check}",
        n=one.number,
        title=one.title[:60],
        when=when(_, one, zone),
        check=check(_, one.check),
    )
