"""SQL of the inbox: keep, load what is left, mark."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from community_bot.inbox.received import Received, SetAside
from community_bot.inbox.rows import UpdateRow
from community_bot.inbox.rules import UPDATE, UpdateEvent, UpdateState
from community_bot.storage.inserting import insert_into
from community_bot.storage.rows import LeaseRow

_EDITED = "edited_message"


async def keep(session: AsyncSession, updates: Sequence[Received], *, now: datetime) -> set[int]:
    """Insert what is not there yet; return the ids that are new.

    The rows are handed over beside the statement, whose text is then made once and not each time.
    """
    table = UpdateRow.metadata.tables[UpdateRow.__tablename__]
    rows = [
        {
            "update_id": update.update_id,
            "chat_id": update.chat_id,
            "kind": update.kind,
            "urgent": update.urgent,
            "body": update.body,
            "state": UpdateState.PENDING,
            "received_at": now,
            "likeness": update.likeness,
        }
        for update in updates
    ]
    new = await session.scalars(
        insert_into(session, table).on_conflict_do_nothing().returning(table.c.update_id), rows
    )
    return set(new)


async def likenesses(
    session: AsyncSession, update_ids: Collection[int], *, since: datetime
) -> dict[int, str]:
    """Return what those of some updates look like that came since a moment."""
    rows = await session.execute(
        sa.select(UpdateRow.update_id, UpdateRow.likeness).where(
            UpdateRow.update_id.in_(update_ids), UpdateRow.received_at >= since
        )
    )
    return {row.update_id: row.likeness for row in rows}


async def pending(
    session: AsyncSession,
    *,
    most: int,
    besides: Collection[int] = (),
    chat_id: int | None = None,
) -> list[Received]:
    """Return what waits to be handled, oldest first, without what the caller already holds."""
    query = (
        sa.select(
            UpdateRow.update_id,
            UpdateRow.chat_id,
            UpdateRow.kind,
            UpdateRow.urgent,
            UpdateRow.body,
        )
        .where(UpdateRow.state == UpdateState.PENDING)
        .order_by(UpdateRow.received_at, UpdateRow.update_id)
        .limit(most + len(besides))
    )
    if chat_id is not None:
        query = query.where(UpdateRow.chat_id == chat_id)
    found = [Received(*row) for row in await session.execute(query)]
    held = frozenset(besides)
    return [update for update in found if update.update_id not in held][:most]


async def mark_done(
    session: AsyncSession, update_id: int, *, token: int, lease: str, now: datetime
) -> bool:
    """Mark one update done if it still waits and the lease is still ours; say whether it was."""
    current = sa.select(LeaseRow.token).where(LeaseRow.name == lease).scalar_subquery()
    marked = await session.scalar(
        sa.update(UpdateRow)
        .where(
            UpdateRow.update_id == update_id,
            UpdateRow.state == UpdateState.PENDING,
            current == token,
        )
        .values(state=UpdateState.DONE, handled_at=now)
        .returning(UpdateRow.update_id)
        .execution_options(synchronize_session=False)
    )
    return marked is not None


async def mark_all_done(session: AsyncSession, update_ids: Sequence[int], *, now: datetime) -> None:
    """Mark what was handled without changing anything."""
    await session.execute(
        sa.update(UpdateRow)
        .where(UpdateRow.update_id.in_(update_ids), UpdateRow.state == UpdateState.PENDING)
        .values(state=UpdateState.DONE, handled_at=now)
        .execution_options(synchronize_session=False)
    )


async def mark_failed(
    session: AsyncSession, update_id: int, *, incident: str, now: datetime
) -> None:
    await session.execute(
        sa.update(UpdateRow)
        .where(UpdateRow.update_id == update_id, UpdateRow.state == UpdateState.PENDING)
        .values(state=UpdateState.FAILED, handled_at=now, incident=incident)
        .execution_options(synchronize_session=False)
    )


async def set_aside(session: AsyncSession, *, update_id: int | None = None) -> list[SetAside]:
    """Return what was given up, oldest first, or that of it with a number."""
    query = (
        sa.select(
            UpdateRow.update_id,
            UpdateRow.chat_id,
            UpdateRow.kind,
            UpdateRow.incident,
            UpdateRow.received_at,
        )
        .where(UpdateRow.state == UpdateState.FAILED)
        .order_by(UpdateRow.received_at, UpdateRow.update_id)
    )
    if update_id is not None:
        query = query.where(UpdateRow.update_id == update_id)
    return [SetAside(*row) for row in await session.execute(query)]


async def decide(
    session: AsyncSession, update_id: int, event: UpdateEvent, *, now: datetime
) -> bool:
    """Take what was given up one step further; say whether it was still given up."""
    decided = await session.scalar(
        sa.update(UpdateRow)
        .where(UpdateRow.update_id == update_id, UpdateRow.state.in_(UPDATE.before(event)))
        .values(
            state=UPDATE.after(UpdateState.FAILED, event),
            handled_at=now if event is UpdateEvent.DISMISS else None,
        )
        .returning(UpdateRow.update_id)
        .execution_options(synchronize_session=False)
    )
    return decided is not None


async def repeat_edits_of(session: AsyncSession, update_id: int) -> None:
    """Let edits of a message that were handled without it be handled again, after it."""
    row = await session.get(UpdateRow, update_id)
    number = None if row is None else _message_id(row.body, "message")
    if row is None or number is None:
        return
    edits = await session.execute(
        sa.select(UpdateRow.update_id, UpdateRow.body).where(
            UpdateRow.chat_id == row.chat_id,
            UpdateRow.kind == _EDITED,
            UpdateRow.state.in_(UPDATE.before(UpdateEvent.REPEAT)),
        )
    )
    again = [edit_id for edit_id, body in edits if _message_id(body, _EDITED) == number]
    await session.execute(
        sa.update(UpdateRow)
        .where(UpdateRow.update_id.in_(again))
        .values(state=UPDATE.after(UpdateState.DONE, UpdateEvent.REPEAT), handled_at=None)
        .execution_options(synchronize_session=False)
    )


def _message_id(body: str, kind: str) -> int | None:
    """Return the number of the message that an update is about."""
    content = json.loads(body).get(kind)
    found = content.get("message_id") if isinstance(content, dict) else None
    return found if isinstance(found, int) else None


async def purge(session: AsyncSession, *, before: datetime) -> None:
    """Forget what was handled before a moment; failed ones are kept for whoever looks into them.

    So are edits where something failed: they may be of what is handled once more.
    """
    failed = aliased(UpdateRow)
    may_be_wanted = sa.and_(
        UpdateRow.kind == _EDITED,
        sa.exists().where(failed.chat_id == UpdateRow.chat_id, failed.state == UpdateState.FAILED),
    )
    await session.execute(
        sa.delete(UpdateRow)
        .where(
            UpdateRow.state.in_((UpdateState.DONE, UpdateState.DISMISSED)),
            UpdateRow.handled_at < before,
            ~may_be_wanted,
        )
        .execution_options(synchronize_session=False)
    )


async def count_by_state(session: AsyncSession) -> dict[UpdateState, int]:
    rows = await session.execute(
        sa.select(UpdateRow.state, sa.func.count()).group_by(UpdateRow.state)
    )
    return {state: count for state, count in rows}  # noqa: C416  a Row is not a pair to dict()
