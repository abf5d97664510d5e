"""What can be given back, line by line, and what may become of a refund case, as tables."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from community_bot.errors import Invalid
from community_bot.machine import Machine
from community_bot.money import STARS, Money


class CaseState(StrEnum):
    """Where a refund case is."""

    OPEN = "open"
    NEEDS_MEMBER = "needs_member"
    NEEDS_ADMIN = "needs_admin"
    APPROVED = "approved"
    DENIED = "denied"
    APPEALED = "appealed"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class CaseEvent(StrEnum):
    """What happens to a refund case."""

    HAND_OVER = "hand_over"
    ASK = "ask"
    ANSWER = "answer"
    APPROVE = "approve"
    DENY = "deny"
    APPEAL = "appeal"
    DECIDE = "decide"
    WITHDRAW = "withdraw"


_S, _E = CaseState, CaseEvent

CASE = Machine(
    "refund_case",
    CaseState.OPEN,
    {
        (_S.OPEN, _E.HAND_OVER): _S.NEEDS_ADMIN,
        (_S.OPEN, _E.APPROVE): _S.APPROVED,
        (_S.NEEDS_ADMIN, _E.ASK): _S.NEEDS_MEMBER,
        (_S.NEEDS_ADMIN, _E.APPROVE): _S.APPROVED,
        (_S.NEEDS_ADMIN, _E.DENY): _S.DENIED,
        (_S.NEEDS_ADMIN, _E.WITHDRAW): _S.WITHDRAWN,
        (_S.NEEDS_MEMBER, _E.ANSWER): _S.NEEDS_ADMIN,
        (_S.NEEDS_MEMBER, _E.APPROVE): _S.APPROVED,
        (_S.NEEDS_MEMBER, _E.DENY): _S.DENIED,
        (_S.NEEDS_MEMBER, _E.WITHDRAW): _S.WITHDRAWN,
        (_S.DENIED, _E.APPEAL): _S.APPEALED,
        (_S.APPEALED, _E.DECIDE): _S.DECIDED,
        (_S.APPEALED, _E.WITHDRAW): _S.WITHDRAWN,
    },
)

UNDER_WAY = (CaseState.OPEN, CaseState.NEEDS_ADMIN, CaseState.NEEDS_MEMBER, CaseState.APPEALED)


SURPLUS = "surplus"  # the reason of money that goes back because it came above the price


class RefundState(StrEnum):
    """Where money that goes back is."""

    DUE = "due"
    RETURNING = "returning"
    RETURNED = "returned"
    FAILED = "failed"


class RefundEvent(StrEnum):
    """What happens to money that goes back."""

    BEGIN = "begin"
    ARRIVE = "arrive"
    NOTE = "note"  # a person has transferred it; never while a rail is giving it back
    FAIL = "fail"


REFUND = Machine(
    "refund",
    RefundState.DUE,
    {
        (RefundState.DUE, RefundEvent.BEGIN): RefundState.RETURNING,
        (RefundState.DUE, RefundEvent.NOTE): RefundState.RETURNED,
        (RefundState.RETURNING, RefundEvent.ARRIVE): RefundState.RETURNED,
        (RefundState.RETURNING, RefundEvent.FAIL): RefundState.FAILED,
        (RefundState.FAILED, RefundEvent.BEGIN): RefundState.RETURNING,
        (RefundState.FAILED, RefundEvent.NOTE): RefundState.RETURNED,
    },
)


class Policy(Protocol):
    """What was promised about refunds when the order was placed."""

    @property
    def full_within_days(self) -> int: ...
    @property
    def afterwards(self) -> Literal["unused_days", "unused_lessons", "nothing"]: ...
    @property
    def within_days(self) -> int | None: ...
    @property
    def lessons(self) -> int | None: ...
    @property
    def kept_percent(self) -> int: ...


class Ground(StrEnum):
    """Why a quote comes to what it comes to."""

    COOLING_OFF = "cooling_off"
    UNUSED_DAYS = "unused_days"
    UNUSED_LESSONS = "unused_lessons"
    TOO_LATE = "too_late"
    NOT_PROMISED = "not_promised"


class Item(StrEnum):
    """What a line of a quote is for."""

    PAID = "paid"
    CREDITED = "credited"  # paid before, for days that were given up; used up first
    USED_DAYS = "used_days"
    USED_LESSONS = "used_lessons"
    KEPT = "kept"
    GIVEN_BACK = "given_back"


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One line of a quote; what is taken off is negative. `used` of `promised`, where counted."""

    item: Item
    amount: Money
    used: int | None = None
    promised: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What would be given back today, why, and until when everything would."""

    amount: Money
    ground: Ground
    lines: tuple[QuoteLine, ...]
    full_until: datetime
    until: datetime | None

    @property
    def is_full(self) -> bool:
        return self.ground is Ground.COOLING_OFF

    @property
    def only_whole(self) -> Money | None:
        """Return all that was paid, where the rule gives a part and the rail gives none: Stars.

        (core.telegram.org/bots/api#refundstarpayment)
        """
        paid = next((line.amount for line in self.lines if line.item is Item.PAID), None)
        is_part = paid is not None and paid.currency == STARS and self.amount != paid
        return paid if is_part else None


@dataclass(frozen=True, slots=True)
class Bought:
    """What a quote depends on. `ends_at` None is for ever; nothing is used after `ended_at`."""

    paid: Money
    refunded: Money
    paid_at: datetime
    starts_at: datetime
    ends_at: datetime | None
    lessons_used: int = 0
    credited: int = 0
    ended_at: datetime | None = None


def quote(policy: Policy, bought: Bought, *, now: datetime, zone: ZoneInfo) -> Quote:
    """Say what would be given back now. A day or lesson begun is not rounded up against them."""
    last_full = full_until(policy, bought.paid_at, zone)
    until = (
        None if policy.within_days is None else _days_on(bought.paid_at, policy.within_days, zone)
    )
    ground = _ground(policy, bought, now=now, full_until=last_full, until=until)
    lines = [QuoteLine(Item.PAID, bought.paid)]
    if bought.refunded:
        lines.append(QuoteLine(Item.GIVEN_BACK, -bought.refunded))
    if ground is not Ground.COOLING_OFF:
        lines += _taken_off(policy, bought, ground, now=now, zone=zone)
    left = sum(line.amount.minor for line in lines)
    return Quote(
        amount=Money(max(left, 0), bought.paid.currency),
        ground=ground,
        lines=tuple(lines),
        full_until=last_full,
        until=until,
    )


def full_until(policy: Policy, paid_at: datetime, zone: ZoneInfo) -> datetime:
    """Return until when everything goes back, whatever was used."""
    return _days_on(paid_at, policy.full_within_days, zone)


def _ground(
    policy: Policy,
    bought: Bought,
    *,
    now: datetime,
    full_until: datetime,
    until: datetime | None,
) -> Ground:
    if now <= full_until:
        return Ground.COOLING_OFF
    if until is not None and until < now:
        return Ground.TOO_LATE
    if policy.afterwards == "unused_lessons":
        return Ground.UNUSED_LESSONS
    if policy.afterwards == "unused_days" and bought.ends_at is not None:
        return Ground.UNUSED_DAYS
    return Ground.NOT_PROMISED


def _taken_off(
    policy: Policy, bought: Bought, ground: Ground, *, now: datetime, zone: ZoneInfo
) -> list[QuoteLine]:
    currency = bought.paid.currency
    item = Item.USED_LESSONS if ground is Ground.UNUSED_LESSONS else Item.USED_DAYS
    if ground is Ground.UNUSED_LESSONS:
        promised = policy.lessons or 1
        used = min(max(bought.lessons_used, 0), promised)
    elif ground is Ground.UNUSED_DAYS and bought.ends_at is not None:
        last = min(now, bought.ended_at or now)
        promised, used = days_of(bought.starts_at, bought.ends_at, last, zone)
    else:
        left = bought.paid - bought.refunded
        return [QuoteLine(Item.KEPT, -left)]
    share = (bought.paid.minor + bought.credited) * used // promised
    covered = min(bought.credited, share)
    rest = max(bought.paid.minor + covered - share - bought.refunded.minor, 0)
    lines = [QuoteLine(item, Money(-share, currency), used=used, promised=promised)]
    if covered:
        lines.insert(0, QuoteLine(Item.CREDITED, Money(covered, currency)))
    kept = rest * policy.kept_percent // 100
    return [*lines, QuoteLine(Item.KEPT, Money(-kept, currency))] if kept else lines


def days_of(
    starts_at: datetime, ends_at: datetime, now: datetime, zone: ZoneInfo
) -> tuple[int, int]:
    """Return how many days a period has, at least one, and how many of them are over."""
    first = starts_at.astimezone(zone).date()
    whole = max((ends_at.astimezone(zone).date() - first).days, 1)
    over = (now.astimezone(zone).date() - first).days
    return whole, min(max(over, 0), whole)


def check_left(amount: Money, *, paid: Money, before: Money) -> None:
    """Raise Invalid where an amount is more than is left of the price after what went back."""
    if paid < before + amount:
        raise Invalid("amount", "more_than_paid", paid=paid)


def _days_on(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return the last second of a day that is so many days on."""
    local = moment.astimezone(zone) + timedelta(days=days)
    return local.replace(hour=23, minute=59, second=59, microsecond=0)
