"""A bot's updates, waiting to be fetched or to be delivered to its webhook."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Update: TypeAlias = dict[str, Any]

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "message_reaction",
    "message_reaction_count",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "managed_bot",
    "subscription",
)
# These come only to a bot that names them (Bot API, getUpdates: allowed_updates).
ONLY_IF_NAMED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
DEFAULT = frozenset(KINDS) - ONLY_IF_NAMED
# How long an update waits for its bot, in seconds; a question to which nobody waits for an answer
# any more is not told (Bot API, "Getting updates"; tdlib/telegram-bot-api, Client.cpp).
_DAY = 86_400
_SHORT = {"callback_query": 150, "inline_query": 30, "pre_checkout_query": 150}


@dataclass(slots=True, eq=False)
class Webhook:
    """Where updates are delivered, and how that went."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = "127.0.0.1"
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass(slots=True, eq=False)
class Mailbox:
    """Updates in order; what a poll's offset has passed is forgotten."""

    allowed: frozenset[str] = DEFAULT
    allowed_as_said: list[str] = field(default_factory=list)
    webhook: Webhook | None = None
    pending: deque[Update] = field(default_factory=deque)
    last_update_id: int = 824_000_000
    now: Callable[[], float] = time.monotonic
    poll: int = 0  # the number of the poll that is being answered; a newer one ends an older one
    listeners: list[Callable[[], None]] = field(default_factory=list)
    _ends: dict[int, float] = field(default_factory=dict)
    _next_end: float = math.inf

    def put(self, kind: str, payload: Update) -> None:
        """Keep an update, if the bot wants to hear of its kind."""
        if kind not in self.allowed:
            return
        self.last_update_id += 1
        self.pending.append({"update_id": self.last_update_id, kind: payload})
        end = self.now() + _SHORT.get(kind, _DAY)
        self._ends[self.last_update_id] = end
        self._next_end = min(self._next_end, end)
        self.wake()

    def allow(self, kinds: list[str]) -> None:
        """Set what the bot wants to hear; an empty list means the default."""
        known = [kind for kind in kinds if kind in KINDS]
        self.allowed = frozenset(known) or DEFAULT
        self.allowed_as_said = known

    def take(self, offset: int, limit: int) -> list[Update]:
        """Forget what is before the offset (negative: counted from the end), return the rest."""
        self.drop_old()
        if offset < 0:
            offset = self.last_update_id + 1 + max(offset, -len(self.pending))
        while offset and self.pending and self.pending[0]["update_id"] < offset:
            self.forget(self.pending[0])
        return [self.pending[at] for at in range(min(limit, len(self.pending)))]

    def forget(self, update: Update) -> None:
        """Strike out an update that was confirmed or delivered."""
        self.pending.remove(update)
        self._ends.pop(update["update_id"], None)

    def forget_all(self) -> None:
        self.pending.clear()
        self._ends.clear()

    def drop_old(self) -> None:
        """Strike out what waited too long for its bot."""
        now = self.now()
        if now < self._next_end:
            return
        for update in [each for each in self.pending if self._ends[each["update_id"]] <= now]:
            self.forget(update)
        self._next_end = min(self._ends.values(), default=math.inf)

    def wake(self) -> None:
        for listener in tuple(self.listeners):
            listener()
