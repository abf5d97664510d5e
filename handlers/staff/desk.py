"""The desk as admins see it: today's figures, and the week as a chart."""

from asyncio import to_thread
from datetime import datetime, time

from community_bot.insight import charts
from community_bot.insight.digests import Digests
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.keyboards import desk_office as keys
from handlers.replies import Screen, acknowledge, send_picture, show
from handlers.routing import Area, on_command, on_link, on_press
from handlers.texts import desk_office as texts
from handlers.texts import weekly


async def home(inbound: Inbound, context: Context) -> None:
    """Show how the desk stands, and what happened since midnight."""
    community = context.community
    now, zone = community.clock.now(), community.config.community.zone
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    figures = await Digests(community).figures(inbound.actor, since=midnight, until=now)
    checkup = await community.tickets.auditor.check()
    helped = await community.faq.votes.helped_since(midnight)
    text = texts.home(inbound.words, figures, checkup, helped)
    await show(inbound, context, Screen(text, keys.home(inbound.words)))


async def week(inbound: Inbound, context: Context) -> None:
    """Send the digest of the last seven days, with its chart."""
    digest = await Digests(context.community).week(inbound.actor)
    picture = await to_thread(charts.week, digest)
    text = weekly.desk_digest(inbound.words, digest, context.community.config.community.zone)
    await send_picture(inbound, context, picture, Screen(text))


async def blank(inbound: Inbound, _context: Context) -> None:
    await acknowledge(inbound)


AREA: Area = (
    on_command("desk", home, Role.ADMIN),
    on_link("desk", home, Role.ADMIN),
    on_press("office", "home", home, Role.ADMIN),
    on_press("office", "week", week, Role.ADMIN),
    on_press("office", "blank", blank, Role.ADMIN),
)
