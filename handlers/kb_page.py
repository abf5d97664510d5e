"""An entry of the FAQ as whoever looks after it sees it."""

from community_bot.faq.facts import Entry
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.keyboards import kb as keys
from handlers.replies import Screen
from handlers.texts import kb as texts


async def entry_screen(inbound: Inbound, context: Context, entry: Entry) -> Screen:
    """Return it whole, with what can be done with it."""
    community, _ = context.community, inbound.words
    counts = await community.faq.votes.counts(entry.entry_id)
    tiers = {tier.code: tier.name for tier in await community.tiers.known()}
    keyboard = keys.entry(_, entry, is_admin=inbound.actor.has(Role.ADMIN))
    return Screen(texts.entry(_, entry, counts, tiers, community.config.community.zone), keyboard)
