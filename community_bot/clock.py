"""The time, as an argument: the only place that reads the wall clock."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Says what time it is, aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251  the one door through which the time comes in


class ShiftedClock:
    """The machine's clock moved forward: the sandbox shows next month with it."""

    def __init__(self, shift: timedelta = timedelta()) -> None:
        self.shift = shift

    def now(self) -> datetime:
        return SystemClock().now() + self.shift

    def pass_(self, by: timedelta) -> None:
        """Move forward; time never goes back."""
        if by < timedelta():
            raise ValueError("time never goes back")
        self.shift += by


class StandingClock:
    """Stands still until it is told to move: for tests."""

    def __init__(self, at: datetime) -> None:
        self._now = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def pass_(self, by: timedelta) -> None:
        self._now += by
