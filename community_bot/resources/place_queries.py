"""SQL that follows places: groups that became supergroups, topics that were made anew."""

from collections.abc import Callable
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.resources import post_queries
from community_bot.resources.facts import Place
from community_bot.resources.post_rows import CopyRow, PostRow
from community_bot.resources.rules import CopyState, PostState

_OPEN_POSTS = (PostState.DRAFT, PostState.WAITING_APPROVAL, PostState.SCHEDULED, PostState.PAUSED)
_ARRIVED = CopyState.SENT
_QUIET = {"synchronize_session": False}


async def rename_chat(session: AsyncSession, old: int, new: int) -> None:
    """Let posts go to a chat under its new number; what arrived stays where it arrived."""
    await session.execute(
        sa.update(CopyRow)
        .where(CopyRow.chat_id == old, CopyRow.state != _ARRIVED)
        .values(chat_id=new)
        .execution_options(**_QUIET)
    )
    await _renamed(
        session, lambda place: replace(place, chat_id=new) if place.chat_id == old else place
    )


async def rename_topic(session: AsyncSession, chat_id: int, old: int, new: int) -> None:
    """Let posts go to a topic under its new number."""
    await session.execute(
        sa.update(CopyRow)
        .where(CopyRow.chat_id == chat_id, CopyRow.topic_id == old, CopyRow.state != _ARRIVED)
        .values(topic_id=new)
        .execution_options(**_QUIET)
    )
    before = (chat_id, old)
    await _renamed(
        session,
        lambda place: (
            replace(place, topic_id=new) if (place.chat_id, place.topic_id) == before else place
        ),
    )


async def _renamed(session: AsyncSession, name: Callable[[Place], Place]) -> None:
    """Write down new places; what was confirmed for the old ones holds for these."""
    rows = await session.scalars(sa.select(PostRow).where(PostRow.state.in_(_OPEN_POSTS)))
    for row in rows:
        composed = post_queries.post_of(row).composed
        places = tuple(name(place) for place in composed.places)
        if places != composed.places:
            moved = replace(composed, places=places)
            row.places = post_queries.columns_of(moved)["places"]
            row.mark = None if row.mark is None else post_queries.mark_of(moved)
    await session.flush()
