"""SQL of spaces and of who was last seen in them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.membership.facts import Space
from community_bot.membership.rows import PresenceRow, SpaceRow
from community_bot.storage.inserting import insert_into


async def spaces(session: AsyncSession) -> list[Space]:
    rows = await session.scalars(sa.select(SpaceRow).order_by(SpaceRow.role, SpaceRow.chat_id))
    return [_space_of(row) for row in rows]


async def space(session: AsyncSession, chat_id: int) -> Space | None:
    row = await session.get(SpaceRow, chat_id)
    return None if row is None else _space_of(row)


async def save_space(session: AsyncSession, space: Space, *, bound_by: int, now: datetime) -> None:
    await session.merge(
        SpaceRow(
            chat_id=space.chat_id,
            role=space.role,
            title=space.title,
            is_forum=space.is_forum,
            door=space.door,
            is_channel=space.is_channel,
            bound_by=bound_by,
            bound_at=now,
        )
    )
    await session.flush()


async def rename_space(session: AsyncSession, old: int, new: int) -> bool:
    """Move a space to its new id; whoever was in it is in it still."""
    moved = await session.scalar(
        sa.update(SpaceRow)
        .where(SpaceRow.chat_id == old)
        .values(chat_id=new)
        .returning(SpaceRow.chat_id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None


async def save_presence(
    session: AsyncSession,
    chat_id: int,
    member_id: int,
    *,
    is_in: bool,
    is_in_charge: bool = False,
    now: datetime,
) -> None:
    """Note what was seen last; two updates about one person may come at once."""
    insert = insert_into(session, PresenceRow)
    seen = {"is_in": is_in, "is_in_charge": is_in_charge, "seen_at": now}
    await session.execute(
        insert.values(chat_id=chat_id, member_id=member_id, **seen).on_conflict_do_update(
            index_elements=["chat_id", "member_id"], set_=seen
        )
    )


async def present(session: AsyncSession, chat_id: int) -> list[int]:
    """Return who was in the space when last seen, longest ago first."""
    found = await session.scalars(
        sa.select(PresenceRow.member_id)
        .where(PresenceRow.chat_id == chat_id, PresenceRow.is_in.is_(True))
        .order_by(PresenceRow.seen_at, PresenceRow.member_id)
    )
    return list(found)


async def spaces_with(session: AsyncSession, member_id: int) -> list[Space]:
    """Return the spaces in which a person was when last seen."""
    rows = await session.scalars(
        sa.select(SpaceRow)
        .join(PresenceRow, PresenceRow.chat_id == SpaceRow.chat_id)
        .where(PresenceRow.member_id == member_id, PresenceRow.is_in.is_(True))
        .order_by(SpaceRow.chat_id)
    )
    return [_space_of(row) for row in rows]


def _space_of(row: SpaceRow) -> Space:
    return Space(
        chat_id=row.chat_id,
        role=row.role,
        title=row.title,
        is_forum=row.is_forum,
        door=row.door,
        is_channel=row.is_channel,
    )
