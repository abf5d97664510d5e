"""Statements: what the account itself says, held against what members and approvers say.

Nothing is approved by a statement alone, and nothing of it is lost: whatever does not fit, either
way, is shown to finance until a person has dealt with it.
"""

from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing import statement_queries as queries
from community_bot.billing.statement_columns import columns
from community_bot.billing.statement_facts import Compared, StatementLine
from community_bot.billing.statement_rules import read
from community_bot.billing.telling import APPROVERS
from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.people.roles import Actor
from community_bot.storage import journal
from community_bot.storage.unit import Storage

MOST_BYTES = 5 * 1024 * 1024


class Statements:
    """Takes statements in and compares."""

    def __init__(self, storage: Storage, clock: Clock, *, currency: str, zone: ZoneInfo) -> None:
        self._storage = storage
        self._clock = clock
        self._currency = currency
        self._zone = zone

    async def take_in(self, actor: Actor, *, name: str, data: bytes) -> Compared:
        """Write down the money that came according to a file; the same file twice is no matter."""
        actor.require(*APPROVERS)
        sheet = read(data, columns(), currency=self._currency, zone=self._zone)
        if not sheet.entries and not sheet.spoilt:
            raise Invalid("statement", "empty")
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            statement_id, new = await queries.add(
                unit.session, sheet.entries, name=name[:255], by=actor.member_id, now=now
            )
            await journal.record(
                unit,
                at=now,
                actor_id=actor.member_id,
                action="take_statement",
                subject="statement",
                subject_key=statement_id,
                after={"name": name[:255], "lines": len(sheet.entries), "new": new},
            )
            compared = await self._compare(
                unit.session, new=new, known=len(sheet.entries) - new, spoilt=sheet.spoilt
            )
            await unit.commit()
        return compared

    async def compare(self, actor: Actor) -> Compared:
        """Hold everything that was taken in against orders as they are now."""
        actor.require(*APPROVERS)
        async with self._storage.read() as session:
            return await self._compare(session)

    async def seen(self, reference: str | None) -> StatementLine | None:
        """Say whether a transfer's number stands on a statement."""
        if reference is None:
            return None
        async with self._storage.read() as session:
            return next(iter(await queries.lines(session, reference)), None)

    async def line(self, actor: Actor, *, line_id: int) -> StatementLine:
        """Return one line that nobody put aside yet."""
        actor.require(*APPROVERS)
        async with self._storage.read() as session:
            found = await queries.lines(session, line_id=line_id)
        if not found:
            raise NotFound("statement_line", line_id)
        return found[0]

    async def put_aside(self, actor: Actor, *, line_id: int) -> None:
        """Say that a line is no business of the community's."""
        actor.require(*APPROVERS)
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            if not await queries.put_aside(unit.session, line_id, by=actor.member_id, now=now):
                raise AlreadyDone("statement_line")
            await journal.record(
                unit,
                at=now,
                actor_id=actor.member_id,
                action="put_aside",
                subject="statement_line",
                subject_key=line_id,
            )
            await unit.commit()

    @staticmethod
    async def _compare(
        session: AsyncSession, *, new: int = 0, known: int = 0, spoilt: int = 0
    ) -> Compared:
        lines = await queries.lines(session)
        return Compared(
            new=new,
            known=known,
            spoilt=spoilt,
            claimed=tuple(line for line in lines if line.expected is not None),
            unclaimed=tuple(line for line in lines if line.expected is None),
            absent=tuple(await queries.absent(session)),
        )
