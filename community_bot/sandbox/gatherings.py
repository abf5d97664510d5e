"""Groups, supergroups, forums and channels come into being, change their shape and their topics."""

from community_bot.sandbox import wire
from community_bot.sandbox.facts import GENERAL, Bot, Chat, Json, Membership, Message, Person, Topic
from community_bot.sandbox.people import People

_FREELY = {
    each: True
    for each in wire.PERMISSIONS
    if each not in {"can_change_info", "can_pin_messages", "can_manage_topics"}
}


class Gatherings(People):
    """Places where many meet."""

    def add_group(self, title: str, owner: Person) -> Chat:
        """Make a basic group."""
        return self._gather("group", title, owner, -4_000_000_000 - self.number())

    def add_supergroup(
        self, title: str, owner: Person, *, forum: bool = False, username: str | None = None
    ) -> Chat:
        """Make a supergroup; as a forum it has topics and the General topic."""
        chat_id = -1_002_000_000_000 - self.number()
        return self._gather("supergroup", title, owner, chat_id, username=username, is_forum=forum)

    def add_channel(self, title: str, owner: Person, *, username: str | None = None) -> Chat:
        """Make a channel."""
        chat_id = -1_002_000_000_000 - self.number()
        return self._gather("channel", title, owner, chat_id, username=username)

    def create_topic(self, by: Person | Bot, chat: Chat, name: str, **look: object) -> Topic:
        """Open a topic in a forum; its id is the id of the service message that says so."""
        colour = look.get("icon_color")
        emoji = look.get("icon_custom_emoji_id")
        topic = Topic(0, name, colour if isinstance(colour, int) and colour else 0x6FB9F0)
        topic.icon_custom_emoji_id = str(emoji) if emoji else None
        topic.topic_id = chat.last_message_id + 1
        chat.topics[topic.topic_id] = topic
        said: Json = {"name": name, "icon_color": topic.icon_color}
        if topic.icon_custom_emoji_id:
            said["icon_custom_emoji_id"] = topic.icon_custom_emoji_id
        self.post(chat, by, {"forum_topic_created": said}, topic=topic.topic_id)
        return topic

    def close_topic(self, by: Person | Bot, chat: Chat, topic_id: int) -> Message:
        chat.topics[topic_id].is_closed = True
        return self.post(chat, by, {"forum_topic_closed": {}}, topic=_thread(topic_id))

    def reopen_topic(self, by: Person | Bot, chat: Chat, topic_id: int) -> Message:
        chat.topics[topic_id].is_closed = False
        return self.post(chat, by, {"forum_topic_reopened": {}}, topic=_thread(topic_id))

    def rename_topic(self, by: Person | Bot, chat: Chat, topic_id: int, **edit: str) -> Message:
        """Change a topic's name or icon."""
        topic = chat.topics[topic_id]
        topic.name = edit.get("name") or topic.name
        if "icon_custom_emoji_id" in edit:
            topic.icon_custom_emoji_id = edit["icon_custom_emoji_id"] or None
        return self.post(chat, by, {"forum_topic_edited": edit}, topic=_thread(topic_id))

    def delete_topic(self, chat: Chat | int, topic_id: int) -> None:
        """Remove a topic with everything in it; bots are not told."""
        chat = self.chat(chat)
        chat.topics.pop(topic_id).is_deleted = True
        for message in chat.messages.values():
            if message.topic == topic_id and not message.deleted:
                self.withdraw(message)
        self.changed("topic", chat)

    def set_title(self, by: Person | Bot, chat: Chat, title: str) -> Message:
        """Rename a chat."""
        chat.title = title
        chat.wire = wire.chat(chat)
        return self.post(chat, by, {"new_chat_title": title})

    def pin(self, by: Person | Bot, message: Message) -> Message:
        """Pin a message, which is itself said in a service message."""
        if message.message_id in message.chat.pinned:
            message.chat.pinned.remove(message.message_id)
        message.chat.pinned.append(message.message_id)
        said = {"pinned_message": wire.message(message, with_reply=False)}
        return self.post(message.chat, by, said, topic=message.topic)

    def migrate_group(self, group: Chat) -> Chat:
        """Turn a basic group into a supergroup: a new id, the same people, both sides say so."""
        owner = next(each.who for each in group.members.values() if each.status == "creator")
        chat = Chat(-1_002_000_000_000 - self.number(), "supergroup", group.title)
        chat.permissions = dict(group.permissions)
        chat.wire = wire.chat(chat)
        self.chats[chat.id] = chat
        chat.members = {
            who: Membership(each.who, each.status, dict(each.rights))
            for who, each in group.members.items()
        }
        self.post(group, owner, {"migrate_to_chat_id": chat.id})
        group.migrated_to = chat
        self.post(chat, owner, {"migrate_from_chat_id": group.id})
        self.changed("chat", chat)
        return chat

    def _gather(
        self,
        type_: str,
        title: str,
        owner: Person,
        chat_id: int,
        *,
        username: str | None = None,
        is_forum: bool = False,
    ) -> Chat:
        chat = Chat(chat_id, type_, title, username, is_forum)
        chat.permissions = dict(_FREELY)
        chat.wire = wire.chat(chat)
        chat.members[owner.id] = Membership(owner, "creator")
        if is_forum:
            chat.topics[GENERAL] = Topic(GENERAL, "General")
            chat.last_message_id = GENERAL
        if username:
            self.usernames[username.lower()] = chat
        self.chats[chat_id] = chat
        self.changed("chat", chat)
        return chat


def _thread(topic_id: int) -> int | None:
    return None if topic_id == GENERAL else topic_id
