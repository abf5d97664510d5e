"""What the configuration would change about tiers and plans, field by field."""

import dataclasses
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.config import tiers as configured
from community_bot.membership import queries
from community_bot.membership.admission_facts import questions_of
from community_bot.membership.facts import Change, Detail, Plan, RefundPolicy, Tier
from community_bot.membership.rules import Period, PeriodKind

UNSAID = {"code", "plan_version_id", "tier_code", "is_offered"}


async def find(session: AsyncSession, wanted: Sequence[configured.Tier]) -> list[Change]:
    """Return every difference between the database and what is wanted, tiers first."""
    return [*await _of_tiers(session, wanted), *await _of_plans(session, wanted)]


async def _of_tiers(session: AsyncSession, wanted: Sequence[configured.Tier]) -> list[Change]:
    known = {tier.code: (tier, gone) for tier, gone in await queries.tiers(session)}
    changes = []
    for section in wanted:
        tier = tier_of(section)
        before, gone = known.get(tier.code, (None, None))
        if before is None:
            changes.append(Change("tier_added", tier.code, _details(None, tier)))
        elif (before, gone) != (tier, None):
            changes.append(Change("tier_changed", tier.code, _details(before, tier)))
    codes = {section.code for section in wanted}
    retired = [code for code, (_, since) in known.items() if code not in codes and since is None]
    return changes + [Change("tier_retired", code) for code in retired]


async def _of_plans(session: AsyncSession, wanted: Sequence[configured.Tier]) -> list[Change]:
    offered = {plan.code: plan for plan in await queries.offered_plans(session)}
    sections = [(tier, plan) for tier in wanted for plan in tier.plans]
    changes = []
    for tier, section in sections:
        known = offered.get(section.code)
        plan = plan_of(tier, section, known.plan_version_id if known else 0)
        if known is None:
            changes.append(Change("plan_added", plan.code, _details(None, plan)))
        elif plan != known:
            changes.append(Change("plan_changed", plan.code, _details(known, plan)))
    gone = sorted(offered.keys() - {section.code for _, section in sections})
    return changes + [Change("plan_retired", code) for code in gone]


def _details(before: Tier | Plan | None, after: Tier | Plan) -> tuple[Detail, ...]:
    """Name the fields that differ; of something new, those that say anything."""
    found = []
    for field in dataclasses.fields(after):
        old, new = _told(getattr(before, field.name, None)), _told(getattr(after, field.name))
        if field.name not in UNSAID and old != new and (old or new):
            found.append(Detail(field.name, old, new))
    return tuple(found)


def _told(value: object) -> object:
    return tuple(sorted(value)) if isinstance(value, frozenset) else value


def tier_of(section: configured.Tier) -> Tier:
    """Turn a section of the configuration into a fact."""
    hours = section.answer_within
    return Tier(
        code=section.code,
        rank=section.rank,
        name=section.name.model_dump(),
        benefits={"zh": section.benefits.zh, "en": section.benefits.en},
        questions_per_month=section.questions_per_month,
        urgent_per_month=section.urgent_per_month,
        answer_within=None if hours is None else timedelta(hours=hours),
        topics=section.topics,
        opens=frozenset(section.opens),
        seats=section.seats,
        successor=section.successor,
        credits=section.credits,
        admission=questions_of([one.model_dump() for one in section.admission]),
    )


def plan_of(tier: configured.Tier, section: configured.Plan, plan_version_id: int) -> Plan:
    """Turn a plan's section into a fact, under the number of a version it is compared with."""
    return Plan(
        plan_version_id=plan_version_id,
        code=section.code,
        tier_code=tier.code,
        name=None if section.name is None else section.name.model_dump(),
        price=section.amount,
        stars=section.stars,
        period=_period_of(section),
        refund=RefundPolicy(**tier.refund.model_dump()),
        is_offered=True,
        stars_renew=section.stars_renew,
    )


def _period_of(section: configured.Plan) -> Period:
    if section.trial_days:
        return Period(PeriodKind.TRIAL, section.trial_days)
    if section.days:
        return Period(PeriodKind.DAYS, section.days)
    if section.months:
        return Period(PeriodKind.MONTHS, section.months)
    if section.years:
        return Period(PeriodKind.YEARS, section.years)
    if section.ends_on:
        return Period(PeriodKind.UNTIL, ends_on=section.ends_on)
    return Period(PeriodKind.LIFETIME)
