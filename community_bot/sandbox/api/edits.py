"""Changing, removing, pinning what was said, and reacting to it."""

from community_bot.sandbox import wire
from community_bot.sandbox.api.media import input_media
from community_bot.sandbox.call import Call
from community_bot.sandbox.facts import Chat, Json, Message
from community_bot.sandbox.formatting import caption_of, text_of
from community_bot.sandbox.keyboards import markup_of
from community_bot.sandbox.posting import SERVICE
from community_bot.sandbox.reactions import REACTIONS
from community_bot.sandbox.refusals import bad

TWO_DAYS = 48 * 3600  # Bot API, deleteMessage
_MOST_DELETED = 100
_VARIATION = "\ufe0f"  # some keyboards add it, Telegram does not mind
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_CREATIONS = frozenset(
    {"supergroup_chat_created", "channel_chat_created", "forum_topic_created"}
    | {"migrate_from_chat_id", "migrate_to_chat_id"}
)


def edit_message_text(call: Call) -> Json:
    content = text_of(call.world, call.parameters)
    message = _editable(call)
    if "text" not in message.content:
        raise bad("there is no text in the message to edit")
    return _edit(call, message, content)


def edit_message_caption(call: Call) -> Json:
    message = _editable(call)
    if "text" in message.content:
        raise bad("there is no caption in the message to edit")
    rest = {
        key: value
        for key, value in message.content.items()
        if key not in {"caption", "caption_entities"}
    }
    return _edit(call, message, rest | caption_of(call.world, call.parameters))


def edit_message_media(call: Call) -> Json:
    media = call.parameters.json("media", "input media")
    content = input_media(call, media)
    message = _editable(call)
    kind = message.kind
    if kind in {"voice", "video_note", "sticker", "location", "contact", "poll", "dice", "invoice"}:
        raise bad("message media can't be edited")
    if message.media_group_id and next(iter(content)) != kind:
        raise bad("can't change media type in the album")
    return _edit(call, message, content)


def edit_message_reply_markup(call: Call) -> Json:
    message = _editable(call)
    markup = markup_of(call.parameters, message.chat)
    if markup == message.reply_markup:
        raise bad(_NOT_MODIFIED)
    call.limits.take(message.chat.id)
    message.reply_markup = markup
    call.world.amend(message, message.content)
    return wire.message(message)


def _editable(call: Call) -> Message:
    if "inline_message_id" in call.parameters:
        raise bad("MESSAGE_ID_INVALID")
    chat = call.place()
    message = call.message(chat, "message to edit")
    is_own = message.sender is call.bot and message.kind not in SERVICE
    may = is_own or (chat.is_channel and call.has_right(chat, "can_edit_messages"))
    if not may or "forward_origin" in message.extra:
        raise bad("message can't be edited")
    return message


def _edit(call: Call, message: Message, content: Json) -> Json:
    """Without a keyboard in the call the message loses the one it had."""
    markup = markup_of(call.parameters, message.chat)
    if content == message.content and markup == message.reply_markup:
        raise bad(_NOT_MODIFIED)
    call.limits.take(message.chat.id)
    message.reply_markup = markup
    call.world.amend(message, content)
    return wire.message(message)


def delete_message(call: Call) -> bool:
    chat = call.place()
    message = call.message(chat, "message to delete")
    _check_deletable(call, chat, message)
    call.world.withdraw(message)
    return True


def delete_messages(call: Call) -> bool:
    chat = call.place()
    found = [chat.messages.get(each) for each in message_ids(call, _MOST_DELETED)]
    present = [message for message in found if message is not None and not message.deleted]
    for message in present:
        _check_deletable(call, chat, message)
    for message in present:
        call.world.withdraw(message)
    return True


def message_ids(call: Call, most: int) -> list[int]:
    """Read the list of message identifiers of a call."""
    said = call.parameters.json("message_ids", "message identifiers")
    if not isinstance(said, list):
        raise bad("expected an Array of message identifiers")
    if not said:
        raise bad("message identifiers are not specified")
    if len(said) > most:
        raise bad("too many message identifiers specified")
    if not all(isinstance(each, int) for each in said):
        raise bad("message identifier must be a Number")
    return said


def _check_deletable(call: Call, chat: Chat, message: Message) -> None:
    right = "can_delete_messages"
    is_own = message.sender is call.bot
    if message.kind in _CREATIONS and chat.type != "group":
        raise bad("message can't be deleted")
    if not (is_own or chat.is_private or call.has_right(chat, right)):
        raise bad("message can't be deleted")
    if call.world.timestamp() - message.date >= TWO_DAYS and not call.has_right(chat, right):
        raise bad("message can't be deleted for everyone")


def pin_chat_message(call: Call) -> bool:
    chat = call.place()
    message = call.message(chat, "message to pin")
    _need_pin(call, chat)
    if message.kind in SERVICE:
        raise bad("service messages can't be pinned")
    call.world.pin(call.bot, message)
    return True


def unpin_chat_message(call: Call) -> bool:
    chat = call.place()
    _need_pin(call, chat)
    message_id = call.parameters.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(message_id)
    call.world.changed("pinned", chat)
    return True


def unpin_all_chat_messages(call: Call) -> bool:
    chat = call.place()
    _need_pin(call, chat)
    chat.pinned.clear()
    call.world.changed("pinned", chat)
    return True


def _need_pin(call: Call, chat: Chat) -> None:
    if not chat.is_private:
        right = "can_edit_messages" if chat.is_channel else "can_pin_messages"
        call.need(chat, right, "not enough rights to manage pinned messages in the chat")


def set_message_reaction(call: Call) -> bool:
    chat = call.place()
    message = call.message(chat, "message to react")
    wanted = call.parameters.json("reaction", "reaction types") or []
    if not isinstance(wanted, list):
        raise bad("expected an Array of ReactionType")
    if len(wanted) > 1:
        raise bad("REACTIONS_TOO_MANY")
    for reaction in wanted:
        _check_reaction(chat, reaction)
    if message.kind in SERVICE - {"successful_payment"}:
        raise bad("MESSAGE_ID_INVALID")
    message.reactions[call.bot.id] = wanted
    call.world.changed("reaction", message)
    return True


def _check_reaction(chat: Chat, reaction: Json) -> None:
    emoji = str(reaction.get("emoji")).replace(_VARIATION, "")
    if reaction.get("type") != "emoji" or emoji not in REACTIONS:
        raise bad("REACTION_INVALID")
    if chat.reactions is not None and emoji not in chat.reactions:
        raise bad("REACTION_INVALID")


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
}
