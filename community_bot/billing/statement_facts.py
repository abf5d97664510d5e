"""What statements say about orders: frozen facts."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.money import Money


@dataclass(frozen=True, slots=True)
class StatementLine:
    """Money that came according to a statement. `order_code` is of the order that claims it."""

    line_id: int
    reference: str
    amount: Money
    came_at: datetime | None
    payer: str | None
    note: str | None
    order_id: int | None = None
    order_code: str | None = None
    expected: Money | None = None  # what the order or the payment says; None where nobody does

    @property
    def agrees(self) -> bool:
        return self.expected is None or self.expected == self.amount


@dataclass(frozen=True, slots=True)
class Absent:
    """Money that somebody approved and that stands on no statement of that time."""

    payment_id: int
    reference: str
    amount: Money
    order_id: int | None
    order_code: str | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """What a statement, or all of them, say when held against the orders."""

    new: int
    known: int
    spoilt: int
    claimed: tuple[StatementLine, ...]
    unclaimed: tuple[StatementLine, ...]
    absent: tuple[Absent, ...]

    @property
    def differing(self) -> tuple[StatementLine, ...]:
        """Return what came in another amount than is claimed."""
        return tuple(line for line in self.claimed if not line.agrees)
