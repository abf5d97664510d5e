"""Looking after the library: what is kept, what it is called, what it is about and for whom."""

import re

from community_bot.errors import Invalid
from community_bot.people.roles import Role
from community_bot.resources.facts import Resource
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import shelves as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.shelf import card_of
from handlers.texts import shelves as texts

KEEPERS = (Role.ADMIN, Role.MENTOR)
TITLE, TOPICS = "library_title", "library_topics"
NONE = "-"  # typed for no topics at all


async def listed(inbound: Inbound, context: Context) -> None:
    """Show a page of everything that is kept, what was changed last first."""
    found = await context.community.resources.library.all(inbound.actor)
    keyboard = keys.listed(inbound.words, found, inbound.pressed.number(0))
    await show(inbound, context, Screen(texts.listed(inbound.words, found), keyboard))


async def look(inbound: Inbound, context: Context) -> None:
    await show(inbound, context, await card_of(inbound, context, await _one(inbound, context)))


async def preview(inbound: Inbound, context: Context) -> None:
    """Let the resource come as members get it; its card follows."""
    resource = await _one(inbound, context)
    reading = context.community.resources.reading
    await reading.open(inbound.actor, resource_id=resource.resource_id)
    await send(inbound, context, await card_of(inbound, context, resource))


async def versions(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    saved = await context.community.resources.library.versions(inbound.actor, resource_id=number)
    names = await context.community.people.names({one.saved_by for one in saved})
    zone = context.community.config.community.zone
    text = texts.versions(inbound.words, saved, names, zone)
    await show(inbound, context, Screen(text, keys.back(inbound.words, number)))


async def ask_title(inbound: Inbound, context: Context) -> None:
    resource = await _one(inbound, context)
    number, version = resource.resource_id, resource.version
    await context.community.drafts.begin(inbound.actor, TITLE, resource_id=number, version=version)
    keyboard = keys.back(inbound.words, number)
    await send(inbound, context, Screen(texts.title_wanted(inbound.words), keyboard))


async def take_title(inbound: Inbound, context: Context) -> None:
    facts, library = await asked(inbound, context), context.community.resources.library
    number = int(facts["resource_id"])
    before = await library.one(inbound.actor, resource_id=number)
    resource = await library.rewrite(
        context.community.drafts.finishing(inbound.actor),
        resource_id=number,
        version=int(facts["version"]),
        content=before.content,
        title=typed(inbound),
    )
    await send(inbound, context, await card_of(inbound, context, resource))


async def ask_topics(inbound: Inbound, context: Context) -> None:
    resource = await _one(inbound, context)
    number = resource.resource_id
    await context.community.drafts.begin(inbound.actor, TOPICS, resource_id=number)
    known = await context.community.resources.reading.topics(inbound.actor)
    text = texts.topics_wanted(inbound.words, [one.code for one in known])
    await send(inbound, context, Screen(text, keys.back(inbound.words, number)))


async def take_topics(inbound: Inbound, context: Context) -> None:
    facts, words = await asked(inbound, context), typed(inbound)
    topics = [] if words.strip() == NONE else re.split(r"[\s,，、;；]+", words)
    resource = await context.community.resources.library.describe(
        context.community.drafts.finishing(inbound.actor),
        resource_id=int(facts["resource_id"]),
        topics=topics,
    )
    await send(inbound, context, await card_of(inbound, context, resource))


async def tiers(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    keyboard = keys.tiers(inbound.words, number, await context.community.tiers.known())
    await show(inbound, context, Screen(texts.tiers(inbound.words), keyboard))


async def choose_tier(inbound: Inbound, context: Context) -> None:
    number, code = inbound.pressed.number(0), inbound.pressed.word(1)
    resource = await context.community.resources.library.limit_to(
        inbound.actor, resource_id=number, least_tier=code or None
    )
    await show(inbound, context, await card_of(inbound, context, resource))


async def hide(inbound: Inbound, context: Context) -> None:
    """Show the title to everybody, or to those alone who may open it."""
    number, is_hidden = inbound.pressed.number(0), bool(inbound.pressed.number(1))
    resource = await context.community.resources.library.hide(
        inbound.actor, resource_id=number, is_hidden=is_hidden
    )
    await show(inbound, context, await card_of(inbound, context, resource))


async def step(inbound: Inbound, context: Context) -> None:
    """Put a resource out, take it out, or make a draft of it again."""
    library = context.community.resources.library
    steps = {"publish": library.publish, "archive": library.archive, "restore": library.restore}
    go = steps.get(inbound.pressed.word(1))
    if go is None:
        raise Invalid("button", "broken")
    resource = await go(inbound.actor, resource_id=inbound.pressed.number(0))
    await show(inbound, context, await card_of(inbound, context, resource))


async def _one(inbound: Inbound, context: Context) -> Resource:
    return await context.community.resources.library.one(
        inbound.actor, resource_id=inbound.pressed.number(0)
    )


AREA: Area = (
    on_press("shelves", "list", listed, *KEEPERS),
    on_press("shelves", "look", look, *KEEPERS),
    on_press("shelves", "preview", preview, *KEEPERS),
    on_press("shelves", "versions", versions, *KEEPERS),
    on_press("shelves", "title", ask_title, *KEEPERS),
    on_press("shelves", "topics", ask_topics, *KEEPERS),
    on_press("shelves", "tiers", tiers, *KEEPERS),
    on_press("shelves", "tier", choose_tier, *KEEPERS),
    on_press("shelves", "hide", hide, *KEEPERS),
    on_press("shelves", "step", step, *KEEPERS),
)
STEPS: Steps = reserved({TITLE: take_title, TOPICS: take_topics}, *KEEPERS)
