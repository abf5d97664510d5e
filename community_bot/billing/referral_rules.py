"""When a recommendation is worth something: the friend has paid, and will not ask it back."""

from datetime import datetime, timedelta
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of a recommendation now."""

    WAIT = "wait"
    REWARD = "reward"
    VOID = "void"


def fate_of(
    *,
    paid_at: datetime | None,
    full_within: timedelta,
    is_refunded: bool,
    is_disputed: bool,
    now: datetime,
) -> Fate:
    """Decide about the friend's first paid order; money that may go back rewards nobody yet."""
    if is_refunded:
        return Fate.VOID
    if paid_at is None or is_disputed or now <= paid_at + full_within:
        return Fate.WAIT
    return Fate.REWARD
