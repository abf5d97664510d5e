"""What people see on their screens: histories, lists of chats, menus of commands."""

from community_bot.sandbox.facts import GENERAL, Bot, Chat, Json, Message, Person
from community_bot.sandbox.posting import Posting


class Watching(Posting):
    """Reading the world as a person would."""

    def history(
        self, chat: Chat | int, topic: int | None = None, *, with_deleted: bool = False
    ) -> list[Message]:
        """Return the messages of a chat, or of one of its topics, oldest first."""
        return [
            message
            for message in self.chat(chat).messages.values()
            if (with_deleted or not message.deleted) and _is_in(message, topic)
        ]

    def last(self, chat: Chat | int, topic: int | None = None) -> Message:
        """Return the newest message of a chat that is still there."""
        for message in reversed(self.chat(chat).messages.values()):
            if not message.deleted and _is_in(message, topic):
                return message
        raise LookupError("nothing was said there")

    def chats_of(self, person: Person) -> list[Chat]:
        """Return the chats in a person's list."""
        private = [chat for chat in self.private_chats.values() if chat.person is person]
        gathered = [
            chat
            for chat in self.chats.values()
            if person.id in chat.members
            and chat.members[person.id].is_present
            and chat.migrated_to is None
        ]
        return private + gathered

    def menu_of(self, person: Person, chat: Chat | int, bot: Bot | None = None) -> list[Json]:
        """Return the commands that Telegram's apps show to a person in a chat.

        The first scope that has commands for the person's language, or for no language, wins
        (core.telegram.org/bots/api#determining-list-of-commands).
        """
        place = self.chat(chat)
        bot = place.bot or bot or self.bot
        languages = [(person.language_code or "").split("-")[0], ""]
        for scope in _scopes(person, place):
            for language in languages:
                found = bot.commands.get((scope, language))
                if found:
                    return found
        return []


def _is_in(message: Message, topic: int | None) -> bool:
    if topic is None:
        return True
    return message.topic == topic or (topic == GENERAL and message.topic is None)


def _scopes(person: Person, chat: Chat) -> list[str]:
    if chat.is_private:
        return [f"chat:{chat.id}", "all_private_chats", "default"]
    membership = chat.members.get(person.id)
    is_admin = membership is not None and membership.is_admin
    return [
        f"chat_member:{chat.id}:{person.id}",
        *([f"chat_administrators:{chat.id}"] if is_admin else []),
        f"chat:{chat.id}",
        *(["all_chat_administrators"] if is_admin else []),
        "all_group_chats",
        "default",
    ]
