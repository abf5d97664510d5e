"""Delivers updates to the bots that have a webhook: in order within a chat, until they say 2xx."""

import asyncio
import json
from typing import Any

import aiohttp

from community_bot.sandbox.facts import Bot
from community_bot.sandbox.mailbox import Update, Webhook
from community_bot.sandbox.world import World

_OK, _NOT_OK = 200, 300


class Postman:
    """Carries updates to webhooks; what is refused is carried again, after twice the time."""

    def __init__(self, world: World, first_wait: float = 0.2) -> None:
        self.world = world
        self.first_wait = first_wait
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._busy: set[tuple[int, object]] = set()
        world.subscribe(self._listen)

    def start(self) -> None:
        # The server outlives the call that starts it; stop() waits for this one task.
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None

    def _listen(self, kind: str, bot: Any) -> None:  # noqa: ANN401  any fact of the world
        if kind == "webhook" and self._wake.set not in bot.mailbox.listeners:
            bot.mailbox.listeners.append(self._wake.set)
        if kind == "webhook":
            self._wake.set()

    async def _run(self) -> None:
        await self._wake.wait()
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
            while True:
                await self._wake.wait()
                self._wake.clear()
                for bot in self.world.bots.values():
                    for update in self._ready(bot):
                        group.create_task(self._carry(session, bot, update))

    def _ready(self, bot: Bot) -> list[Update]:
        """Return the oldest update of each chat that is not on its way already."""
        webhook, ready = bot.mailbox.webhook, []
        bot.mailbox.drop_old()
        for update in bot.mailbox.pending if webhook is not None else ():
            key = (bot.id, _queue_of(update))
            if key not in self._busy:
                self._busy.add(key)
                ready.append(update)
        return ready

    async def _carry(self, session: aiohttp.ClientSession, bot: Bot, update: Update) -> None:
        wait = self.first_wait
        try:
            while (webhook := bot.mailbox.webhook) is not None:
                if await self._offer(session, webhook, update):
                    break
                await asyncio.sleep(wait)
                wait *= 2
            if webhook is not None and update in bot.mailbox.pending:
                bot.mailbox.forget(update)
                self.world.changed("delivered", update)
        finally:
            self._busy.discard((bot.id, _queue_of(update)))
            self._wake.set()

    async def _offer(
        self, session: aiohttp.ClientSession, webhook: Webhook, update: Update
    ) -> bool:
        headers = {"Content-Type": "application/json"}
        if webhook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret_token
        body = json.dumps(update, ensure_ascii=False).encode()
        try:
            async with session.post(webhook.url, data=body, headers=headers) as response:
                if _OK <= response.status < _NOT_OK:
                    return True
                reason = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            reason = f"Connection failed: {error}"
        webhook.last_error_date = self.world.timestamp()
        webhook.last_error_message = reason
        return False


def _queue_of(update: Update) -> object:
    """Return the chat or the person within whose updates the order is kept."""
    payload = next(value for key, value in update.items() if key != "update_id")
    chat = payload.get("chat")
    return chat["id"] if chat else payload.get("from", {}).get("id")
