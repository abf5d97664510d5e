"""SQL of audiences: who is meant, how high they stand, and whether they can be reached."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from community_bot.delivery.rows import Reach, ReachRow
from community_bot.membership.rows import EntitlementRow, TierRow
from community_bot.membership.rules import GRACE, Source
from community_bot.people.roles import Role
from community_bot.people.rows import MemberRow, StaffRoleRow
from community_bot.resources import topic_rules
from community_bot.resources.audience_rules import Audience, Criterion, Who
from community_bot.resources.post_rows import OpeningRow
from community_bot.resources.rows import FollowRow, LibraryTopicRow

Condition = sa.ColumnElement[bool]
Ids = sa.ColumnElement[int] | InstrumentedAttribute[int]
# Says of a column of members whether they have ever asked a mentor: the desk knows.
HasAsked = Callable[[Ids], Condition]


@dataclass(frozen=True, slots=True)
class Eyes:
    """What it takes to see of a person whether a criterion is true."""

    now: datetime
    zone: ZoneInfo
    owners: Collection[int]
    has_asked: HasAsked


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many an audience selects, and how many of them would not get it, and why."""

    people: int
    unreachable: int
    below_tier: int


async def head_count(
    session: AsyncSession, audience: Audience, eyes: Eyes, least_tier: str | None
) -> Headcount:
    """Count an audience; a person is counted once, as out of reach before as below the tier."""
    out_of_reach = is_unreachable(MemberRow.member_id)
    below = ~is_entitled(MemberRow.member_id, least_tier, eyes.now)
    row = (
        await session.execute(
            sa.select(
                sa.func.count(),
                sa.func.count(sa.case((out_of_reach, 1))),
                sa.func.count(sa.case((sa.and_(~out_of_reach, below), 1))),
            )
            .select_from(MemberRow)
            .where(selects(audience, eyes))
        )
    ).one()
    return Headcount(row[0], row[1], row[2])


async def truths(
    session: AsyncSession, member_id: int, audience: Audience, eyes: Eyes, least_tier: str | None
) -> tuple[list[bool], list[bool], bool, bool]:
    """Say of one person which criteria are true, whether they are in reach, and entitled."""
    included = [_is_true(one, eyes) for one in audience.include]
    excluded = [_is_true(one, eyes) for one in audience.exclude]
    row = (
        await session.execute(
            sa.select(
                *(sa.case((one, 1), else_=0) for one in (*included, *excluded)),
                sa.case((is_unreachable(MemberRow.member_id), 0), else_=1),
                sa.case((is_entitled(MemberRow.member_id, least_tier, eyes.now), 1), else_=0),
            ).where(MemberRow.member_id == member_id)
        )
    ).one_or_none()
    if row is None:
        return [False] * len(included), [False] * len(excluded), False, False
    found = [bool(value) for value in row]
    split = len(included)
    return found[:split], found[split:-2], found[-2], found[-1]


async def topic_codes(session: AsyncSession) -> list[str]:
    """Return every topic of the library."""
    return list(await session.scalars(sa.select(LibraryTopicRow.code)))


async def first_days(session: AsyncSession, eyes: Eyes) -> set[date]:
    """Return the days on which people have joined."""
    first = sa.func.min(EntitlementRow.starts_at, type_=EntitlementRow.starts_at.type)
    found = await session.scalars(sa.select(first).group_by(EntitlementRow.member_id))
    return {moment.astimezone(eyes.zone).date() for moment in found}


def selects(audience: Audience, eyes: Eyes) -> Condition:
    """Return the condition on members that the audience stands for."""
    wanted = [_is_true(one, eyes) for one in audience.include]
    unwanted = [~_is_true(one, eyes) for one in audience.exclude]
    return sa.and_(sa.true(), *wanted, *unwanted)


def is_unreachable(chat_id: Ids) -> Condition:
    return sa.exists().where(ReachRow.chat_id == chat_id, ReachRow.reach == Reach.CLOSED)


def is_entitled(
    member_id: Ids,
    least_tier: str | None,
    now: datetime,
) -> Condition:
    """Say that somebody's tier is high enough; a tier that nobody knows any more opens nothing."""
    if least_tier is None:
        return sa.true()
    least = sa.select(TierRow.rank).where(TierRow.code == least_tier).scalar_subquery()
    return _stands_at(member_id, least, now)


def _stands_at(member_id: Ids, least: sa.ScalarSelect[int], now: datetime) -> Condition:
    rank = (
        sa.select(sa.func.max(TierRow.rank))
        .join(EntitlementRow, EntitlementRow.tier_code == TierRow.code)
        .where(EntitlementRow.member_id == member_id, _holds(now))
        .scalar_subquery()
    )
    return sa.func.coalesce(rank, 0) >= sa.func.coalesce(least, 2**31 - 1)


def keeps_right(
    member_id: Ids, audience: Audience | None, least_tier: str | None, now: datetime
) -> Condition:
    """Say that somebody still has what the audience and the tier asked for, when it leaves.

    Who is meant was written down before; who has lost a membership since is meant no more. Whoever
    has risen above the tiers that were named has lost nothing.
    """
    asked = audience.include if audience else ()
    return sa.and_(
        is_entitled(member_id, least_tier, now),
        *(_keeps(one, member_id, now) for one in asked),
    )


def _keeps(one: Criterion, member_id: Ids, now: datetime) -> Condition:
    if one.who is Who.TIERS:
        least = sa.select(sa.func.min(TierRow.rank)).where(TierRow.code.in_(one.names))
        return _stands_at(member_id, least.scalar_subquery(), now)
    if one.who in (Who.MEMBERS, Who.NEVER_ASKED):
        return sa.exists().where(EntitlementRow.member_id == member_id, _holds(now))
    return sa.true()


def tier_code_of(member_id: Ids, now: datetime) -> sa.ScalarSelect[str]:
    """Return the highest tier that somebody has now."""
    return (
        sa.select(EntitlementRow.tier_code)
        .join(TierRow, TierRow.code == EntitlementRow.tier_code)
        .where(EntitlementRow.member_id == member_id, _holds(now))
        .order_by(TierRow.rank.desc(), EntitlementRow.tier_code)
        .limit(1)
        .scalar_subquery()
    )


def _holds(now: datetime) -> Condition:
    """Say that a right is active, or ended so recently that nothing is taken away yet."""
    return sa.or_(
        sa.and_(
            EntitlementRow.starts_at <= now,
            sa.or_(EntitlementRow.revoked_at.is_(None), EntitlementRow.revoked_at > now),
            sa.or_(EntitlementRow.ends_at.is_(None), EntitlementRow.ends_at >= now),
        ),
        sa.and_(
            EntitlementRow.source != Source.TRIAL,
            EntitlementRow.revoked_at.is_(None),
            EntitlementRow.ends_at >= now - GRACE,
            EntitlementRow.ends_at < now,
        ),
    )


def _has_right(*more: Condition) -> Condition:
    return sa.exists().where(EntitlementRow.member_id == MemberRow.member_id, *more)


def _is_true(one: Criterion, eyes: Eyes) -> Condition:
    now, held = eyes.now, _has_right(_holds(eyes.now))
    begun = _has_right(EntitlementRow.starts_at <= now)
    truths: dict[Who, Callable[[], Condition]] = {
        Who.EVERYBODY: sa.true,
        Who.MEMBERS: lambda: held,
        Who.TIERS: lambda: _stands_in(one.names, now),
        Who.TOPICS: lambda: _follows(one.names),
        Who.JOINED: lambda: _joined(one.since, one.until, eyes.zone),
        Who.EXPIRING: lambda: _ends_before(now, now + timedelta(days=one.days)),
        Who.LAPSED: lambda: sa.and_(begun, ~held),
        Who.NEVER_ASKED: lambda: sa.and_(held, ~eyes.has_asked(MemberRow.member_id)),
        Who.ROLES: lambda: _has_role(one.names, eyes.owners),
        Who.NEVER_OPENED: lambda: ~sa.exists().where(OpeningRow.member_id == MemberRow.member_id),
        Who.PEOPLE: lambda: MemberRow.member_id.in_(one.people),
    }
    return truths[one.who]()


def _stands_in(tiers: Collection[str], now: datetime) -> Condition:
    """Say that somebody has a right to one of these tiers, or none at all and the free one is."""
    is_free = sa.exists().where(TierRow.code.in_(tiers), TierRow.rank == 0)
    return sa.or_(
        _has_right(_holds(now), EntitlementRow.tier_code.in_(tiers)),
        sa.and_(is_free, ~_has_right(_holds(now))),
    )


def _follows(topics: Collection[str]) -> Condition:
    return sa.exists().where(
        FollowRow.member_id == MemberRow.member_id,
        FollowRow.topic_id == LibraryTopicRow.topic_id,
        LibraryTopicRow.code.in_(topic_rules.checked(topics)),
    )


def _joined(since: date | None, until: date | None, zone: ZoneInfo) -> Condition:
    first = (
        sa.select(sa.func.min(EntitlementRow.starts_at))
        .where(EntitlementRow.member_id == MemberRow.member_id)
        .scalar_subquery()
    )
    bounds: list[Condition] = [first.is_not(None)]
    if since is not None:
        bounds.append(first >= sa.literal(_midnight(since, zone), EntitlementRow.starts_at.type))
    if until is not None:
        end = _midnight(until + timedelta(days=1), zone)
        bounds.append(first < sa.literal(end, EntitlementRow.starts_at.type))
    return sa.and_(*bounds)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def _ends_before(now: datetime, end: datetime) -> Condition:
    """Say that a membership holds now and nothing of it reaches beyond a moment."""
    unrevoked = EntitlementRow.revoked_at.is_(None)
    holds_now = sa.and_(unrevoked, EntitlementRow.starts_at <= now, EntitlementRow.ends_at >= now)
    reaches = sa.or_(EntitlementRow.ends_at.is_(None), EntitlementRow.ends_at > end)
    return sa.and_(_has_right(holds_now), ~_has_right(unrevoked, reaches))


def _has_role(names: Collection[str], owners: Collection[int]) -> Condition:
    given = sa.exists().where(
        StaffRoleRow.member_id == MemberRow.member_id,
        StaffRoleRow.role.in_([Role(name) for name in names if name in set(Role)]),
    )
    is_owner = MemberRow.member_id.in_(owners) if Role.OWNER in names else sa.false()
    return sa.or_(given, is_owner)
