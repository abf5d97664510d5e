"""SQL of marks: what is shown of people in spaces, and where that is refused."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.membership.mark_rows import MarkRow
from community_bot.membership.mark_rules import NOTHING, REFUSALS, MarkKind
from community_bot.membership.rows import PresenceRow, SpaceRow
from community_bot.storage.inserting import insert_into

_KEY = ["chat_id", "member_id", "kind"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What was asked for a person in a space, and when that was refused last."""

    asked: str
    refused_at: datetime | None


async def groups(session: AsyncSession, *, besides: str) -> dict[int, str]:
    """Return the groups among the spaces with their roles; a channel has nothing to mark."""
    rows = await session.execute(
        sa.select(SpaceRow.chat_id, SpaceRow.role).where(
            SpaceRow.is_channel.is_(False), SpaceRow.role != besides
        )
    )
    return {row.chat_id: row.role for row in rows}


async def present(session: AsyncSession, *, member_id: int | None = None) -> list[tuple[int, int]]:
    """Return who is in which space, everybody or one person: (space, person).

    Whoever runs a group is left out: Telegram lets no bot change what is seen of them.
    """
    query = sa.select(PresenceRow.chat_id, PresenceRow.member_id).where(
        PresenceRow.is_in.is_(True), PresenceRow.is_in_charge.is_(False)
    )
    if member_id is not None:
        query = query.where(PresenceRow.member_id == member_id)
    rows = await session.execute(query.order_by(PresenceRow.chat_id, PresenceRow.member_id))
    return [(row.chat_id, row.member_id) for row in rows]


async def marks(
    session: AsyncSession, *, member_id: int | None = None
) -> dict[tuple[int, int, MarkKind], Mark]:
    """Return what was asked so far, for everybody or one person."""
    query = sa.select(
        MarkRow.chat_id, MarkRow.member_id, MarkRow.kind, MarkRow.asked, MarkRow.refused_at
    )
    if member_id is not None:
        query = query.where(MarkRow.member_id == member_id)
    return {
        (row.chat_id, row.member_id, row.kind): Mark(row.asked, row.refused_at)
        for row in await session.execute(query)
    }


async def ask(
    session: AsyncSession, chat_id: int, member_id: int, kind: MarkKind, value: str
) -> None:
    """Note what was promised to be shown."""
    insert = insert_into(session, MarkRow)
    await session.execute(
        insert.values(
            chat_id=chat_id, member_id=member_id, kind=kind, asked=value, shown=NOTHING
        ).on_conflict_do_update(index_elements=_KEY, set_={"asked": value})
    )


async def confirm(
    session: AsyncSession,
    chat_id: int,
    member_id: int,
    kind: MarkKind,
    value: str,
    *,
    now: datetime,
) -> str | None:
    """Note that it is shown now; return what was asked last."""
    return await session.scalar(
        _of(chat_id, member_id, kind)
        .values(shown=value, settled_at=now, refused_at=None)
        .returning(MarkRow.asked)
    )


async def refuse(
    session: AsyncSession, chat_id: int, member_id: int, kind: MarkKind, *, now: datetime
) -> None:
    """Note that it is not shown: what was before is still to be seen."""
    await session.execute(_of(chat_id, member_id, kind).values(asked=MarkRow.shown, refused_at=now))


async def forget(session: AsyncSession, chat_id: int, member_id: int, kind: MarkKind) -> None:
    """Forget a mark that went away with the person."""
    await session.execute(
        sa.delete(MarkRow).where(
            MarkRow.chat_id == chat_id, MarkRow.member_id == member_id, MarkRow.kind == kind
        )
    )


async def closed(session: AsyncSession, *, since: datetime) -> set[tuple[int, MarkKind]]:
    """Return where a right is missing: several refusals since then, and nothing that worked."""
    refused = sa.func.count(MarkRow.refused_at).filter(MarkRow.refused_at > since)
    worked = sa.func.count(MarkRow.settled_at).filter(MarkRow.settled_at > since)
    rows = await session.execute(
        sa.select(MarkRow.chat_id, MarkRow.kind)
        .group_by(MarkRow.chat_id, MarkRow.kind)
        .having(refused >= REFUSALS, worked == 0)
    )
    return {(row.chat_id, row.kind) for row in rows}


def _of(chat_id: int, member_id: int, kind: MarkKind) -> sa.Update:
    return (
        sa.update(MarkRow)
        .where(MarkRow.chat_id == chat_id, MarkRow.member_id == member_id, MarkRow.kind == kind)
        .execution_options(synchronize_session=False)
    )
