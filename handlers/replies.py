"""Answers to what a person just did: a screen sent, or put in the place of the one pressed."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from telegram import (
    ForceReply,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    PreCheckoutQuery,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from community_bot.errors import Invalid
from handlers.context import Context, Inbound
from handlers.failures import is_unreachable
from handlers.gate import Turn

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
TOAST = 200  # characters, core.telegram.org/bots/api#answercallbackquery
# Telegram's words for an edit that changes nothing: the person pressed twice.
UNCHANGED = "message is not modified"


@dataclass(frozen=True, slots=True)
class Screen:
    """A text and what can be pressed under it; `toast` shows for a moment above the chat.

    With a picture or a document (its file id), which letters alone can have, the text is its
    caption. A letter may be a reply to a message of its chat. What is protected can be neither
    passed on nor saved.
    """

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    toast: str | None = None
    picture: bytes | None = None
    document: str | None = None
    reply_to: int | None = None
    is_protected: bool = False


async def show(inbound: Inbound, context: Context, screen: Screen) -> None:
    """Answer: a command by a message, a press by changing the message that was pressed."""
    await acknowledge(inbound, screen.toast)
    if not _may_be_changed(inbound, screen) or inbound.message is None:
        await _post(inbound, context, screen)
        return
    try:
        await context.bot.edit_message_text(
            screen.text,
            chat_id=inbound.chat_id,
            message_id=inbound.message.message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=screen.keyboard,
            link_preview_options=NO_PREVIEW,
            rate_limit_args=Turn(),
        )
    except (BadRequest, ChatMigrated) as error:
        if UNCHANGED not in str(error).lower():
            await _post(inbound, context, screen)


def _may_be_changed(inbound: Inbound, screen: Screen) -> bool:
    """Say whether a text of ours was pressed that is a screen and no receipt.

    A message is protected when it is sent; no edit makes it so (editMessageText).
    """
    press, message = inbound.press, inbound.message
    if message is None or (screen.is_protected and not message.has_protected_content):
        return False
    return bool(press and message.text and not press.is_under_record)


async def send(
    inbound: Inbound,
    context: Context,
    screen: Screen,
    *,
    markup: ReplyKeyboardMarkup | ForceReply | None = None,
) -> None:
    """Answer with a message of its own."""
    await acknowledge(inbound, screen.toast)
    await _post(inbound, context, screen, markup)


async def aside(inbound: Inbound, context: Context, screen: Screen, *, toast: str) -> None:
    """Answer in the private chat, wherever somebody asked; elsewhere the toast says so.

    Who has not opened that chat yet, or has blocked us, is told to open it first: raises Invalid.
    """
    if inbound.is_private:
        await show(inbound, context, screen)
        return
    there = replace(inbound, chat_id=inbound.actor.member_id, topic_id=None)
    with _opened_first():
        await _post(there, context, screen)
    await acknowledge(inbound, toast)


async def make_sure_of_private_chat(inbound: Inbound, context: Context) -> None:
    """Before something is promised for the private chat, ask Telegram whether it is open.

    Who has not opened it yet, or has blocked us, is told to open it first: raises Invalid.
    """
    if not inbound.is_private:
        with _opened_first():
            await context.bot.send_chat_action(inbound.actor.member_id, ChatAction.TYPING)


@contextmanager
def _opened_first() -> Iterator[None]:
    """Turn Telegram's refusal of a private chat into words about what to do."""
    try:
        yield
    except (BadRequest, Forbidden) as error:
        if isinstance(error, BadRequest) and not is_unreachable(error):
            raise
        raise Invalid("private_chat", "closed") from error


async def renew(inbound: Inbound, context: Context, screen: Screen, message_id: int) -> None:
    """Put a screen in the place of an earlier one that was not pressed."""
    try:
        await context.bot.edit_message_text(
            screen.text,
            chat_id=inbound.chat_id,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=screen.keyboard,
            rate_limit_args=Turn(),
        )
    except BadRequest as error:
        log.info("message %s was not renewed: %s", message_id, error)


async def replace_below(
    inbound: Inbound, context: Context, screen: Screen, earlier: int | None
) -> int:
    """Answer below what was just written and take the earlier answer away; return its number."""
    message = await context.bot.send_message(
        inbound.chat_id,
        screen.text,
        parse_mode=ParseMode.HTML,
        reply_markup=screen.keyboard,
        rate_limit_args=Turn(),
    )
    if earlier is not None:
        try:
            await context.bot.delete_message(inbound.chat_id, earlier)
        except BadRequest as error:
            log.info("message %s stays: %s", earlier, error)
    return message.message_id


async def reply(
    inbound: Inbound, context: Context, screen: Screen, about: Message | None = None
) -> None:
    """Answer below the very message that it is about; in a group others write meanwhile.

    Without another one it is about the message of whoever asked.
    """
    about = about or inbound.message
    await context.bot.send_message(
        inbound.chat_id,
        screen.text,
        message_thread_id=inbound.topic_id,
        parse_mode=ParseMode.HTML,
        reply_markup=screen.keyboard,
        reply_parameters=ReplyParameters(about.message_id, allow_sending_without_reply=True)
        if about
        else None,
        rate_limit_args=Turn(),
    )


async def _post(
    inbound: Inbound,
    context: Context,
    screen: Screen,
    markup: ReplyKeyboardMarkup | ForceReply | None = None,
) -> None:
    await context.bot.send_message(
        inbound.chat_id,
        screen.text,
        message_thread_id=inbound.topic_id,
        parse_mode=ParseMode.HTML,
        reply_markup=screen.keyboard or markup,
        link_preview_options=NO_PREVIEW,
        protect_content=screen.is_protected or None,
        rate_limit_args=Turn(),
    )


async def send_picture(inbound: Inbound, context: Context, picture: bytes, screen: Screen) -> None:
    """Answer with a picture, the text of the screen under it."""
    await acknowledge(inbound, screen.toast)
    await context.bot.send_photo(
        inbound.chat_id,
        picture,
        caption=screen.text,
        parse_mode=ParseMode.HTML,
        reply_markup=screen.keyboard,
        rate_limit_args=Turn(),
    )


async def send_file(
    inbound: Inbound, context: Context, content: bytes, *, name: str, screen: Screen
) -> None:
    """Answer with a file, the text of the screen under it."""
    await acknowledge(inbound, screen.toast)
    await context.bot.send_document(
        inbound.chat_id,
        content,
        filename=name,
        caption=screen.text,
        parse_mode=ParseMode.HTML,
        reply_markup=screen.keyboard,
        rate_limit_args=Turn(),
    )


async def acknowledge(inbound: Inbound, toast: str | None = None, *, alert: bool = False) -> bool:
    """Stop the wheel on the pressed button, once; say whether the toast was shown.

    Telegram takes one answer to a press; too late is no fault of the person's.
    """
    handling = inbound.handling
    if inbound.query is None or (handling is not None and handling.is_acknowledged):
        return False
    if handling is not None:
        handling.is_acknowledged = True
    try:
        await inbound.query.answer(text=toast[:TOAST] if toast else None, show_alert=alert)
    except TelegramError:
        return False
    return True


async def answer_checkout(query: PreCheckoutQuery, refused: str | None = None) -> None:
    """Say whether the money may move; past Telegram's ten seconds nobody waits for it any more."""
    try:
        await query.answer(ok=refused is None, error_message=refused)
    except BadRequest as error:
        log.info("checkout %s: answered too late: %s", query.id, error)
