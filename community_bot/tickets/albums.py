"""Albums: their parts come one by one without an end, and go on together after a pause."""

from datetime import datetime

from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries
from community_bot.tickets.placing import Placing
from community_bot.tickets.publishing import Publishing
from community_bot.tickets.rules import MessageKind


class Albums:
    """Waits in the database, so that a restart tears no album apart."""

    def __init__(self, storage: Storage, *, placing: Placing, publishing: Publishing) -> None:
        self._storage = storage
        self._placing = placing
        self._publishing = publishing

    async def sweep(self, now: datetime) -> int:
        """Carry on every album whose last part came a while ago; return how many."""
        async with self._storage.read() as session:
            due = await messages.albums_due(session, now)
        for chat_id, album in due:
            async with self._storage.work() as unit:
                await self._carry_on(unit, chat_id, album)
                await unit.commit()
        return len(due)

    async def _carry_on(self, unit: Unit, chat_id: int, album: str) -> None:
        parts = await messages.waiting_parts(unit.session, chat_id, album)
        if not parts or parts[0].ticket_id is None:
            return
        ticket = await queries.hold(unit.session, parts[0].ticket_id)
        numbers = [one.ticket_message_id for one in parts]
        await messages.relay_at(unit.session, numbers, None)
        if ticket is None:
            return
        if parts[0].kind is MessageKind.PUBLIC:
            await self._publishing.publish(unit, ticket, parts)
        elif parts[0].kind is MessageKind.MEMBER:
            await self._placing.carry(unit, ticket, parts)
