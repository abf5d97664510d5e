"""How the membership moved: reckoned from rights, and from nothing that is stored beside them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Right:
    """A paid tier that somebody holds from-until; `ends_at` None is for ever."""

    member_id: int
    tier_code: str
    rank: int
    starts_at: datetime
    ends_at: datetime | None

    def holds(self, at: datetime) -> bool:
        return self.starts_at <= at and (self.ends_at is None or self.ends_at >= at)


@dataclass(frozen=True, slots=True)
class Movement:
    """Who held a paid tier, and who came and went.

    Whoever came and went again within the time is in neither figure, so that
    `members == before + joined + returned - left`.
    """

    members: int
    before: int
    tiers: tuple[tuple[str, int], ...]  # by the highest that each holds, the highest tier first
    joined: int
    returned: int
    left: int
    ending: int  # whose last right ends within thirty days


def movement(rights: Iterable[Right], *, since: datetime, until: datetime) -> Movement:
    """Return how the membership stood at the second moment, and what led there from the first."""
    held = list(rights)
    now, before = _holders(held, until), _holders(held, since)
    first = _firsts(held)
    came = now.keys() - before.keys()
    joined = sum(first[member_id] > since for member_id in came)
    tiers = Counter(right.tier_code for right in now.values())
    ranks = {right.tier_code: right.rank for right in now.values()}
    return Movement(
        members=len(now),
        before=len(before),
        tiers=tuple(sorted(tiers.items(), key=lambda one: (-ranks[one[0]], one[0]))),
        joined=joined,
        returned=len(came) - joined,
        left=len(before.keys() - now.keys()),
        ending=_ending(held, now.keys(), until),
    )


def series(rights: Iterable[Right], moments: Sequence[datetime]) -> tuple[int, ...]:
    """Return how many people held a paid tier at each moment."""
    held = list(rights)
    return tuple(len(_holders(held, at)) for at in moments)


def month_starts(today: datetime, *, months: int) -> tuple[datetime, ...]:
    """Return the first moments of this month and of those before it, the oldest first."""
    found = [today.replace(day=1, hour=0, minute=0, second=0, microsecond=0)]
    while len(found) < months:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return tuple(reversed(found))


def _holders(rights: Iterable[Right], at: datetime) -> dict[int, Right]:
    """Return the highest right that each person holds at a moment."""
    found: dict[int, Right] = {}
    for right in rights:
        if right.holds(at):
            best = found.get(right.member_id)
            if best is None or right.rank > best.rank:
                found[right.member_id] = right
    return found


def _firsts(rights: Iterable[Right]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for right in rights:
        known = found.get(right.member_id)
        if known is None or right.starts_at < known:
            found[right.member_id] = right.starts_at
    return found


def _ending(rights: Iterable[Right], members: Iterable[int], now: datetime) -> int:
    """Count the members who will hold nothing any more within thirty days."""
    last: dict[int, datetime | None] = dict.fromkeys(members, now)
    for right in rights:
        known = last.get(right.member_id)
        if known is not None and (right.ends_at is None or right.ends_at > known):
            last[right.member_id] = right.ends_at
    return sum(end is not None and end <= now + SOON for end in last.values())
