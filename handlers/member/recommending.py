"""Recommending the community: a member's own link, and whoever comes by it."""

from handlers.context import Context, Inbound
from handlers.keyboards import recommending as keys
from handlers.replies import Screen, show
from handlers.routing import Area, on_command, on_link, on_press
from handlers.texts import recommending as texts

PREFIX = "ref_"


async def mine(inbound: Inbound, context: Context) -> None:
    found = await context.community.referrals.mine(inbound.actor)
    url = f"https://t.me/{context.bot.username}?start={PREFIX}{found.code}"
    screen = Screen(texts.mine(inbound.words, found, url), keys.mine(inbound.words, url))
    await show(inbound, context, screen)


async def came(inbound: Inbound, context: Context) -> None:
    """Note by whom somebody came, and welcome them all the same."""
    code = inbound.args[0].removeprefix(PREFIX)
    await context.community.referrals.came(inbound.actor, code=code)
    community = context.community.config.community.name
    text = texts.welcome(inbound.words, community=community, name=inbound.person.name)
    await show(inbound, context, Screen(text, keys.welcome(inbound.words)))


AREA: Area = (
    on_link(rf"{PREFIX}[A-Z0-9]+", came),
    on_command("invite", mine),
    on_press("invite", "show", mine),
)
