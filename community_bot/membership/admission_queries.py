"""SQL of applications and claims."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.membership.admission_rows import ApplicationRow, ClaimRow
from community_bot.membership.admission_rules import (
    APPLICATION,
    ApplicationEvent,
    ApplicationState,
)


@dataclass(frozen=True, slots=True)
class Application:
    """Somebody's answers to the questions of a tier, and what was decided."""

    application_id: int
    member_id: int
    tier_code: str
    answers: tuple[str, ...]
    state: ApplicationState
    submitted_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A membership that waits for whoever knows the number it was imported under."""

    claim_id: int
    claim: str
    tier_code: str
    ends_at: datetime | None
    note: str | None
    imported_by: int
    claimed_at: datetime | None


async def add_application(session: AsyncSession, **values: Any) -> int:  # noqa: ANN401  a row's columns
    made = await session.scalar(
        sa.insert(ApplicationRow)
        .values(state=APPLICATION.start, **values)
        .returning(ApplicationRow.application_id)
    )
    return int(made or 0)


async def application(session: AsyncSession, application_id: int) -> Application | None:
    row = await session.get(ApplicationRow, application_id, populate_existing=True)
    return None if row is None else _application_of(row)


async def last_application(
    session: AsyncSession, member_id: int, tier_code: str
) -> Application | None:
    row = await session.scalar(
        sa.select(ApplicationRow)
        .where(ApplicationRow.member_id == member_id, ApplicationRow.tier_code == tier_code)
        .order_by(ApplicationRow.application_id.desc())
        .limit(1)
    )
    return None if row is None else _application_of(row)


async def submitted(session: AsyncSession) -> list[Application]:
    """Return the applications that wait for a person, oldest first."""
    rows = await session.scalars(
        sa.select(ApplicationRow)
        .where(ApplicationRow.state == ApplicationState.SUBMITTED)
        .order_by(ApplicationRow.application_id)
    )
    return [_application_of(row) for row in rows]


async def step_application(
    session: AsyncSession,
    application_id: int,
    event: ApplicationEvent,
    *,
    by: int | None,
    now: datetime,
    reason: str | None,
) -> bool:
    """Decide about an application if nobody has; say whether it was ours to decide."""
    moved = await session.scalar(
        sa.update(ApplicationRow)
        .where(
            ApplicationRow.application_id == application_id,
            ApplicationRow.state.in_(APPLICATION.before(event)),
        )
        .values(
            state=APPLICATION.after(ApplicationState.SUBMITTED, event),
            decided_by=by,
            decided_at=now,
            reason=reason,
        )
        .returning(ApplicationRow.application_id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None


async def add_claims(session: AsyncSession, rows: list[dict[str, Any]]) -> None:
    if rows:
        await session.execute(sa.insert(ClaimRow), rows)


async def known_claims(session: AsyncSession, claims: Collection[str]) -> set[str]:
    return set(await session.scalars(sa.select(ClaimRow.claim).where(ClaimRow.claim.in_(claims))))


async def claim(session: AsyncSession, text: str) -> Claim | None:
    row = await session.scalar(
        sa.select(ClaimRow).where(ClaimRow.claim == text).execution_options(populate_existing=True)
    )
    return None if row is None else _claim_of(row)


async def unclaimed(session: AsyncSession) -> list[Claim]:
    """Return what nobody has claimed yet, in the order in which it was imported."""
    found = await session.scalars(
        sa.select(ClaimRow).where(ClaimRow.claimed_at.is_(None)).order_by(ClaimRow.claim_id)
    )
    return [_claim_of(row) for row in found]


async def take_claim(session: AsyncSession, claim_id: int, *, by: int, now: datetime) -> bool:
    """Let somebody have a claim, once; say whether it was still there."""
    taken = await session.scalar(
        sa.update(ClaimRow)
        .where(ClaimRow.claim_id == claim_id, ClaimRow.claimed_at.is_(None))
        .values(claimed_by=by, claimed_at=now)
        .returning(ClaimRow.claim_id)
        .execution_options(synchronize_session=False)
    )
    return taken is not None


def _claim_of(row: ClaimRow) -> Claim:
    return Claim(
        claim_id=row.claim_id,
        claim=row.claim,
        tier_code=row.tier_code,
        ends_at=row.ends_at,
        note=row.note,
        imported_by=row.imported_by,
        claimed_at=row.claimed_at,
    )


def _application_of(row: ApplicationRow) -> Application:
    return Application(
        application_id=row.application_id,
        member_id=row.member_id,
        tier_code=row.tier_code,
        answers=tuple(row.answers),
        state=row.state,
        submitted_at=row.submitted_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
    )
