"""Trust: figures that anybody may see, counted from what happened and never typed by anybody."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing import trust_queries as queries
from community_bot.billing.refund_rules import CaseState
from community_bot.clock import Clock
from community_bot.storage.unit import Storage

YEAR = timedelta(days=365)
# Of a handful of cases a share says nothing, and might say something about one person.
ENOUGH = 10
APPROVED = (CaseState.APPROVED, CaseState.DECIDED)

# Counts answers since a moment: in time, and all of them.
OnTime: TypeAlias = Callable[[AsyncSession, datetime], Awaitable[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; None where there are too few to say."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        return None if self.whole < ENOUGH else round(100 * self.part / self.whole)


@dataclass(frozen=True, slots=True)
class Figures:
    """The last year in figures. `answered_in_time` None: nobody counts answers here."""

    members: int
    orders: int
    refunded: Share
    asked_back: int
    approved: Share
    decided_within: timedelta | None
    answered_in_time: Share | None


class Trust:
    """Counts."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self.on_time: OnTime | None = None  # whoever keeps questions counts them

    async def figures(self) -> Figures:
        now = self._clock.now()
        since = now - YEAR
        async with self._storage.read() as session:
            members = await queries.members(session, now=now)
            paid, refunded = await queries.orders(session, since=since)
            cases = await queries.cases(session, since=since)
            counted = None if self.on_time is None else await self.on_time(session, since)
        decided = [(state, hours) for state, hours in cases if hours is not None]
        hours = [hours for _, hours in decided if hours is not None]
        return Figures(
            members=members,
            orders=paid,
            refunded=Share(refunded, paid),
            asked_back=len(cases),
            approved=Share(sum(state in APPROVED for state, _ in decided), len(decided)),
            decided_within=timedelta(hours=median(hours)) if len(hours) >= ENOUGH else None,
            answered_in_time=None if counted is None else Share(*counted),
        )
