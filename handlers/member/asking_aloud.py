"""Asking in a group: answered there with a number and a time; nothing private is said there."""

from telegram import Message, MessageEntity
from telegram.ext import CommandHandler, MessageHandler, filters

from community_bot.membership.spaces import DESK
from community_bot.tickets.facts import Said
from handlers.context import Context, Inbound, guarded
from handlers.hearing import command_of, kind_of, name_in, said_of
from handlers.keyboards import asking as keys
from handlers.replies import Screen, send
from handlers.routing import Area
from handlers.texts import asking as texts

_HERE = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE & ~filters.IS_AUTOMATIC_FORWARD
_IN_CHINESE = filters.Regex(rf"^/({'|'.join(texts.ASK_COMMANDS)})(\s|$)")


async def ask_aloud(inbound: Inbound, context: Context) -> None:
    """Take /ask with words, or as a reply to a message of one's own."""
    message = inbound.message
    if message is None:
        return
    if message.sender_chat is not None:
        await send(inbound, context, Screen(texts.aloud_as_yourself(inbound.words)))
        return
    said = _said(message, without=command_of(message))
    if said:
        await _ask(inbound, context, said)
    else:
        await send(inbound, context, Screen(texts.aloud_wanted(inbound.words)))


async def mentioned(inbound: Inbound, context: Context) -> None:
    """Take a message that calls the bot by its name for a question to the mentors."""
    message = inbound.message
    name = name_in(message, context.bot.username) if message else ""
    if message is None or not name or message.sender_chat is not None:
        return
    said = _said(message, without=name)
    if said:
        await _ask(inbound, context, said)
    else:
        await send(inbound, context, Screen(texts.aloud_wanted(inbound.words)))


async def _ask(inbound: Inbound, context: Context, said: list[Said]) -> None:
    """Open a ticket; who may not ask hears why in private, and nobody else does."""
    tickets = context.community.tickets
    is_ours = inbound.chat_id in {
        one.chat_id for one in await context.community.spaces.all() if one.role != DESK
    }
    allowance = await tickets.drafting.allowance(inbound.actor) if is_ours else None
    if allowance is not None:
        await tickets.intake.ask_aloud(inbound.actor, said=said)
    if allowance is None or allowance.is_spent:
        keyboard = keys.in_private(inbound.words, context.bot.username)
        await send(inbound, context, Screen(texts.aloud_in_private(inbound.words), keyboard))


def _said(message: Message, *, without: str) -> list[Said]:
    """Return what is asked: one's own message that is replied to, and what was typed."""
    parts = []
    replied = message.reply_to_message
    if replied is not None and _is_own(replied, message) and kind_of(replied) is not None:
        parts.append(said_of(replied))
    typed = said_of(message, without=without)
    if typed.content != "text" or typed.text:
        parts.append(typed)
    return parts


def _is_own(replied: Message, message: Message) -> bool:
    return (
        replied.sender_chat is None
        and replied.from_user is not None
        and message.from_user is not None
        and replied.from_user.id == message.from_user.id
    )


_MENTION = filters.Entity(MessageEntity.MENTION) | filters.CaptionEntity(MessageEntity.MENTION)
AREA: Area = (
    CommandHandler("ask", guarded(ask_aloud), filters=_HERE),
    MessageHandler(_HERE & _IN_CHINESE, guarded(ask_aloud)),
    MessageHandler(_HERE & _MENTION & ~filters.COMMAND, guarded(mentioned)),
)
