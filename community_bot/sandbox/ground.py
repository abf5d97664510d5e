"""The ground of the world: who and what exists, and who is told when it changes."""

import asyncio
import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from community_bot.clock import Clock
from community_bot.sandbox.dealings import CallbackQuery, Charge, Checkout, InlineQuery
from community_bot.sandbox.facts import Bot, Chat, InviteLink, Invoice, Message, Person
from community_bot.sandbox.files import Files
from community_bot.sandbox.refusals import Refused

Told = Callable[[str, Any], None]


class Ground:
    """Everything that exists, by its key; every change is told to whoever subscribed."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.people: dict[int, Person] = {}
        self.bots: dict[str, Bot] = {}
        self.chats: dict[int, Chat] = {}
        self.private_chats: dict[tuple[int, int], Chat] = {}
        self.usernames: dict[str, Person | Bot | Chat] = {}
        self.links: dict[str, InviteLink] = {}
        self.invoices: dict[str, Invoice] = {}
        self.callback_queries: dict[str, CallbackQuery] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.checkouts: dict[str, Checkout] = {}
        self.charges: dict[str, Charge] = {}
        self.files = Files()
        self._subscribers: list[Told] = []
        self._numbers = itertools.count(1)

    def number(self) -> int:
        """Return a number that was never given out before."""
        return next(self._numbers)

    def timestamp(self) -> int:
        return int(self.clock.now().timestamp())

    @property
    def bot(self) -> Bot:
        """The bot that was made first: in most worlds the only one."""
        return next(iter(self.bots.values()))

    def person(self, person_id: int) -> Person:
        return self.people[person_id]

    def chat(self, chat: Chat | int, bot: Bot | None = None) -> Chat:
        """Find a chat by its id; a person's id means their private chat with the bot."""
        if isinstance(chat, Chat):
            return chat
        if chat in self.chats:
            return self.chats[chat]
        return self.private_chats[(bot or self.bot).id, chat]

    def message(self, chat: Chat | int, message_id: int) -> Message:
        return self.chat(chat).messages[message_id]

    def subscribe(self, told: Told) -> Callable[[], None]:
        """Call `told(kind, facts)` at every change; returns what ends the subscription.

        Kinds with a Message: message, edited, deleted, reaction. With a Chat: chat, topic, pinned.
        With a Person: person, blocked, unblocked. membership: (Chat, Membership). action: (Chat,
        what the bot seems to do). join_request, press, answer, inline_query, inline_results,
        checkout, refund: the fact itself. With a Bot: commands, webhook, polling. delivered: the
        update that a webhook took.
        """
        self._subscribers.append(told)
        return lambda: self._subscribers.remove(told)

    def changed(self, kind: str, facts: Any) -> None:  # noqa: ANN401  any fact of the world
        for told in tuple(self._subscribers):
            told(kind, facts)

    async def until(
        self,
        predicate: Callable[[], object],
        timeout: float | timedelta = 5,  # noqa: ASYNC109  the callers' word
    ) -> None:
        """Wait until the predicate holds, looking again at every change and never in between."""
        if predicate():
            return
        held: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def look(_kind: str, _facts: object) -> None:
            if held.done():
                return
            try:
                if predicate():
                    held.set_result(None)
            except Exception as error:  # noqa: BLE001  it belongs to whoever waits, not to the world
                held.set_exception(error)

        forget = self.subscribe(look)
        try:
            seconds = timeout.total_seconds() if isinstance(timeout, timedelta) else timeout
            await asyncio.wait_for(held, seconds)
        finally:
            forget()

    def chat_for(self, bot: Bot, chat_id: int | str) -> Chat:
        """Find the chat that a bot names, or refuse as Telegram does."""
        if isinstance(chat_id, str):
            found = self.usernames.get(chat_id.lstrip("@").lower())
            chat = found if isinstance(found, Chat) else None
        else:
            chat = self.chats.get(chat_id) or self.private_chats.get((bot.id, chat_id))
        if chat is None:
            raise Refused(400, "Bad Request: chat not found")
        return chat
