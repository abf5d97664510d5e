"""How long a period lasts, and what a person's entitlements make them; all of it arithmetic."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

GRACE = timedelta(days=7)
EXPIRING = timedelta(days=14)
LAST_SECOND = time(23, 59, 59)


class PeriodKind(StrEnum):
    """How the end of a period is found."""

    TRIAL = "trial"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    UNTIL = "until"
    LIFETIME = "lifetime"


@dataclass(frozen=True, slots=True)
class Period:
    """How long a plan lasts: a length, a fixed last day, or for ever."""

    kind: PeriodKind
    length: int = 0
    ends_on: date | None = None


class Source(StrEnum):
    """Where an entitlement comes from."""

    ORDER = "order"
    TRIAL = "trial"
    GIFT = "gift"
    CODE = "code"
    GRANT = "grant"
    IMPORT = "import"
    TRANSFER = "transfer"
    REFERRAL = "referral"


class Phase(StrEnum):
    """Where a person stands; derived from entitlements each time, and stored nowhere."""

    GUEST = "guest"
    TRIAL = "trial"
    ACTIVE = "active"
    EXPIRING = "expiring"
    GRACE = "grace"
    LAPSED = "lapsed"

    @property
    def is_held(self) -> bool:
        """Say whether a paid, given or tried membership holds; grace counts."""
        return self not in (Phase.GUEST, Phase.LAPSED)


class Right(Protocol):
    """What the rules need to know of an entitlement."""

    @property
    def rank(self) -> int: ...
    @property
    def tier_code(self) -> str: ...
    @property
    def source(self) -> Source: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def revoked_at(self) -> datetime | None: ...
    @property
    def is_dated(self) -> bool: ...


R = TypeVar("R", bound=Right)


def last_second(day: date, zone: ZoneInfo) -> datetime:
    """Return the last second of a day in the community's zone: nobody is cut off at noon."""
    return datetime.combine(day, LAST_SECOND, tzinfo=zone)


def end_of(period: Period, begins_at: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the last second that is paid for, or None for ever.

    The day of the month is kept where the month has it: Feb 29 and a year is Feb 28.
    """
    first = begins_at.astimezone(zone).date()
    match period.kind:
        case PeriodKind.LIFETIME:
            return None
        case PeriodKind.UNTIL:
            return last_second(period.ends_on or first, zone)
        case PeriodKind.TRIAL | PeriodKind.DAYS:
            return last_second(first + timedelta(days=period.length), zone)
        case PeriodKind.MONTHS:
            return last_second(months_after(first, period.length), zone)
        case PeriodKind.YEARS:
            return last_second(months_after(first, 12 * period.length), zone)


def months_after(day: date, months: int) -> date:
    """Add months; a day that the month does not have becomes its last."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def begin_of(rights: Sequence[Right], tier_code: str, now: datetime) -> datetime | None:
    """Return when a further period of the tier begins: max(now, end). None: it never ends."""
    ends = [
        right.ends_at
        for right in rights
        if right.tier_code == tier_code and not _is_over(right, now)
    ]
    if None in ends:
        return None
    return max([now, *filter(None, ends)])


def is_active(right: Right, now: datetime) -> bool:
    return right.starts_at <= now and not _is_over(right, now)


def best(rights: Sequence[R], now: datetime) -> R | None:
    """Return the highest of the rights that hold now."""
    held = [right for right in rights if is_active(right, now)]
    return max(held, key=lambda right: (right.rank, right.source is not Source.TRIAL), default=None)


def until(rights: Sequence[Right], tier_code: str, now: datetime) -> datetime | None:
    """Return the end of the unbroken chain of a tier that holds now; None is for ever."""
    chain = sorted(
        (right for right in rights if right.tier_code == tier_code and not _is_over(right, now)),
        key=lambda right: right.starts_at,
    )
    end = now
    for right in chain:
        if right.starts_at > end:
            break
        if right.ends_at is None:
            return None
        end = max(end, right.ends_at)
    return end


def in_grace(rights: Sequence[R], now: datetime) -> R | None:
    """Return the right that ended so recently that nothing is taken away yet."""
    ended = [
        right
        for right in rights
        if right.source is not Source.TRIAL
        and right.revoked_at is None
        and right.ends_at is not None
        and right.ends_at < now <= right.ends_at + GRACE
    ]
    return max(ended, key=lambda right: right.rank, default=None)


def phase_of(rights: Sequence[Right], now: datetime) -> Phase:
    """Say where a person with these rights stands.

    Grace of a higher tier comes before a lower one that is still held.
    """
    held = best(rights, now)
    if held is None:
        return _phase_without(rights, now)
    ended = in_grace(rights, now)
    if ended is not None and held.rank < ended.rank:
        return Phase.GRACE
    if held.source is Source.TRIAL:
        return Phase.TRIAL
    end = until(rights, held.tier_code, now)
    return Phase.EXPIRING if end is not None and end - now <= EXPIRING else Phase.ACTIVE


def _phase_without(rights: Sequence[Right], now: datetime) -> Phase:
    if in_grace(rights, now) is not None:
        return Phase.GRACE
    began = any(right.starts_at <= now for right in rights)
    return Phase.LAPSED if began else Phase.GUEST


def moved_up(
    rights: Sequence[R], ended: Right, now: datetime, zone: ZoneInfo
) -> list[tuple[R, datetime, datetime | None]]:
    """Return what was to follow a right that ends now, with its new begin and end.

    Each moves up by the whole days that were left of the ended one. A last day that was promised
    as a date stays where it is.
    """
    if ended.ends_at is None or ended.ends_at <= now:
        return []
    begun = max(now, ended.starts_at)
    left = ended.ends_at.astimezone(zone).date() - begun.astimezone(zone).date()
    later = [
        right
        for right in rights
        if right.tier_code == ended.tier_code
        and right.revoked_at is None
        and right.starts_at >= ended.ends_at
    ]
    return [(right, *_moved(right, ended.ends_at, begun, left, zone)) for right in later]


def _moved(
    right: Right, gap_end: datetime, begun: datetime, by: timedelta, zone: ZoneInfo
) -> tuple[datetime, datetime | None]:
    follows_at_once = right.starts_at == gap_end
    starts_at = begun if follows_at_once else _days_before(right.starts_at, by, zone)
    if right.ends_at is None or right.is_dated:
        return starts_at, right.ends_at
    return starts_at, _days_before(right.ends_at, by, zone)


def _days_before(end: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    return last_second(end.astimezone(zone).date() - by, zone)


def _is_over(right: Right, now: datetime) -> bool:
    if right.revoked_at is not None and right.revoked_at <= now:
        return True
    return right.ends_at is not None and right.ends_at < now


REMIND_BEFORE = (30, 14, 7, 3, 1, 0)


def reminder_due(
    begun_at: datetime, ends_at: datetime, now: datetime, zone: ZoneInfo
) -> int | None:
    """Return which reminder is due, by its days before the end, or None.

    The nearest one that has come is due, even when the days before it were missed; a reminder
    that would come as early as the membership itself is none.
    """
    if now > ends_at:
        return None
    last = ends_at.astimezone(zone).date()
    left = (last - now.astimezone(zone).date()).days
    whole = (last - begun_at.astimezone(zone).date()).days
    due = [days for days in REMIND_BEFORE if left <= days < whole]
    return min(due, default=None)


def most_removed(present: int) -> int:
    """Return how many a sweep may remove from one space without asking: max(3, 5 %)."""
    return max(3, present * 5 // 100)
