"""Keys of coupons and batches of codes, for staff."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from community_bot.billing.pricing_rules import Coupon
from community_bot.membership.facts import Offer
from community_bot.people.roles import Actor, Role
from handlers.keyboards.making import press, rows
from handlers.texts.joining import plan_name
from handlers.texts.words import Words

MOST = 10


def coupons(_: Words, found: Sequence[tuple[Coupon, int]], actor: Actor) -> InlineKeyboardMarkup:
    usable = [one for one, _used in found if not one.is_disabled]
    return rows(
        [press(_.plain("➕ New coupon"), "coupons", "new")],
        [press(_.plain("🎫 Codes that give a membership"), "codes", "plans")]
        if actor.has(Role.FINANCE)
        else None,
        *[
            [press(_.plain("⛔ End {code}", code=one.code), "coupons", "off", one.coupon_id)]
            for one in usable[:MOST]
        ],
        [press(_.plain("⬅️ Back"), "home", "staff")],
    )


def plans(_: Words, offers: Sequence[Offer]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [press(plan_name(_, plan, offer.tier), "codes", "make", plan.code)]
            for offer in offers
            for plan in offer.plans
        ],
        [press(_.plain("⬅️ Back"), "coupons", "list")],
    )


def back(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🎟 Coupons"), "coupons", "list")])
