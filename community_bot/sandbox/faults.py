"""What can go wrong between a bot and Telegram, on demand: for tests of what must hold."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from community_bot.sandbox.refusals import Refused


class Dropped(Exception):
    """The connection is closed without an answer."""


class Broken(Exception):
    """The server answers with a page instead of JSON."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class Trouble(StrEnum):
    """The ways in which a call can fail."""

    REFUSE = "refuse"
    SERVER_ERROR = "server_error"
    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    HANG_BEFORE = "hang_before"
    HANG_AFTER = "hang_after"


@dataclass(slots=True, eq=False)
class Fault:
    """One arranged trouble: which calls it meets, how often, and what happens to them."""

    trouble: Trouble
    method: str | None = None
    chat_id: int | None = None
    times: int | None = 1
    chance: float = 1.0
    seconds: float = 0.0
    code: int = 502
    refusal: Refused | None = None
    met: int = 0
    seen: int = 0

    def meets(self, method: str, chat_id: int | None, dice: Callable[[], float]) -> bool:
        if self.method is not None and self.method.lower() != method.lower():
            return False
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        if self.times is not None and self.met >= self.times:
            return False
        self.seen += 1
        if self.chance < 1 and dice() >= self.chance:
            return False
        self.met += 1
        return True

    async def before(self) -> None:
        """Let the trouble happen that comes before the call is handled."""
        if self.refusal is not None:
            raise self.refusal
        if self.trouble is Trouble.SERVER_ERROR:
            raise Broken(self.code)
        if self.trouble is Trouble.DROP_BEFORE:
            raise Dropped
        if self.trouble is Trouble.HANG_BEFORE:
            await asyncio.sleep(self.seconds)

    async def after(self) -> None:
        """Let the trouble happen that comes after the call was handled."""
        if self.trouble is Trouble.DROP_AFTER:
            raise Dropped
        if self.trouble is Trouble.HANG_AFTER:
            await asyncio.sleep(self.seconds)


@dataclass(slots=True, eq=False)
class Faults:
    """The arranged troubles, asked at every call; `dice` is the `random` of a seeded generator.

    Every arrangement takes `method`, `chat_id`, `times` (None: always) and `chance`.
    """

    dice: Callable[[], float] | None = None
    arranged: list[Fault] = field(default_factory=list)
    _throws: int = 0

    def flood(self, retry_after: int = 1, **which: object) -> Fault:
        """Answer 429."""
        text = f"Too Many Requests: retry after {retry_after}"
        refusal = Refused(429, text, retry_after=retry_after)
        return self._arrange(Fault(Trouble.REFUSE, refusal=refusal), which)

    def refuse(self, code: int, description: str, **which: object) -> Fault:
        """Answer with a refusal, in Telegram's words."""
        return self._arrange(Fault(Trouble.REFUSE, refusal=Refused(code, description)), which)

    def server_error(self, code: int = 502, **which: object) -> Fault:
        """Answer 5xx with a page of HTML, as the proxy in front of Telegram does."""
        return self._arrange(Fault(Trouble.SERVER_ERROR, code=code), which)

    def drop_before(self, **which: object) -> Fault:
        """Close the connection without having done anything."""
        return self._arrange(Fault(Trouble.DROP_BEFORE), which)

    def drop_after(self, **which: object) -> Fault:
        """Do what is asked, then close the connection without an answer."""
        return self._arrange(Fault(Trouble.DROP_AFTER), which)

    def hang_before(self, seconds: float, **which: object) -> Fault:
        """Wait before doing what is asked."""
        return self._arrange(Fault(Trouble.HANG_BEFORE, seconds=seconds), which)

    def hang_after(self, seconds: float, **which: object) -> Fault:
        """Do what is asked, then wait before answering."""
        return self._arrange(Fault(Trouble.HANG_AFTER, seconds=seconds), which)

    def clear(self) -> None:
        self.arranged.clear()

    def find(self, method: str, chat_id: int | None) -> Fault | None:
        """Return the trouble that meets this call, if any."""
        for fault in self.arranged:
            if fault.meets(method, chat_id, self._throw):
                return fault
        return None

    def _arrange(self, fault: Fault, which: dict[str, object]) -> Fault:
        for name, value in which.items():
            if name not in {"method", "chat_id", "times", "chance"}:
                raise TypeError(f"a fault has no {name}")
            setattr(fault, name, value)
        self.arranged.append(fault)
        return fault

    def _throw(self) -> float:
        if self.dice is not None:
            return self.dice()
        # Without dice the share is kept exactly and evenly: multiples of the golden ratio.
        self._throws += 1
        return math.modf(self._throws * 0.6180339887498949)[0]
