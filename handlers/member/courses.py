"""Taking a course in chat: how far, the next lesson, done, homework."""

from community_bot.resources.course_facts import Progress
from handlers.contents import content_of
from handlers.context import Context, Inbound
from handlers.drafting import asked
from handlers.keyboards import courses as keys
from handlers.replies import Screen, acknowledge, send, show
from handlers.routing import Area, Steps, on_link, on_press
from handlers.texts import courses as texts
from handlers.texts import library as library_texts

HOMEWORK = "course_homework"


async def listed(inbound: Inbound, context: Context) -> None:
    found = await context.community.resources.lessons.courses(inbound.actor)
    keyboard = keys.listed(inbound.words, found, inbound.actor)
    await show(inbound, context, Screen(texts.listed(inbound.words, found), keyboard))


async def look(inbound: Inbound, context: Context) -> None:
    progress = await context.community.resources.lessons.course(
        inbound.actor, course_id=inbound.pressed.number(0)
    )
    await show(inbound, context, _screen(inbound, context, progress))


async def join(inbound: Inbound, context: Context) -> None:
    progress = await context.community.resources.lessons.join(
        inbound.actor, course_id=inbound.pressed.number(0)
    )
    toast = texts.joined(inbound.words)
    await show(inbound, context, _screen(inbound, context, progress, toast))


async def open_(inbound: Inbound, context: Context) -> None:
    """Let a lesson come below, with what to do."""
    number = inbound.pressed.number(0)
    await context.community.resources.lessons.open(inbound.actor, lesson_id=number)
    await acknowledge(inbound, library_texts.on_its_way(inbound.words))


async def done(inbound: Inbound, context: Context) -> None:
    progress = await context.community.resources.lessons.finish(
        inbound.actor, lesson_id=inbound.pressed.number(0)
    )
    toast = texts.finished(inbound.words)
    await send(inbound, context, _screen(inbound, context, progress, toast))


async def ask_homework(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    lesson = await context.community.resources.lessons.lesson(inbound.actor, lesson_id=number)
    await context.community.drafts.begin(inbound.actor, HOMEWORK, lesson_id=number)
    text = texts.homework_wanted(inbound.words, lesson.title)
    await send(inbound, context, Screen(text, keys.leave(inbound.words)))


async def take_homework(inbound: Inbound, context: Context) -> None:
    facts = await asked(inbound, context)
    progress = await context.community.resources.lessons.hand_in(
        context.community.drafts.finishing(inbound.actor),
        lesson_id=int(facts["lesson_id"]),
        content=content_of(inbound.message),
    )
    keyboard = keys.handed_in(inbound.words, progress)
    await send(inbound, context, Screen(texts.handed_in(inbound.words), keyboard))


def _screen(
    inbound: Inbound, context: Context, progress: Progress, toast: str | None = None
) -> Screen:
    zone = context.community.config.community.zone
    text = texts.course(inbound.words, progress, zone)
    return Screen(text, keys.course(inbound.words, progress), toast)


AREA: Area = (
    on_link("courses", listed),
    on_press("courses", "list", listed),
    on_press("courses", "show", look),
    on_press("courses", "join", join),
    on_press("courses", "open", open_),
    on_press("courses", "done", done),
    on_press("courses", "homework", ask_homework),
)
STEPS: Steps = {HOMEWORK: take_homework}
