"""The arithmetic of pace, on a monotonic clock in seconds: how long until a message may go."""

from collections import deque
from itertools import repeat
from math import inf

NEVER = -inf


def gcra_wait(due: float, now: float, slack: float) -> float:
    """Return the seconds until a message may go that is due at `due`, or `slack` before it.

    The generic cell rate algorithm: one moment is all its memory, and the slack is its burst.
    """
    return max(0.0, due - slack - now)


def gcra_after(due: float, now: float, cost: float) -> float:
    """Return when the message after this one is due, which costs `cost` seconds."""
    return max(due, now) + cost


class Window:
    """At most so many in any sliding span of seconds."""

    __slots__ = ("_span", "_times")

    def __init__(self, span: float) -> None:
        self._span = span
        self._times: deque[float] = deque()

    def wait(self, now: float, weight: int, limit: int) -> float:
        """Return the seconds until `weight` more still make at most `limit`."""
        over = self.count(now) + weight - limit
        return self._times[over - 1] + self._span - now if over > 0 else 0.0

    def take(self, now: float, weight: int) -> None:
        self._times.extend(repeat(now, weight))

    def count(self, now: float) -> int:
        """Return how many went within the span."""
        while self._times and self._times[0] <= now - self._span:
            self._times.popleft()
        return len(self._times)

    @property
    def matters_until(self) -> float:
        return self._times[-1] + self._span if self._times else NEVER


class ChatAllowance:
    """What one chat may still receive: one a second, three at once; in a group twenty a minute.

    Telegram's figures: core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.
    Bulk leaves room for a reply: it never takes the last of the three, nor the last of the twenty.
    """

    INTERVAL = 1.0
    BURST = 3
    HELD_FOR_REPLIES = 1
    GROUP_SPAN = 60.0
    GROUP_LIMIT = 20
    GROUP_HELD_FOR_REPLIES = 3

    __slots__ = ("_burst", "_due", "_window", "closed_until")

    def __init__(self, *, is_group: bool, burst: int = BURST) -> None:
        self._burst = burst
        self._due = NEVER
        self._window = Window(self.GROUP_SPAN) if is_group else None
        self.closed_until = NEVER

    def wait(self, now: float, weight: int, *, is_bulk: bool) -> float:
        """Return the seconds until this chat may receive `weight` messages."""
        slack = (
            self._room(is_bulk=is_bulk) - self._charge(weight, is_bulk=is_bulk)
        ) * self.INTERVAL
        wait = max(self.closed_until - now, gcra_wait(self._due, now, slack))
        if self._window is None:
            return wait
        held = self.GROUP_HELD_FOR_REPLIES if is_bulk else 0
        return max(wait, self._window.wait(now, weight, self.GROUP_LIMIT - held))

    def take(self, now: float, weight: int, *, is_bulk: bool) -> None:
        cost = self._charge(weight, is_bulk=is_bulk) * self.INTERVAL
        self._due = gcra_after(self._due, now, cost)
        if self._window is not None:
            self._window.take(now, weight)

    def close(self, until: float) -> None:
        """Let nothing in before that moment; of two deadlines the later one counts."""
        self.closed_until = max(self.closed_until, until)

    @property
    def matters_until(self) -> float:
        """After this moment the chat is as if it had never received anything."""
        window = NEVER if self._window is None else self._window.matters_until
        return max(self._due, self.closed_until, window)

    def _room(self, *, is_bulk: bool) -> int:
        return self._burst - self.HELD_FOR_REPLIES if is_bulk else self._burst

    def _charge(self, weight: int, *, is_bulk: bool) -> int:
        """Charge an album what a burst holds, not a second for each file: it is one call."""
        return min(weight, self._room(is_bulk=is_bulk))


class BulkRate:
    """Messages a second in bulk: halved when Telegram refuses, one more for each clean minute."""

    SLOWEST = 1.0
    CLEAN = 60.0

    __slots__ = ("_full", "_rate", "_since")

    def __init__(self, full: float) -> None:
        self._full = full
        self._rate = full
        self._since = NEVER

    def at(self, now: float) -> float:
        """Return the rate of this moment."""
        if self._rate >= self._full:
            return self._full
        self._rate, self._since = self._recovered(now)
        return min(self._full, self._rate)

    def halve(self, now: float) -> None:
        self._rate = max(self.SLOWEST, self.at(now) / 2)
        self._since = now

    def _recovered(self, now: float) -> tuple[float, float]:
        minutes = (now - self._since) // self.CLEAN
        return self._rate + minutes, self._since + minutes * self.CLEAN
