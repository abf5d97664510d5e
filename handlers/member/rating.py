"""What members say of answers: three buttons, and a reason where it did not help."""

from community_bot.errors import Invalid
from community_bot.tickets.rules import Grievance, Verdict
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import questions as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press
from handlers.texts import questions_ratings as texts

WORDS = "rating_words"


async def give(inbound: Inbound, context: Context) -> None:
    """Take the verdict; where it is not good, ask what was missing."""
    rating = await context.community.tickets.ratings.rate(
        inbound.actor, ticket_id=inbound.pressed.number(0), verdict=_verdict(inbound)
    )
    text, keyboard = texts.rated(inbound.words, rating), keys.rated(inbound.words, rating)
    await show(inbound, context, Screen(text, keyboard))


async def why(inbound: Inbound, context: Context) -> None:
    await context.community.tickets.ratings.explain(
        inbound.actor, ticket_id=inbound.pressed.number(0), reason=_reason(inbound)
    )
    number = inbound.pressed.number(0)
    keyboard = keys.explained(inbound.words, number)
    await show(inbound, context, Screen(texts.explained(inbound.words), keyboard))


async def ask_words(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.drafts.begin(inbound.actor, WORDS, ticket_id=number)
    await send(inbound, context, Screen(texts.words_wanted(inbound.words)))


async def words_typed(inbound: Inbound, context: Context) -> None:
    about, words = await asked(inbound, context), typed(inbound)
    await context.community.tickets.ratings.explain(
        context.community.drafts.finishing(inbound.actor),
        ticket_id=int(about["ticket_id"]),
        words=words,
    )
    await send(inbound, context, Screen(texts.explained(inbound.words)))


def _verdict(inbound: Inbound) -> Verdict:
    """Read a verdict from a button; raises Invalid for anything else."""
    try:
        return Verdict(inbound.pressed.word(1))
    except ValueError:
        raise Invalid("button", "broken") from None


def _reason(inbound: Inbound) -> Grievance:
    """Read a reason from a button; raises Invalid for anything else."""
    try:
        return Grievance(inbound.pressed.word(1))
    except ValueError:
        raise Invalid("button", "broken") from None


AREA: Area = (
    on_press("rating", "give", give),
    on_press("rating", "why", why),
    on_press("rating", "words", ask_words),
)
STEPS: Steps = {WORDS: words_typed}
