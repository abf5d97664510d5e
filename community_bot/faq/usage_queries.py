"""SQL of what people do with the FAQ: readings, votes, searches, and what groups were shown."""

from datetime import datetime
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.faq.documents import Verdict
from community_bot.faq.rows import EntryRow
from community_bot.faq.rules import VoteReason
from community_bot.faq.usage_rows import AskingRow, PostingRow, ReadingRow, SearchRow, VoteRow
from community_bot.storage.inserting import insert_into


async def note_reading(
    session: AsyncSession, *, entry_id: int, member_id: int, version: int, now: datetime
) -> None:
    """Note who reads an entry now, and count it."""
    insert = insert_into(session, ReadingRow)
    read = {"version": version, "read_at": now}
    await session.execute(
        insert.values(entry_id=entry_id, member_id=member_id, **read).on_conflict_do_update(
            index_elements=["entry_id", "member_id"], set_=read
        )
    )
    await session.execute(
        sa.update(EntryRow)
        .where(EntryRow.entry_id == entry_id)
        .values(reads=EntryRow.reads + 1)
        .execution_options(synchronize_session=False)
    )


async def readers_since(session: AsyncSession, entry_id: int, since: datetime) -> list[int]:
    """Return who has read an entry since then."""
    found = await session.scalars(
        sa.select(ReadingRow.member_id)
        .where(ReadingRow.entry_id == entry_id, ReadingRow.read_at >= since)
        .order_by(ReadingRow.member_id)
    )
    return list(found)


async def read_since(session: AsyncSession, member_id: int, since: datetime) -> list[int]:
    """Return the entries that a member has read since then, in the order of reading."""
    found = await session.scalars(
        sa.select(ReadingRow.entry_id)
        .where(ReadingRow.member_id == member_id, ReadingRow.read_at >= since)
        .order_by(ReadingRow.read_at, ReadingRow.entry_id)
    )
    return list(found)


async def note_asked(
    session: AsyncSession, *, entry_id: int, version: int, member_id: int, now: datetime
) -> None:
    """Note that somebody asked a mentor after reading; once for a version."""
    await session.execute(
        insert_into(session, AskingRow)
        .values(entry_id=entry_id, version=version, member_id=member_id, asked_at=now)
        .on_conflict_do_nothing()
    )


async def asked_of_readers(session: AsyncSession, entry_id: int, version: int) -> tuple[int, int]:
    """Count who asked all the same, and who has read this version."""
    asked = sa.select(sa.func.count()).where(
        AskingRow.entry_id == entry_id, AskingRow.version == version
    )
    readers = sa.select(sa.func.count()).where(
        ReadingRow.entry_id == entry_id, ReadingRow.version == version
    )
    return await session.scalar(asked) or 0, await session.scalar(readers) or 0


async def has_helped(session: AsyncSession, entry_id: int, version: int, member_id: int) -> bool:
    """Say whether this version has helped a member, by their own word."""
    given = sa.select(VoteRow.is_up).where(*_of(entry_id, version, member_id))
    return bool(await session.scalar(given))


async def helped_since(session: AsyncSession, since: datetime) -> int:
    """Count how often members said since then that an entry helped."""
    found = await session.scalar(
        sa.select(sa.func.count())
        .select_from(VoteRow)
        .where(VoteRow.is_up.is_(True), VoteRow.voted_at >= since)
    )
    return found or 0


async def vote(
    session: AsyncSession,
    *,
    entry_id: int,
    version: int,
    member_id: int,
    is_up: bool,
    now: datetime,
) -> bool:
    """Keep a member's one vote on a version; say whether it is another than before."""
    before = await session.scalar(
        sa.select(VoteRow.is_up).where(*_of(entry_id, version, member_id))
    )
    if before == is_up:
        return False
    insert = insert_into(session, VoteRow)
    given = {"is_up": is_up, "reason": None, "voted_at": now}
    await session.execute(
        insert.values(
            entry_id=entry_id, version=version, member_id=member_id, **given
        ).on_conflict_do_update(index_elements=["entry_id", "version", "member_id"], set_=given)
    )
    return True


async def give_reason(
    session: AsyncSession, *, entry_id: int, version: int, member_id: int, reason: VoteReason
) -> bool:
    """Say why a thumb is down; say whether there is such a vote."""
    given = await session.scalar(
        sa.update(VoteRow)
        .where(*_of(entry_id, version, member_id), VoteRow.is_up.is_(False))
        .values(reason=reason)
        .returning(VoteRow.vote_id)
    )
    return given is not None


async def down_votes(session: AsyncSession, entry_id: int, version: int, since: datetime) -> int:
    """Count who said of this version since then that it did not help."""
    found = await session.scalar(
        sa.select(sa.func.count())
        .select_from(VoteRow)
        .where(
            VoteRow.entry_id == entry_id,
            VoteRow.version == version,
            VoteRow.is_up.is_(False),
            VoteRow.voted_at >= since,
        )
    )
    return found or 0


Votes: TypeAlias = list[tuple[bool, VoteReason | None, int]]


async def votes_of(session: AsyncSession, entry_id: int) -> Votes:
    """Count the votes on all versions of an entry, by verdict and reason."""
    found = await _votes(session, VoteRow.entry_id == entry_id)
    return found.get(entry_id, [])


async def every_vote(session: AsyncSession) -> dict[int, Votes]:
    """Count the votes on every entry in the same way, by its number."""
    return await _votes(session, sa.true())


async def _votes(session: AsyncSession, condition: sa.ColumnElement[bool]) -> dict[int, Votes]:
    rows = await session.execute(
        sa.select(VoteRow.entry_id, VoteRow.is_up, VoteRow.reason, sa.func.count())
        .where(condition)
        .group_by(VoteRow.entry_id, VoteRow.is_up, VoteRow.reason)
    )
    found: dict[int, Votes] = {}
    for entry_id, is_up, reason, number in rows:
        found.setdefault(entry_id, []).append((is_up, reason, number))
    return found


async def reads_of(session: AsyncSession, entry_id: int) -> int:
    return await session.scalar(sa.select(EntryRow.reads).where(EntryRow.entry_id == entry_id)) or 0


async def add_search(
    session: AsyncSession,
    *,
    member_id: int,
    wording: str,
    normal: str,
    verdict: Verdict,
    entry_id: int | None,
    now: datetime,
) -> int:
    """Note a search and return its number."""
    number = await session.scalar(
        sa.insert(SearchRow)
        .values(
            member_id=member_id,
            wording=wording,
            normal=normal,
            verdict=verdict,
            entry_id=entry_id,
            is_failed=False,
            searched_at=now,
        )
        .returning(SearchRow.search_id)
    )
    return int(number or 0)


async def search(session: AsyncSession, search_id: int) -> SearchRow | None:
    return await session.get(SearchRow, search_id)


async def note_opened(session: AsyncSession, search_id: int, entry_id: int) -> None:
    await session.execute(
        sa.update(SearchRow).where(SearchRow.search_id == search_id).values(entry_id=entry_id)
    )


async def note_failed(session: AsyncSession, search_id: int) -> None:
    await session.execute(
        sa.update(SearchRow).where(SearchRow.search_id == search_id).values(is_failed=True)
    )


async def forget_searches(session: AsyncSession, before: datetime) -> int:
    gone = await session.scalars(
        sa.delete(SearchRow).where(SearchRow.searched_at < before).returning(SearchRow.search_id)
    )
    return len(list(gone))


async def may_post(
    session: AsyncSession, *, chat_id: int, entry_id: int, now: datetime, since: datetime
) -> bool:
    """Note that an entry is shown in a group, unless it was shown there since then."""
    insert = insert_into(session, PostingRow)
    posted = await session.scalar(
        insert.values(chat_id=chat_id, entry_id=entry_id, posted_at=now)
        .on_conflict_do_update(
            index_elements=["chat_id", "entry_id"],
            set_={"posted_at": now},
            where=PostingRow.posted_at < since,
        )
        .returning(PostingRow.entry_id)
    )
    return posted is not None


def _of(entry_id: int, version: int, member_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        VoteRow.entry_id == entry_id,
        VoteRow.version == version,
        VoteRow.member_id == member_id,
    )
