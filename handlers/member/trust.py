"""Trust: the figures of the community, for anybody who wants to know before they pay."""

from handlers.context import Context, Inbound
from handlers.keyboards import home as keys
from handlers.replies import Screen, show
from handlers.routing import Area, on_command, on_link, on_press
from handlers.texts import trust as texts


async def figures(inbound: Inbound, context: Context) -> None:
    found = await context.community.books.trust.figures()
    name = context.community.config.community.name
    text = texts.figures(inbound.words, found, name)
    await show(inbound, context, Screen(text, keys.way_home(inbound.words)))


AREA: Area = (
    on_command("trust", figures),
    on_link("trust", figures),
    on_press("trust", "show", figures),
)
