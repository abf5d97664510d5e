"""What the room tells its callers: frozen facts, never rows."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.billing.pricing_rules import Line
from community_bot.billing.rules import (
    LATE,
    OPEN,
    ORDER,
    OrderEvent,
    OrderState,
    PaymentState,
    ProofState,
    Purpose,
    Verdict,
)
from community_bot.config.payments import Payee
from community_bot.membership.facts import Entitlement, Plan, RefundPolicy, Tier
from community_bot.money import STARS, Money


@dataclass(frozen=True, slots=True)
class Order:
    """A wish to buy a plan, with its price and its refund policy as they stood that day."""

    order_id: int
    code: str
    member_id: int
    plan: Plan
    tier: Tier
    purpose: Purpose
    state: OrderState
    version: int
    lines: tuple[Line, ...]
    due: Money
    received: Money
    refunded: Money
    refund: RefundPolicy
    placed_at: datetime
    expires_at: datetime
    review_by: datetime | None
    paid_at: datetime | None
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def may_be_paid(self) -> bool:
        """Say whether money for it would still be looked at: late money is never ignored."""
        return self.state in OPEN or self.state in LATE

    @property
    def may_be_refunded(self) -> bool:
        """Say whether something was paid for it that could still go back."""
        return bool(self.due) and ORDER.allows(self.state, OrderEvent.REFUND_PART)

    @property
    def renews(self) -> bool:
        """Say whether Telegram charges for it anew every period: so it is with Stars alone."""
        return self.plan.stars_renew and self.due.currency == STARS

    @property
    def missing(self) -> Money:
        return self.due - self.received


@dataclass(frozen=True, slots=True)
class Ways:
    """How an order can be paid: the accounts to transfer to, and the rails inside Telegram."""

    payees: tuple[Payee, ...]
    stars: bool
    invoices: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What a member shows for a transfer: its number, a picture, or both."""

    proof_id: int
    order_id: int
    reference: str | None
    file_id: str | None
    file_unique_id: str | None
    is_document: bool
    picture_hash: str | None
    state: ProofState
    submitted_at: datetime
    reviewed_by: int | None
    reviewed_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proof that waits for a person; `alike` are codes of other orders with the same proof."""

    order: Order
    proof: Proof
    member_name: str
    alike: tuple[str, ...]
    approved_by: tuple[int, ...]
    needs_two: bool


@dataclass(frozen=True, slots=True)
class Approval:
    """What an approval led to. Without `is_complete` a second person has to look.

    `asked` counts those who could be that second person; with none, somebody needs the role.
    """

    order: Order
    entitlement: Entitlement | None
    surplus: Money
    is_complete: bool
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that arrived."""

    payment_id: int
    gateway: str
    external_id: str
    order_id: int | None
    payer_id: int | None
    amount: Money
    refunded: Money
    state: PaymentState
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """What arriving money did. `verdict` None: we know of no order for it."""

    payment: Payment
    is_new: bool
    order: Order | None
    verdict: Verdict | None
    entitlement: Entitlement | None
    surplus: Money
