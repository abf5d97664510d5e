"""SQL of where a right came from."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.membership.rows import EntitlementRow
from community_bot.membership.rules import Source


async def origin(session: AsyncSession, entitlement_id: int) -> tuple[Source, str]:
    """Return the source of a right and its key, however often the right was moved since."""
    query = sa.select(EntitlementRow.source, EntitlementRow.source_key)
    rows = await session.execute(query.where(EntitlementRow.entitlement_id == entitlement_id))
    source, key = rows.one()
    return await origin(session, int(key)) if source is Source.TRANSFER else (source, key)
