"""A resource of the library wherever it is shown: opened by members, looked at by staff."""

from community_bot.resources.facts import Resource
from handlers.context import Context, Inbound
from handlers.keyboards import library as keys
from handlers.keyboards import shelves as shelf_keys
from handlers.replies import Screen, acknowledge, show
from handlers.texts import library as texts
from handlers.texts import shelves as shelf_texts


async def open_resource(inbound: Inbound, context: Context, resource_id: int) -> None:
    """Let a resource come as it is, below; a locked one shows the way up."""
    view = await context.community.resources.reading.open(inbound.actor, resource_id=resource_id)
    if view.is_locked:
        screen = Screen(texts.locked(inbound.words, view), keys.locked(inbound.words))
        await show(inbound, context, screen)
        return
    await acknowledge(inbound, texts.on_its_way(inbound.words))


async def card_of(inbound: Inbound, context: Context, resource: Resource) -> Screen:
    """Return a resource as those who look after the library see it."""
    community = context.community
    names = await community.people.names([resource.author_id])
    levels = {tier.code: tier.name for tier in await community.tiers.known()}
    text = shelf_texts.card(
        inbound.words,
        resource,
        zone=community.config.community.zone,
        author=names.get(resource.author_id, "–"),
        level=levels.get(resource.least_tier or ""),
    )
    return Screen(text, shelf_keys.card(inbound.words, resource))
