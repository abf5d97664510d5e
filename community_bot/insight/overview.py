"""The community as a whole, in figures: for whoever runs it, over any time."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from community_bot.community import Community
from community_bot.errors import Invalid
from community_bot.insight import overview_queries as queries
from community_bot.insight.digests import Digests
from community_bot.insight.overview_facts import Cash, Month, Overview, TierHeld
from community_bot.insight.overview_rules import month_starts, movement, series
from community_bot.money import Money
from community_bot.people.roles import Actor, Role

READERS = (Role.ADMIN, Role.FINANCE)
MOST_DAYS = 366  # the desk is reckoned event by event
MONTHS = 12


class Overviews:
    """Counts what happened; nothing is stored for it, so that nothing can differ."""

    def __init__(self, community: Community) -> None:
        self._community = community

    async def over(self, actor: Actor, *, days: int) -> Overview:
        """Return the figures of the last days, at most 366, for admins and finance."""
        actor.require(*READERS)
        if not 1 <= days <= MOST_DAYS:
            raise Invalid("button", "broken")
        until = self._community.clock.now()
        since = until - timedelta(days=days)
        desk = await Digests(self._community).reckoned(since=since, until=until)
        names = {tier.code: tier.name for tier in await self._community.tiers.known()}
        async with self._community.storage.read() as session:
            people, unreachable = await queries.known(session)
            moved = movement(await queries.rights(session), since=since, until=until)
            return Overview(
                since=since,
                until=until,
                movement=moved,
                tiers=tuple(TierHeld(code, names[code], held) for code, held in moved.tiers),
                people=people,
                unreachable=unreachable,
                cash=_cash(await queries.cash(session, since, until)),
                orders_paid=await queries.orders_paid(session, since, until),
                orders_waiting=await queries.orders_waiting(session),
                desk=desk,
                knowledge=await queries.knowledge(session, since, until),
                updates=await queries.updates(session, since, until),
            )

    async def months(self, actor: Actor) -> tuple[Month, ...]:
        """Return the last twelve months, in the currency in which most came."""
        actor.require(*READERS)
        now = self._community.clock.now().astimezone(self._community.config.community.zone)
        starts = month_starts(now, months=MONTHS)
        async with self._community.storage.read() as session:
            rights = await queries.rights(session)
            lines = await queries.cash(session, starts[0], now)
        edges = (*starts, now)
        members = series(rights, edges[1:])
        currency = _main_currency(lines)
        return tuple(
            Month(begin.date(), held, Money(_sum(lines, currency, begin, end), currency))
            for (begin, end), held in zip(pairwise(edges), members, strict=True)
        )


def _cash(lines: Iterable[tuple[datetime, str, int]]) -> tuple[Cash, ...]:
    received, returned = Counter[str](), Counter[str]()
    for _at, currency, minor in lines:
        received[currency] += max(minor, 0)
        returned[currency] += max(-minor, 0)
    return tuple(
        Cash(Money(received[one], one), Money(returned[one], one)) for one in sorted(received)
    )


def _main_currency(lines: Iterable[tuple[datetime, str, int]]) -> str:
    """Return the currency of most payments; yuan where nothing came yet."""
    found: dict[str, int] = defaultdict(int)
    for _at, currency, minor in lines:
        found[currency] += minor > 0
    return max(sorted(found), key=found.__getitem__, default="CNY")


def _sum(
    lines: Sequence[tuple[datetime, str, int]], currency: str, begin: datetime, end: datetime
) -> int:
    return sum(minor for at, one, minor in lines if one == currency and begin < at <= end)
