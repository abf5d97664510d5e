"""Digests for members: how often, when nothing rings, and one tap to hear less."""

from community_bot.errors import Invalid
from community_bot.resources.digest_facts import Hearing
from community_bot.resources.digest_rules import hours_of, pace_of
from handlers.context import Context, Inbound
from handlers.drafting import typed
from handlers.keyboards import digests as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_link, on_press
from handlers.texts import digests as texts

ZONE, HOURS = "digest_zone", "digest_hours"


async def home(inbound: Inbound, context: Context) -> None:
    hearing = await context.community.resources.digests.of(inbound.actor)
    await show(inbound, context, _screen(inbound, hearing))


async def choose_pace(inbound: Inbound, context: Context) -> None:
    hearing = await context.community.resources.digests.choose(
        inbound.actor, pace=pace_of(inbound.pressed.word(0))
    )
    await show(inbound, context, _screen(inbound, hearing, texts.noted(inbound.words)))


async def ask_zone(inbound: Inbound, context: Context) -> None:
    await context.community.drafts.begin(inbound.actor, ZONE)
    screen = Screen(texts.clock_wanted(inbound.words), keys.zones(inbound.words))
    await show(inbound, context, screen)


async def choose_zone(inbound: Inbound, context: Context) -> None:
    hearing = await context.community.resources.digests.live_in(
        inbound.actor, zone=_zone(inbound.pressed.number(0))
    )
    await show(inbound, context, _screen(inbound, hearing, texts.noted(inbound.words)))


async def type_zone(inbound: Inbound, context: Context) -> None:
    actor = context.community.drafts.finishing(inbound.actor)
    hearing = await context.community.resources.digests.live_in(actor, zone=typed(inbound))
    await send(inbound, context, _screen(inbound, hearing))


async def ask_hours(inbound: Inbound, context: Context) -> None:
    await context.community.drafts.begin(inbound.actor, HOURS)
    screen = Screen(texts.hours_wanted(inbound.words), keys.hours(inbound.words))
    await show(inbound, context, screen)


async def choose_hours(inbound: Inbound, context: Context) -> None:
    press = inbound.pressed
    hearing = await context.community.resources.digests.rest(
        inbound.actor, from_minute=press.number(0), until_minute=press.number(1)
    )
    await show(inbound, context, _screen(inbound, hearing, texts.noted(inbound.words)))


async def type_hours(inbound: Inbound, context: Context) -> None:
    begin, end = hours_of(typed(inbound))
    actor = context.community.drafts.finishing(inbound.actor)
    hearing = await context.community.resources.digests.rest(
        actor, from_minute=begin, until_minute=end
    )
    await send(inbound, context, _screen(inbound, hearing))


async def less(inbound: Inbound, context: Context) -> None:
    """Let a topic go whose news was read, with the way back."""
    number = inbound.pressed.number(0)
    topic = await context.community.resources.digests.hear_less(inbound.actor, topic_id=number)
    screen = Screen(texts.less(inbound.words, topic.code), keys.less(inbound.words, number))
    await show(inbound, context, screen)


async def drop(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.resources.digests.hear_less(inbound.actor, topic_id=number)
    await home(inbound, context)


async def again(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.resources.reading.follow(inbound.actor, topic_id=number)
    await home(inbound, context)


def _zone(number: int) -> str:
    if not 0 <= number < len(keys.ZONES):
        raise Invalid("button", "broken")
    return keys.ZONES[number]


def _screen(inbound: Inbound, hearing: Hearing, toast: str | None = None) -> Screen:
    _ = inbound.words
    return Screen(texts.hearing(_, hearing), keys.hearing(_, hearing), toast)


AREA: Area = (
    on_link("digests", home),
    on_press("digests", "home", home),
    on_press("digests", "pace", choose_pace),
    on_press("digests", "zones", ask_zone),
    on_press("digests", "zone", choose_zone),
    on_press("digests", "hours", ask_hours),
    on_press("digests", "quiet", choose_hours),
    on_press("digests", "less", less),
    on_press("digests", "drop", drop),
    on_press("digests", "again", again),
)
STEPS: Steps = {ZONE: type_zone, HOURS: type_hours}
