"""SQL of deliveries: put, take, settle, decide, readdress."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from community_bot.delivery.contents import pack
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Letter, Outcome, Promise
from community_bot.delivery.rows import DeliveryRow
from community_bot.delivery.rules import DELIVERY, OVER, DeliveryEvent, DeliveryState
from community_bot.delivery.splitting import topic_name

_LETTER = (
    DeliveryRow.delivery_id,
    DeliveryRow.kind,
    DeliveryRow.lane,
    DeliveryRow.chat_id,
    DeliveryRow.topic_id,
    DeliveryRow.topic_name,
    DeliveryRow.member_id,
    DeliveryRow.facts,
    DeliveryRow.doubt,
    DeliveryRow.attempts,
    DeliveryRow.resent,
    DeliveryRow.keep,
    DeliveryRow.card,
    DeliveryRow.about,
)
_SENDING = DELIVERY.after(DeliveryState.PENDING, DeliveryEvent.BEGIN)
_QUIET = {"synchronize_session": False}


def insert_into(session: AsyncSession, table: type[Any]) -> Any:  # noqa: ANN401  either dialect's insert
    """Return an insert that can say what to do about a conflict."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    return (postgresql.insert if on_postgres else sqlite.insert)(table)


async def put(session: AsyncSession, promises: Sequence[Promise], *, now: datetime) -> None:
    """Insert what was not promised before under the same once_key."""
    rows = [_row(promise, now) for promise in promises]
    insert = insert_into(session, DeliveryRow).on_conflict_do_nothing()
    # Rows that lack different values would otherwise each be a statement of its own.
    await session.execute(insert.execution_options(render_nulls=True), rows)


def _row(promise: Promise, now: datetime) -> dict[str, Any]:
    kind, facts = pack(promise.content)
    return {
        "kind": kind,
        "lane": promise.lane,
        "rank": promise.lane.order,
        "chat_id": promise.chat_id,
        "topic_id": promise.topic_id,
        "topic_name": topic_name(promise.topic_name) if promise.topic_name else None,
        "member_id": promise.member_id,
        "facts": facts,
        "once_key": promise.once_key,
        "doubt": promise.doubt,
        "keep": promise.keep,
        "state": DELIVERY.start,
        "attempts": 0,
        "resent": 0,
        "not_before": promise.not_before,
        "created_at": now,
        "card": promise.card,
        "about": promise.about,
    }


async def due(
    session: AsyncSession,
    *,
    lanes: Collection[Lane],
    now: datetime,
    most: int,
    besides: Collection[int],
    resting: Collection[int],
) -> list[Letter]:
    """Return what may go out now, highest lane and oldest first."""
    query = (
        sa.select(*_LETTER)
        .where(
            DeliveryRow.state == DeliveryState.PENDING,
            DeliveryRow.rank.in_([lane.order for lane in lanes]),
            sa.or_(DeliveryRow.not_before.is_(None), DeliveryRow.not_before <= now),
        )
        .order_by(DeliveryRow.rank, DeliveryRow.delivery_id)
        .limit(most + len(besides))
    )
    if resting:
        query = query.where(DeliveryRow.chat_id.not_in(resting))
    found = [_letter(row) for row in await session.execute(query)]
    return [letter for letter in found if letter.delivery_id not in besides][:most]


async def letter(session: AsyncSession, delivery_id: int) -> Letter | None:
    """Return one letter, whatever has become of it."""
    row = (
        await session.execute(sa.select(*_LETTER).where(DeliveryRow.delivery_id == delivery_id))
    ).first()
    return None if row is None else _letter(row)


def _letter(row: sa.Row[*tuple[Any, ...]]) -> Letter:
    columns: list[Any] = list(row)
    return Letter(*columns)


async def begin(
    session: AsyncSession,
    delivery_ids: Sequence[int],
    *,
    again: Collection[int] = (),
    now: datetime,
) -> set[int]:
    """Record the intent to send; return those that were still ours to send.

    `again` are those of which we have tried to record it before and were not answered.
    """
    may_begin: sa.ColumnElement[bool] = DeliveryRow.state.in_(DELIVERY.before(DeliveryEvent.BEGIN))
    if again:
        has_begun = DeliveryRow.state == _SENDING
        may_begin = sa.or_(may_begin, sa.and_(has_begun, DeliveryRow.delivery_id.in_(again)))
    begun = await session.scalars(
        sa.update(DeliveryRow)
        .where(DeliveryRow.delivery_id.in_(delivery_ids), may_begin, _is_alone_of_its_card())
        .values(state=_SENDING, attempts=DeliveryRow.attempts + 1, started_at=now)
        .returning(DeliveryRow.delivery_id)
        .execution_options(**_QUIET)
    )
    return set(begun)


def _is_alone_of_its_card() -> sa.ColumnElement[bool]:
    """Say that no other letter of the same card is in the air to the same chat."""
    other = aliased(DeliveryRow)
    return sa.or_(
        DeliveryRow.card.is_(None),
        ~sa.exists().where(
            other.card == DeliveryRow.card,
            other.chat_id == DeliveryRow.chat_id,
            other.state == _SENDING,
            other.delivery_id != DeliveryRow.delivery_id,
        ),
    )


async def settle(
    session: AsyncSession, outcomes: Sequence[Outcome], *, now: datetime
) -> list[Outcome]:
    """Record what became of letters; return those that were still being sent, the rest is old."""
    sending = frozenset(
        await session.scalars(
            sa.select(DeliveryRow.delivery_id).where(
                DeliveryRow.delivery_id.in_([outcome.letter.delivery_id for outcome in outcomes]),
                DeliveryRow.state == _SENDING,
            )
        )
    )
    new = [outcome for outcome in outcomes if outcome.letter.delivery_id in sending]
    if new:
        await session.execute(sa.update(DeliveryRow), [_settled(one, now) for one in new])
    return new


def _settled(outcome: Outcome, now: datetime) -> dict[str, Any]:
    return {
        "delivery_id": outcome.letter.delivery_id,
        "state": DELIVERY.after(_SENDING, outcome.event),
        "finished_at": None if outcome.event is DeliveryEvent.PUT_OFF else now,
        "message_ids": list(outcome.receipt.message_ids) or None,
        "error": outcome.error,
        "not_before": outcome.not_before,
        "resent": outcome.letter.resent + int(outcome.counts_as_resent),
    }


async def interrupted(session: AsyncSession) -> list[Letter]:
    """Return what was being sent when its sender went away."""
    rows = await session.execute(
        sa.select(*_LETTER).where(DeliveryRow.state == _SENDING).order_by(DeliveryRow.delivery_id)
    )
    return [_letter(row) for row in rows]


async def stuck(session: AsyncSession, *, before: datetime) -> int:
    """Count what should have left before then and has not, and what nobody knows of."""
    waits = sa.and_(
        DeliveryRow.state.in_((DELIVERY.start, _SENDING)),
        sa.func.coalesce(DeliveryRow.not_before, DeliveryRow.created_at) < before,
    )
    found = await session.scalar(
        sa.select(sa.func.count())
        .select_from(DeliveryRow)
        .where(sa.or_(waits, DeliveryRow.state == DeliveryState.UNKNOWN))
    )
    return found or 0


async def put_off(session: AsyncSession, *, now: datetime) -> dict[int, datetime]:
    """Return the chats that wait because a try has failed, with the end of their waiting."""
    rows = await session.execute(
        sa.select(DeliveryRow.chat_id, sa.func.max(DeliveryRow.not_before))
        .where(
            DeliveryRow.state == DELIVERY.start,
            DeliveryRow.attempts > 0,
            DeliveryRow.not_before > now,
        )
        .group_by(DeliveryRow.chat_id)
    )
    return {chat_id: until for chat_id, until in rows if until is not None}


async def move(
    session: AsyncSession,
    event: DeliveryEvent,
    *,
    delivery_id: int | None = None,
    chat_id: int | None = None,
) -> int:
    """Let one delivery, or all kept ones of a chat, take a step; return how many could."""
    chosen: list[sa.ColumnElement[bool]] = [DeliveryRow.state.in_(DELIVERY.before(event))]
    if event is DeliveryEvent.SEND_AGAIN:
        chosen.append(DeliveryRow.keep.is_(True))  # what is not kept is stale by now
    if delivery_id is not None:
        chosen.append(DeliveryRow.delivery_id == delivery_id)
    if chat_id is not None:
        chosen += [DeliveryRow.chat_id == chat_id, DeliveryRow.keep.is_(True)]
    target = {DELIVERY.after(state, event) for state in DELIVERY.before(event)}.pop()
    moved = await session.scalars(
        sa.update(DeliveryRow)
        .where(*chosen)
        .values(state=target, not_before=None)
        .returning(DeliveryRow.delivery_id)
        .execution_options(**_QUIET)
    )
    return len(moved.all())


async def rename_chat(session: AsyncSession, old: int, new: int) -> None:
    """Readdress what has not gone out yet, or may go out again: a group became a supergroup."""
    await session.execute(
        sa.update(DeliveryRow)
        .where(DeliveryRow.chat_id == old, DeliveryRow.state.not_in(OVER))
        .values(chat_id=new)
        .execution_options(**_QUIET)
    )


async def rename_topic(session: AsyncSession, chat_id: int, old: int, new: int) -> None:
    """Readdress what was meant for a topic that had to be made again."""
    await session.execute(
        sa.update(DeliveryRow)
        .where(
            DeliveryRow.chat_id == chat_id,
            DeliveryRow.topic_id == old,
            DeliveryRow.state.not_in(OVER),
        )
        .values(topic_id=new)
        .execution_options(**_QUIET)
    )


async def count_by_state(session: AsyncSession) -> dict[DeliveryState, int]:
    rows = await session.execute(
        sa.select(DeliveryRow.state, sa.func.count()).group_by(DeliveryRow.state)
    )
    return {state: count for state, count in rows}  # noqa: C416  a Row is not a pair to dict()
