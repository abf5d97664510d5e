"""Mentors as rules: who is on duty when, who may be given a ticket, how much they carry."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from community_bot.errors import Invalid
from community_bot.machine import Machine

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL, HARD, RESTING = 10, 20, 3  # tenths of a ticket: ours to answer, a hard one, the member's turn
LONGEST_AWAY = timedelta(days=30)
DAY = timedelta(days=1)

Intervals = tuple[tuple[int, int], ...]


class Duty(StrEnum):
    """What a mentor has said of their hours."""

    ON = "on"  # until they say otherwise, or until a time
    OFF = "off"
    WEEKLY = "weekly"  # in the hours of their week


class OfferState(StrEnum):
    """Where the offer of a ticket stands."""

    WAITING = "waiting"
    TAKEN = "taken"
    SKIPPED = "skipped"
    EXPIRED = "expired"


class OfferEvent(StrEnum):
    """What happens to an offer."""

    TAKE = "take"
    SKIP = "skip"
    EXPIRE = "expire"


OFFER: Machine[OfferState, OfferEvent] = Machine(
    "offer",
    OfferState.WAITING,
    {
        (OfferState.WAITING, OfferEvent.TAKE): OfferState.TAKEN,
        (OfferState.WAITING, OfferEvent.SKIP): OfferState.SKIPPED,
        (OfferState.WAITING, OfferEvent.EXPIRE): OfferState.EXPIRED,
    },
)


@dataclass(frozen=True, slots=True)
class Attendance:
    """When a mentor is there; `week` has the intervals of each weekday in their own zone."""

    duty: Duty
    on_until: datetime | None
    away_until: datetime | None
    week: Mapping[str, Intervals]
    zone: ZoneInfo
    is_paused: bool = False

    def is_on(self, now: datetime) -> bool:
        """Say whether tickets may be given to them now."""
        if self.is_paused or self.is_away(now):
            return False
        if self.duty is Duty.ON and (self.on_until is None or now < self.on_until):
            return True
        return self.duty is not Duty.OFF and self._is_in_week(now)

    def is_away(self, now: datetime) -> bool:
        return self.away_until is not None and now < self.away_until

    def _is_in_week(self, now: datetime) -> bool:
        local = now.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        hours = self.week.get(WEEKDAYS[local.weekday()], ())
        return any(first <= minute < last for first, last in hours)


@dataclass(frozen=True, slots=True)
class Skills:
    """What a mentor answers; an empty set fits everything."""

    topics: frozenset[str] = frozenset()
    markets: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()

    def fit_topic(self, topic: str | None) -> bool:
        return topic is None or not self.topics or topic in self.topics

    def fit_market(self, market: str | None) -> bool:
        return market is None or not self.markets or market in self.markets

    def fit_tier(self, tier: str | None) -> bool:
        return tier is None or not self.tiers or tier in self.tiers


@dataclass(frozen=True, slots=True)
class Carried:
    """A ticket that a mentor has: a hard one weighs two, one that waits for its member little."""

    is_hard: bool
    is_answered: bool


def load(carried: Iterable[Carried]) -> int:
    """Return how much somebody carries, in tenths of a ticket."""
    return sum(RESTING if one.is_answered else HARD if one.is_hard else FULL for one in carried)


_TIME = re.compile(r"(\d{1,2})[:.](\d{2})")
_SPAN = re.compile(r"(\d{1,4}) ?(m|min|minutes?|h|hours?|d|days?)?")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": DAY}


def until_time(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next time at which the clock on the wall shows this: 18:30, today or tomorrow."""
    found = _TIME.fullmatch(_plain(text))
    if found is None or int(found[1]) > 24 or int(found[2]) > 59:  # noqa: PLR2004  a clock's hours
        raise Invalid("duty", "time", given=text)
    local = now.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    at = midnight + timedelta(hours=int(found[1]), minutes=int(found[2]))
    return at if at > local else at + DAY


def for_span(text: str) -> timedelta:
    """Return how long somebody is away: 2h, 30m, 3d; a bare number is hours."""
    found = _SPAN.fullmatch(_plain(text).lower())
    if found is None:
        raise Invalid("duty", "span", given=text)
    span = int(found[1]) * _UNITS[(found[2] or "h")[0]]
    if not timedelta() < span <= LONGEST_AWAY:
        raise Invalid("duty", "span", given=text)
    return span


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
