"""Looking after learners in chat: homework that waits, how far everybody is."""

from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import teaching as keys
from handlers.replies import Screen, acknowledge, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import teaching as texts

TEACHERS = (Role.ADMIN, Role.MENTOR)
WORDS = "homework_words"


async def waiting(inbound: Inbound, context: Context) -> None:
    found = await context.community.resources.lesson_checking.waiting(inbound.actor)
    keyboard = keys.waiting(inbound.words, found)
    await show(inbound, context, Screen(texts.waiting(inbound.words, found), keyboard))


async def work(inbound: Inbound, context: Context) -> None:
    """Let the homework come below, with what can be said of it."""
    number = inbound.pressed.number(0)
    await context.community.resources.lesson_checking.show(inbound.actor, step_id=number)
    await acknowledge(inbound)


async def approve(inbound: Inbound, context: Context) -> None:
    found = await context.community.resources.lesson_checking.approve(
        inbound.actor, step_id=inbound.pressed.number(0)
    )
    text = texts.looked_at(inbound.words, found, is_passed=True)
    await send(inbound, context, Screen(text, keys.next_(inbound.words)))


async def ask_words(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.resources.lesson_checking.one(inbound.actor, step_id=number)
    await context.community.drafts.begin(inbound.actor, WORDS, step_id=number)
    text = texts.wanted(inbound.words, "words")
    await send(inbound, context, Screen(text, keys.next_(inbound.words)))


async def take_words(inbound: Inbound, context: Context) -> None:
    facts = await asked(inbound, context)
    found = await context.community.resources.lesson_checking.send_back(
        context.community.drafts.finishing(inbound.actor),
        step_id=int(facts["step_id"]),
        words=typed(inbound),
    )
    text = texts.looked_at(inbound.words, found, is_passed=False)
    await send(inbound, context, Screen(text, keys.next_(inbound.words)))


async def learners(inbound: Inbound, context: Context) -> None:
    course, found = await context.community.resources.lesson_checking.learners(
        inbound.actor, course_id=inbound.pressed.number(0)
    )
    zone = context.community.config.community.zone
    text = texts.learners(inbound.words, course, found, zone)
    await show(inbound, context, Screen(text, keys.back(inbound.words, course.course_id)))


AREA: Area = (
    on_press("teaching", "waiting", waiting, *TEACHERS),
    on_press("teaching", "work", work, *TEACHERS),
    on_press("teaching", "pass", approve, *TEACHERS),
    on_press("teaching", "return", ask_words, *TEACHERS),
    on_press("teaching", "learners", learners, *TEACHERS),
)
STEPS: Steps = reserved({WORDS: take_words}, *TEACHERS)
