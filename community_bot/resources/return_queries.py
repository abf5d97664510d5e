"""SQL of those who had a membership, were without one, and have one again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from community_bot.membership.rows import EntitlementRow


@dataclass(frozen=True, slots=True)
class Return:
    """Somebody's absence: from when the last right ended to when the next one began."""

    member_id: int
    left_at: datetime
    back_at: datetime


async def returned(session: AsyncSession, *, since: datetime, shortest: timedelta) -> list[Return]:
    """Return who has come back since a moment, each with the end of what they had before."""
    before = aliased(EntitlementRow)
    ended = sa.func.max(sa.func.coalesce(before.revoked_at, before.ends_at))
    begun = sa.func.min(EntitlementRow.starts_at)
    forever = sa.func.count(sa.case((_is_endless(before), 1)))
    rows = await session.execute(
        sa.select(EntitlementRow.member_id, ended, begun, forever)
        .join(
            before,
            sa.and_(
                before.member_id == EntitlementRow.member_id,
                before.starts_at < EntitlementRow.starts_at,
            ),
        )
        .where(EntitlementRow.starts_at >= since, EntitlementRow.revoked_at.is_(None))
        .group_by(EntitlementRow.member_id)
    )
    return [
        Return(member_id, left_at, back_at)
        for member_id, left_at, back_at, endless in rows
        if not endless and left_at is not None and back_at - left_at >= shortest
    ]


def _is_endless(right: type[EntitlementRow]) -> sa.ColumnElement[bool]:
    return sa.and_(right.revoked_at.is_(None), right.ends_at.is_(None))
