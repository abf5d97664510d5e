"""SQL of what was said: messages once each, their versions, and the messages that stand for us."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.tickets.facts import Message, Said
from community_bot.tickets.message_rows import AnchorRow, MessageVersionRow, TicketMessageRow
from community_bot.tickets.rules import MessageKind

_QUIET = {"synchronize_session": False}


def insert_into(session: AsyncSession, table: type[Any]) -> Any:  # noqa: ANN401  either dialect's insert
    on_postgres = session.get_bind().dialect.name == "postgresql"
    return (postgresql.insert if on_postgres else sqlite.insert)(table)


async def add(
    session: AsyncSession,
    said: Said,
    *,
    kind: MessageKind,
    author_id: int,
    now: datetime,
    draft_id: int | None = None,
    ticket_id: int | None = None,
    is_courtesy: bool = False,
) -> Message | None:
    """Keep a message; None where it is kept already."""
    row = await session.scalar(
        insert_into(session, TicketMessageRow)
        .values(
            draft_id=draft_id,
            ticket_id=ticket_id,
            kind=kind,
            author_id=author_id,
            chat_id=said.chat_id,
            message_id=said.message_id,
            forum_topic_id=said.forum_topic_id,
            content=said.content,
            text=said.text,
            entities=[dict(one) for one in said.entities],
            is_cut=said.is_cut,
            file_id=said.file_id,
            media_group_id=said.media_group_id,
            reply_to=said.reply_to,
            version=1,
            is_courtesy=is_courtesy,
            said_at=now,
        )
        .on_conflict_do_nothing(index_elements=["chat_id", "message_id"])
        .returning(TicketMessageRow)
    )
    return None if row is None else message_of(row)


async def at(session: AsyncSession, chat_id: int, message_id: int) -> Message | None:
    """Return the message that came from there."""
    row = await session.scalar(
        sa.select(TicketMessageRow)
        .where(TicketMessageRow.chat_id == chat_id, TicketMessageRow.message_id == message_id)
        .execution_options(populate_existing=True)
    )
    return None if row is None else message_of(row)


async def message(session: AsyncSession, ticket_message_id: int) -> Message | None:
    row = await session.get(TicketMessageRow, ticket_message_id, populate_existing=True)
    return None if row is None else message_of(row)


async def of_draft(session: AsyncSession, draft_id: int) -> list[Message]:
    return await _found(session, TicketMessageRow.draft_id == draft_id)


async def of_ticket(session: AsyncSession, ticket_id: int) -> list[Message]:
    return await _found(session, TicketMessageRow.ticket_id == ticket_id)


async def of_album(session: AsyncSession, chat_id: int, media_group_id: str) -> list[Message]:
    return await _found(
        session,
        TicketMessageRow.chat_id == chat_id,
        TicketMessageRow.media_group_id == media_group_id,
    )


async def homeless(session: AsyncSession, author_id: int | None = None) -> list[Message]:
    """Return the messages of which nobody has said yet where they belong, of one or of all."""
    unknown: list[sa.ColumnElement[bool]] = [
        TicketMessageRow.draft_id.is_(None),
        TicketMessageRow.ticket_id.is_(None),
    ]
    if author_id is not None:
        unknown.append(TicketMessageRow.author_id == author_id)
    return await _found(session, *unknown)


async def house(
    session: AsyncSession,
    ticket_message_ids: Collection[int],
    **values: Any,  # noqa: ANN401  a row's columns
) -> None:
    """Say where messages belong, and for whom they are."""
    await session.execute(
        sa.update(TicketMessageRow)
        .where(TicketMessageRow.ticket_message_id.in_(ticket_message_ids))
        .values(**values)
        .execution_options(**_QUIET)
    )


async def hand_over(session: AsyncSession, draft_id: int, ticket_id: int) -> None:
    """Let a draft's messages be those of its ticket."""
    await session.execute(
        sa.update(TicketMessageRow)
        .where(TicketMessageRow.draft_id == draft_id)
        .values(ticket_id=ticket_id)
        .execution_options(**_QUIET)
    )


async def relay_at(
    session: AsyncSession, ticket_message_ids: Collection[int], at: datetime | None
) -> None:
    """Say when messages are to be carried on; None when they were."""
    await session.execute(
        sa.update(TicketMessageRow)
        .where(TicketMessageRow.ticket_message_id.in_(ticket_message_ids))
        .values(relay_at=at)
        .execution_options(**_QUIET)
    )


async def albums_due(session: AsyncSession, now: datetime) -> list[tuple[int, str]]:
    """Return the albums whose last part came a while ago, by chat and album."""
    rows = await session.execute(
        sa.select(TicketMessageRow.chat_id, TicketMessageRow.media_group_id)
        .where(TicketMessageRow.relay_at.is_not(None))
        .group_by(TicketMessageRow.chat_id, TicketMessageRow.media_group_id)
        .having(sa.func.max(TicketMessageRow.relay_at) <= now)
    )
    return [(chat_id, album) for chat_id, album in rows if album is not None]


async def waiting_parts(session: AsyncSession, chat_id: int, album: str) -> list[Message]:
    """Return the parts of an album that were not carried on yet."""
    return await _found(
        session,
        TicketMessageRow.chat_id == chat_id,
        TicketMessageRow.media_group_id == album,
        TicketMessageRow.relay_at.is_not(None),
    )


async def replace_text(
    session: AsyncSession, before: Message, said: Said, *, now: datetime
) -> None:
    """Keep what a message said before, and what it says now."""
    await session.execute(
        sa.insert(MessageVersionRow).values(
            ticket_message_id=before.ticket_message_id,
            version=before.version,
            text=before.said.text,
            entities=[dict(one) for one in before.said.entities],
            replaced_at=now,
        )
    )
    await session.execute(
        sa.update(TicketMessageRow)
        .where(TicketMessageRow.ticket_message_id == before.ticket_message_id)
        .values(
            text=said.text,
            entities=[dict(one) for one in said.entities],
            file_id=said.file_id or before.said.file_id,
            version=before.version + 1,
            edited_at=now,
        )
        .execution_options(**_QUIET)
    )


async def recall(session: AsyncSession, ticket_message_id: int, now: datetime) -> bool:
    """Note that a message was taken back; False where it was before."""
    taken = await session.scalar(
        sa.update(TicketMessageRow)
        .where(
            TicketMessageRow.ticket_message_id == ticket_message_id,
            TicketMessageRow.recalled_at.is_(None),
        )
        .values(recalled_at=now, relay_at=None)
        .returning(TicketMessageRow.ticket_message_id)
        .execution_options(**_QUIET)
    )
    return taken is not None


async def versions(session: AsyncSession, ticket_id: int) -> dict[int, list[str]]:
    """Return what the messages of a ticket said before, oldest first."""
    rows = await session.execute(
        sa.select(MessageVersionRow.ticket_message_id, MessageVersionRow.text)
        .join(
            TicketMessageRow,
            TicketMessageRow.ticket_message_id == MessageVersionRow.ticket_message_id,
        )
        .where(TicketMessageRow.ticket_id == ticket_id)
        .order_by(MessageVersionRow.ticket_message_id, MessageVersionRow.version)
    )
    earlier: dict[int, list[str]] = {}
    for ticket_message_id, text in rows:
        earlier.setdefault(ticket_message_id, []).append(text or "")
    return earlier


async def anchor(
    session: AsyncSession, *, chat_id: int, message_ids: Sequence[int], ticket_id: int
) -> None:
    """Remember that messages of ours stand for a ticket."""
    if message_ids:
        await session.execute(
            insert_into(session, AnchorRow)
            .values(
                [
                    {"chat_id": chat_id, "message_id": one, "ticket_id": ticket_id}
                    for one in message_ids
                ]
            )
            .on_conflict_do_nothing()
        )


async def anchored(session: AsyncSession, chat_id: int, message_id: int) -> int | None:
    """Return the ticket for which a message of ours stands."""
    found: int | None = await session.scalar(
        sa.select(AnchorRow.ticket_id).where(
            AnchorRow.chat_id == chat_id, AnchorRow.message_id == message_id
        )
    )
    return found


async def forget_anchors(session: AsyncSession, chat_id: int) -> None:
    """Forget what stood for tickets in a chat whose messages have other ids now."""
    await session.execute(sa.delete(AnchorRow).where(AnchorRow.chat_id == chat_id))


async def _found(session: AsyncSession, *conditions: sa.ColumnElement[bool]) -> list[Message]:
    rows = await session.scalars(
        sa.select(TicketMessageRow)
        .where(*conditions)
        .order_by(TicketMessageRow.ticket_message_id)
        .execution_options(populate_existing=True)
    )
    return in_order([message_of(row) for row in rows])


def in_order(found: Sequence[Message]) -> list[Message]:
    """Return messages as they came, the parts of an album together and in their own order."""
    begun: dict[tuple[int, str | None], int] = {}
    for one in found:
        begun.setdefault(_album_of(one), one.ticket_message_id)
    return sorted(found, key=lambda one: (begun[_album_of(one)], one.said.message_id))


def _album_of(one: Message) -> tuple[int, str | None]:
    said = one.said
    return said.chat_id, said.media_group_id or f"alone:{one.ticket_message_id}"


def message_of(row: TicketMessageRow) -> Message:
    return Message(
        ticket_message_id=row.ticket_message_id,
        ticket_id=row.ticket_id,
        draft_id=row.draft_id,
        kind=row.kind,
        author_id=row.author_id,
        said=Said(
            chat_id=row.chat_id,
            message_id=row.message_id,
            content=row.content,
            text=row.text,
            entities=tuple(row.entities),
            file_id=row.file_id,
            media_group_id=row.media_group_id,
            reply_to=row.reply_to,
            forum_topic_id=row.forum_topic_id,
            is_cut=row.is_cut,
        ),
        said_at=row.said_at,
        version=row.version,
        is_courtesy=row.is_courtesy,
        edited_at=row.edited_at,
        recalled_at=row.recalled_at,
    )
