"""What the room tells people about their money."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.billing.facts import Order, Ways
from community_bot.delivery.contents import notice
from community_bot.membership.facts import Wording
from community_bot.money import Money


@notice("order_placed")
@dataclass(frozen=True, slots=True)
class OrderPlaced:
    """The order as it was placed, with where to pay: kept as it was said."""

    order: Order
    ways: Ways


@notice("proof_waiting")
@dataclass(frozen=True, slots=True)
class ProofWaiting:
    """To approvers: somebody shows a transfer; a person has to look until `review_by`."""

    order_id: int
    order_code: str
    member_id: int
    member_name: str
    due: Money
    review_by: datetime


@notice("second_approval_wanted")
@dataclass(frozen=True, slots=True)
class SecondApprovalWanted:
    """To approvers: one of them has seen the money, a second one has to."""

    order_id: int
    order_code: str
    first_name: str
    due: Money


@notice("order_approved")
@dataclass(frozen=True, slots=True)
class OrderApproved:
    """The receipt: the order is paid and the membership holds. `until` None is for ever."""

    order_id: int
    order_code: str
    tier_name: Wording
    paid: Money
    paid_at: datetime
    starts_at: datetime
    until: datetime | None
    surplus: Money


@notice("proof_rejected")
@dataclass(frozen=True, slots=True)
class ProofRejected:
    """The money was not found; an open order stays so until `expires_at`."""

    order_id: int
    order_code: str
    reason: str
    expires_at: datetime
    is_open: bool = True


@notice("payment_short")
@dataclass(frozen=True, slots=True)
class PaymentShort:
    """Less came than the order costs: it is kept, and `missing` is still to pay."""

    order_id: int
    order_code: str
    received: Money
    missing: Money


@notice("payment_unfulfillable")
@dataclass(frozen=True, slots=True)
class PaymentUnfulfillable:
    """The money came too late to be granted: a person finds a seat or gives it back."""

    order_id: int
    order_code: str
    received: Money


@notice("money_waiting")
@dataclass(frozen=True, slots=True)
class MoneyWaiting:
    """To approvers: money came that no rule may decide about; it waits in the money queue."""

    payment_id: int
    order_code: str | None
    amount: Money


@notice("order_expired")
@dataclass(frozen=True, slots=True)
class OrderExpired:
    """Nobody paid in time; money that comes late is still looked at."""

    order_id: int
    order_code: str
    tier_name: Wording


@notice("review_overdue")
@dataclass(frozen=True, slots=True)
class ReviewOverdue:
    """To approvers: a member was promised an answer by `review_by`, and has none."""

    order_id: int
    order_code: str
    due: Money
    review_by: datetime


@notice("gift_ready")
@dataclass(frozen=True, slots=True)
class GiftReady:
    """To the buyer of a gift: the code, to be given to whoever it is for."""

    order_id: int
    order_code: str
    tier_name: Wording
    code: str


@notice("fapiao_asked")
@dataclass(frozen=True, slots=True)
class FapiaoAsked:
    """To those who look after money: a member wants a fapiao."""

    fapiao_id: int
    order_code: str
    amount: Money
    title: str


@notice("fapiao_issued")
@dataclass(frozen=True, slots=True)
class FapiaoIssued:
    """The fapiao is there; `file_id` is sent along where there is one."""

    order_id: int
    number: str
    file_id: str | None
    email: str


@notice("fapiao_declined")
@dataclass(frozen=True, slots=True)
class FapiaoDeclined:
    """The fapiao cannot be issued as it was asked for, and why; it can be asked for again."""

    order_id: int
    reason: str
