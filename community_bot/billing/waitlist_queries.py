"""SQL of waiting lists."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.waitlist_rows import QUEUED, PlaceRow
from community_bot.billing.waitlist_rules import PLACE, PlaceEvent, PlaceState
from community_bot.storage.inserting import insert_into

_IN_LINE = (PlaceState.WAITING, PlaceState.OFFERED)


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a waiting list; `held_until` is set while a seat is held for it."""

    place_id: int
    member_id: int
    tier_code: str
    state: PlaceState
    held_until: datetime | None


async def queued(session: AsyncSession, tier_code: str | None = None) -> list[Place]:
    """Return who waits or is offered a seat, of one tier or of all, first come first."""
    query = sa.select(PlaceRow).where(PlaceRow.state.in_(_IN_LINE))
    if tier_code is not None:
        query = query.where(PlaceRow.tier_code == tier_code)
    rows = await session.scalars(
        query.order_by(PlaceRow.place_id).execution_options(populate_existing=True)
    )
    return [
        Place(row.place_id, row.member_id, row.tier_code, row.state, row.held_until) for row in rows
    ]


async def tier_of(session: AsyncSession, place_id: int, member_id: int) -> str | None:
    """Return for which tier a place of somebody's own is."""
    return await session.scalar(
        sa.select(PlaceRow.tier_code).where(
            PlaceRow.place_id == place_id, PlaceRow.member_id == member_id
        )
    )


async def join(session: AsyncSession, member_id: int, tier_code: str, *, now: datetime) -> bool:
    """Put somebody at the end, unless they are in line already; say whether it was done."""
    insert = insert_into(session, PlaceRow)
    made = await session.scalar(
        insert.values(member_id=member_id, tier_code=tier_code, state=PLACE.start, joined_at=now)
        .on_conflict_do_nothing(index_elements=["member_id", "tier_code"], index_where=QUEUED)
        .returning(PlaceRow.place_id)
    )
    return made is not None


async def move(
    session: AsyncSession,
    place_id: int,
    event: PlaceEvent,
    *,
    held_until: datetime | None = None,
) -> bool:
    """Let a place take a step if the table allows it; say whether it did."""
    targets = {PLACE.after(state, event) for state in PLACE.before(event)}
    moved = await session.scalar(
        sa.update(PlaceRow)
        .where(PlaceRow.place_id == place_id, PlaceRow.state.in_(PLACE.before(event)))
        .values(state=targets.pop(), held_until=held_until)
        .returning(PlaceRow.place_id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None
