"""Marks: members show their tier in groups, and read without writing in grace.

What is to be seen is derived from standings, what was promised and confirmed is kept; only the
difference is promised. A right that the bot does not have is no trouble: nothing is shown then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.config.loading import Config
from community_bot.delivery.acts import Mute, Tag, TagRole, Unmute
from community_bot.delivery.contents import unpack
from community_bot.delivery.lanes import Lane
from community_bot.delivery.ledger import Aftermath
from community_bot.delivery.letters import Outcome, Promise
from community_bot.delivery.rules import DeliveryEvent, Doubt
from community_bot.delivery.service import Outbox
from community_bot.membership import access_queries as access
from community_bot.membership import mark_queries as queries
from community_bot.membership import mark_rules as rules
from community_bot.membership import queries as rights
from community_bot.membership.facts import Entitlement, Standing, Tier
from community_bot.membership.mark_rules import MarkKind
from community_bot.membership.memberships import derive
from community_bot.membership.rules import in_grace, is_active
from community_bot.membership.spaces import DESK
from community_bot.people.roles import Role
from community_bot.people.service import People
from community_bot.storage.unit import Storage, Unit

IN_ONE_SWEEP = 100  # calls at once; the next sweep goes on
Act: TypeAlias = Tag | TagRole | Mute | Unmute


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be seen of a person in a space."""

    chat_id: int
    member_id: int
    kind: MarkKind
    value: str


class Marks:
    """Keeps what is seen of members in step with what they are."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        outbox: Outbox,
        people: People,
        config: Config,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people
        self._groups = config.groups
        self._language = config.community.locale.partition("_")[0]

    @property
    def aftermaths(self) -> dict[str, Aftermath]:
        """What follows from our acts: they are noted, and a refusal is told to nobody."""
        return dict.fromkeys(("tag", "tag_role", "mute", "unmute"), self._settled)

    async def changed_in(self, unit: Unit, member_id: int) -> None:
        """Follow a change of somebody's rights, or their coming into a space, at once."""
        now = self._clock.now()
        held = await rights.entitlements(unit.session, member_id)
        here = await queries.present(unit.session, member_id=member_id)
        wanted = await self._wanted(unit.session, here, {member_id: held}, now)
        asked = await queries.marks(unit.session, member_id=member_id)
        for one in wanted:
            mark = asked.get((one.chat_id, one.member_id, one.kind))
            if one.value != (mark.asked if mark else rules.NOTHING):
                await self._promise(unit, one, Lane.REPLY)
        # A tag goes with the person who leaves; silence stays on them.
        for chat_id, _, kind in asked:
            if kind is MarkKind.BADGE and (chat_id, member_id) not in here:
                await queries.forget(unit.session, chat_id, member_id, kind)

    async def sweep(self, now: datetime) -> int:
        """Promise what time has changed; a bounded part of it at once."""
        async with self._storage.read() as session:
            found = await rights.every_entitlement(session)
            of = {
                member_id: list(some)
                for member_id, some in groupby(found, key=attrgetter("member_id"))
            }
            here = await queries.present(session)
            wanted = await self._wanted(session, here, of, now)
            asked = await queries.marks(session)
            closed = await queries.closed(session, since=now - rules.AFTER_REFUSAL)
        differing = [
            one
            for one in wanted
            if (one.chat_id, one.kind) not in closed and _differs(one, asked, now)
        ]
        async with self._storage.work() as unit:
            for one in differing[:IN_ONE_SWEEP]:
                await self._promise(unit, one, Lane.BROADCAST)
            await unit.commit()
        return len(differing[:IN_ONE_SWEEP])

    async def _wanted(
        self,
        session: AsyncSession,
        present: Iterable[tuple[int, int]],
        held: dict[int, list[Entitlement]],
        now: datetime,
    ) -> list[Wanted]:
        """Derive what is to be seen of those who are in groups."""
        tiers = {tier.code: tier for tier, _ in await rights.tiers(session)}
        paid = {role for tier in tiers.values() if tier.rank > 0 for role in tier.opens}
        free = {role for tier in tiers.values() if tier.rank == 0 for role in tier.opens}
        groups = await queries.groups(session, besides=DESK)
        staff = await self._staff(session)
        spared = await access.held(session) | staff.keys()
        if await access.paused_until(session, now=now) is not None:
            spared |= held.keys()
        wanted = []
        for chat_id, member_id in present:
            if chat_id not in groups:
                continue
            standing = derive(member_id, held.get(member_id, []), tiers, now)
            if self._groups.tags:
                badge = self._badge(standing, staff.get(member_id))
                wanted.append(Wanted(chat_id, member_id, MarkKind.BADGE, badge))
            if self._groups.read_only_in_grace and groups[chat_id] in paid - free:
                kept = groups[chat_id] in _opened(standing, tiers, now)
                silence = _silence(standing, now, is_spared=kept or member_id in spared)
                wanted.append(Wanted(chat_id, member_id, MarkKind.SILENCE, silence))
        return wanted

    async def _staff(self, session: AsyncSession) -> dict[int, Role]:
        """Return everybody with a role, and the highest that they have."""
        found = {}
        for role in (Role.FINANCE, Role.MENTOR, Role.ADMIN):
            for member_id in await self._people.with_roles_in(session, role):
                found[member_id] = role
        return found

    def _badge(self, standing: Standing, role: Role | None) -> str:
        tier = standing.tier if standing.is_member else None
        return rules.badge_of(role, tier.name.get(self._language) if tier else None)

    async def _promise(self, unit: Unit, wanted: Wanted, lane: Lane) -> None:
        await queries.ask(unit.session, wanted.chat_id, wanted.member_id, wanted.kind, wanted.value)
        await self._outbox.put(
            unit,
            Promise(
                _act(wanted),
                chat_id=wanted.chat_id,
                member_id=wanted.member_id,
                lane=lane,
                doubt=Doubt.REPEAT,
                keep=False,  # what is to be seen is derived anew each time, never sent late
            ),
        )

    async def _settled(self, unit: Unit, outcome: Outcome) -> None:
        """Note what is seen now."""
        if outcome.event is DeliveryEvent.PUT_OFF:
            return
        chat_id, member_id, kind, value = _mark_of(
            unpack(outcome.letter.kind, outcome.letter.facts)
        )
        now = self._clock.now()
        if outcome.event is DeliveryEvent.ARRIVE:
            asked = await queries.confirm(unit.session, chat_id, member_id, kind, value, now=now)
            if asked is not None and asked != value:  # another act has overtaken this one
                await self._promise(unit, Wanted(chat_id, member_id, kind, asked), Lane.DESK)
        else:
            await queries.refuse(unit.session, chat_id, member_id, kind, now=now)


def _differs(
    wanted: Wanted, asked: dict[tuple[int, int, MarkKind], queries.Mark], now: datetime
) -> bool:
    mark = asked.get((wanted.chat_id, wanted.member_id, wanted.kind))
    if mark is None:
        return wanted.value != rules.NOTHING
    if mark.refused_at is not None and now < mark.refused_at + rules.AFTER_REFUSAL:
        return False
    return wanted.value != mark.asked


def _silence(standing: Standing, now: datetime, *, is_spared: bool) -> str:
    ended = in_grace(standing.entitlements, now)
    return rules.silence_of(standing.phase, ended.source if ended else None, is_spared=is_spared)


def _opened(standing: Standing, tiers: dict[str, Tier], now: datetime) -> set[str]:
    """Return the roles of the spaces that somebody's rights open without any grace."""
    held = [right for right in standing.entitlements if is_active(right, now)]
    return {role for right in held for role in tiers[right.tier_code].opens}


def _act(wanted: Wanted) -> Act:
    chat_id, member_id, value = wanted.chat_id, wanted.member_id, wanted.value
    if wanted.kind is MarkKind.SILENCE:
        return Mute(chat_id, member_id) if value else Unmute(chat_id, member_id)
    if value.startswith(rules.OF_ROLE):
        return TagRole(chat_id, member_id, value.removeprefix(rules.OF_ROLE))
    return Tag(chat_id, member_id, value)


def _mark_of(act: object) -> tuple[int, int, MarkKind, str]:
    match act:
        case Tag(chat_id, member_id, tag):
            return chat_id, member_id, MarkKind.BADGE, tag
        case TagRole(chat_id, member_id, role):
            return chat_id, member_id, MarkKind.BADGE, f"{rules.OF_ROLE}{role}"
        case Mute(chat_id, member_id):
            return chat_id, member_id, MarkKind.SILENCE, rules.MUTED
        case Unmute(chat_id, member_id):
            return chat_id, member_id, MarkKind.SILENCE, rules.NOTHING
        case _:
            raise TypeError(f"{type(act).__name__} is no mark")
