"""How fast Telegram lets a bot send: per chat, per group and for all messages together."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from community_bot.sandbox.refusals import Refused


@dataclass(slots=True)
class Rate:
    """So many in so many seconds, and how many may come at once."""

    amount: float
    seconds: float
    burst: int

    @property
    def interval(self) -> float:
        return self.seconds / self.amount


@dataclass(slots=True)
class Limits:
    """Keeps the pace of one bot (core.telegram.org/bots/faq#my-bot-is-hitting-limits).

    An answer to somebody who has just written is not bulk: it does not count among all messages.
    """

    is_on: bool = True
    overall: Rate = field(default_factory=lambda: Rate(30, 1, 30))
    private: Rate = field(default_factory=lambda: Rate(1, 1, 4))
    group: Rate = field(default_factory=lambda: Rate(20, 60, 20))
    answer_window: float = 30.0
    seconds: Callable[[], float] = time.monotonic
    _due: dict[int, float] = field(default_factory=dict)
    _heard: dict[int, float] = field(default_factory=dict)

    def heard(self, chat_id: int) -> None:
        """Remember that a person has just written or pressed in their private chat."""
        self._heard[chat_id] = self.seconds()

    def take(self, chat_id: int, count: int = 1) -> None:
        """Count messages to a chat, or refuse with the time to wait."""
        if not self.is_on:
            return
        now = self.seconds()
        rate = self.private if chat_id > 0 else self.group
        waits = self._wait(chat_id, rate, now, count)
        is_bulk = now - self._heard.get(chat_id, -math.inf) > self.answer_window
        if is_bulk:
            waits = max(waits, self._wait(0, self.overall, now, count))
        if waits > 0:
            seconds = max(1, math.ceil(waits))
            raise Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        self._spend(chat_id, rate, now, count)
        if is_bulk:
            self._spend(0, self.overall, now, count)

    def _wait(self, key: int, rate: Rate, now: float, count: int) -> float:
        due = max(self._due.get(key, now), now)
        # An album counts once for each of its parts, but an empty purse always has room for one.
        room = max(rate.burst, count)
        return due + count * rate.interval - now - room * rate.interval - 1e-9

    def _spend(self, key: int, rate: Rate, now: float, count: int) -> None:
        self._due[key] = max(self._due.get(key, now), now) + count * rate.interval
