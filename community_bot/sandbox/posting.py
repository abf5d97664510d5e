"""Messages come into being, change and go; the bots that may see them are told."""

from collections.abc import Iterator
from typing import TypedDict, Unpack

from community_bot.sandbox import wire
from community_bot.sandbox.facts import Bot, Chat, Invoice, Json, Message, Person
from community_bot.sandbox.ground import Ground


class More(TypedDict, total=False):
    """What a message may have besides."""

    reply_markup: Json | None
    protect_content: bool
    extra: Json
    invoice: Invoice | None


class Posting(Ground):
    """The one place in which messages are made, changed and removed."""

    def post(
        self,
        chat: Chat,
        sender: Person | Bot | None,
        content: Json,
        *,
        topic: int | None = None,
        reply_to: Message | None = None,
        **more: Unpack[More],
    ) -> Message:
        """Put a message into a chat and tell the bots that may see it."""
        chat.last_message_id += 1
        message = Message(
            chat=chat,
            message_id=chat.last_message_id,
            date=self.timestamp(),
            sender=sender,
            content=content,
            topic=topic,
            reply_to=reply_to,
            **more,
        )
        chat.messages[message.message_id] = message
        self._tell_bots(message, "channel_post" if chat.is_channel else "message")
        self.changed("message", message)
        return message

    def amend(self, message: Message, content: Json) -> None:
        """Replace what a message carries and tell the bots that may see it."""
        message.content = content
        message.edit_date = self.timestamp()
        kind = "edited_channel_post" if message.chat.is_channel else "edited_message"
        self._tell_bots(message, kind)
        self.changed("edited", message)

    def withdraw(self, message: Message) -> None:
        """Remove a message; bots are never told (tdlib/telegram-bot-api#286)."""
        message.deleted = True
        if message.message_id in message.chat.pinned:
            message.chat.pinned.remove(message.message_id)
        self.changed("deleted", message)

    def bots_in(self, chat: Chat) -> Iterator[Bot]:
        if chat.bot is not None:
            yield chat.bot
        for membership in tuple(chat.members.values()):
            if isinstance(membership.who, Bot) and membership.is_present:
                yield membership.who

    def _tell_bots(self, message: Message, kind: str) -> None:
        for bot in self.bots_in(message.chat):
            if sees(bot, message):
                bot.mailbox.put(kind, wire.message(message))


def sees(bot: Bot, message: Message) -> bool:
    """Say whether a bot is shown a message (core.telegram.org/bots/features#privacy-mode)."""
    chat, sender = message.chat, message.sender
    is_service = message.kind in SERVICE
    if sender is bot:
        return is_service and message.kind not in UNTOLD_TO_AUTHOR
    if isinstance(sender, Bot) and not chat.is_channel and not is_service:
        return False
    if chat.is_private or chat.is_channel or is_service or bot.can_read_all_group_messages:
        return True
    membership = chat.members.get(bot.id)
    return (membership is not None and membership.is_admin) or _is_meant_for(bot, message)


def _is_meant_for(bot: Bot, message: Message) -> bool:
    if message.reply_to is not None and message.reply_to.sender is bot:
        return True
    text, mention = message.text, f"@{bot.username}".lower()
    if text.startswith("/"):
        command = text.split(maxsplit=1)[0].lower()
        return "@" not in command or command.endswith(mention)
    return mention in text.lower()


SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "new_chat_photo",
        "delete_chat_photo",
        "group_chat_created",
        "supergroup_chat_created",
        "channel_chat_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "successful_payment",
        "refunded_payment",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
        "users_shared",
        "chat_shared",
        "write_access_allowed",
        "chat_owner_left",
        "chat_owner_changed",
    }
)
# What a bot did itself is told to it as the answer to its call and not once more as an update.
UNTOLD_TO_AUTHOR = frozenset({"new_chat_members"})
