"""SQL that forgets a person: what is theirs goes, what the books need stays under a number.

It walks the tables as they are, so that a table of tomorrow is not overlooked: a column holds
people by its name. A test holds these lists against every table.
"""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.storage.rows import JournalRow, Row

# Columns that hold people; the private chat with a person has the person's own number.
PEOPLE = {
    *("member_id", "actor_id", "author_id", "approver_id", "assignee_id", "mentor_id", "chat_id"),
    *("payer_id", "friend_id", "referrer_id", "granted_by", "redeemed_by", "claimed_by"),
    *("reviewed_by", "decided_by", "made_by", "opened_by", "undone_by", "taken_by"),
    *("put_aside_by", "submitted_by", "approved_by", "saved_by", "verified_by", "imported_by"),
    *("bound_by", "paused_by", "set_by", "given_by", "owner_id"),
    *("counted_by", "looked_by", "holder_id"),
}
# Rows that are of use to nobody else.
DELETED = (
    *("drafts", "reach", "presences", "marks", "topic_follows", "quiet_hours", "staff_roles"),
    *(
        "faq_searches",
        "faq_readings",
        "faq_askings",
        "referral_codes",
        "waitlist",
        "updates",
        "deliveries",
    ),
    *("ticket_followers", "digests"),
)
# What somebody said, showed or wrote, in rows that stay.
BLANKED: dict[str, dict[str, Any]] = {
    "members": {"name": "–", "username": None, "chosen_locale": None},
    "applications": {"answers": []},
    "entitlements": {"reason": "erased"},
    "fapiao": {"email": ""},
    "tickets": {"summary": "–"},
    "ticket_messages": {"text": "–", "entities": [], "file_id": None},
    "introductions": {"wish": "–", "reply": None},
}
# The same in rows that belong to a row of theirs.
BLANKED_BELOW: dict[tuple[str, str, str], dict[str, Any]] = {
    ("proofs", "order_id", "orders"): {"file_id": None, "file_unique_id": None},
    ("ticket_message_versions", "ticket_message_id", "ticket_messages"): {
        "text": None,
        "entities": [],
    },
    ("lesson_steps", "learner_id", "learners"): {"homework": None, "words": None},
}


async def forget(session: AsyncSession, member_id: int, instead: int) -> None:
    """Delete and blank what is theirs, then put the number in their place everywhere."""
    tables = Row.metadata.tables
    for (name, key, parent), values in BLANKED_BELOW.items():
        if name in tables and parent in tables:
            owned = sa.select(tables[parent].c[key]).where(_theirs(tables[parent], member_id))
            below = tables[name]
            await session.execute(
                sa.update(below).where(below.c[key].in_(owned)).values(_fitting(below, values))
            )
    for name, values in BLANKED.items():
        if name in tables:
            table = tables[name]
            await session.execute(
                sa.update(table).where(_theirs(table, member_id)).values(_fitting(table, values))
            )
    for name in DELETED:
        if name in tables:
            await session.execute(sa.delete(tables[name]).where(_theirs(tables[name], member_id)))
    for table, column in people_columns():
        await session.execute(
            sa.update(table).where(column == member_id).values({column.name: instead})
        )
    await _rename_in_journal(session, member_id, instead)


async def owned(session: AsyncSession, member_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return every row about somebody, by table, as JSON takes it."""
    found = {}
    for name, table in sorted(Row.metadata.tables.items()):
        if name in NOT_EXPORTED or not _own_columns(table):
            continue
        mine = sa.or_(*(column == member_id for column in _own_columns(table)))
        rows = await session.execute(sa.select(table).where(mine))
        if told := [_told(row._asdict()) for row in rows]:
            found[name] = told
    entries = await session.execute(
        sa.select(JournalRow.__table__).where(_about_in_journal(member_id))
    )
    found["journal"] = [_told(row._asdict()) for row in entries]
    return found


# Letters and updates repeat what stands elsewhere; what staff wrote about their work is theirs.
NOT_EXPORTED = {"deliveries", "updates", "journal", "staff_roles", "ticket_events"}
OWN = ("member_id", "author_id", "payer_id", "friend_id", "claimed_by", "redeemed_by")


def _own_columns(table: sa.Table) -> list[sa.Column[Any]]:
    return [table.c[name] for name in OWN if name in table.c]


def people_columns() -> Iterator[tuple[sa.Table, sa.Column[Any]]]:
    """Return every column that may hold a person."""
    for table in Row.metadata.sorted_tables:
        for column in table.columns:
            if column.name in PEOPLE and isinstance(column.type, sa.BigInteger):
                yield table, column


def _theirs(table: sa.Table, member_id: int) -> sa.ColumnElement[bool]:
    """Say which rows of a table are somebody's own."""
    names = [name for name in ("member_id", "author_id", "chat_id") if name in table.c]
    if "author_id" in names:
        names = ["author_id"]
    return sa.or_(*(table.c[name] == member_id for name in names))


def _fitting(table: sa.Table, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in table.c}


def _about_in_journal(member_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(JournalRow.subject == "member", JournalRow.subject_key == str(member_id))


async def _rename_in_journal(session: AsyncSession, member_id: int, instead: int) -> None:
    """Keep what was decided and by whom, under the number; reasons may name people, and go."""
    await session.execute(
        sa.update(JournalRow)
        .where(_about_in_journal(member_id))
        .values(subject_key=str(instead), reason=None)
        .execution_options(synchronize_session=False)
    )


def _told(row: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(row, default=str, ensure_ascii=False))
    return told
