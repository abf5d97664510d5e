"""The receipt of an order, as a file."""

from handlers.context import Context, Inbound
from handlers.replies import Screen, send_file
from handlers.routing import Area, on_press
from handlers.texts.joining import order_named
from handlers.texts.receipt_file import receipt_file


async def receipt(inbound: Inbound, context: Context) -> None:
    """Send the receipt of an order that is paid; a stranger's order does not exist."""
    number = inbound.pressed.number(0)
    order = await context.community.orders.paid(inbound.actor, order_id=number)
    community = context.community.config.community
    text = receipt_file(inbound.words, order, community.name, community.zone)
    screen = Screen(order_named(inbound.words, order))
    name = f"receipt-{order.code}.txt"
    await send_file(inbound, context, text.encode(), name=name, screen=screen)


AREA: Area = (on_press("order", "receipt", receipt),)
