"""What may become of orders, payments and proofs, as tables, and what money does to an order."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from community_bot.errors import Invalid
from community_bot.machine import Machine
from community_bot.money import Money


class OrderState(StrEnum):
    """Where an order is. PAID and PAID_LATE are passed through within one transaction."""

    DRAFT = "draft"
    AWAITING_PAYMENT = "awaiting_payment"
    PROOF_SUBMITTED = "proof_submitted"
    PAID = "paid"
    FULFILLED = "fulfilled"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    PAID_LATE = "paid_late"
    PAID_UNFULFILLABLE = "paid_unfulfillable"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"


class OrderEvent(StrEnum):
    """What happens to an order."""

    OFFER = "offer"
    SUBMIT_PROOF = "submit_proof"
    REJECT_PROOF = "reject_proof"
    PAY = "pay"
    PAY_LATE = "pay_late"
    FULFIL = "fulfil"
    FAIL = "fail"
    EXPIRE = "expire"
    CANCEL = "cancel"
    REFUND_PART = "refund_part"
    REFUND_ALL = "refund_all"


_S, _E = OrderState, OrderEvent

ORDER = Machine(
    "order",
    OrderState.DRAFT,
    {
        (_S.DRAFT, _E.OFFER): _S.AWAITING_PAYMENT,
        (_S.AWAITING_PAYMENT, _E.SUBMIT_PROOF): _S.PROOF_SUBMITTED,
        (_S.AWAITING_PAYMENT, _E.PAY): _S.PAID,
        (_S.AWAITING_PAYMENT, _E.EXPIRE): _S.EXPIRED,
        (_S.AWAITING_PAYMENT, _E.CANCEL): _S.CANCELLED,
        (_S.PROOF_SUBMITTED, _E.SUBMIT_PROOF): _S.PROOF_SUBMITTED,
        (_S.PROOF_SUBMITTED, _E.REJECT_PROOF): _S.AWAITING_PAYMENT,
        (_S.PROOF_SUBMITTED, _E.PAY): _S.PAID,
        (_S.PAID, _E.FULFIL): _S.FULFILLED,
        (_S.PAID, _E.FAIL): _S.PAID_UNFULFILLABLE,
        (_S.EXPIRED, _E.PAY_LATE): _S.PAID_LATE,
        (_S.CANCELLED, _E.PAY_LATE): _S.PAID_LATE,
        (_S.PAID_LATE, _E.FULFIL): _S.FULFILLED,
        (_S.PAID_LATE, _E.FAIL): _S.PAID_UNFULFILLABLE,
        (_S.PAID_UNFULFILLABLE, _E.FULFIL): _S.FULFILLED,
        (_S.PAID_UNFULFILLABLE, _E.REFUND_ALL): _S.REFUNDED,
        (_S.FULFILLED, _E.REFUND_PART): _S.PARTLY_REFUNDED,
        (_S.FULFILLED, _E.REFUND_ALL): _S.REFUNDED,
        (_S.PARTLY_REFUNDED, _E.REFUND_PART): _S.PARTLY_REFUNDED,
        (_S.PARTLY_REFUNDED, _E.REFUND_ALL): _S.REFUNDED,
    },
)

OPEN = (OrderState.AWAITING_PAYMENT, OrderState.PROOF_SUBMITTED)
# Closed, and yet money for it may still come.
LATE = ORDER.before(OrderEvent.PAY_LATE)


# What was paid for was given, whatever went back later.
GRANTED = (OrderState.FULFILLED, OrderState.PARTLY_REFUNDED, OrderState.REFUNDED)


class PaymentState(StrEnum):
    """Where a payment is. UNMATCHED is money that a person has to look at."""

    RECEIVED = "received"
    MATCHED = "matched"
    UNMATCHED = "unmatched"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund_failed"


class PaymentEvent(StrEnum):
    """What happens to a payment."""

    MATCH = "match"
    QUEUE = "queue"
    REFUND = "refund"
    RETURN_PART = "return_part"
    RETURN_ALL = "return_all"
    FAIL = "fail"


_P, _V = PaymentState, PaymentEvent

PAYMENT = Machine(
    "payment",
    PaymentState.RECEIVED,
    {
        (_P.RECEIVED, _V.MATCH): _P.MATCHED,
        (_P.RECEIVED, _V.QUEUE): _P.UNMATCHED,
        (_P.UNMATCHED, _V.MATCH): _P.MATCHED,
        (_P.UNMATCHED, _V.REFUND): _P.REFUNDING,
        (_P.MATCHED, _V.REFUND): _P.REFUNDING,
        (_P.REFUNDING, _V.RETURN_PART): _P.MATCHED,
        (_P.REFUNDING, _V.RETURN_ALL): _P.REFUNDED,
        (_P.REFUNDING, _V.FAIL): _P.REFUND_FAILED,
        (_P.REFUND_FAILED, _V.REFUND): _P.REFUNDING,
    },
)


class ProofState(StrEnum):
    """Where a proof of a transfer is."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REPLACED = "replaced"


class ProofEvent(StrEnum):
    """What happens to a proof."""

    ACCEPT = "accept"
    REJECT = "reject"
    REPLACE = "replace"


PROOF = Machine(
    "proof",
    ProofState.WAITING,
    {
        (ProofState.WAITING, ProofEvent.ACCEPT): ProofState.ACCEPTED,
        (ProofState.WAITING, ProofEvent.REJECT): ProofState.REJECTED,
        (ProofState.WAITING, ProofEvent.REPLACE): ProofState.REPLACED,
    },
)


class Purpose(StrEnum):
    """Why somebody orders."""

    NEW = "new"
    RENEWAL = "renewal"
    UPGRADE = "upgrade"
    GIFT = "gift"
    SUBSCRIPTION = "subscription"  # Telegram charged for another period


class Verdict(StrEnum):
    """What an amount does to its order."""

    PAYS = "pays"
    PAYS_LATE = "pays_late"
    SHORT = "short"  # kept, and a person is told; nothing is granted for less than the price
    EXTRA = "extra"  # the order needs no more money: it has to go back


def verdict(state: OrderState, *, due: Money, received: Money, amount: Money) -> Verdict:
    """Decide what an amount does, with what came before it for the same order."""
    if state not in OPEN and state not in LATE:
        return Verdict.EXTRA
    if received + amount < due:
        return Verdict.SHORT
    return Verdict.PAYS if state in OPEN else Verdict.PAYS_LATE


# Ten times the price is a slipped digit, not a gift.
SLIPPED_DIGIT = 10


def check_seen(seen: Money, *, due: Money) -> None:
    """Refuse an amount that cannot pay the order, or that was surely typed wrong."""
    if seen < due:
        raise Invalid("amount", "less_than_due", due=due, seen=seen)
    if Money(due.minor * SLIPPED_DIGIT, due.currency) <= seen:
        raise Invalid("amount", "far_too_much", due=due, seen=seen)


def needs_two_people(due: Money, from_amount: Money) -> bool:
    """Say whether two people must have seen the money; another currency is always seen by two."""
    return due.currency != from_amount.currency or from_amount <= due


_REFERENCE = re.compile(r"[A-Z0-9]{6,64}")


def normal_reference(text: str) -> str:
    """Return the number of a transfer as it is compared: no spaces, dashes or width.

    WeChat, Alipay and bank numbers are digits and letters; shorter ones are not such numbers.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    plain = re.sub(r"[\s\-_.#:：]", "", plain)
    if not _REFERENCE.fullmatch(plain) or not any(sign.isdigit() for sign in plain):
        raise Invalid("reference", "malformed")
    return plain


# Digits from which on a number that is typed unasked is a transfer's: no sum or phone has as many.
SURELY_A_TRANSFER = 16
LONGEST_TYPED = 100  # signs, with the spaces and dashes that people put in


def is_long_number(text: str) -> bool:
    """Say whether somebody typed nothing but the number of a transfer, without being asked."""
    if len(text) > LONGEST_TYPED:
        return False
    try:
        plain = normal_reference(text)
    except Invalid:
        return False
    return sum(sign.isdigit() for sign in plain) >= SURELY_A_TRANSFER


# What WeChat, Alipay and banks give: long runs of digits, sometimes with letters before them.
_IN_TEXT = re.compile(r"[A-Z]{0,6}\d[A-Z0-9]{9,63}")


def reference_in(text: str) -> str | None:
    """Find the number of a transfer in what somebody wrote under a picture, if there is one."""
    plain = re.sub(r"(?<=\d)[ \-](?=\d)", "", unicodedata.normalize("NFKC", text).upper())
    found = _IN_TEXT.search(plain)
    return None if found is None else normal_reference(found.group())


def reference_for(order_code: str, text: str) -> str:
    """Return the number of a transfer that was typed for an order; raises Invalid.

    People write the order's code beside it, as the transfer's note has it, or words before it:
    neither is part of the number, or one transfer would count as two.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    plain = re.sub(rf"(?<![A-Z0-9]){re.escape(order_code)}(?![A-Z0-9])", "", plain)
    try:
        return normal_reference(plain)
    except Invalid:
        found = reference_in(plain)
        if found is None:
            raise
        return found


class Account(StrEnum):
    """The accounts of the ledger. Money that came is positive in CASH, negative elsewhere."""

    CASH = "cash"
    SUSPENSE = "suspense"  # came, and it is not clear yet what for
    INCOME = "income"
    OWED = "owed"  # came above the price: it belongs to the payer


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of the ledger; the lines of one key add up to nought."""

    account: Account
    amount: Money


def postings_of_receipt(amount: Money) -> tuple[Posting, ...]:
    """Return the lines for money that came."""
    return (Posting(Account.CASH, amount), Posting(Account.SUSPENSE, -amount))


def postings_of_reclaim(surplus: Money) -> tuple[Posting, ...]:
    """Return the lines that put a surplus back to the price: all of it goes back at once."""
    return (Posting(Account.OWED, surplus), Posting(Account.INCOME, -surplus))


def postings_of_payment(due: Money, received: Money) -> tuple[Posting, ...]:
    """Return the lines for an order that is paid by what came for it."""
    lines = (Posting(Account.SUSPENSE, received), Posting(Account.INCOME, -due))
    surplus = received - due
    return (*lines, Posting(Account.OWED, -surplus)) if surplus else lines
