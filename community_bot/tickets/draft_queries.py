"""SQL of drafts: one that gathers for each member, and those that wait for the next month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.tickets.message_queries import insert_into
from community_bot.tickets.message_rows import GATHERING, QuestionDraftRow
from community_bot.tickets.rules import DRAFT, DraftEvent, DraftState, Origin

_QUIET = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is kept."""

    draft_id: int
    member_id: int
    state: DraftState
    topic: str | None
    market: str | None
    is_topic_chosen: bool
    is_market_chosen: bool
    is_shared: bool
    origin: Origin
    group_chat_id: int | None
    group_message_id: int | None
    follows_id: int | None
    begun_at: datetime
    last_said_at: datetime
    submit_at: datetime | None
    ticket_id: int | None
    entries_read: tuple[int, ...]


async def begin(
    session: AsyncSession,
    member_id: int,
    *,
    origin: Origin,
    group_chat_id: int | None,
    group_message_id: int | None,
    follows_id: int | None,
    now: datetime,
) -> Kept:
    """Return the draft that gathers, a new one where there is none; two may ask at once."""
    await session.execute(
        insert_into(session, QuestionDraftRow)
        .values(
            member_id=member_id,
            state=DRAFT.start,
            is_topic_chosen=False,
            is_market_chosen=False,
            is_shared=False,
            origin=origin,
            group_chat_id=group_chat_id,
            group_message_id=group_message_id,
            follows_id=follows_id,
            begun_at=now,
            last_said_at=now,
            entries_read=[],
        )
        .on_conflict_do_nothing(index_elements=["member_id"], index_where=GATHERING)
    )
    found = await hold_gathering(session, member_id)
    if found is None:
        raise RuntimeError("the database returned no draft that gathers")
    return found


async def gathering(session: AsyncSession, member_id: int) -> Kept | None:
    """Return a member's draft that gathers, to look at."""
    row = await session.scalar(_gathering(member_id))
    return None if row is None else _kept(row)


async def hold_gathering(session: AsyncSession, member_id: int) -> Kept | None:
    """Return it, and let nobody else change it until our unit of work is over."""
    row = await session.scalar(_gathering(member_id).with_for_update())
    return None if row is None else _kept(row)


async def draft(session: AsyncSession, draft_id: int) -> Kept | None:
    """Return a draft, held until our unit of work is over."""
    row = await session.get(
        QuestionDraftRow, draft_id, populate_existing=True, with_for_update=True
    )
    return None if row is None else _kept(row)


async def step(
    session: AsyncSession,
    draft_id: int,
    event: DraftEvent,
    **values: Any,  # noqa: ANN401  a row's columns
) -> Kept | None:
    """Let a draft take a step if the table allows it; None where it was taken before."""
    target = {DRAFT.after(state, event) for state in DRAFT.before(event)}.pop()
    row = await session.scalar(
        sa.update(QuestionDraftRow)
        .where(
            QuestionDraftRow.draft_id == draft_id,
            QuestionDraftRow.state.in_(DRAFT.before(event)),
        )
        .values(state=target, **values)
        .returning(QuestionDraftRow)
        .execution_options(populate_existing=True, **_QUIET)
    )
    return None if row is None else _kept(row)


async def put(
    session: AsyncSession,
    draft_id: int,
    **values: Any,  # noqa: ANN401  a row's columns
) -> Kept | None:
    row = await session.scalar(
        sa.update(QuestionDraftRow)
        .where(QuestionDraftRow.draft_id == draft_id)
        .values(**values)
        .returning(QuestionDraftRow)
        .execution_options(populate_existing=True, **_QUIET)
    )
    return None if row is None else _kept(row)


async def put_by_since(session: AsyncSession, member_id: int, since: datetime) -> Kept | None:
    """Return the draft that was put by last, if that was not long ago."""
    row = await session.scalar(
        sa.select(QuestionDraftRow)
        .where(
            QuestionDraftRow.member_id == member_id,
            QuestionDraftRow.state == DraftState.PUT_BY,
            QuestionDraftRow.last_said_at > since,
        )
        .order_by(QuestionDraftRow.draft_id.desc())
        .limit(1)
    )
    return None if row is None else _kept(row)


async def add(
    session: AsyncSession,
    member_id: int,
    event: DraftEvent,
    *,
    origin: Origin,
    now: datetime,
    group_chat_id: int | None = None,
    group_message_id: int | None = None,
) -> Kept:
    """Begin a draft beside the one that gathers: this has happened to it already."""
    row = QuestionDraftRow(
        member_id=member_id,
        state=DRAFT.after(DRAFT.start, event),
        is_topic_chosen=False,
        is_market_chosen=False,
        is_shared=False,
        origin=origin,
        group_chat_id=group_chat_id,
        group_message_id=group_message_id,
        begun_at=now,
        last_said_at=now,
        entries_read=[],
    )
    session.add(row)
    await session.flush()
    return _kept(row)


async def silent_since(session: AsyncSession, before: datetime) -> list[int]:
    """Return the drafts to which nothing was added since then."""
    return await _ids(
        session,
        QuestionDraftRow.state == DraftState.GATHERING,
        QuestionDraftRow.last_said_at <= before,
    )


async def due(session: AsyncSession, now: datetime) -> list[int]:
    """Return the kept drafts whose month has begun."""
    return await _ids(
        session, QuestionDraftRow.state == DraftState.KEPT, QuestionDraftRow.submit_at <= now
    )


async def kept_of(session: AsyncSession, member_id: int) -> list[Kept]:
    """Return the drafts of a member that wait for another month, oldest first."""
    rows = await session.scalars(
        sa.select(QuestionDraftRow)
        .where(QuestionDraftRow.member_id == member_id, QuestionDraftRow.state == DraftState.KEPT)
        .order_by(QuestionDraftRow.draft_id)
    )
    return [_kept(row) for row in rows]


def _gathering(member_id: int) -> sa.Select[QuestionDraftRow]:
    return (
        sa.select(QuestionDraftRow)
        .where(
            QuestionDraftRow.member_id == member_id,
            QuestionDraftRow.state == DraftState.GATHERING,
        )
        .execution_options(populate_existing=True)
    )


async def _ids(session: AsyncSession, *conditions: sa.ColumnElement[bool]) -> list[int]:
    found: Sequence[int] = (
        await session.scalars(
            sa.select(QuestionDraftRow.draft_id)
            .where(*conditions)
            .order_by(QuestionDraftRow.last_said_at, QuestionDraftRow.draft_id)
        )
    ).all()
    return list(found)


def _kept(row: QuestionDraftRow) -> Kept:
    return Kept(
        draft_id=row.draft_id,
        member_id=row.member_id,
        state=row.state,
        topic=row.topic,
        market=row.market,
        is_topic_chosen=row.is_topic_chosen,
        is_market_chosen=row.is_market_chosen,
        is_shared=row.is_shared,
        origin=row.origin,
        group_chat_id=row.group_chat_id,
        group_message_id=row.group_message_id,
        follows_id=row.follows_id,
        begun_at=row.begun_at,
        last_said_at=row.last_said_at,
        submit_at=row.submit_at,
        ticket_id=row.ticket_id,
        entries_read=tuple(row.entries_read),
    )
