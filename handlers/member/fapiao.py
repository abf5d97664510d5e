"""Fapiao for the member: asking for one, and having its file."""

from telegram.constants import ParseMode

from community_bot.errors import NotFound
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.gate import Turn
from handlers.keyboards import fapiao as keys
from handlers.replies import Screen, acknowledge, send
from handlers.routing import Area, Steps, on_press
from handlers.texts import fapiao as texts

STEP = "fapiao"
LINES = 3  # title, tax number, e-mail address
NONE = frozenset({"-", "–", "—"})  # what a person types who has no tax number


async def ask_details(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    order = await context.community.orders.paid(inbound.actor, order_id=number)
    await context.community.drafts.begin(inbound.actor, STEP, order_id=number)
    text = texts.details_wanted(inbound.words, order.code)
    await send(inbound, context, Screen(text, keys.to_order(inbound.words, number)))


async def ask(inbound: Inbound, context: Context) -> None:
    """Ask with the three lines that were typed; a missing one is refused by name."""
    about = await asked(inbound, context)
    given = [line.strip() for line in typed(inbound).splitlines() if line.strip()]
    title, tax_number, email, *_rest = [*given, "", "", ""][: max(len(given), LINES)]
    request = await context.community.fapiao.ask(
        context.community.drafts.finishing(inbound.actor),
        order_id=int(about["order_id"]),
        title=title,
        tax_number=None if tax_number in NONE else tax_number,
        email=email,
    )
    keyboard = keys.to_order(inbound.words, request.order_id)
    await send(inbound, context, Screen(texts.asked(inbound.words, request), keyboard))


async def file(inbound: Inbound, context: Context) -> None:
    """Send the file of a fapiao of the actor's own."""
    number = inbound.pressed.number(0)
    request = await context.community.fapiao.of_order(inbound.actor, order_id=number)
    if request.file_id is None:
        raise NotFound("fapiao", number)
    await acknowledge(inbound)
    await context.bot.send_document(
        inbound.chat_id,
        request.file_id,
        caption=texts.file_caption(inbound.words, request),
        parse_mode=ParseMode.HTML,
        rate_limit_args=Turn(),
    )


AREA: Area = (on_press("fapiao", "ask", ask_details), on_press("fapiao", "file", file))
STEPS: Steps = {STEP: ask}
