"""SQL of proofs and of what the approvers saw."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.facts import Proof
from community_bot.billing.pictures import look_alike
from community_bot.billing.rows import ApprovalRow, OrderRow, ProofRow
from community_bot.billing.rules import PROOF, ProofEvent, ProofState
from community_bot.membership import access_queries as access

MOST_LOOKS = 2000  # more pictures than that are not gone through for one card
_QUIET = {"synchronize_session": False}


async def add_proof(session: AsyncSession, **values: Any) -> int:  # noqa: ANN401  a row's columns
    """Insert a proof; a transfer's number that pays for another order violates the unique key."""
    made = await session.scalar(
        sa.insert(ProofRow).values(state=PROOF.start, **values).returning(ProofRow.proof_id)
    )
    return int(made or 0)


def hold_of(proof_id: int) -> str:
    """Return the reason for which nobody is removed while this proof waits."""
    return f"proof:{proof_id}"


async def waiting_of(session: AsyncSession, order_id: int) -> Proof | None:
    row = await session.scalar(
        sa.select(ProofRow)
        .where(ProofRow.order_id == order_id, ProofRow.state == ProofState.WAITING)
        .execution_options(populate_existing=True)
    )
    return None if row is None else _proof_of(row)


async def waiting(session: AsyncSession, *, order_id: int | None = None) -> list[Proof]:
    """Return every proof that waits for a person, or that of one order, oldest first."""
    query = sa.select(ProofRow).where(ProofRow.state == ProofState.WAITING)
    if order_id is not None:
        query = query.where(ProofRow.order_id == order_id)
    rows = await session.scalars(query.order_by(ProofRow.submitted_at, ProofRow.proof_id))
    return [_proof_of(row) for row in rows]


async def last_reviewed(session: AsyncSession, order_id: int) -> Proof | None:
    row = await session.scalar(
        sa.select(ProofRow)
        .where(ProofRow.order_id == order_id, ProofRow.reviewed_at.is_not(None))
        .order_by(ProofRow.reviewed_at.desc())
        .limit(1)
    )
    return None if row is None else _proof_of(row)


async def claimed_by(session: AsyncSession, reference: str) -> int | None:
    """Return the order that a transfer's number pays for, or waits to pay for."""
    return await session.scalar(
        sa.select(ProofRow.order_id).where(
            ProofRow.reference == reference,
            ProofRow.state.in_((ProofState.WAITING, ProofState.ACCEPTED)),
        )
    )


async def move_proof(
    session: AsyncSession,
    proof_id: int,
    event: ProofEvent,
    *,
    by: int,
    now: datetime,
    reason: str | None = None,
) -> bool:
    """Let a proof take a step if it still waits; say whether it did."""
    moved = await session.scalar(
        sa.update(ProofRow)
        .where(ProofRow.proof_id == proof_id, ProofRow.state.in_(PROOF.before(event)))
        .values(
            state=PROOF.after(ProofState.WAITING, event),
            reviewed_by=by,
            reviewed_at=now,
            reason=reason,
        )
        .returning(ProofRow.proof_id)
        .execution_options(**_QUIET)
    )
    if moved is not None:
        await access.release(session, hold_of(proof_id), now=now)
    return moved is not None


async def add_approval(
    session: AsyncSession, *, proof_id: int, approver_id: int, amount_minor: int, now: datetime
) -> None:
    await session.execute(
        sa.insert(ApprovalRow).values(
            proof_id=proof_id,
            approver_id=approver_id,
            amount_minor=amount_minor,
            approved_at=now,
        )
    )


async def approvals(session: AsyncSession, proof_id: int) -> dict[int, int]:
    """Return who has seen how much for a proof, in minor units."""
    rows = await session.execute(
        sa.select(ApprovalRow.approver_id, ApprovalRow.amount_minor)
        .where(ApprovalRow.proof_id == proof_id)
        .order_by(ApprovalRow.approval_id)
    )
    return {row.approver_id: row.amount_minor for row in rows}


async def approvers(
    session: AsyncSession, proof_ids: Collection[int]
) -> dict[int, tuple[int, ...]]:
    """Return who has seen the money of each of these proofs, in one question."""
    rows = await session.execute(
        sa.select(ApprovalRow.proof_id, ApprovalRow.approver_id)
        .where(ApprovalRow.proof_id.in_(proof_ids))
        .order_by(ApprovalRow.approval_id)
    )
    found: dict[int, tuple[int, ...]] = {}
    for row in rows:
        found[row.proof_id] = (*found.get(row.proof_id, ()), row.approver_id)
    return found


async def alike(session: AsyncSession, shown: Proof, *, since: datetime) -> tuple[str, ...]:
    """Return the codes of other orders for which the same proof was shown, or one like it.

    The same is found whenever it was shown; looks are held against the newest `MOST_LOOKS` since.
    """
    others = (
        sa.select(OrderRow.code, ProofRow.picture_hash)
        .join(OrderRow, OrderRow.order_id == ProofRow.order_id)
        .where(ProofRow.order_id != shown.order_id)
    )
    same = []
    if shown.reference is not None:
        same.append(ProofRow.reference == shown.reference)
    if shown.file_unique_id is not None:
        same.append(ProofRow.file_unique_id == shown.file_unique_id)
    found = {row.code for one in same for row in await session.execute(others.where(one))}
    if shown.picture_hash is not None:
        looks = await session.execute(
            others.where(ProofRow.picture_hash.is_not(None), ProofRow.submitted_at >= since)
            .order_by(ProofRow.submitted_at.desc())
            .limit(MOST_LOOKS)
        )
        found |= {row.code for row in looks if look_alike(row.picture_hash, shown.picture_hash)}
    return tuple(sorted(found))


def _proof_of(row: ProofRow) -> Proof:
    return Proof(
        proof_id=row.proof_id,
        order_id=row.order_id,
        reference=row.reference,
        file_id=row.file_id,
        file_unique_id=row.file_unique_id,
        is_document=row.is_document,
        picture_hash=row.picture_hash,
        state=row.state,
        submitted_at=row.submitted_at,
        reviewed_by=row.reviewed_by,
        reviewed_at=row.reviewed_at,
        reason=row.reason,
    )
