"""Codes: a gift passed on, a code redeemed, a membership claimed that was there before the bot."""

from community_bot.membership.facts import Entitlement
from handlers.context import Context, Inbound
from handlers.drafting import typed
from handlers.keyboards import gifts as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_link, on_press
from handlers.texts import gifts as texts

CODE, CLAIM = "redeem_code", "claim"


async def link(inbound: Inbound, context: Context) -> None:
    """Show the buyer the link of their gift."""
    number = inbound.pressed.number(0)
    code = await context.community.access_codes.of_order(inbound.actor, order_id=number)
    url = f"https://t.me/{context.bot.username}?start=c_{code.code}"
    text = texts.link_to_pass_on(inbound.words, url=url, given_code=code.code)
    await show(inbound, context, Screen(text))


async def opened(inbound: Inbound, context: Context) -> None:
    """Ask once more before a code that came as a link is used up."""
    code = inbound.args[0].removeprefix("c_")
    screen = Screen(texts.redeem_sure(inbound.words, code), keys.redeem_sure(inbound.words, code))
    await send(inbound, context, screen)


async def ask_code(inbound: Inbound, context: Context) -> None:
    await context.community.drafts.begin(inbound.actor, CODE)
    await show(inbound, context, Screen(texts.code_wanted(inbound.words), keys.back(inbound.words)))


async def redeem_typed(inbound: Inbound, context: Context) -> None:
    actor = context.community.drafts.finishing(inbound.actor)
    given = await context.community.access_codes.redeem(actor, code=typed(inbound))
    await _welcome(inbound, context, given)


async def redeem(inbound: Inbound, context: Context) -> None:
    given = await context.community.access_codes.redeem(inbound.actor, code=inbound.pressed.word(0))
    await _welcome(inbound, context, given)


async def ask_claim(inbound: Inbound, context: Context) -> None:
    await context.community.drafts.begin(inbound.actor, CLAIM)
    text = texts.claim_wanted(inbound.words)
    await show(inbound, context, Screen(text, keys.back(inbound.words)))


async def claim(inbound: Inbound, context: Context) -> None:
    """Give somebody the membership that staff imported for them."""
    actor = context.community.drafts.finishing(inbound.actor)
    given = await context.community.imports.claim(actor, number=typed(inbound))
    await _welcome(inbound, context, given)


async def _welcome(inbound: Inbound, context: Context, given: Entitlement) -> None:
    tier = await context.community.tiers.tier(given.tier_code)
    zone = context.community.config.community.zone
    text = texts.redeemed(inbound.words, tier, given, zone)
    await show(inbound, context, Screen(text, keys.redeemed(inbound.words)))


AREA: Area = (
    on_link(r"c_[A-Za-z0-9]{1,32}", opened),
    on_press("gift", "link", link),
    on_press("code", "ask", ask_code),
    on_press("code", "redeem", redeem),
    on_press("claim", "ask", ask_claim),
)
STEPS: Steps = {CODE: redeem_typed, CLAIM: claim}
