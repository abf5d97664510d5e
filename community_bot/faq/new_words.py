"""Letting an index read with other groups of terms, while people go on searching."""

import asyncio
from collections.abc import Iterable

from community_bot.faq.engine import SearchEngine
from community_bot.faq.vocabulary import Vocabulary

UNREAD = -1  # the revision of an index that has read nothing, or not all
AT_ONCE = 20  # documents read again before others have their turn


class NewWords:
    """Reads wordings at once and answers by and by: these weigh little and take most of the time.

    Of the answers, every look reads some; one that has the time reads the rest.
    """

    def __init__(self) -> None:
        self._behind: dict[str, None] = {}  # documents whose answer is to be read again

    async def begin(self, engine: SearchEngine, vocabulary: Vocabulary) -> None:
        """Read queries and wordings with these words from now on.

        What interrupts this leaves an index of two readings: it is to be built anew then.
        """
        changed = await asyncio.to_thread(engine.changed_by, vocabulary)
        engine.begin_using(vocabulary)
        self._behind |= dict.fromkeys(changed.bodies)
        for number, key in enumerate(changed.wordings, start=1):
            engine.read_wordings(key)
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)

    def go_on(self, engine: SearchEngine) -> None:
        """Read some of the answers that are behind."""
        for key in [*self._some()]:
            del self._behind[key]
            engine.read_body(key)

    async def finish(self, engine: SearchEngine) -> None:
        """Read all answers that are behind, with a turn for others after every few."""
        while self._behind:
            self.go_on(engine)
            await asyncio.sleep(0)

    def forget(self) -> None:
        """Leave nothing to be read: there is an index that was built anew."""
        self._behind.clear()

    def _some(self) -> Iterable[str]:
        return (key for key, _ in zip(self._behind, range(AT_ONCE), strict=False))
