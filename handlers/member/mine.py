"""/me: what I have, until when, my orders and my doors."""

from handlers.context import Context, Inbound
from handlers.keyboards import joining as keys
from handlers.replies import Screen, show
from handlers.routing import Area, on_command, on_link, on_press
from handlers.texts import mine as texts


async def mine(inbound: Inbound, context: Context) -> None:
    """Show everything of one person on one screen."""
    community = context.community
    standing = await community.memberships.standing(inbound.actor.member_id)
    orders = await community.orders.mine(inbound.actor)
    doors = await community.doors.open_to(inbound.actor)
    zone = community.config.community.zone
    renewals = await community.subscriptions.going_on(inbound.actor)
    text = texts.mine(inbound.words, standing, orders, doors, renewals, zone)
    keyboard = keys.mine(
        inbound.words,
        doors,
        orders,
        stops=[one for one, _ in renewals if one.member_id == inbound.actor.member_id],
        is_member=standing.is_member,
        may_recommend=standing.is_member and bool(community.referrals.days),
    )
    await show(inbound, context, Screen(text, keyboard))


AREA: Area = (on_command("me", mine), on_link("me", mine), on_press("me", "show", mine))
