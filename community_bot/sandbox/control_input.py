"""What the page sends, read with care: whatever is wrong becomes a sentence and not an accident."""

from dataclasses import dataclass

from community_bot.sandbox.facts import Chat, Json, Message, Person
from community_bot.sandbox.refusals import Refused
from community_bot.sandbox.world import World

LONGEST = 4096  # characters of a message (Bot API, sendMessage)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with an act."""

    name: str
    mime_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Input:
    """The facts of one request, asked for by name and kind."""

    world: World
    facts: Json
    uploads: tuple[Upload, ...] = ()

    def number(self, name: str) -> int:
        found = self.optional_number(name)
        if found is None:
            raise wanted(name, "a whole number")
        return found

    def optional_number(self, name: str) -> int | None:
        """Return a whole number, which in an address comes as digits."""
        found = self.facts.get(name)
        if found is None or found == "":
            return None
        if isinstance(found, int) and not isinstance(found, bool):
            return found
        if isinstance(found, str) and found.removeprefix("-").isascii():
            digits = found.removeprefix("-")
            if digits.isdigit() and len(digits) < 20:  # noqa: PLR2004  beyond any id of Telegram
                return int(found)
        raise wanted(name, "a whole number")

    def text(self, name: str, default: str | None = None) -> str:
        found = self.facts.get(name, default)
        if not isinstance(found, str):
            raise wanted(name, "text")
        if len(found) > LONGEST:
            raise wanted(name, f"at most {LONGEST} characters")
        try:
            found.encode()
        except UnicodeEncodeError as exc:
            raise wanted(name, "well-formed text") from exc
        return found

    def person(self) -> Person:
        found = self.world.people.get(self.number("person"))
        if found is None:
            raise Refused(404, "person: nobody with this id lives here")
        return found

    def chat(self) -> Chat:
        """Return a chat that the person is in; their own id means their chat with the bot."""
        person, chat_id = self.person(), self.number("chat")
        if chat_id == person.id:
            private = self.world.private_chats.get((self.world.bot.id, person.id))
            if private is None:
                raise Refused(400, "chat: the bot has not been started yet")
            return private
        found = self.world.chats.get(chat_id)
        if found is None or not self.world.membership(found, person).is_present:
            raise Refused(403, "chat: this person is not in it")
        return found

    def message(self, name: str = "message") -> Message:
        found = self.optional_message(name)
        if found is None:
            raise wanted(name, "the id of a message")
        return found

    def optional_message(self, name: str) -> Message | None:
        message_id = self.optional_number(name)
        if message_id is None:
            return None
        found = self.chat().messages.get(message_id)
        if found is None or found.deleted:
            raise Refused(404, f"{name}: it is not there any more")
        return found


def wanted(name: str, what: str) -> Refused:
    """Return the refusal of a value that cannot be used."""
    return Refused(400, f"{name}: {what} is wanted")
