"""Keys about members as staff see them."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from community_bot.billing.cards import Card
from community_bot.membership.facts import Offer
from community_bot.people.service import Member
from handlers.keyboards.making import press, rows
from handlers.texts.joining import plan_name
from handlers.texts.words import Words

MOST = 10


def found(_: Words, people: Sequence[Member]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [
                press(
                    f"{one.name[:28]} · {one.member_id}",
                    "members",
                    "card",
                    one.member_id,
                )
            ]
            for one in people[:MOST]
        ],
        [press(_.plain("⬅️ Back"), "home", "staff")],
    )


def card(_: Words, of: Card, *, may_change: bool) -> InlineKeyboardMarkup:
    """Return what an admin may do about somebody; finance looks on."""
    number = of.member.member_id
    running = [one for one in of.standing.entitlements if one.revoked_at is None][-3:]
    changes = [
        [press(_.plain("🎁 Give a membership"), "members", "give", number)],
        *[
            [
                press(
                    _.plain("⛔ End right #{number}", number=one.entitlement_id),
                    "members",
                    "end",
                    number,
                    one.entitlement_id,
                )
            ]
            for one in running
        ],
        [press(_.plain("🔀 Move to another account"), "members", "move", number)]
        if running
        else None,
    ]
    return rows(
        *(changes if may_change else []),
        [press(_.plain("🔎 Look for somebody else"), "members", "search")],
    )


def plans(_: Words, member_id: int, offers: Sequence[Offer]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [press(plan_name(_, plan, offer.tier), "members", "plan", member_id, plan.code)]
            for offer in offers
            for plan in offer.plans
        ],
        [press(_.plain("⬅️ Back"), "members", "card", member_id)],
    )


def sure(_: Words, verb: str, mark: str, member: Member) -> InlineKeyboardMarkup:
    """Return the one button that does it, and the way back."""
    return rows(
        [press(_.plain("✅ Yes, do it"), "members", verb, mark)],
        [press(_.plain("✋ No, leave it"), "members", "card", member.member_id)],
    )


def back(_: Words, member_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back to the card"), "members", "card", member_id)])
