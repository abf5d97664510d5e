"""SQL of what ends and who may be removed: ends, warnings, holds and pauses."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.delivery.rows import DeliveryRow
from community_bot.delivery.rules import DELIVERY, DeliveryEvent, DeliveryState
from community_bot.membership.rows import EntitlementRow, HoldRow, RemovalPauseRow

# The warning was read, or it is known that it cannot be.
SETTLED = (DeliveryState.SENT, DeliveryState.UNREACHABLE, DeliveryState.FAILED)
_DISMISS = DeliveryEvent.DISMISS
RESTORED = "restored"
STARS_UNSEEN = "stars_unseen"  # since a restore nobody has looked yet which Stars came
OF_RESTORE = frozenset({RESTORED, STARS_UNSEEN})
NO_END = datetime(9999, 1, 1, tzinfo=UTC)  # of a pause that only a person ends
KEYS_IN_QUERY = 1000  # SQLite binds at most 32,766 values in a statement


async def ending(session: AsyncSession, *, after: datetime, before: datetime) -> list[int]:
    """Return the members of whose rights one ends between two moments."""
    found = await session.scalars(
        sa.select(EntitlementRow.member_id)
        .where(
            EntitlementRow.revoked_at.is_(None),
            EntitlementRow.ends_at > after,
            EntitlementRow.ends_at <= before,
        )
        .distinct()
        .order_by(EntitlementRow.member_id)
    )
    return list(found)


async def warned_at(session: AsyncSession, keys: Collection[str]) -> dict[str, datetime]:
    """Return when each of these warnings arrived, or was found not to be able to."""
    wanted, found = list(keys), dict[str, datetime]()
    for start in range(0, len(wanted), KEYS_IN_QUERY):
        rows = await session.execute(
            sa.select(DeliveryRow.once_key, DeliveryRow.finished_at).where(
                DeliveryRow.once_key.in_(wanted[start : start + KEYS_IN_QUERY]),
                DeliveryRow.state.in_(SETTLED),
            )
        )
        found |= {key: at for key, at in rows if key is not None and at is not None}
    return found


async def promised(session: AsyncSession, keys: Collection[str]) -> set[str]:
    """Return which of these keys stand in the outbox already."""
    wanted, found = list(keys), set[str]()
    for start in range(0, len(wanted), KEYS_IN_QUERY):
        some = wanted[start : start + KEYS_IN_QUERY]
        rows = await session.scalars(
            sa.select(DeliveryRow.once_key).where(DeliveryRow.once_key.in_(some))
        )
        found |= {key for key in rows if key is not None}
    return found


async def hold(session: AsyncSession, member_id: int, reason: str, *, now: datetime) -> None:
    await session.execute(
        sa.insert(HoldRow).values(member_id=member_id, reason=reason, held_at=now)
    )


async def release(session: AsyncSession, reason: str, *, now: datetime) -> None:
    await session.execute(
        sa.update(HoldRow)
        .where(HoldRow.reason == reason, HoldRow.released_at.is_(None))
        .values(released_at=now)
        .execution_options(synchronize_session=False)
    )


async def held(session: AsyncSession) -> set[int]:
    """Return everybody who must not be removed now."""
    return set(
        await session.scalars(sa.select(HoldRow.member_id).where(HoldRow.released_at.is_(None)))
    )


async def pause(
    session: AsyncSession, reason: str, *, until: datetime, by: int | None, now: datetime
) -> None:
    await session.execute(
        sa.insert(RemovalPauseRow).values(reason=reason, until=until, paused_by=by, paused_at=now)
    )


async def restored_at(session: AsyncSession) -> datetime | None:
    """Return since when nobody is removed because a copy was put back, until a person says so."""
    return await session.scalar(
        sa.select(sa.func.min(RemovalPauseRow.paused_at)).where(
            RemovalPauseRow.reason == RESTORED, RemovalPauseRow.lifted_at.is_(None)
        )
    )


async def stars_are_unseen(session: AsyncSession) -> bool:
    """Say whether Stars may have come since a restore that nobody has looked for yet."""
    found = await session.scalar(
        sa.select(RemovalPauseRow.pause_id)
        .where(RemovalPauseRow.reason == STARS_UNSEEN, RemovalPauseRow.lifted_at.is_(None))
        .limit(1)
    )
    return found is not None


async def lift(session: AsyncSession, *reasons: str, now: datetime) -> bool:
    """End the pauses with these reasons; return whether there was one."""
    lifted = await session.scalars(
        sa.update(RemovalPauseRow)
        .where(RemovalPauseRow.reason.in_(reasons), RemovalPauseRow.lifted_at.is_(None))
        .values(lifted_at=now)
        .returning(RemovalPauseRow.pause_id)
        .execution_options(synchronize_session=False)
    )
    return bool(lifted.all())


async def waiting_removals(session: AsyncSession) -> set[int]:
    """Return of whom a removal was promised and has not left yet."""
    found = await session.scalars(
        sa.select(DeliveryRow.member_id).where(
            DeliveryRow.kind == "remove", DeliveryRow.state.in_(DELIVERY.before(_DISMISS))
        )
    )
    return {member_id for member_id in found if member_id is not None}


async def withdraw_removals(session: AsyncSession, member_ids: Collection[int]) -> None:
    """Let no removal of these people leave any more: they have a right again."""
    target = {DELIVERY.after(state, _DISMISS) for state in DELIVERY.before(_DISMISS)}.pop()
    people = list(member_ids)
    for start in range(0, len(people), KEYS_IN_QUERY):
        await session.execute(
            sa.update(DeliveryRow)
            .where(
                DeliveryRow.kind == "remove",
                DeliveryRow.member_id.in_(people[start : start + KEYS_IN_QUERY]),
                DeliveryRow.state.in_(DELIVERY.before(_DISMISS)),
            )
            .values(state=target)
            .execution_options(synchronize_session=False)
        )


async def paused_until(
    session: AsyncSession, *, now: datetime, but: Collection[str] = ()
) -> datetime | None:
    """Return until when nobody is removed, or None; `but` are reasons not to be counted."""
    return await session.scalar(
        sa.select(sa.func.max(RemovalPauseRow.until)).where(
            RemovalPauseRow.lifted_at.is_(None),
            RemovalPauseRow.until > now,
            RemovalPauseRow.reason.not_in(but),
        )
    )


def window(now: datetime) -> tuple[datetime, datetime]:
    """Return between which ends a sweep looks: eight days back, thirty-one ahead."""
    return now - timedelta(days=8), now + timedelta(days=31)
