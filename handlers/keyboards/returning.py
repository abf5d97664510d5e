"""The ways on below a refusal: back to what was being done, and home."""

from dataclasses import dataclass
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.people.drafts import Draft
from handlers.keyboards import posts, posts_runs
from handlers.keyboards.home import way_home
from handlers.keyboards.making import press
from handlers.texts.words import Words


@dataclass(frozen=True, slots=True)
class Way:
    """A card that a question was asked on: its button, and what the draft calls its number."""

    area: str
    verb: str
    fact: str | None = None


# By the draft's step; an entry that ends with _ stands for every other step that begins so.
WAYS = {
    "amount": Way("orders", "review", "order_id"),
    "short": Way("orders", "review", "order_id"),
    "reason": Way("orders", "review", "order_id"),
    "proof": Way("order", "show", "order_id"),
    "fapiao": Way("order", "show", "order_id"),
    "fapiao_": Way("fapiaos", "one", "fapiao_id"),
    "coupon": Way("join", "plan", "plan_code"),
    "coupon_new": Way("coupons", "list"),
    "codes_batch": Way("coupons", "list"),
    "redeem_code": Way("join", "offers"),
    "claim": Way("join", "offers"),
    "refund_reason": Way("refund", "quote", "order_id"),
    "refund_answer": Way("refund", "case", "case_id"),
    "refund_appeal": Way("refund", "case", "case_id"),
    "refund_reference": Way("refunds", "due"),
    "refund_": Way("refunds", "case", "case_id"),
    "money_": Way("money", "waiting"),
    "money_order_code": Way("money", "payment", "payment_id"),
    "money_back": Way("money", "payment", "payment_id"),
    "money_up": Way("money", "order", "order_id"),
    "member_": Way("members", "card", "member_id"),
    "member_search": Way("home", "staff"),
    "application_decline": Way("applications", "one", "application_id"),
    "statement_file": Way("statements", "open"),
}


def after_refusal(_: Words, draft: Draft | None) -> InlineKeyboardMarkup:
    """Return the way back to what the refused words were for, and home."""
    return InlineKeyboardMarkup([*_back(_, draft), *way_home(_).inline_keyboard])


def _back(_: Words, draft: Draft | None) -> list[list[InlineKeyboardButton]]:
    if draft is None:
        return []
    if "post_id" in draft.facts:
        return [[posts.to_card(_, int(draft.facts["post_id"]))]]
    if "run_id" in draft.facts:
        return [[posts_runs.to_report(_, int(draft.facts["run_id"]))]]
    way = WAYS.get(draft.step) or WAYS.get(draft.step.partition("_")[0] + "_")
    return _by(_, way, draft.facts) if way else []


def _by(_: Words, way: Way, facts: dict[str, Any]) -> list[list[InlineKeyboardButton]]:
    """Return the button that opens the card again, if the draft knows which."""
    if way.fact is None:
        return [[press(_.plain("⬅️ Back"), way.area, way.verb)]]
    if way.fact not in facts:
        return []
    return [[press(_label(_, way), way.area, way.verb, facts[way.fact])]]


def _label(_: Words, way: Way) -> str:
    labels = {
        "orders": _.plain("⬅️ Back to this payment"),
        "order": _.plain("⬅️ Back to the order"),
        "refunds": _.plain("⬅️ Back to the request"),
        "members": _.plain("⬅️ Back to the card"),
    }
    return labels.get(way.area, _.plain("⬅️ Back"))
