"""Tiers and plans: taking them over from the configuration, and offering them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from community_bot.clock import Clock
from community_bot.config import tiers as configured
from community_bot.errors import NotFound
from community_bot.membership import queries
from community_bot.membership.facts import Change, Offer, Plan, RefundPolicy, Tier
from community_bot.membership.rules import Period, PeriodKind
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit


class Tiers:
    """What the community sells."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def apply(self, wanted: Sequence[configured.Tier]) -> list[Change]:
        """Make the database say what the configuration says; a second time changes nothing.

        Whoever bought something keeps it as it was: a changed plan is a new version, and what
        the configuration no longer names is retired, not removed.
        """
        now = self._clock.now()
        async with self._storage.work() as unit:
            changes = await self._apply_tiers(unit, wanted, now)
            changes += await self._apply_plans(unit, wanted, now)
            for change in changes:
                await journal.record(
                    unit,
                    at=now,
                    actor_id=None,
                    action=change.what,
                    subject="plan" if change.what.startswith("plan") else "tier",
                    subject_key=change.code,
                )
            await unit.commit()
        return changes

    async def offers(self) -> list[Offer]:
        """Return what can be had, lowest rank first; the free tier has no plans."""
        async with self._storage.read() as session:
            tiers = await queries.tiers(session)
            plans = await queries.offered_plans(session)
        return [
            Offer(tier, tuple(plan for plan in plans if plan.tier_code == tier.code))
            for tier, retired_at in tiers
            if retired_at is None
        ]

    async def known(self) -> list[Tier]:
        """Return every tier, also those that are offered no more: somebody may have one still."""
        async with self._storage.read() as session:
            return [tier for tier, _ in await queries.tiers(session)]

    async def tier(self, code: str) -> Tier:
        async with self._storage.read() as session:
            found = await queries.tier(session, code)
        if found is None:
            raise NotFound("tier", code)
        return found

    async def plan(self, code: str) -> Plan:
        """Return a plan that is offered; raises NotFound."""
        async with self._storage.read() as session:
            found = await queries.newest_plan(session, code)
        if found is None or not found.is_offered:
            raise NotFound("plan", code)
        return found

    async def _apply_tiers(
        self, unit: Unit, wanted: Sequence[configured.Tier], now: datetime
    ) -> list[Change]:
        known = {tier.code: (tier, gone) for tier, gone in await queries.tiers(unit.session)}
        changes = []
        for section in wanted:
            tier = tier_of(section)
            if tier.code not in known:
                changes.append(Change("tier_added", tier.code))
            elif known[tier.code] != (tier, None):
                changes.append(Change("tier_changed", tier.code))
            else:
                continue
            await queries.save_tier(unit.session, tier)
        codes = {section.code for section in wanted}
        gone = [code for code, (_, since) in known.items() if code not in codes and since is None]
        await queries.retire_tiers(unit.session, gone, now=now)
        return changes + [Change("tier_retired", code) for code in gone]

    async def _apply_plans(
        self, unit: Unit, wanted: Sequence[configured.Tier], now: datetime
    ) -> list[Change]:
        offered = {plan.code: plan for plan in await queries.offered_plans(unit.session)}
        sections = [(tier, plan) for tier in wanted for plan in tier.plans]
        changes = []
        for tier, section in sections:
            known = offered.get(section.code)
            plan = plan_of(tier, section, known.plan_version_id if known else 0)
            if plan == known:
                continue
            changes.append(Change("plan_changed" if known else "plan_added", plan.code))
            await queries.add_plan(unit.session, plan, now=now)
        gone = sorted(offered.keys() - {section.code for _, section in sections})
        await queries.retire_plans(unit.session, gone, now=now)
        return changes + [Change("plan_retired", code) for code in gone]


def tier_of(section: configured.Tier) -> Tier:
    """Turn a section of the configuration into a fact."""
    hours = section.answer_within
    return Tier(
        code=section.code,
        rank=section.rank,
        name=section.name.model_dump(),
        benefits={"zh": section.benefits.zh, "en": section.benefits.en},
        questions_per_month=section.questions_per_month,
        answer_within=None if hours is None else timedelta(hours=hours),
        topics=section.topics,
        opens=frozenset(section.opens),
        seats=section.seats,
        successor=section.successor,
        credits=section.credits,
        admission=tuple(question.model_dump() for question in section.admission),
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
    )


def _period_of(section: configured.Plan) -> Period:
    if section.trial_days:
        return Period(PeriodKind.TRIAL, section.trial_days)
    if section.months:
        return Period(PeriodKind.MONTHS, section.months)
    if section.years:
        return Period(PeriodKind.YEARS, section.years)
    if section.ends_on:
        return Period(PeriodKind.UNTIL, ends_on=section.ends_on)
    return Period(PeriodKind.LIFETIME)
