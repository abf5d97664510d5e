"""Applying: the questions of a tier, one after the other, before anything is paid."""

from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import admission as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press
from handlers.texts import admission as texts
from handlers.texts.words import lines

STEP = "admission"


async def begin(inbound: Inbound, context: Context) -> None:
    """Ask the first question; a forged tier without questions is refused when all is told."""
    tier = await context.community.tiers.tier(inbound.pressed.word(0))
    await context.community.drafts.begin(inbound.actor, STEP, tier_code=tier.code, answers=[])
    text = lines(texts.asked_first(inbound.words, tier), "", texts.question(inbound.words, tier, 0))
    await show(inbound, context, Screen(text, keys.question(inbound.words)))


async def answer(inbound: Inbound, context: Context) -> None:
    """Keep an answer and ask what comes next; after the last one the application goes out."""
    about, text = await asked(inbound, context), typed(inbound)
    answers = [*about["answers"], text]
    tier = await context.community.tiers.tier(str(about["tier_code"]))
    drafts = context.community.drafts
    if len(answers) < len(tier.admission):
        await drafts.begin(inbound.actor, STEP, tier_code=tier.code, answers=answers)
        screen = Screen(texts.question(inbound.words, tier, len(answers)))
    else:
        actor = drafts.finishing(inbound.actor)
        await context.community.admissions.apply(actor, tier_code=tier.code, answers=answers)
        screen = Screen(texts.applied(inbound.words, tier))
    await send(inbound, context, screen)


AREA: Area = (on_press("admission", "begin", begin),)
STEPS: Steps = {STEP: answer}
