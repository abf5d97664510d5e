"""Topics of forums."""

from community_bot.sandbox.call import Call
from community_bot.sandbox.entities import utf16_length
from community_bot.sandbox.facts import GENERAL, Chat, Json, Topic
from community_bot.sandbox.refusals import bad

_LONGEST_NAME = 128  # Bot API, createForumTopic
_COLOURS = frozenset({7322096, 16766590, 13338331, 9367192, 16749490, 16478047})
_RIGHT = "can_manage_topics"


def create_forum_topic(call: Call) -> Json:
    chat = _forum(call)
    call.need(chat, _RIGHT, "not enough rights to create a topic")
    name, colour = call.parameters.text("name"), call.parameters.integer("icon_color")
    _check_name(name)
    if colour and colour not in _COLOURS:
        raise bad("TOPIC_ICON_COLOR_INVALID")
    call.limits.take(chat.id)
    emoji = call.parameters.text("icon_custom_emoji_id")
    topic = call.world.create_topic(
        call.bot, chat, name, icon_color=colour, icon_custom_emoji_id=emoji
    )
    return {
        "message_thread_id": topic.topic_id,
        "name": topic.name,
        "icon_color": topic.icon_color,
        **({"icon_custom_emoji_id": emoji} if emoji else {}),
    }


def edit_forum_topic(call: Call) -> bool:
    chat, topic = _topic(call, "edit the topic")
    edit: dict[str, str] = {}
    if "name" in call.parameters:
        _check_name(call.parameters.text("name"))
        edit["name"] = call.parameters.text("name")
    if "icon_custom_emoji_id" in call.parameters:
        edit["icon_custom_emoji_id"] = call.parameters.text("icon_custom_emoji_id")
    if not edit or (edit.get("name") == topic.name and len(edit) == 1):
        raise bad("TOPIC_NOT_MODIFIED")
    call.world.rename_topic(call.bot, chat, topic.topic_id, **edit)
    return True


def close_forum_topic(call: Call) -> bool:
    chat, topic = _topic(call, "close or open the topic")
    return _close(call, chat, topic)


def reopen_forum_topic(call: Call) -> bool:
    chat, topic = _topic(call, "close or open the topic")
    return _reopen(call, chat, topic)


def delete_forum_topic(call: Call) -> bool:
    chat = _forum(call)
    call.need(chat, "can_delete_messages", "not enough rights to delete the topic")
    topic = _find(call, chat)
    if topic.topic_id == GENERAL:
        raise bad("TOPIC_ID_INVALID")
    call.world.delete_topic(chat, topic.topic_id)
    return True


def unpin_all_forum_topic_messages(call: Call) -> bool:
    chat = _forum(call)
    topic = _find(call, chat)
    call.need(chat, "can_pin_messages", "not enough rights to manage pinned messages in the chat")
    chat.pinned = [each for each in chat.pinned if chat.messages[each].topic != topic.topic_id]
    return True


def edit_general_forum_topic(call: Call) -> bool:
    chat, topic = _general(call, "edit the topic")
    _check_name(call.parameters.text("name"))
    call.world.rename_topic(call.bot, chat, topic.topic_id, name=call.parameters.text("name"))
    return True


def close_general_forum_topic(call: Call) -> bool:
    return _close(call, *_general(call, "close or open the topic"))


def reopen_general_forum_topic(call: Call) -> bool:
    return _reopen(call, *_general(call, "close or open the topic"))


def hide_general_forum_topic(call: Call) -> bool:
    return _hide(call, is_hidden=True)


def unhide_general_forum_topic(call: Call) -> bool:
    return _hide(call, is_hidden=False)


def unpin_all_general_forum_topic_messages(call: Call) -> bool:
    chat = _forum(call)
    call.need(chat, "can_pin_messages", "not enough rights to manage pinned messages in the chat")
    chat.pinned = [each for each in chat.pinned if chat.messages[each].topic is not None]
    return True


def get_forum_topic_icon_stickers(_call: Call) -> list[Json]:
    return []


def _close(call: Call, chat: Chat, topic: Topic) -> bool:
    if topic.is_closed:
        raise bad("TOPIC_NOT_MODIFIED")
    call.world.close_topic(call.bot, chat, topic.topic_id)
    return True


def _reopen(call: Call, chat: Chat, topic: Topic) -> bool:
    if not topic.is_closed:
        raise bad("TOPIC_NOT_MODIFIED")
    call.world.reopen_topic(call.bot, chat, topic.topic_id)
    return True


def _hide(call: Call, *, is_hidden: bool) -> bool:
    chat, topic = _general(call, "close or open the topic")
    if topic.is_hidden == is_hidden:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.is_hidden = topic.is_closed = is_hidden
    said = "general_forum_topic_hidden" if is_hidden else "general_forum_topic_unhidden"
    call.world.post(chat, call.bot, {said: {}})
    return True


def _topic(call: Call, deed: str) -> tuple[Chat, Topic]:
    chat = _forum(call)
    call.need(chat, _RIGHT, f"not enough rights to {deed}")
    topic = _find(call, chat)
    if topic.topic_id == GENERAL:
        raise bad("TOPIC_ID_INVALID")
    return chat, topic


def _general(call: Call, deed: str) -> tuple[Chat, Topic]:
    chat = _forum(call)
    call.need(chat, _RIGHT, f"not enough rights to {deed}")
    return chat, chat.topics[GENERAL]


def _forum(call: Call) -> Chat:
    chat = call.place()
    if not chat.is_forum:
        raise bad("the chat is not a forum")
    return chat


def _find(call: Call, chat: Chat) -> Topic:
    topic = chat.topics.get(call.parameters.integer("message_thread_id"))
    if topic is None:
        raise bad("TOPIC_ID_INVALID")
    return topic


def _check_name(name: str) -> None:
    if not name.strip():
        raise bad("name must be non-empty")
    if utf16_length(name) > _LONGEST_NAME:
        raise bad("TOPIC_TITLE_INVALID")


METHODS = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
    "unpinAllForumTopicMessages": unpin_all_forum_topic_messages,
    "editGeneralForumTopic": edit_general_forum_topic,
    "closeGeneralForumTopic": close_general_forum_topic,
    "reopenGeneralForumTopic": reopen_general_forum_topic,
    "hideGeneralForumTopic": hide_general_forum_topic,
    "unhideGeneralForumTopic": unhide_general_forum_topic,
    "unpinAllGeneralForumTopicMessages": unpin_all_general_forum_topic_messages,
    "getForumTopicIconStickers": get_forum_topic_icon_stickers,
}
