"""SQL of copies that are called back: all of a run, or those of people who may have none."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.delivery.rows import DeliveryRow
from community_bot.delivery.rules import DeliveryState
from community_bot.resources import copy_queries
from community_bot.resources.audience_queries import keeps_right
from community_bot.resources.audience_rules import Audience
from community_bot.resources.post_rows import CopyRow
from community_bot.resources.rules import COPY, CopyEvent, CopyState


async def promised_to(
    session: AsyncSession,
    run_id: int,
    audience: Audience | None,
    least_tier: str | None,
    now: datetime,
) -> list[int]:
    """Return the people who have lost what was asked for and whose copies are on their way."""
    found = await session.scalars(
        sa.select(CopyRow.chat_id)
        .where(
            CopyRow.run_id == run_id,
            CopyRow.state == CopyState.QUEUED,
            CopyRow.member_id.is_not(None),
            ~keeps_right(CopyRow.chat_id, audience, least_tier, now),
        )
        .distinct()
    )
    return list(found)


async def call_back(
    session: AsyncSession, run_id: int, *, chat_ids: Collection[int] | None = None
) -> None:
    """Let copies wait again whose letters were called off: all that are not in the air."""
    theirs = sa.true() if chat_ids is None else CopyRow.chat_id.in_(chat_ids)
    flying = await session.scalars(
        sa.select(DeliveryRow.facts).where(
            DeliveryRow.about == copy_queries.about(run_id),
            DeliveryRow.state == DeliveryState.SENDING,
        )
    )
    in_the_air = {facts.get("copy_id") for facts in flying}
    await session.execute(
        sa.update(CopyRow)
        .where(
            CopyRow.run_id == run_id,
            CopyRow.state == CopyState.QUEUED,
            theirs,
            CopyRow.copy_id.not_in([copy_id for copy_id in in_the_air if copy_id]),
        )
        .values(state=COPY.after(CopyState.QUEUED, CopyEvent.CALL_BACK))
        .execution_options(synchronize_session=False)
    )
