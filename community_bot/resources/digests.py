"""Digests: what is new about the topics that a member follows, as often and when they like."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.errors import NotFound
from community_bot.people.roles import Actor
from community_bot.resources import (
    choice_queries,
    digest_queries,
    library_queries,
    partner_rules,
    quiet_rules,
)
from community_bot.resources.digest_facts import DigestTopic, Due, Fresh, Hearing
from community_bot.resources.digest_notices import TopicDigest
from community_bot.resources.digest_rules import USUAL, Pace, next_digest
from community_bot.resources.facts import Level
from community_bot.resources.quiet_rules import QuietHours
from community_bot.resources.rows import QuietHoursRow
from community_bot.resources.surroundings import Surroundings
from community_bot.storage.unit import Storage, Unit

AT_ONCE = 100  # members in one transaction
SHOWN = 8  # resources in one digest
LATER = timedelta(minutes=1)  # where the clock is put back, quiet may end before it began
TOPICS = 6  # that can be followed less, in one digest


class Digests:
    """A digest with nothing in it is not sent, and nothing is told of twice."""

    def __init__(self, storage: Storage, around: Surroundings, *, outbox: Outbox) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox

    async def of(self, actor: Actor) -> Hearing:
        """Return how somebody hears of what is new."""
        async with self._storage.read() as session:
            row = await digest_queries.one(session, actor.member_id)
            hours = await self._hours(session, actor.member_id)
            topics = await library_queries.topics(session, actor.member_id)
        followed = tuple(topic for topic in topics if topic.is_followed)
        pace, now = row.pace if row else USUAL, self._around.clock.now()
        planned = row.next_at if row else next_digest(pace, ZoneInfo(hours.zone), now)
        return Hearing(
            pace=pace,
            zone=ZoneInfo(hours.zone),
            quiet_from=hours.from_minute,
            quiet_until=hours.until_minute,
            next_at=planned if followed else None,
            topics=followed,
        )

    async def choose(self, actor: Actor, *, pace: Pace) -> Hearing:
        """Let somebody hear daily, weekly or never."""
        async with self._storage.work(actor.cause) as unit:
            hours = await self._hours(unit.session, actor.member_id)
            await self._plan(unit, actor.member_id, pace, hours)
            await unit.commit()
        return await self.of(actor)

    async def live_in(self, actor: Actor, *, zone: str) -> Hearing:
        """Keep whose clock counts for somebody; raises Invalid for a zone that nobody knows."""
        async with self._storage.work(actor.cause) as unit:
            before = await self._hours(unit.session, actor.member_id)
            hours = QuietHours(zone.strip(), before.from_minute, before.until_minute)
            await self._keep(unit, actor, hours)
            await unit.commit()
        return await self.of(actor)

    async def rest(self, actor: Actor, *, from_minute: int, until_minute: int) -> Hearing:
        """Keep when nothing may ring at somebody's; the same minute twice lets everything ring."""
        async with self._storage.work(actor.cause) as unit:
            before = await self._hours(unit.session, actor.member_id)
            await self._keep(unit, actor, QuietHours(before.zone, from_minute, until_minute))
            await unit.commit()
        return await self.of(actor)

    async def hear_less(self, actor: Actor, *, topic_id: int) -> DigestTopic:
        """Let somebody hear of a topic no more; return it, so that they can be told which."""
        async with self._storage.work(actor.cause) as unit:
            topic = await digest_queries.topic(unit.session, topic_id)
            if topic is None:
                raise NotFound("topic", topic_id)
            await choice_queries.unfollow(unit.session, actor.member_id, topic_id)
            await unit.commit()
        return topic

    async def sweep(self, now: datetime) -> int:
        """Plan the digests of who follows since the last look, and send what is due."""
        sent = 0
        while await self._is_any_due(now):
            async with self._storage.work() as unit:
                await self._welcome(unit)
                due = await digest_queries.due(unit.session, now, most=AT_ONCE)
                sent += await self._send(unit, due, now)
                await unit.commit()
        return sent

    async def _is_any_due(self, now: datetime) -> bool:
        async with self._storage.read() as session:
            return await digest_queries.is_any_due(session, now)

    async def _welcome(self, unit: Unit) -> None:
        for member_id in await digest_queries.newcomers(unit.session, most=AT_ONCE):
            hours = await self._hours(unit.session, member_id)
            await self._plan(unit, member_id, USUAL, hours)

    async def _send(self, unit: Unit, due: list[Due], now: datetime) -> int:
        members = [one.member_id for one in due]
        hours = await digest_queries.hours(unit.session, members)
        standings = await self._around.memberships.standings_in(unit.session, members, now)
        levels, sent = await self._around.levels(), 0
        for one in due:
            standing = standings.get(one.member_id)
            rank = standing.tier.rank if standing and standing.tier else 0
            theirs = hours.get(one.member_id) or self._usual_hours()
            sent += await self._send_one(unit, one, theirs, rank=rank, levels=levels, now=now)
        return sent

    async def _send_one(
        self,
        unit: Unit,
        one: Due,
        hours: QuietHours,
        *,
        rank: int,
        levels: Mapping[str, Level],
        now: datetime,
    ) -> bool:
        """Send one digest, or wait for the morning, or skip it where nothing is new."""
        quiet_until = quiet_rules.end_of_quiet(hours, now)
        if quiet_until is not None:
            later = max(quiet_until, now + LATER)
            await digest_queries.put_off(unit.session, one, until=later)
            return False
        found = await digest_queries.fresh(
            unit.session, one.member_id, since=one.told_until, until=now
        )
        fresh = [new for new in found if _may_open(new, rank, levels)]
        following = next_digest(one.pace, ZoneInfo(hours.zone), now)
        is_ours = await digest_queries.move_on(unit.session, one, told_until=now, next_at=following)
        if not fresh or not is_ours:
            return False
        await self._outbox.put(
            unit,
            Promise(
                _digest(one.pace, fresh),
                chat_id=one.member_id,
                member_id=one.member_id,
                lane=Lane.BROADCAST,
                once_key=f"digest:{one.member_id}:{one.next_at:%Y%m%d%H%M}",
                keep=False,
            ),
        )
        return True

    async def _keep(self, unit: Unit, actor: Actor, hours: QuietHours) -> None:
        hours = quiet_rules.checked(hours)
        await choice_queries.save_quiet_hours(
            unit.session,
            QuietHoursRow(
                member_id=actor.member_id,
                zone=hours.zone,
                from_minute=hours.from_minute,
                until_minute=hours.until_minute,
                chosen_at=self._around.clock.now(),
            ),
        )
        row = await digest_queries.one(unit.session, actor.member_id)
        await self._plan(unit, actor.member_id, row.pace if row else USUAL, hours)

    async def _plan(self, unit: Unit, member_id: int, pace: Pace, hours: QuietHours) -> None:
        now = self._around.clock.now()
        next_at = next_digest(pace, ZoneInfo(hours.zone), now)
        await digest_queries.plan(unit.session, member_id, pace=pace, next_at=next_at, now=now)

    async def _hours(self, session: AsyncSession, member_id: int) -> QuietHours:
        found = await digest_queries.hours(session, [member_id])
        return found.get(member_id) or self._usual_hours()

    def _usual_hours(self) -> QuietHours:
        """Return the hours of whoever has chosen none: the community's clock, and no quiet."""
        return QuietHours(self._around.zone.key, 0, 0)


def _may_open(new: Fresh, rank: int, levels: Mapping[str, Level]) -> bool:
    level = levels.get(new.least_tier or "")
    return partner_rules.may_open(
        rank, least_tier=new.least_tier, least_rank=level.rank if level else None
    )


def _digest(pace: Pace, fresh: list[Fresh]) -> TopicDigest:
    """Put what is new together: each resource once, and the topics because of which it is in."""
    lines = list(dict.fromkeys(new.line for new in fresh))
    shown = lines[:SHOWN]
    topics = dict.fromkeys(new.topic for new in fresh if new.line in shown)
    return TopicDigest(pace, tuple(shown), len(lines) - len(shown), tuple(topics)[:TOPICS])
