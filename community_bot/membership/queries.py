"""SQL of tiers, plans and entitlements."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.membership.admission_facts import facts_of_questions, questions_of
from community_bot.membership.facts import Entitlement, Plan, RefundPolicy, Tier
from community_bot.membership.rows import EntitlementRow, PlanVersionRow, TierRow
from community_bot.membership.rules import Period, PeriodKind
from community_bot.money import Money

_QUIET = {"synchronize_session": False}
PEOPLE_IN_QUERY = 1000  # SQLite binds at most 32,766 values in a statement


async def tiers(session: AsyncSession) -> list[tuple[Tier, datetime | None]]:
    """Return every tier with the moment it was retired, lowest rank first."""
    rows = await session.scalars(sa.select(TierRow).order_by(TierRow.rank, TierRow.code))
    return [(tier_of(row), row.retired_at) for row in rows]


async def tier(session: AsyncSession, code: str) -> Tier | None:
    row = await session.get(TierRow, code)
    return None if row is None else tier_of(row)


async def hold_tier(session: AsyncSession, code: str) -> None:
    """Let nobody else count this tier's seats until we are done."""
    await session.execute(sa.select(TierRow.code).where(TierRow.code == code).with_for_update())


async def save_tier(session: AsyncSession, tier: Tier) -> None:
    """Write a tier as the configuration says it; a retired one is back."""
    await session.merge(
        TierRow(
            code=tier.code,
            rank=tier.rank,
            name=dict(tier.name),
            benefits={language: list(lines) for language, lines in tier.benefits.items()},
            questions_per_month=tier.questions_per_month,
            urgent_per_month=tier.urgent_per_month,
            answer_hours=None
            if tier.answer_within is None
            else tier.answer_within // timedelta(hours=1),
            topics=list(tier.topics),
            opens=sorted(tier.opens),
            seats=tier.seats,
            successor=tier.successor,
            credits=list(tier.credits),
            admission=facts_of_questions(tier.admission),
            retired_at=None,
        )
    )
    await session.flush()


async def retire_tiers(session: AsyncSession, codes: Collection[str], *, now: datetime) -> None:
    await session.execute(sa.update(TierRow).where(TierRow.code.in_(codes)).values(retired_at=now))


async def offered_plans(session: AsyncSession) -> list[Plan]:
    """Return what can be bought now, cheapest first."""
    rows = await session.scalars(
        sa.select(PlanVersionRow)
        .where(PlanVersionRow.retired_at.is_(None))
        .order_by(PlanVersionRow.price_minor, PlanVersionRow.code)
    )
    return [plan_of(row) for row in rows]


async def newest_plan(session: AsyncSession, code: str) -> Plan | None:
    """Return the last version of a plan, be it offered or not."""
    row = await session.scalar(
        sa.select(PlanVersionRow)
        .where(PlanVersionRow.code == code)
        .order_by(PlanVersionRow.version.desc())
        .limit(1)
    )
    return None if row is None else plan_of(row)


async def plan(session: AsyncSession, plan_version_id: int) -> Plan | None:
    return plan_of(row) if (row := await session.get(PlanVersionRow, plan_version_id)) else None


async def add_plan(session: AsyncSession, plan: Plan, *, now: datetime) -> None:
    """Write the next version of a plan, and offer it instead of the one before."""
    await retire_plans(session, [plan.code], now=now)
    last = await session.scalar(
        sa.select(sa.func.max(PlanVersionRow.version)).where(PlanVersionRow.code == plan.code)
    )
    await session.execute(
        sa.insert(PlanVersionRow).values(
            code=plan.code,
            version=(last or 0) + 1,
            tier_code=plan.tier_code,
            name=None if plan.name is None else dict(plan.name),
            price_minor=plan.price.minor,
            currency=plan.price.currency,
            stars=plan.stars,
            stars_renew=plan.stars_renew,
            period=plan.period.kind,
            length=plan.period.length,
            ends_on=plan.period.ends_on,
            refund=facts_of_refund(plan.refund),
            made_at=now,
        )
    )


async def retire_plans(session: AsyncSession, codes: Collection[str], *, now: datetime) -> None:
    await session.execute(
        sa.update(PlanVersionRow)
        .where(PlanVersionRow.code.in_(codes), PlanVersionRow.retired_at.is_(None))
        .values(retired_at=now)
        .execution_options(**_QUIET)
    )


async def entitlements(session: AsyncSession, member_id: int) -> list[Entitlement]:
    """Return every right that a person ever had, oldest first."""
    rows = await session.execute(_ENTITLEMENTS_OF, {"member_id": member_id})
    return [_entitlement_of(*row) for row in rows]


async def entitlements_of(
    session: AsyncSession, member_ids: Collection[int]
) -> dict[int, list[Entitlement]]:
    """Return every right that these people ever had, oldest first, in few questions."""
    found: dict[int, list[Entitlement]] = {member_id: [] for member_id in member_ids}
    people = list(member_ids)
    for start in range(0, len(people), PEOPLE_IN_QUERY):
        some = people[start : start + PEOPLE_IN_QUERY]
        query = _entitlements().where(EntitlementRow.member_id.in_(some))
        ordered = query.order_by(EntitlementRow.starts_at, EntitlementRow.entitlement_id)
        for row in await session.execute(ordered):
            right = _entitlement_of(*row)
            found[right.member_id].append(right)
    return found


async def entitlement_from(
    session: AsyncSession, source: str, source_key: str
) -> Entitlement | None:
    """Return what one source gave, if it gave anything."""
    rows = await session.execute(
        _entitlements().where(
            EntitlementRow.source == source, EntitlementRow.source_key == source_key
        )
    )
    return next((_entitlement_of(*row) for row in rows), None)


async def add_entitlement(session: AsyncSession, **values: Any) -> int:  # noqa: ANN401  a row's columns
    """Grant; a second grant from the same source violates the unique key."""
    made = await session.scalar(
        sa.insert(EntitlementRow).values(**values).returning(EntitlementRow.entitlement_id)
    )
    return int(made or 0)


async def add_entitlements(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Grant many at once; return their numbers in the same order."""
    if not rows:
        return []
    insert = sa.insert(EntitlementRow).returning(
        EntitlementRow.entitlement_id, sort_by_parameter_order=True
    )
    return list(await session.scalars(insert, rows))


async def revoke(session: AsyncSession, entitlement_id: int, *, at: datetime, reason: str) -> bool:
    """End a right now, once; say whether it was there to be ended."""
    revoked = await session.scalar(
        sa.update(EntitlementRow)
        .where(EntitlementRow.entitlement_id == entitlement_id, EntitlementRow.revoked_at.is_(None))
        .values(revoked_at=at, revoked_for=reason)
        .returning(EntitlementRow.entitlement_id)
        .execution_options(**_QUIET)
    )
    return revoked is not None


async def move_entitlement(
    session: AsyncSession, entitlement_id: int, *, starts_at: datetime, ends_at: datetime | None
) -> None:
    await session.execute(
        sa.update(EntitlementRow)
        .where(EntitlementRow.entitlement_id == entitlement_id)
        .values(starts_at=starts_at, ends_at=ends_at)
        .execution_options(**_QUIET)
    )


async def seated(session: AsyncSession, tier_code: str, *, now: datetime) -> set[int]:
    """Return who holds a seat of the tier now or later."""
    found = await session.scalars(
        sa.select(EntitlementRow.member_id)
        .where(
            EntitlementRow.tier_code == tier_code,
            EntitlementRow.revoked_at.is_(None),
            sa.or_(EntitlementRow.ends_at.is_(None), EntitlementRow.ends_at >= now),
        )
        .distinct()
    )
    return set(found)


async def every_entitlement(session: AsyncSession) -> list[Entitlement]:
    """Return every right of everybody, those of a person together and oldest first."""
    rows = await session.execute(
        _entitlements().order_by(
            EntitlementRow.member_id, EntitlementRow.starts_at, EntitlementRow.entitlement_id
        )
    )
    return [_entitlement_of(*row) for row in rows]


def _entitlements() -> sa.Select[EntitlementRow, int, PeriodKind | None]:
    return (
        sa.select(EntitlementRow, TierRow.rank, PlanVersionRow.period)
        .join(TierRow, TierRow.code == EntitlementRow.tier_code)
        .outerjoin(PlanVersionRow, PlanVersionRow.plan_version_id == EntitlementRow.plan_version_id)
    )


# Asked for each update: built once.
_ENTITLEMENTS_OF = (
    _entitlements()
    .where(EntitlementRow.member_id == sa.bindparam("member_id"))
    .order_by(EntitlementRow.starts_at, EntitlementRow.entitlement_id)
)


def _entitlement_of(row: EntitlementRow, rank: int, period: PeriodKind | None) -> Entitlement:
    return Entitlement(
        entitlement_id=row.entitlement_id,
        member_id=row.member_id,
        tier_code=row.tier_code,
        rank=rank,
        plan_version_id=row.plan_version_id,
        source=row.source,
        source_key=row.source_key,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        revoked_at=row.revoked_at,
        made_at=row.made_at,
        is_dated=period is PeriodKind.UNTIL,
        reason=row.reason,
    )


def tier_of(row: TierRow) -> Tier:
    return Tier(
        code=row.code,
        rank=row.rank,
        name=row.name,
        benefits={language: tuple(lines) for language, lines in row.benefits.items()},
        questions_per_month=row.questions_per_month,
        urgent_per_month=row.urgent_per_month,
        answer_within=None if row.answer_hours is None else timedelta(hours=row.answer_hours),
        topics=tuple(row.topics),
        opens=frozenset(row.opens),
        seats=row.seats,
        successor=row.successor,
        credits=tuple(row.credits),
        admission=questions_of(row.admission),
    )


def plan_of(row: PlanVersionRow) -> Plan:
    return Plan(
        plan_version_id=row.plan_version_id,
        code=row.code,
        tier_code=row.tier_code,
        name=row.name,
        price=Money(row.price_minor, row.currency),
        stars=row.stars,
        period=Period(kind=row.period, length=row.length, ends_on=row.ends_on),
        refund=RefundPolicy(**row.refund),
        is_offered=row.retired_at is None,
        stars_renew=row.stars_renew,
    )


def facts_of_refund(policy: RefundPolicy) -> dict[str, Any]:
    return {
        "full_within_days": policy.full_within_days,
        "afterwards": policy.afterwards,
        "within_days": policy.within_days,
        "lessons": policy.lessons,
        "kept_percent": policy.kept_percent,
    }
