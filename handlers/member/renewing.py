"""Renewing: one tap from a reminder to the plans that lead on."""

from community_bot.membership.facts import Offer, Standing
from handlers.context import Context, Inbound
from handlers.keyboards import ending as keys
from handlers.replies import Screen, show
from handlers.routing import Area, on_press
from handlers.texts import ending as texts


async def renew(inbound: Inbound, context: Context) -> None:
    """Show how to go on: the tier somebody has or had, and the ones above it."""
    community = context.community
    standing = await community.memberships.standing(inbound.actor.member_id)
    orders = await community.orders.mine(inbound.actor)
    held = next((order.plan for order in orders if order.paid_at), None)
    offers = leading_on(standing, await community.tiers.offers())
    text = texts.renewing(inbound.words, standing, community.config.community.zone)
    await show(inbound, context, Screen(text, keys.renewing(inbound.words, offers, held)))


def leading_on(standing: Standing, offers: list[Offer]) -> list[Offer]:
    """Return the offers that are no step down from what somebody has or had last."""
    rank = max((right.rank for right in standing.entitlements), default=0)
    return [offer for offer in offers if offer.tier.rank >= rank]


AREA: Area = (on_press("me", "renew", renew),)
