"""Tiers and plans: taking them over from the configuration, and offering them."""

from collections.abc import Sequence
from datetime import datetime

from community_bot.clock import Clock
from community_bot.config import tiers as configured
from community_bot.errors import NotFound
from community_bot.membership import queries, tier_changes
from community_bot.membership.facts import Change, Offer, Plan, Tier
from community_bot.people.roles import Actor
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit


class Tiers:
    """What the community sells."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def differences(self, wanted: Sequence[configured.Tier]) -> list[Change]:
        """Say what apply() would change, and change nothing."""
        async with self._storage.read() as session:
            return await tier_changes.find(session, wanted)

    async def apply(
        self, wanted: Sequence[configured.Tier], *, actor: Actor | None = None
    ) -> list[Change]:
        """Make the database say what the configuration says; a second time changes nothing.

        Whoever bought something keeps it as it was: a changed plan is a new version, and what
        the configuration no longer names is retired, not removed.
        """
        now = self._clock.now()
        async with self._storage.work(actor.cause if actor else None) as unit:
            changes = await tier_changes.find(unit.session, wanted)
            await self._apply(unit, wanted, changes, now)
            for change in changes:
                await journal.record(
                    unit,
                    at=now,
                    actor_id=actor.member_id if actor else None,
                    action=change.what,
                    subject="plan" if change.what.startswith("plan") else "tier",
                    subject_key=change.code,
                    before=_told(change, is_before=True),
                    after=_told(change, is_before=False),
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

    async def _apply(
        self,
        unit: Unit,
        wanted: Sequence[configured.Tier],
        changes: Sequence[Change],
        now: datetime,
    ) -> None:
        by_what: dict[str, set[str]] = {}
        for change in changes:
            by_what.setdefault(change.what, set()).add(change.code)
        written = by_what.get("tier_added", set()) | by_what.get("tier_changed", set())
        for section in wanted:
            if section.code in written:
                await queries.save_tier(unit.session, tier_changes.tier_of(section))
        await queries.retire_tiers(unit.session, by_what.get("tier_retired", set()), now=now)
        written = by_what.get("plan_added", set()) | by_what.get("plan_changed", set())
        for section in wanted:
            for plan in section.plans:
                if plan.code in written:
                    made = tier_changes.plan_of(section, plan, 0)
                    await queries.add_plan(unit.session, made, now=now)
        await queries.retire_plans(unit.session, by_what.get("plan_retired", set()), now=now)


def _told(change: Change, *, is_before: bool) -> dict[str, object] | None:
    """Say in the journal what a field was, and what it is."""
    told = {
        detail.field: str(detail.before if is_before else detail.after)
        for detail in change.details
        if (detail.before if is_before else detail.after) is not None
    }
    return dict(told) or None
