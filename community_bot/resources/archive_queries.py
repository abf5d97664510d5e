"""SQL of the copies in the archive channel: where each version of a resource is kept."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.resources.rows import ResourceVersionRow


async def note_archived(
    session: AsyncSession,
    resource_version_id: int,
    *,
    chat_id: int,
    message_ids: Sequence[int],
    now: datetime,
) -> None:
    """Write down where the archived copy of a version is; a second part is added to the first."""
    row = await session.get(ResourceVersionRow, resource_version_id)
    if row is not None:
        row.archive_chat_id, row.archived_at = chat_id, now
        row.archive_message_ids = [*(row.archive_message_ids or ()), *message_ids]
        await session.flush()


async def archived_copy(
    session: AsyncSession, resource_id: int
) -> tuple[int, tuple[int, ...]] | None:
    """Return where the newest archived copy of a resource is."""
    row = await session.scalar(
        sa.select(ResourceVersionRow)
        .where(
            ResourceVersionRow.resource_id == resource_id,
            ResourceVersionRow.archive_chat_id.is_not(None),
        )
        .order_by(ResourceVersionRow.version.desc())
        .limit(1)
    )
    if row is None or row.archive_chat_id is None:
        return None
    return row.archive_chat_id, tuple(row.archive_message_ids or ())
