"""Statements of accounts: finance sends the file, and sees what does not fit."""

from telegram import Document

from community_bot.billing.statements import MOST_BYTES
from community_bot.errors import Invalid
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.keyboards import statements as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import statements as texts

WHO = (Role.FINANCE, Role.ADMIN)
FILE = "statement_file"
GATEWAY = "manual"


async def overview(inbound: Inbound, context: Context) -> None:
    found = await context.community.books.statements.compare(inbound.actor)
    zone = context.community.config.community.zone
    text = texts.compared(inbound.words, found, zone)
    await show(inbound, context, Screen(text, keys.compared(inbound.words, found)))


async def ask_file(inbound: Inbound, context: Context) -> None:
    await context.community.drafts.begin(inbound.actor, FILE)
    await send(inbound, context, Screen(texts.wanted(inbound.words), keys.back(inbound.words)))


async def take(inbound: Inbound, context: Context) -> None:
    """Compare the file that was sent."""
    document = _document(inbound)
    file = await context.bot.get_file(document.file_id)
    found = await context.community.books.statements.take_in(
        context.community.drafts.finishing(inbound.actor),
        name=document.file_name or "statement.csv",
        data=bytes(await file.download_as_bytearray()),
    )
    zone = context.community.config.community.zone
    text = texts.compared(inbound.words, found, zone)
    await send(inbound, context, Screen(text, keys.compared(inbound.words, found)))


def _document(inbound: Inbound) -> Document:
    document = inbound.message.document if inbound.message else None
    if document is None:
        raise Invalid("statement", "no_file")
    if (document.file_size or 0) > MOST_BYTES:
        raise Invalid("statement", "too_large")
    return document


async def show_line(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    found = await context.community.books.statements.line(inbound.actor, line_id=number)
    zone = context.community.config.community.zone
    screen = Screen(texts.line(inbound.words, found, zone), keys.line(inbound.words, number))
    await show(inbound, context, screen)


async def note(inbound: Inbound, context: Context) -> None:
    """Let a line become money that waits for its order."""
    community, number = context.community, inbound.pressed.number(0)
    line = await community.books.statements.line(inbound.actor, line_id=number)
    taken = await community.money_queue.note(
        inbound.actor, gateway=GATEWAY, external_id=line.reference, amount=line.amount
    )
    text = texts.noted(inbound.words, taken.payment.payment_id)
    keyboard = keys.noted(inbound.words, taken.payment.payment_id)
    await show(inbound, context, Screen(text, keyboard))


async def put_aside(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.books.statements.put_aside(inbound.actor, line_id=number)
    found = await context.community.books.statements.compare(inbound.actor)
    zone = context.community.config.community.zone
    screen = Screen(
        texts.compared(inbound.words, found, zone),
        keys.compared(inbound.words, found),
        toast=texts.put_aside(inbound.words),
    )
    await show(inbound, context, screen)


AREA: Area = (
    on_press("statements", "open", overview, *WHO),
    on_press("statements", "send", ask_file, *WHO),
    on_press("statements", "line", show_line, *WHO),
    on_press("statements", "note", note, *WHO),
    on_press("statements", "aside", put_aside, *WHO),
)
STEPS: Steps = reserved({FILE: take}, *WHO)
