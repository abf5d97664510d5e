"""Who would read along in a place, looked at before anything that is for a tier goes there."""

from collections.abc import Iterable, Mapping

from community_bot.resources import copy_queries, post_queries, run_queries
from community_bot.resources.facts import Composition, Place
from community_bot.resources.looks import Looks
from community_bot.resources.surroundings import Surroundings
from community_bot.storage.unit import Storage


class Onlookers:
    """Asks Telegram and what we know of rooms; no transaction is open meanwhile."""

    def __init__(self, storage: Storage, around: Surroundings) -> None:
        self._storage = storage
        self._around = around

    async def troubles(
        self, composed: Composition, places: Iterable[Place], looks: Looks
    ) -> list[str]:
        """Return the places from which what is for a tier would be seen by others.

        The world looks in under a public name, and what a channel posts is in its discussion group.
        """
        found: list[str] = []
        if composed.least_tier is None or composed.is_teaser:
            return found
        for place in places:
            if await looks.is_public(place):
                found.append(f"public:{place.chat_id}")
            group = await looks.discussed_in(place)
            if group is not None and await self._is_open(group, composed.least_tier, looks):
                found.append(f"discussed:{place.chat_id}")
        return found

    async def at_places_of(self, run_id: int, looks: Looks) -> Mapping[int, str]:
        """Return what speaks against the places to which something of a run is yet to go.

        What a person let go out in spite of it is allowed there.
        """
        async with self._storage.read() as session:
            found = await run_queries.with_post(session, run_id)
            if found is None:
                return {}
            run, composed = found[0], post_queries.post_of(found[1]).composed
            ahead = await copy_queries.places_ahead(session, run_id, run.revision)
        places = [one for one in composed.places if one.chat_id in ahead]
        allowed = run.troubles if run.is_forced else ()
        troubles = await self.troubles(composed, places, looks)
        apart = [one.partition(":") for one in troubles if one not in allowed]
        return {int(chat_id): kind for kind, _, chat_id in apart}

    async def _is_open(self, group: Place, least_tier: str, looks: Looks) -> bool:
        if await looks.is_public(group):
            return True
        async with self._storage.read() as session:
            return await self._around.can_be_seen_below(session, group, least_tier)
