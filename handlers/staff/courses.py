"""Making courses in chat: lessons, when they come, what to do, for whom."""

from community_bot.errors import Invalid
from community_bot.people.roles import Role
from community_bot.resources.course_facts import Course, Lesson
from community_bot.resources.course_rules import Check, CourseEvent, release_typed
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import teaching as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import teaching as texts

TEACHERS = (Role.ADMIN, Role.MENTOR)
NEW, FIELD, LESSON = "course_new", "course_field", "course_lesson"
FIELDS, OF_LESSON = ("title", "about", "silence"), ("task", "release")


async def home(inbound: Inbound, context: Context) -> None:
    resources = context.community.resources
    found = await resources.courses.all(inbound.actor)
    waiting = len(await resources.lesson_checking.waiting(inbound.actor))
    is_admin = inbound.actor.has(Role.ADMIN)
    keyboard = keys.home(inbound.words, found, waiting, is_admin=is_admin)
    await show(inbound, context, Screen(texts.home(inbound.words, found, waiting), keyboard))


async def look(inbound: Inbound, context: Context) -> None:
    course = await context.community.resources.courses.one(
        inbound.actor, course_id=inbound.pressed.number(0)
    )
    await show(inbound, context, await _card(inbound, context, course))


async def new(inbound: Inbound, context: Context) -> None:
    await context.community.drafts.begin(inbound.actor, NEW)
    text = texts.wanted(inbound.words, "title")
    await send(inbound, context, Screen(text, keys.to_home(inbound.words)))


async def take_new(inbound: Inbound, context: Context) -> None:
    course = await context.community.resources.courses.make(
        context.community.drafts.finishing(inbound.actor), title=typed(inbound)
    )
    await send(inbound, context, await _card(inbound, context, course))


async def ask_field(inbound: Inbound, context: Context) -> None:
    """Ask for one thing that is said of a course."""
    number, field = inbound.pressed.number(0), _one_of(inbound.pressed.word(1), FIELDS)
    await context.community.drafts.begin(inbound.actor, FIELD, course_id=number, field=field)
    text = texts.wanted(inbound.words, field)
    await send(inbound, context, Screen(text, keys.back(inbound.words, number)))


async def take_field(inbound: Inbound, context: Context) -> None:
    facts = await asked(inbound, context)
    course = await context.community.resources.courses.describe(
        context.community.drafts.finishing(inbound.actor),
        course_id=int(facts["course_id"]),
        field=str(facts["field"]),
        text=typed(inbound),
    )
    await send(inbound, context, await _card(inbound, context, course))


async def add(inbound: Inbound, context: Context) -> None:
    """Show what could be the next lesson, what was brought last first."""
    number = inbound.pressed.number(0)
    found = await context.community.resources.library.all(inbound.actor)
    text = texts.choose_resource(inbound.words, has_some=bool(found))
    keyboard = keys.resources(inbound.words, number, found)
    await show(inbound, context, Screen(text, keyboard))


async def put(inbound: Inbound, context: Context) -> None:
    course = await context.community.resources.courses.add_lesson(
        inbound.actor,
        course_id=inbound.pressed.number(0),
        resource_id=inbound.pressed.number(1),
    )
    await show(inbound, context, _lesson(inbound, context, course, course.lessons[-1]))


async def lesson(inbound: Inbound, context: Context) -> None:
    course, of = await context.community.resources.courses.lesson(
        inbound.actor, lesson_id=inbound.pressed.number(0)
    )
    await show(inbound, context, _lesson(inbound, context, course, of))


async def ask_lesson(inbound: Inbound, context: Context) -> None:
    """Ask for one thing that is said of a lesson."""
    number, field = inbound.pressed.number(0), _one_of(inbound.pressed.word(1), OF_LESSON)
    course, _ = await context.community.resources.courses.lesson(inbound.actor, lesson_id=number)
    await context.community.drafts.begin(inbound.actor, LESSON, lesson_id=number, field=field)
    text = texts.wanted(inbound.words, field)
    await send(inbound, context, Screen(text, keys.back(inbound.words, course.course_id)))


async def take_lesson(inbound: Inbound, context: Context) -> None:
    facts, courses = await asked(inbound, context), context.community.resources.courses
    actor, number = context.community.drafts.finishing(inbound.actor), int(facts["lesson_id"])
    if facts["field"] == "task":
        course = await courses.set_task(actor, lesson_id=number, task=typed(inbound))
    else:
        release = release_typed(typed(inbound))
        course = await courses.set_release(actor, lesson_id=number, release=release)
    of = next(one for one in course.lessons if one.lesson_id == number)
    await send(inbound, context, _lesson(inbound, context, course, of))


async def check(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    kind = Check(_one_of(inbound.pressed.word(1), tuple(Check)))
    courses = context.community.resources.courses
    course = await courses.set_check(inbound.actor, lesson_id=number, check=kind)
    of = next(one for one in course.lessons if one.lesson_id == number)
    await show(inbound, context, _lesson(inbound, context, course, of))


async def remove(inbound: Inbound, context: Context) -> None:
    course = await context.community.resources.courses.remove_lesson(
        inbound.actor, lesson_id=inbound.pressed.number(0)
    )
    await show(inbound, context, await _card(inbound, context, course))


async def tiers(inbound: Inbound, context: Context) -> None:
    known = await context.community.tiers.known()
    keyboard = keys.tiers(inbound.words, inbound.pressed.number(0), known)
    await show(inbound, context, Screen(texts.choose_tier(inbound.words), keyboard))


async def choose_tier(inbound: Inbound, context: Context) -> None:
    course = await context.community.resources.courses.limit_to(
        inbound.actor,
        course_id=inbound.pressed.number(0),
        tier_code=inbound.pressed.word(1) or None,
    )
    await show(inbound, context, await _card(inbound, context, course))


async def mentors(inbound: Inbound, context: Context) -> None:
    people = context.community.people
    names = await people.names(await people.with_roles(*TEACHERS))
    keyboard = keys.mentors(inbound.words, inbound.pressed.number(0), names)
    await show(inbound, context, Screen(texts.choose_mentor(inbound.words), keyboard))


async def choose_mentor(inbound: Inbound, context: Context) -> None:
    course = await context.community.resources.courses.entrust(
        inbound.actor,
        course_id=inbound.pressed.number(0),
        mentor_id=inbound.pressed.number(1) or None,
    )
    await show(inbound, context, await _card(inbound, context, course))


async def step(inbound: Inbound, context: Context) -> None:
    """Open a course, or close it."""
    event = CourseEvent(_one_of(inbound.pressed.word(1), tuple(CourseEvent)))
    course = await context.community.resources.courses.step(
        inbound.actor, course_id=inbound.pressed.number(0), event=event
    )
    await show(inbound, context, await _card(inbound, context, course))


async def _card(inbound: Inbound, context: Context, of: Course) -> Screen:
    community, mentor = context.community, of.mentor_id
    levels = {tier.code: tier.name for tier in await community.tiers.known()}
    names = await community.people.names([mentor]) if mentor is not None else {}
    text = texts.course(
        inbound.words,
        of,
        level=levels.get(of.tier_code or ""),
        mentor=names.get(mentor or 0),
        zone=community.config.community.zone,
    )
    is_admin = inbound.actor.has(Role.ADMIN)
    return Screen(text, keys.course(inbound.words, of, is_admin=is_admin))


def _lesson(inbound: Inbound, context: Context, course: Course, of: Lesson) -> Screen:
    zone = context.community.config.community.zone
    text = texts.lesson(inbound.words, of, course.title, zone)
    return Screen(text, keys.lesson(inbound.words, of))


def _one_of(value: str, known: tuple[str, ...]) -> str:
    """Read a word from a button; raises Invalid for anything else."""
    if value not in known:
        raise Invalid("button", "broken")
    return value


AREA: Area = (
    on_press("teaching", "home", home, *TEACHERS),
    on_press("teaching", "course", look, *TEACHERS),
    on_press("teaching", "new", new, Role.ADMIN),
    on_press("teaching", "field", ask_field, Role.ADMIN),
    on_press("teaching", "add", add, Role.ADMIN),
    on_press("teaching", "put", put, Role.ADMIN),
    on_press("teaching", "lesson", lesson, Role.ADMIN),
    on_press("teaching", "ask", ask_lesson, Role.ADMIN),
    on_press("teaching", "check", check, Role.ADMIN),
    on_press("teaching", "remove", remove, Role.ADMIN),
    on_press("teaching", "tiers", tiers, Role.ADMIN),
    on_press("teaching", "tier", choose_tier, Role.ADMIN),
    on_press("teaching", "mentors", mentors, Role.ADMIN),
    on_press("teaching", "mentor", choose_mentor, Role.ADMIN),
    on_press("teaching", "step", step, Role.ADMIN),
)
STEPS: Steps = reserved({NEW: take_new, FIELD: take_field, LESSON: take_lesson}, Role.ADMIN)
