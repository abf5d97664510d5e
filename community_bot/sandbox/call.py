"""One call of a bot: who calls, what was said, and where it is to happen."""

from dataclasses import dataclass, field
from typing import Any

from community_bot.sandbox.facts import GENERAL, Bot, Chat, Membership, Message, Person
from community_bot.sandbox.limits import Limits
from community_bot.sandbox.parameters import Parameters
from community_bot.sandbox.refusals import Refused, bad, forbidden
from community_bot.sandbox.world import World

JOIN_REQUEST_WINDOW = 300  # Bot API, ChatJoinRequest.user_chat_id: five minutes


@dataclass(slots=True)
class Call:
    """A method called by a bot."""

    world: World
    bot: Bot
    parameters: Parameters
    limits: Limits = field(default_factory=Limits)

    def chat(self, name: str = "chat_id") -> Chat:
        """Find the chat that is named and that the bot may look into."""
        chat = self._find(name)
        standing = chat.members.get(self.bot.id)
        if chat.is_private or chat.type == "group":
            return chat
        if standing is not None and standing.status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        if (standing is None or not standing.is_present) and not chat.username:
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    def place(self, name: str = "chat_id") -> Chat:
        """Find the chat that is named and in which the bot may act."""
        chat = self.chat(name)
        if chat.person is not None:
            self._check_person(chat.person)
            return chat
        if chat.migrated_to is not None:
            raise Refused(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to.id,
            )
        if chat.is_deleted:
            raise forbidden("the group chat was deleted")
        standing = chat.members.get(self.bot.id)
        if standing is not None and standing.status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        if standing is None or not standing.is_present:
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    def standing(self, chat: Chat) -> Membership:
        return self.world.membership(chat, self.bot)

    def has_right(self, chat: Chat, right: str) -> bool:
        standing = self.standing(chat)
        return standing.status == "creator" or bool(
            standing.status == "administrator" and standing.rights.get(right)
        )

    def need(self, chat: Chat, right: str, refusal: str = "not enough rights") -> None:
        """Refuse unless the bot is an administrator with the right."""
        if not self.has_right(chat, right):
            raise bad(refusal)

    def user(self, name: str = "user_id") -> Person | Bot:
        """Find the person or bot that is named."""
        user_id = self.parameters.integer(name)
        if not user_id:
            raise bad(f"invalid {name} specified")
        found: Person | Bot | None = self.world.people.get(user_id)
        if found is None:
            found = next((bot for bot in self.world.bots.values() if bot.id == user_id), None)
        if found is None:
            raise bad("user not found")
        return found

    def message(self, chat: Chat, what: str, name: str = "message_id") -> Message:
        """Find the message that is named; `what` says for what it is wanted."""
        if name not in self.parameters:
            raise bad("message identifier is not specified")
        found = chat.messages.get(self.parameters.integer(name))
        if found is None or found.deleted:
            raise bad(f"{what} not found")
        return found

    def topic(self, chat: Chat, name: str = "message_thread_id") -> int | None:
        """Find the topic that is named, if any, in which the bot may write."""
        topic_id = self.parameters.integer(name)
        if not topic_id:
            self._check_open(chat, GENERAL)
            return None
        if not chat.is_forum:
            self._check_thread(chat, topic_id)
            return None
        if topic_id == GENERAL or topic_id not in chat.topics:
            raise bad("message thread not found")
        self._check_open(chat, topic_id)
        return topic_id

    def _check_thread(self, chat: Chat, topic_id: int) -> None:
        """Refuse a thread outside of forums, unless it is a chain of replies of a supergroup."""
        root = chat.messages.get(topic_id)
        if chat.type != "group" and (root is None or root.deleted or chat.is_private):
            raise bad("message thread not found")

    def _check_open(self, chat: Chat, topic_id: int) -> None:
        topic = chat.topics.get(topic_id)
        if topic is not None and topic.is_closed and not self.has_right(chat, "can_manage_topics"):
            raise bad("TOPIC_CLOSED")

    def _find(self, name: str) -> Chat:
        value = self.parameters.values.get(name)
        if value is None or value == "":
            raise bad(f"{name} is empty")
        if isinstance(value, str) and value.startswith("@"):
            return self.world.chat_for(self.bot, value)
        chat_id = self.parameters.integer(name)
        if chat_id > 0 and (self.bot.id, chat_id) not in self.world.private_chats:
            return self._first_contact(chat_id)
        return self.world.chat_for(self.bot, chat_id)

    def _first_contact(self, person_id: int) -> Chat:
        """Let a bot write first only to somebody who has just asked to join."""
        person = self.world.people.get(person_id)
        if person is None:
            raise bad("chat not found")
        meeting = [chat for chat in self.world.chats.values() if self.bot.id in chat.members]
        since = self.world.timestamp() - JOIN_REQUEST_WINDOW
        for chat in meeting:
            request = chat.requests.get(person_id)
            if request is not None and request.date >= since:
                return self.world.open_private(person, self.bot)
        if any(person_id in chat.members or person_id in chat.requests for chat in meeting):
            raise forbidden("bot can't initiate conversation with a user")
        raise bad("chat not found")

    def _check_person(self, person: Person) -> None:
        if person.is_deactivated:
            raise forbidden("user is deactivated")
        if self.bot.id in person.blocked:
            raise forbidden("bot was blocked by the user")


Result = Any
