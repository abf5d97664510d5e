"""Keys of plans, orders and doors."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.billing.facts import Order, Ways
from community_bot.billing.notices import (
    OrderApproved,
    OrderExpired,
    OrderPlaced,
    PaymentShort,
    ProofRejected,
)
from community_bot.billing.rules import GRANTED, OrderState, Purpose
from community_bot.billing.subscription_queries import Subscription
from community_bot.billing.subscription_rules import SUBSCRIPTION, SubscriptionEvent
from community_bot.billing.window import View
from community_bot.config.payments import Payee
from community_bot.membership.facts import Offer, Space
from community_bot.membership.notices import SpaceRefused
from community_bot.money import STARS
from handlers.keyboards.making import copy, press, rows, visit
from handlers.texts.accounts import method
from handlers.texts.figures import money
from handlers.texts.joining import plan_name
from handlers.texts.words import Words

TITLE = 40  # characters of a space's title that fit on a button


def offers(_: Words, found: Sequence[Offer]) -> InlineKeyboardMarkup:
    plans = [
        [
            press(
                _.plain(
                    "{plan} · {price}",
                    plan=plan_name(_, plan, offer.tier),
                    price=money(plan.price, _.locale) if plan.price else _.plain("free"),
                ),
                "join",
                "plan",
                plan.code,
            )
        ]
        for offer in found
        for plan in offer.plans
    ]
    return rows(
        *plans,
        [
            press(_.plain("🎫 I have a code"), "code", "ask"),
            press(_.plain("I was here before"), "claim", "ask"),
        ],
        [_home(_)],
    )


def plan(_: Words, view: View) -> InlineKeyboardMarkup:
    """Return the way to the order, through a tier's questions, or to its waiting list."""
    of, asks_first, is_full = view.plan, view.asks_first, view.is_full
    way_on = press(_.plain("🛒 Order this plan"), "join", "order", of.code)
    if view.contained_in is not None:
        way_on = press(_.plain("🛒 For myself all the same"), "join", "order", of.code)
    if asks_first:
        way_on = press(_.plain("📝 Answer a few questions"), "admission", "begin", of.tier_code)
    elif is_full:
        way_on = press(_.plain("⏳ Full: waiting list"), "waitlist", "look", of.tier_code)
    return rows(
        [way_on],
        [press(_.plain("🎟 I have a coupon"), "join", "coupon", of.code)]
        if of.price and not asks_first and not is_full
        else None,
        [press(_.plain("🎁 As a gift for somebody"), "join", "gift", of.code)]
        if view.may_be_given
        else None,
        [press(_.plain("⬅️ All plans"), "join", "offers")],
    )


def order(_: Words, of: Order, ways: Ways) -> InlineKeyboardMarkup:
    """Return what can be done with an order in its state."""
    unpaid, payees = of.state is OrderState.AWAITING_PAYMENT, ways.payees
    is_shown = of.state is OrderState.PROOF_SUBMITTED
    paid = _.plain("📤 I have paid: send the proof")
    return rows(
        [
            press(
                _.plain("📤 Send the proof again") if is_shown else paid,
                "order",
                "proof",
                of.order_id,
            )
        ]
        if of.may_be_paid and payees and of.due.currency != STARS
        else None,
        *(_inside_telegram(_, of, ways) if unpaid else []),
        [
            copy(_.plain("Copy order code"), of.code),
            *_accounts(_, payees),
        ]
        if unpaid and of.due.currency != STARS
        else None,
        [press(_.plain("✖️ Cancel the order"), "order", "cancel", of.order_id)] if unpaid else None,
        [
            press(_.plain("📄 Receipt"), "order", "receipt", of.order_id),
            press(_.plain("🧾 Fapiao"), "fapiao", "ask", of.order_id),
            press(_.plain("↩️ Refund"), "refund", "quote", of.order_id),
        ]
        if of.may_be_refunded
        else None,
        [press(_.plain("🔁 Renewal"), "renewal", "show", of.order_id)]
        if of.renews and of.state in GRANTED
        else None,
        [press(_.plain("👤 My membership"), "me", "show"), _home(_)],
    )


def _inside_telegram(_: Words, of: Order, ways: Ways) -> list[list[InlineKeyboardButton]]:
    """Return the ways to pay without leaving Telegram, where they are switched on."""
    lines = []
    if of.due.currency == STARS or ways.invoices:
        due = money(of.missing, _.locale)
        lines.append([press(_.plain("💳 Pay {due}", due=due), "pay", "invoice", of.order_id)])
    if ways.stars and of.plan.stars and of.due.currency != STARS and of.purpose is not Purpose.GIFT:
        label = _.plain("⭐ Pay {stars} Stars instead", stars=of.plan.stars)
        if of.plan.stars_renew:
            label = _.plain("⭐ {stars} Stars every month instead", stars=of.plan.stars)
        lines.append([press(label, "pay", "stars", of.plan.code)])
    return lines


def _accounts(_: Words, payees: Sequence[Payee]) -> list[InlineKeyboardButton]:
    """Return a key to copy each account; where there are several, it says which one."""
    if len(payees) == 1:
        return [copy(_.plain("Copy account"), payees[0].account)]
    return [
        copy(_.plain("Copy account: {method}", method=method(_, one.method)), one.account)
        for one in payees
    ]


def order_placed(_: Words, told: OrderPlaced) -> InlineKeyboardMarkup:
    return order(_, told.order, told.ways)


def to_plan(_: Words, code: str) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back"), "join", "plan", code)])


def which_order(_: Words, orders: Sequence[Order]) -> InlineKeyboardMarkup:
    """Return the orders that can be paid; without one, the way to order or to ask."""
    return rows(
        *[
            [
                press(
                    f"{order.code} · {money(order.due, _.locale)}",
                    "order",
                    "proof",
                    order.order_id,
                )
            ]
            for order in orders
        ],
        None if orders else [press(_.plain("💎 Plans and prices"), "join", "offers")],
        None if orders else [press(_.plain("👤 My membership"), "me", "show")],
        [_home(_)],
    )


def proof_wanted(_: Words, order_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back to the order"), "order", "show", order_id)])


def mine(
    _: Words,
    doors: Sequence[Space],
    orders: Sequence[Order],
    *,
    stops: Sequence[Subscription],
    is_member: bool,
    may_recommend: bool,
) -> InlineKeyboardMarkup:
    """Return the doors that are open, the orders, and the next step."""
    next_step = _.plain("🔁 Renew or upgrade") if is_member else _.plain("💎 Become a member")
    return rows(
        *[[visit(f"🚪 {door.title[:TITLE]}", door.door)] for door in doors if door.door],
        *[
            [press(_.plain("🧾 Order {code}", code=order.code), "order", "show", order.order_id)]
            for order in orders[:3]
        ],
        *[
            [press(_.plain("⏹ Stop the renewal"), "renewal", "show", one.order_id)]
            for one in stops
            if SUBSCRIPTION.allows(one.state, SubscriptionEvent.ASK_END)
        ],
        [press(next_step, *(("me", "renew") if is_member else ("join", "offers")))],
        [press(_.plain("🤝 Invite a friend"), "invite", "show")] if may_recommend else None,
        [_home(_)],
    )


def order_approved(_: Words, _told: OrderApproved) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🚪 My doors and membership"), "me", "show")])


def proof_again(
    _: Words, told: ProofRejected | PaymentShort | OrderExpired
) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("📤 Send the proof again"), "order", "proof", told.order_id)],
        [press(_.plain("🧾 See the order"), "order", "show", told.order_id)],
    )


def space_refused(_: Words, told: SpaceRefused) -> InlineKeyboardMarkup:
    label = _.plain("🔁 Renew") if told.ended_at else _.plain("💎 Become a member")
    return rows([press(label, "join", "offers")])


def _home(_: Words) -> InlineKeyboardButton:
    return press(_.plain("🏠 Home"), "home", "start")
