"""SQL of where messages were carried: promised to one chat each, and what arrived there."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.tickets.facts import Message, Relay
from community_bot.tickets.message_queries import insert_into
from community_bot.tickets.message_rows import RelayRow, TicketMessageRow
from community_bot.tickets.rules import Audience

_QUIET = {"synchronize_session": False}


async def promise(
    session: AsyncSession,
    messages: Sequence[Message],
    *,
    ticket_id: int,
    audience: Audience,
    chat_id: int,
    forum_topic_id: int | None,
    now: datetime,
) -> list[int]:
    """Note that messages are to be carried to a chat; return the numbers of these relays.

    What was carried there before is carried anew: its topic had to be made again.
    """
    promised = {
        "forum_topic_id": forum_topic_id,
        "message_id": None,
        "promised_at": now,
        "arrived_at": None,
        "failed_for": None,
    }
    found = await session.scalars(
        insert_into(session, RelayRow)
        .values(
            [
                {
                    "ticket_message_id": one.ticket_message_id,
                    "ticket_id": ticket_id,
                    "kind": one.kind,
                    "audience": audience,
                    "chat_id": chat_id,
                    **promised,
                }
                for one in messages
            ]
        )
        .on_conflict_do_update(
            index_elements=["ticket_message_id", "chat_id"],
            set_={"ticket_id": ticket_id, **promised},
        )
        .returning(RelayRow.relay_id)
    )
    return sorted(found)


async def underway(
    session: AsyncSession, *, from_chat_id: int, message_ids: Collection[int], chat_id: int
) -> list[Relay]:
    """Return the relays of these messages to a chat, in the order of the messages."""
    rows = await session.scalars(
        sa.select(RelayRow)
        .join(TicketMessageRow, TicketMessageRow.ticket_message_id == RelayRow.ticket_message_id)
        .where(
            TicketMessageRow.chat_id == from_chat_id,
            TicketMessageRow.message_id.in_(message_ids),
            RelayRow.chat_id == chat_id,
        )
        .order_by(TicketMessageRow.message_id)
        .execution_options(populate_existing=True)
    )
    return [relay_of(row) for row in rows]


async def arrived(
    session: AsyncSession, relay_id: int, message_id: int | None, now: datetime
) -> None:
    await session.execute(
        sa.update(RelayRow)
        .where(RelayRow.relay_id == relay_id)
        .values(message_id=message_id, arrived_at=now, failed_for=None)
        .execution_options(**_QUIET)
    )


async def failed(session: AsyncSession, relay_ids: Collection[int], reason: str) -> None:
    await session.execute(
        sa.update(RelayRow)
        .where(RelayRow.relay_id.in_(relay_ids))
        .values(failed_for=reason)
        .execution_options(**_QUIET)
    )


async def of_message(session: AsyncSession, ticket_message_id: int) -> list[Relay]:
    return await _found(session, RelayRow.ticket_message_id == ticket_message_id)


async def of_ticket(session: AsyncSession, ticket_id: int) -> list[Relay]:
    return await _found(session, RelayRow.ticket_id == ticket_id)


async def at(session: AsyncSession, chat_id: int, message_id: int) -> Relay | None:
    """Return the relay whose copy a message is."""
    found = await _found(session, RelayRow.chat_id == chat_id, RelayRow.message_id == message_id)
    return found[0] if found else None


async def move(session: AsyncSession, ticket_id: int, into_id: int) -> None:
    await session.execute(
        sa.update(RelayRow)
        .where(RelayRow.ticket_id == ticket_id)
        .values(ticket_id=into_id)
        .execution_options(**_QUIET)
    )


async def last_to(session: AsyncSession, chat_id: int, ticket_id: int) -> Relay | None:
    """Return what was carried to a chat last, if it was for this ticket."""
    row = await session.scalar(
        sa.select(RelayRow)
        .where(RelayRow.chat_id == chat_id)
        .order_by(RelayRow.relay_id.desc())
        .limit(1)
    )
    return relay_of(row) if row is not None and row.ticket_id == ticket_id else None


async def _found(session: AsyncSession, *conditions: sa.ColumnElement[bool]) -> list[Relay]:
    rows = await session.scalars(
        sa.select(RelayRow)
        .where(*conditions)
        .order_by(RelayRow.relay_id)
        .execution_options(populate_existing=True)
    )
    return [relay_of(row) for row in rows]


def relay_of(row: RelayRow) -> Relay:
    return Relay(
        relay_id=row.relay_id,
        ticket_message_id=row.ticket_message_id,
        ticket_id=row.ticket_id,
        kind=row.kind,
        audience=row.audience,
        chat_id=row.chat_id,
        message_id=row.message_id,
        promised_at=row.promised_at,
        arrived_at=row.arrived_at,
        failed_for=row.failed_for,
    )
