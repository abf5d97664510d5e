"""Keys of how a membership ends."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from community_bot.membership.facts import Offer, Plan
from community_bot.membership.notices import (
    GraceBegan,
    MembershipEnding,
    RemovalAhead,
    RemovalsLocked,
    RemovalsStopped,
    RemovedFromSpace,
)
from community_bot.membership.outages import Lock
from handlers.keyboards.making import press, rows
from handlers.texts.figures import money
from handlers.texts.joining import plan_name
from handlers.texts.words import Words

Ending = MembershipEnding | GraceBegan | RemovalAhead | RemovedFromSpace


def renew(_: Words, _told: Ending) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("🔁 Renew"), "me", "renew")],
        [press(_.plain("👤 My membership"), "me", "show")],
    )


def removals_stopped(_: Words, told: RemovalsStopped) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🔍 See who it would be"), "removals", "plan", told.chat_id)])


def removals_locked(_: Words, _told: RemovalsLocked) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🔍 See what would happen"), "removals", "lock")])


def locked(_: Words, lock: Lock) -> InlineKeyboardMarkup | None:
    """Offer to go on, once it was seen what happens then, and all that came was looked for."""
    if lock.restored_at is None:
        return None
    return rows(
        None
        if lock.stars_are_unseen
        else [press(_.plain("🔓 Let removals go on"), "removals", "unlock")],
        [press(_.plain("🔄 Look again"), "removals", "lock")],
    )


def dry_run(_: Words, chat_id: int, count: int) -> InlineKeyboardMarkup:
    """Offer to go on, where there is anybody."""
    return rows(
        [press(_.plain("✅ Yes, remove them"), "removals", "confirm", chat_id)] if count else None,
        [press(_.plain("✋ No, leave it"), "removals", "leave", chat_id)] if count else None,
        [press(_.plain("🔄 Look again"), "removals", "plan", chat_id)],
    )


def renewing(_: Words, offers: Sequence[Offer], held: Plan | None) -> InlineKeyboardMarkup:
    """Return one tap for each way to go on; a plan that is not sold any more can be renewed."""
    sold = {plan.code for offer in offers for plan in offer.plans}
    again = (
        [[press(_.plain("🔁 As before: {price}", price=price), "join", "order", held.code)]]
        if held and held.code not in sold and (price := money(held.price, _.locale))
        else []
    )
    return rows(
        *again,
        *[
            [
                press(
                    _.plain(
                        "{plan} · {price}",
                        plan=plan_name(_, plan, offer.tier),
                        price=money(plan.price, _.locale),
                    ),
                    "join",
                    "plan",
                    plan.code,
                )
            ]
            for offer in offers
            for plan in offer.plans
            if plan.price
        ],
        [press(_.plain("💎 Plans and prices"), "join", "offers")],
        [press(_.plain("👤 My membership"), "me", "show")],
    )
