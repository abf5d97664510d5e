"""Chores that fail: told to the owners once a day for as long as each of them does."""

import logging
from datetime import date

from community_bot.community import Community
from community_bot.delivery.notices import Incident
from community_bot.storage.faults import is_passing

log = logging.getLogger(__name__)


class Troubles:
    """Knows which chores fail, and since which day that has been told."""

    def __init__(self, community: Community) -> None:
        self._community = community
        self._told: dict[str, date] = {}

    async def failed(self, chore: str, error: Exception) -> None:
        """Log the first fault of a day whole, and tell the owners; it is tried again anyhow."""
        if is_passing(error):
            log.warning("the database does not answer, the chore waits: %s", chore)
            return
        community = self._community
        today = community.clock.now().astimezone(community.config.community.zone).date()
        if self._told.get(chore) == today:
            log.debug("chore: %s: still %s", chore, type(error).__name__)
            return
        code = community.ids.code(6)
        log.error("incident %s in the chore: %s", code, chore, exc_info=error)
        incident = Incident(code=code, what=type(error).__name__, chore=chore)
        await community.incidents.tell(incident, key=f"chore:{chore}:{today.isoformat()}")
        self._told[chore] = today

    def worked(self, chore: str) -> None:
        """Forget the trouble: it is over."""
        if self._told.pop(chore, None) is not None:
            log.info("the chore works again: %s", chore)
