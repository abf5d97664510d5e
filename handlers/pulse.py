"""The pulse: whether what works here by itself still moves, and whether Telegram knows the bot."""

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from telegram.error import InvalidToken

log = logging.getLogger(__name__)

REVOKED = "Telegram does not know telegram.token any more"


@dataclass(slots=True)
class _Watched:
    """A part that works here, when it moved last, and for how long it may be still."""

    moved_at: float
    within: float


class Pulse:
    """Knows when each part that works in this process moved last.

    A part is watched only while it works: a standby, which waits for its turn, is as it should be.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._watched: dict[str, _Watched] = {}
        self._is_known = True

    @contextlib.contextmanager
    def watching(self, part: str, *, within: float) -> Iterator[Callable[[], None]]:
        """Watch a part until the block ends; it calls what it is given whenever it moves."""
        watched = self._watched[part] = _Watched(self._monotonic(), within)

        def beat() -> None:
            watched.moved_at = self._monotonic()

        try:
            yield beat
        finally:
            del self._watched[part]

    def refused(self, error: InvalidToken) -> None:
        """Note that Telegram does not know us: said once, until it knows us again.

        A method that a server does not have is answered alike, but for the words.
        """
        if self._is_known and "not found" not in str(error).lower():
            self._is_known = False
            log.error("%s: put the one that @BotFather shows into the configuration", REVOKED)

    def answered(self) -> None:
        """Note that Telegram did what we asked for."""
        if not self._is_known:
            self._is_known = True
            log.warning("Telegram knows the token again")

    def trouble(self) -> str | None:
        """Say what is wrong, if anything is."""
        if not self._is_known:
            return REVOKED
        now = self._monotonic()
        for part, watched in self._watched.items():
            still = now - watched.moved_at
            if still > watched.within:
                return f"{part}: has not moved for {still:.0f} seconds"
        return None
