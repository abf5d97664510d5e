"""Applying: the questions of a tier, one after the other, before anything is paid."""

from typing import Any

from community_bot.errors import Invalid
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import admission as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press
from handlers.texts import admission as texts
from handlers.texts.joining import named
from handlers.texts.words import lines

STEP = "admission"


async def begin(inbound: Inbound, context: Context) -> None:
    """Ask the first question; a forged tier without questions is refused when all is told."""
    tier = await context.community.tiers.tier(inbound.pressed.word(0))
    await context.community.drafts.begin(inbound.actor, STEP, tier_code=tier.code, answers=[])
    text = lines(texts.asked_first(inbound.words, tier), "", texts.question(inbound.words, tier, 0))
    await show(inbound, context, Screen(text, keys.question(inbound.words, tier, 0)))


async def answer(inbound: Inbound, context: Context) -> None:
    """Take an answer that was typed."""
    about = await asked(inbound, context)
    await _go_on(inbound, context, about, typed(inbound))


async def choose(inbound: Inbound, context: Context) -> None:
    """Take an answer that was tapped, to the question that is asked now."""
    about = await asked(inbound, context)
    tier = await context.community.tiers.tier(str(about.get("tier_code")))
    number, choice = inbound.pressed.number(0), inbound.pressed.number(1)
    if number != len(about["answers"]) or not 0 <= choice < len(tier.admission[number].choices):
        raise Invalid("draft", "gone")
    text = named(inbound.words, tier.admission[number].choices[choice].name)
    await _go_on(inbound, context, about, text)


async def _go_on(inbound: Inbound, context: Context, about: dict[str, Any], text: str) -> None:
    """Keep an answer and ask what comes next; after the last one the application goes out."""
    tier = await context.community.tiers.tier(str(about["tier_code"]))
    context.community.admissions.check(tier, number=len(about["answers"]), answer=text)
    answers = [*about["answers"], text]
    drafts = context.community.drafts
    if len(answers) < len(tier.admission):
        await drafts.begin(inbound.actor, STEP, tier_code=tier.code, answers=answers)
        asked_now = texts.question(inbound.words, tier, len(answers))
        screen = Screen(asked_now, keys.question(inbound.words, tier, len(answers)))
    else:
        actor = drafts.finishing(inbound.actor)
        sent = await context.community.admissions.apply(actor, tier_code=tier.code, answers=answers)
        screen = Screen(texts.applied(inbound.words, tier, sent))
    await send(inbound, context, screen)


AREA: Area = (
    on_press("admission", "begin", begin),
    # The verb `yes` does not leave the question that it answers.
    on_press("admission", "yes", choose),
)
STEPS: Steps = {STEP: answer}
