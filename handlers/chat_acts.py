"""Acts on topics, and on messages that are there already."""

from typing import Any

from telegram.error import BadRequest, TelegramError

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Receipt
from community_bot.delivery.message_acts import DeleteMessages, EditPiece, Pin, React, Unpin
from community_bot.delivery.splitting import topic_name
from community_bot.delivery.topic_acts import CloseTopic, EditTopic, OpenTopic, ReopenTopic
from handlers.failures import is_topic_gone
from handlers.gate import Bot, Turn
from handlers.parcels import entities_of, input_of, keyboard_of


async def act_on_topic(bot: Bot, act: object) -> Receipt | None:
    """Open, close or rename a topic; None for an act that is none of these.

    A topic that is gone needs none of it: its next letter makes it anew.
    """
    try:
        match act:
            case OpenTopic(chat_id, name, _):
                topic = await bot.create_forum_topic(chat_id, topic_name(name))
                return Receipt(topic_id=topic.message_thread_id)
            case CloseTopic(chat_id, topic_id):
                await bot.close_forum_topic(chat_id, topic_id)
            case ReopenTopic(chat_id, topic_id):
                await bot.reopen_forum_topic(chat_id, topic_id)
            case EditTopic(chat_id, topic_id, name):
                await bot.edit_forum_topic(chat_id, topic_id, name=topic_name(name))
            case _:
                return None
    except TelegramError as error:
        if not is_topic_gone(error):
            raise
    return Receipt()


async def act_on_message(bot: Bot, act: object) -> Receipt | None:
    """Pin, mark, change or delete messages; None for an act that is none of these."""
    match act:
        case Pin(chat_id, message_id, silent):
            await bot.pin_chat_message(chat_id, message_id, disable_notification=silent)
        case Unpin(chat_id, message_id):
            await bot.unpin_chat_message(chat_id, message_id)
        case React():
            await _react(bot, act)
        case EditPiece():
            await _edit(bot, act)
        case DeleteMessages(chat_id, message_ids):
            await _delete(bot, chat_id, message_ids)
        case _:
            return None
    return Receipt()


async def _react(bot: Bot, act: React) -> None:
    """Show that something was seen; a chat that forbids the emoji loses nothing by it."""
    try:
        await bot.set_message_reaction(act.chat_id, act.message_id, act.emoji)
    except BadRequest:
        return


async def _edit(bot: Bot, act: EditPiece) -> None:
    where: dict[str, Any] = {
        "chat_id": act.chat_id,
        "message_id": act.message_id,
        "reply_markup": keyboard_of(act.buttons),
        "rate_limit_args": ADMITTED,
    }
    entities = entities_of(act.entities)
    if act.media is not None:
        await bot.edit_message_media(input_of(act.media, act.text, act.entities), **where)
    elif act.is_caption:
        await bot.edit_message_caption(caption=act.text, caption_entities=entities, **where)
    else:
        await bot.edit_message_text(act.text, entities=entities, **where)


async def _delete(bot: Bot, chat_id: int, message_ids: tuple[int, ...]) -> None:
    """Delete; of one message Telegram says whether it was there, of several it does not."""
    if len(message_ids) == 1:
        await bot.delete_message(chat_id, message_ids[0], rate_limit_args=ADMITTED)
    else:
        await bot.delete_messages(chat_id, message_ids, rate_limit_args=ADMITTED)


# The courier has waited for the turn of an act before it wrote down that it begins.
ADMITTED = Turn(Lane.DESK, admitted=True)
