"""Refund cases and refunds as frozen facts."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.billing.refund_rules import CaseState, Quote, RefundState
from community_bot.billing.rules import Account
from community_bot.money import Money


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said in a case."""

    by: int
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """A member's wish to have money back. The quote stands as it was on the day they asked."""

    case_id: int
    order_id: int
    order_code: str
    member_id: int
    state: CaseState
    reason: str
    quote: Quote
    said: tuple[Said, ...]
    opened_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    decision: str | None


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that goes back, out of one payment."""

    refund_id: int
    payment_id: int
    order_id: int | None
    case_id: int | None
    account: Account
    amount: Money
    state: RefundState
    reason: str
    due_at: datetime
    returned_at: datetime | None
    reference: str | None
    error: str | None

    @property
    def key(self) -> str:
        """Return what makes a second try of the same refund harmless at the provider."""
        return f"refund-{self.refund_id}"


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed out of one payment, from which account, and by whose decision."""

    amount: Money
    account: Account
    reason: str
    case_id: int | None = None
    actor_id: int | None = None
