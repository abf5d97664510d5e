"""Signs that an answer fails its readers: they ask all the same, and mentors answer anew."""

from collections.abc import Collection

from community_bot.clock import Clock
from community_bot.faq import queries, usage_queries
from community_bot.faq.content_rules import EntryKind
from community_bot.faq.doubting import doubt
from community_bot.faq.facts import Entry
from community_bot.faq.keepers import Keepers
from community_bot.faq.rules import SHOWN, Doubted, EntryState, is_asked_about, week_of
from community_bot.storage.unit import Unit


class Failing:
    """Hears from the desk, inside its units, what became of those who had read an answer."""

    def __init__(self, clock: Clock, *, keepers: Keepers) -> None:
        self._clock = clock
        self._keepers = keepers

    async def asked(self, unit: Unit, *, member_id: int, entry_ids: Collection[int]) -> None:
        """Note who asks after reading; an entry that sends too many on to mentors is marked.

        Whoever said that an answer helped asks about something else.
        """
        now = self._clock.now()
        for entry in await _shown(unit, entry_ids):
            if await usage_queries.has_helped(
                unit.session, entry.entry_id, entry.version, member_id
            ):
                continue
            await usage_queries.note_asked(
                unit.session,
                entry_id=entry.entry_id,
                version=entry.version,
                member_id=member_id,
                now=now,
            )
            asked, readers = await usage_queries.asked_of_readers(
                unit.session, entry.entry_id, entry.version
            )
            if is_asked_about(asked, readers):
                await doubt(unit, entry.entry_id, Doubted.ASKED, now=now)

    async def answered(self, unit: Unit, *, ticket_id: int, entry_ids: Collection[int]) -> None:
        """Ask whoever looks after an entry what it lacked, at most once a week for a version.

        The entry is not marked: one question says little, and may be about something else.
        """
        week = week_of(self._clock.now())
        for entry in await _shown(unit, entry_ids):
            if entry.state is EntryState.PUBLISHED:
                once_key = f"faq_answered:{entry.entry_id}:{entry.version}:{week}"
                await self._keepers.ask(
                    unit, entry, Doubted.ANSWERED, once_key=once_key, ticket_id=ticket_id
                )


async def _shown(unit: Unit, entry_ids: Collection[int]) -> list[Entry]:
    """Return those of these entries that members find now."""
    found = await queries.some(unit.session, entry_ids) if entry_ids else []
    return [one for one in found if one.state in SHOWN and one.content.kind is EntryKind.FAQ]
