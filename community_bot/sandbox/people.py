"""People and bots come into the world, meet in private, and fall out."""

import re

from community_bot.sandbox import wire
from community_bot.sandbox.facts import Bot, Chat, Message, Person
from community_bot.sandbox.posting import Posting
from community_bot.sandbox.refusals import bad

FIRST_PERSON = 5_000_000_000  # beyond 32 bits, as the ids of new accounts are
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")  # core.telegram.org/bots/features#deep-linking
_NOBODY = "0" * 35


class People(Posting):
    """Accounts: people's and bots'."""

    def add_person(
        self,
        first_name: str,
        *,
        person_id: int | None = None,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "zh-hans",
        is_premium: bool = False,
    ) -> Person:
        """Let a person join Telegram; nobody has met them yet."""
        person = Person(
            id=person_id or FIRST_PERSON + self.number(),
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
            is_premium=is_premium,
        )
        self.people[person.id] = person
        if username:
            self.usernames[username.lower()] = person
        self.changed("person", person)
        return person

    def new_bot(
        self, username: str = "community_bot", name: str = "Community", token: str | None = None
    ) -> Bot:
        """Make a bot, as BotFather does; the first one is `world.bot`."""
        number = int(token.split(":")[0]) if token else 7_000_000_000 + self.number()
        bot = Bot(number, token or f"{number}:AA{_NOBODY[2:]}", username, name)
        bot.mailbox.now = self.timestamp
        self.bots[bot.token] = bot
        self.usernames[username.lower()] = bot
        return bot

    def open_private(self, person: Person, bot: Bot | None = None) -> Chat:
        """Open the private chat of a person with a bot; from now on the bot may write there."""
        bot = bot or self.bot
        known = self.private_chats.get((bot.id, person.id))
        if known is not None:
            return known
        chat = Chat(id=person.id, type="private", person=person, bot=bot)
        chat.wire = wire.chat(chat)
        self.private_chats[bot.id, person.id] = chat
        self.changed("chat", chat)
        return chat

    def start(self, person: Person, payload: str = "", bot: Bot | None = None) -> Message:
        """Press Start, or follow a deep link with a payload."""
        if payload and not _PAYLOAD.fullmatch(payload):
            raise bad("START_PARAM_INVALID")
        chat = self.open_private(person, bot)
        self.unblock(person, bot)
        text = f"/start {payload}" if payload else "/start"
        command = {"type": "bot_command", "offset": 0, "length": 6}
        return self.post(chat, person, {"text": text, "entities": [command]})

    def block(self, person: Person, bot: Bot | None = None) -> None:
        """Block a bot; it learns of it as my_chat_member."""
        bot = bot or self.bot
        if bot.id not in person.blocked:
            person.blocked.add(bot.id)
            self._tell_standing(person, bot, "member", "kicked")

    def unblock(self, person: Person, bot: Bot | None = None) -> None:
        """Unblock a bot; it learns of it as my_chat_member."""
        bot = bot or self.bot
        if bot.id in person.blocked:
            person.blocked.discard(bot.id)
            self._tell_standing(person, bot, "kicked", "member")

    def deactivate(self, person: Person) -> None:
        """Delete a person's account."""
        person.is_deactivated = True
        self.changed("person", person)

    def _tell_standing(self, person: Person, bot: Bot, before: str, after: str) -> None:
        chat = self.open_private(person, bot)
        update = {
            "chat": chat.wire,
            "from": person.wire(),
            "date": self.timestamp(),
            "old_chat_member": _standing(bot, before),
            "new_chat_member": _standing(bot, after),
        }
        bot.mailbox.put("my_chat_member", update)
        self.changed("blocked" if after == "kicked" else "unblocked", person)


def _standing(bot: Bot, status: str) -> dict[str, object]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": bot.wire(), "status": status, **until}
