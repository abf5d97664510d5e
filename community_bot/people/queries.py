"""SQL of members and their roles."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.people.roles import Role
from community_bot.people.rows import DraftRow, MemberRow, StaffRoleRow
from community_bot.storage.inserting import insert_into


async def member(session: AsyncSession, member_id: int) -> MemberRow | None:
    return await session.get(MemberRow, member_id)


async def note(
    session: AsyncSession,
    *,
    member_id: int,
    name: str,
    username: str | None,
    guessed_locale: str,
    now: datetime,
) -> str:
    """Write down who wrote, known or new; return the language they read."""
    insert = insert_into(session, MemberRow)
    latest = {"name": name, "username": username, "seen_at": now}
    first = {"member_id": member_id, "guessed_locale": guessed_locale, "first_seen_at": now}
    noted = await session.scalar(
        insert.values(**first, **latest)
        .on_conflict_do_update(index_elements=["member_id"], set_=latest)
        .returning(sa.func.coalesce(MemberRow.chosen_locale, MemberRow.guessed_locale))
        .execution_options(synchronize_session=False)
    )
    return str(noted or guessed_locale)


async def take_username(session: AsyncSession, username: str, *, besides: int) -> None:
    """Let a username that was seen with somebody be nobody else's any more."""
    await session.execute(
        sa.update(MemberRow)
        .where(
            sa.func.lower(MemberRow.username) == username.lower(), MemberRow.member_id != besides
        )
        .values(username=None)
        .execution_options(synchronize_session=False)
    )


async def by_username(session: AsyncSession, username: str) -> MemberRow | None:
    """Return whoever was last seen under a username; Telegram does not tell upper from lower."""
    return await session.scalar(
        sa.select(MemberRow)
        .where(sa.func.lower(MemberRow.username) == username.lower())
        .order_by(MemberRow.seen_at.desc())
        .limit(1)
    )


async def names(session: AsyncSession, member_ids: Collection[int]) -> dict[int, str]:
    """Return how these people are called, as far as they have written to us."""
    rows = await session.execute(
        sa.select(MemberRow.member_id, MemberRow.name).where(MemberRow.member_id.in_(member_ids))
    )
    return {row.member_id: row.name for row in rows}


async def named_like(session: AsyncSession, part: str, *, most: int) -> list[MemberRow]:
    """Return people whose name or username contains this, who wrote last first."""
    wanted = f"%{part.lower().replace('/', '//').replace('%', '/%').replace('_', '/_')}%"
    found = await session.scalars(
        sa.select(MemberRow)
        .where(
            sa.func.lower(MemberRow.name).like(wanted, escape="/")
            | sa.func.lower(MemberRow.username).like(wanted, escape="/")
        )
        .order_by(MemberRow.seen_at.desc())
        .limit(most)
    )
    return list(found)


async def roles_of(session: AsyncSession, member_id: int) -> frozenset[Role]:
    return frozenset(await session.scalars(_ROLES_OF, {"member_id": member_id}))


async def with_roles(session: AsyncSession, roles: frozenset[Role]) -> list[int]:
    found = await session.scalars(
        sa.select(StaffRoleRow.member_id)
        .where(StaffRoleRow.role.in_(roles))
        .distinct()
        .order_by(StaffRoleRow.member_id)
    )
    return list(found)


async def staff(session: AsyncSession) -> list[tuple[int, Role]]:
    rows = await session.execute(
        sa.select(StaffRoleRow.member_id, StaffRoleRow.role).order_by(StaffRoleRow.staff_role_id)
    )
    return [(row.member_id, row.role) for row in rows]


async def staff_met(session: AsyncSession) -> list[tuple[MemberRow, Role]]:
    """Return everybody with a role whom we have met, oldest role first."""
    rows = await session.execute(
        sa.select(MemberRow, StaffRoleRow.role)
        .join(StaffRoleRow, StaffRoleRow.member_id == MemberRow.member_id)
        .order_by(StaffRoleRow.staff_role_id)
    )
    return [(member, role) for member, role in rows]


async def give(
    session: AsyncSession, *, member_id: int, role: Role, given_by: int | None, now: datetime
) -> None:
    await session.execute(
        sa.insert(StaffRoleRow).values(
            member_id=member_id, role=role, given_by=given_by, given_at=now
        )
    )


async def take_back(session: AsyncSession, *, member_id: int, role: Role) -> bool:
    taken = await session.scalar(
        sa.delete(StaffRoleRow)
        .where(StaffRoleRow.member_id == member_id, StaffRoleRow.role == role)
        .returning(StaffRoleRow.staff_role_id)
    )
    return taken is not None


async def save_draft(session: AsyncSession, row: DraftRow) -> None:
    """Keep a person's draft in the place of the one before."""
    await session.merge(row)
    await session.flush()


async def draft(session: AsyncSession, member_id: int) -> DraftRow | None:
    return await session.get(DraftRow, member_id)


async def forget_draft(session: AsyncSession, member_id: int, *, step: str | None = None) -> None:
    """Forget a person's draft, or only one that is at a step."""
    forgotten = sa.delete(DraftRow).where(DraftRow.member_id == member_id)
    if step is not None:
        forgotten = forgotten.where(DraftRow.step == step)
    await session.execute(forgotten)


# Asked for each update: built once.
_ROLES_OF = sa.select(StaffRoleRow.role).where(StaffRoleRow.member_id == sa.bindparam("member_id"))
