"""Keys of refunds for those who decide, and for those who transfer the money back."""

from collections.abc import Sequence
from decimal import Decimal

from telegram import InlineKeyboardMarkup

from community_bot.billing.refund_facts import Case, Refund
from community_bot.billing.refund_notices import RefundAsked, RefundDue, RefundFailed
from community_bot.billing.refund_rules import CASE, CaseEvent, Ground
from community_bot.money import EXPONENTS, Money
from handlers.keyboards.making import press, rows
from handlers.texts.figures import money
from handlers.texts.words import Words

MOST = 20
GIVE, OVERRULE = "give", "overrule"
ENDS, KEEPS = "end", "keep"
QUOTED = "quoted"


def waiting(_: Words, cases: Sequence[Case], due: int) -> InlineKeyboardMarkup:
    return rows(
        *[
            [
                press(
                    f"#{case.case_id} · {case.order_code} · {money(case.quote.amount, _.locale)}",
                    "refunds",
                    "case",
                    case.case_id,
                )
            ]
            for case in cases[:MOST]
        ],
        [press(_.plain("💸 To transfer back"), "refunds", "due")] if due else None,
        [press(_.plain("🔄 Look again"), "refunds", "waiting")],
    )


def case_whole(_: Words, case: Case) -> InlineKeyboardMarkup:
    """Return what can be decided in the state of the case."""
    number = case.case_id
    verb = deciding(case)
    is_appeal = verb == OVERRULE
    asks = CASE.allows(case.state, CaseEvent.ASK)
    whole = case.quote.only_whole
    amount = whole or case.quote.amount
    return rows(
        [
            press(
                _.plain("✅ Give back {amount}", amount=money(amount, _.locale)),
                "refunds",
                "sure",
                number,
            )
        ]
        if verb and amount
        else None,
        [press(_.plain("✏️ Another amount"), "refunds", "amount", number)]
        if verb and whole is None
        else None,
        [
            press(
                _.plain("❌ Give nothing back"),
                "refunds",
                "uphold" if is_appeal else "deny",
                number,
            )
        ]
        if verb
        else None,
        [press(_.plain("📚 Lessons used"), "refunds", "lessons", number)]
        if verb and case.quote.ground is Ground.UNUSED_LESSONS
        else None,
        [press(_.plain("❓ Ask the member first"), "refunds", "question", number)]
        if asks
        else None,
        [press(_.plain("⬅️ All requests"), "refunds", "waiting")],
    )


def deciding(case: Case) -> str | None:
    """Return the verb with which money of this case is given back, if it may still be."""
    if CASE.allows(case.state, CaseEvent.DECIDE):
        return OVERRULE
    return GIVE if CASE.allows(case.state, CaseEvent.APPROVE) else None


def give_sure(_: Words, case: Case, amount: str) -> InlineKeyboardMarkup:
    """Ask once more; the amount stands in the button, and is checked again when it is pressed."""
    verb = deciding(case) or GIVE
    number = case.case_id
    return rows(
        [press(_.plain("✅ Yes; the membership ends"), "refunds", verb, number, ENDS, amount)],
        [press(_.plain("✅ Yes; the membership stays"), "refunds", verb, number, KEEPS, amount)],
        [press(_.plain("⬅️ Back"), "refunds", "case", number)],
    )


def in_button(amount: Money) -> str:
    """Write an amount as it is typed, so that it is read and checked as if it were."""
    return f"{Decimal(amount.minor).scaleb(-EXPONENTS[amount.currency]):f}"


def from_button(word: str) -> str | None:
    """Return the amount of a button as text; None where it is the one that was quoted."""
    return None if word == QUOTED else word


def back(_: Words, case_id: int) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("⬅️ Back to the request"), "refunds", "case", case_id)],
        [press(_.plain("⬅️ All requests"), "refunds", "waiting")],
    )


def due(_: Words, refunds: Sequence[Refund]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [
                press(
                    f"#{refund.refund_id} · {money(refund.amount, _.locale)}",
                    "refunds",
                    "returned",
                    refund.refund_id,
                )
            ]
            for refund in refunds[:MOST]
        ],
        [press(_.plain("⬅️ All requests"), "refunds", "waiting")],
    )


def reference_wanted(_: Words, refund_id: int) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("✅ Done, there is no number"), "refunds", "done", refund_id)],
        [press(_.plain("⬅️ Back"), "refunds", "due")],
    )


def look(_: Words, told: RefundAsked) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🔍 Look at it"), "refunds", "case", told.case_id)])


def returned(_: Words, told: RefundDue | RefundFailed) -> InlineKeyboardMarkup:
    label = _.plain("✅ I have transferred it back")
    return rows([press(label, "refunds", "returned", told.refund_id)])
