"""Lending: what somebody opens leaves as it is, and from the archive where a file is gone."""

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Outcome, Promise
from community_bot.delivery.parcels import Copies
from community_bot.delivery.rules import DeliveryEvent, Doubt, Fault
from community_bot.delivery.service import Outbox
from community_bot.resources import archive_queries, library_queries
from community_bot.resources.content_rules import Part, parts_of
from community_bot.resources.parcels import RESOURCE, opened_part
from community_bot.storage.unit import Unit


class Lending:
    """Promises a resource to one person; whether they may have it was looked at before."""

    def __init__(self, *, outbox: Outbox, is_protected: bool) -> None:
        self._outbox = outbox
        self.is_protected = is_protected
        self.aftermaths = {RESOURCE: self.refused}

    async def lend(
        self, unit: Unit, member_id: int, *, resource_id: int, parts: tuple[Part, ...]
    ) -> None:
        """Promise the parts of a resource, one after another."""
        await self._outbox.put(
            unit,
            *(
                Promise(
                    opened_part(part, resource_id=resource_id, is_protected=self.is_protected),
                    chat_id=member_id,
                    member_id=member_id,
                    lane=Lane.REPLY,
                    doubt=Doubt.ONCE_MORE,
                    about=f"resource:{resource_id}",
                )
                for part in parts
            ),
        )

    async def lend_by_number(self, unit: Unit, member_id: int, *, resource_id: int) -> None:
        """Promise a resource that something else gives a right to: a lesson of a course."""
        found = await library_queries.one(unit.session, resource_id)
        if found is not None:
            parts = parts_of(found.content)
            await self.lend(unit, member_id, resource_id=resource_id, parts=parts)

    async def refused(self, unit: Unit, outcome: Outcome) -> None:
        """Copy from the archive what Telegram refused: a new bot token knows no old files."""
        if outcome.event is not DeliveryEvent.REFUSE or outcome.fault is not Fault.CONTENT:
            return
        letter = outcome.letter
        copies = await self._archived(unit.session, letter.facts["resource_id"])
        if copies is not None:
            await self._outbox.put(
                unit,
                Promise(
                    copies,
                    chat_id=letter.chat_id,
                    member_id=letter.member_id,
                    lane=Lane.REPLY,
                    once_key=f"from_archive:{letter.delivery_id}",
                    doubt=Doubt.ONCE_MORE,
                ),
            )

    async def _archived(self, session: AsyncSession, resource_id: int) -> Copies | None:
        found = await archive_queries.archived_copy(session, resource_id)
        if found is None:
            return None
        chat_id, message_ids = found
        return Copies(chat_id, message_ids, protect=self.is_protected)
