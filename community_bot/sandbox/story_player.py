"""Playing one person of the demo: writing, pressing, and waiting for what the bot shows."""

import asyncio
from collections.abc import Callable

from community_bot.errors import CommunityBotError
from community_bot.sandbox import wire
from community_bot.sandbox.dealings import CallbackQuery
from community_bot.sandbox.demo import Demo
from community_bot.sandbox.facts import Bot, Chat, Json, Message

_LOOK_AGAIN = 0.05  # seconds
_LOOKS = 300  # 15 seconds in all; a busy private chat is answered once a second
_MOST = 80  # characters of a message that fit in a line


class Unexpected(CommunityBotError):
    """Something else happened than the story says."""

    def __init__(self, expected: str, got: str) -> None:
        super().__init__(f"expected {expected} / got {got}")


class Player:
    """One person; everything shown counts as new since their last own act."""

    def __init__(self, demo: Demo, key: str) -> None:
        self._demo = demo
        self.world = demo.world
        self.person = demo.stage.people[key]
        self._before: dict[int, tuple[str, Json | None]] = {}
        self._remember()

    @property
    def name(self) -> str:
        return self.person.first_name

    @property
    def chat(self) -> Chat | None:
        return self.world.private_chats.get((self.world.bot.id, self.person.id))

    def starts(self) -> None:
        self._remember()
        self.world.start(self.person)

    def says(self, text: str) -> None:
        self._remember()
        self.world.send_text(self.person, self.world.open_private(self.person), text)

    def shows(self, picture: bytes) -> None:
        self._remember()
        self.world.send_photo(self.person, self.world.open_private(self.person), picture)

    def presses(self, message: Message, button: str) -> CallbackQuery:
        """Press the button whose data begins so."""
        self._remember()
        return self.world.press(
            self.person, message.chat, message.message_id, found(message, button)
        )

    def forges(self, message: Message, data: str) -> CallbackQuery:
        """Send what no button says, as a changed client can."""
        self._remember()
        query = CallbackQuery(
            id=str(4_000_000_000_000_000 + self.world.number()),
            bot=self.world.bot,
            person=self.person,
            message=message,
            data=data,
            asked_at=self.world.clock.now(),
        )
        self.world.callback_queries[query.id] = query
        self.world.bot.mailbox.put("callback_query", wire.callback_query(query))
        return query

    async def sees(self, *, button: str = "", words: str = "") -> Message:
        """Wait for something new from the bot with such a button and such words in it."""

        def wanted() -> Message | None:
            return next((one for one in self._new() if _fits(one, button, words)), None)

        expected = " and ".join(
            [f"a button {button}"] * bool(button) + [f"the words {words!r}"] * bool(words)
        )
        await self.until(lambda: wanted() is not None, expected or "an answer")
        shown = wanted()
        if shown is None:
            raise Unexpected(expected, self._last())
        return shown

    async def until(self, holds: Callable[[], bool], expected: str) -> None:
        """Wait until something holds; raises Unexpected with what is there instead."""
        for _ in range(_LOOKS):
            if holds():
                return
            await asyncio.sleep(_LOOK_AGAIN)
        raise Unexpected(f"{self.name}: {expected}", self._last())

    def _remember(self) -> None:
        self._before = {one.message_id: (one.text, one.reply_markup) for one in self._shown()}

    def _shown(self) -> list[Message]:
        """Return what the bot shows in the private chat, newest first."""
        history = self.world.history(self.chat) if self.chat is not None else []
        return [one for one in reversed(history) if isinstance(one.sender, Bot)]

    def _new(self) -> list[Message]:
        return [
            one
            for one in self._shown()
            if self._before.get(one.message_id) != (one.text, one.reply_markup)
        ]

    def _last(self) -> str:
        new = self._new()
        if not new:
            return "nothing new"
        return repr(new[0].text[:_MOST]) + " with " + (", ".join(data_of(new[0])) or "no button")


def data_of(message: Message) -> list[str]:
    """Return what the buttons of a message send."""
    return [
        str(button["callback_data"])
        for row in message.buttons
        for button in row
        if "callback_data" in button
    ]


def found(message: Message, button: str) -> str:
    """Return what the first button sends that begins so; raises Unexpected."""
    for data in data_of(message):
        if data.startswith(button):
            return data
    raise Unexpected(f"a button {button}", ", ".join(data_of(message)) or "no button")


def doors_of(message: Message) -> list[str]:
    """Return the addresses that the buttons of a message open."""
    return [str(button["url"]) for row in message.buttons for button in row if "url" in button]


def _fits(message: Message, button: str, words: str) -> bool:
    has_button = not button or any(data.startswith(button) for data in data_of(message))
    return has_button and words in message.text
