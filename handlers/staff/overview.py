"""The community in figures, for admins and finance: over some days, and twelve months drawn."""

from asyncio import to_thread

from community_bot.insight import growth
from community_bot.insight.overview import READERS, Overviews
from handlers.context import Context, Inbound
from handlers.keyboards import overview as keys
from handlers.replies import Screen, send_picture, show
from handlers.routing import Area, on_command, on_press
from handlers.texts import overview as texts


async def lately(inbound: Inbound, context: Context) -> None:
    """Show the last month."""
    await _show(inbound, context, keys.MONTH)


async def over(inbound: Inbound, context: Context) -> None:
    """Show as many days as were asked for."""
    await _show(inbound, context, inbound.pressed.number(0))


async def _show(inbound: Inbound, context: Context, days: int) -> None:
    found = await Overviews(context.community).over(inbound.actor, days=days)
    text = texts.overview(inbound.words, found, days)
    await show(inbound, context, Screen(text, keys.overview(inbound.words, days)))


async def picture(inbound: Inbound, context: Context) -> None:
    """Send twelve months, drawn."""
    months = await Overviews(context.community).months(inbound.actor)
    drawn = await to_thread(growth.draw, months)
    await send_picture(inbound, context, drawn, Screen(texts.picture(inbound.words, months[-1])))


AREA: Area = (
    on_command("stats", lately, *READERS),
    on_press("stats", "over", over, *READERS),
    on_press("stats", "picture", picture, *READERS),
)
