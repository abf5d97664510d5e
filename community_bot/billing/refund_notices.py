"""What the room tells people about money that goes back."""

from dataclasses import dataclass

from community_bot.delivery.contents import notice
from community_bot.money import Money


@notice("refund_asked")
@dataclass(frozen=True, slots=True)
class RefundAsked:
    """To those who decide: a member asks for money back, or answers, or appeals."""

    case_id: int
    order_code: str
    member_name: str
    quoted: Money
    is_appeal: bool


@notice("refund_question")
@dataclass(frozen=True, slots=True)
class RefundQuestion:
    """To the member: whoever decides wants to know something first."""

    case_id: int
    order_code: str
    question: str


@notice("refund_approved")
@dataclass(frozen=True, slots=True)
class RefundApproved:
    """The money goes back; `access_ends` says whether the membership ends with it."""

    case_id: int | None
    order_code: str | None
    amount: Money
    access_ends: bool


@notice("refund_denied")
@dataclass(frozen=True, slots=True)
class RefundDenied:
    """The money does not go back, and why; the first time a second person may be asked."""

    case_id: int
    order_code: str
    reason: str
    may_appeal: bool


@notice("refund_returned")
@dataclass(frozen=True, slots=True)
class RefundReturned:
    """The money has gone back."""

    refund_id: int
    amount: Money
    reference: str | None


@notice("refund_due")
@dataclass(frozen=True, slots=True)
class RefundDue:
    """To those who look after money: this has to be transferred back by hand."""

    refund_id: int
    amount: Money
    order_code: str | None
    payer_id: int | None


@notice("refund_failed")
@dataclass(frozen=True, slots=True)
class RefundFailed:
    """To those who look after money: the gateway would not give it back, and says why."""

    refund_id: int
    amount: Money
    error: str
