"""Keys of refunds: the member's, and of those who decide."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.billing.facts import Order
from community_bot.billing.refund_facts import Case
from community_bot.billing.refund_notices import RefundApproved, RefundDenied, RefundQuestion
from community_bot.billing.refund_rules import CASE, CaseEvent
from handlers.keyboards.making import press, rows
from handlers.texts.figures import money
from handlers.texts.words import Words

MOST = 10


def overview(_: Words, cases: Sequence[Case], orders: Sequence[Order]) -> InlineKeyboardMarkup:
    return rows(
        *[[_look(_, case.case_id, case.order_code)] for case in cases[:MOST]],
        *[
            [
                press(
                    _.plain(
                        "🧾 Order {code} · {amount}",
                        code=order.code,
                        amount=money(order.due, _.locale),
                    ),
                    "refund",
                    "quote",
                    order.order_id,
                )
            ]
            for order in orders[:MOST]
        ],
        [press(_.plain("👤 My membership"), "me", "show")],
    )


def quoted(_: Words, order: Order) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("↩️ Ask for this refund"), "refund", "ask", order.order_id)],
        [press(_.plain("⬅️ Back to the order"), "order", "show", order.order_id)],
    )


def reason_wanted(_: Words, order_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back"), "refund", "quote", order_id)])


def case_whole(_: Words, case: Case) -> InlineKeyboardMarkup:
    """Return what the member can do in the state of their case."""
    number = case.case_id
    return rows(
        [press(_.plain("✍️ Answer"), "refund", "answer", number)]
        if CASE.allows(case.state, CaseEvent.ANSWER)
        else None,
        [press(_.plain("👥 Ask a second person"), "refund", "appeal", number)]
        if CASE.allows(case.state, CaseEvent.APPEAL)
        else None,
        [press(_.plain("Take the request back"), "refund", "drop", number)]
        if CASE.allows(case.state, CaseEvent.WITHDRAW)
        else None,
        [
            press(_.plain("🔄 Look again"), "refund", "case", number),
            press(_.plain("↩️ Refunds"), "refund", "mine"),
        ],
    )


def withdraw_sure(_: Words, case: Case) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("Yes, take it back"), "refund", "withdraw", case.case_id)],
        [press(_.plain("⬅️ No, leave it"), "refund", "case", case.case_id)],
    )


def back(_: Words, case_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back"), "refund", "case", case_id)])


def answer(_: Words, told: RefundQuestion) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("✍️ Answer"), "refund", "answer", told.case_id)],
        [_look(_, told.case_id, told.order_code)],
    )


def approved(_: Words, told: RefundApproved) -> InlineKeyboardMarkup | None:
    if told.case_id is None:
        return None
    return rows([_look(_, told.case_id, told.order_code or "")])


def denied(_: Words, told: RefundDenied) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("👥 Ask a second person"), "refund", "appeal", told.case_id)]
        if told.may_appeal
        else None,
        [_look(_, told.case_id, told.order_code)],
    )


def _look(_: Words, case_id: int, order_code: str) -> InlineKeyboardButton:
    label = _.plain("↩️ Request no. {number} ({code})", number=case_id, code=order_code)
    return press(label, "refund", "case", case_id)
