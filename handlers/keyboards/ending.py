"""Keys of how a membership ends."""

from telegram import InlineKeyboardMarkup

from community_bot.membership.notices import (
    GraceBegan,
    MembershipEnding,
    RemovalAhead,
    RemovalsStopped,
    RemovedFromSpace,
)
from handlers.keyboards.making import press, rows
from handlers.texts.words import Words

Ending = MembershipEnding | GraceBegan | RemovalAhead | RemovedFromSpace


def renew(_: Words, _told: Ending) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("🔁 Renew"), "me", "renew")],
        [press(_.plain("👤 My membership"), "me", "show")],
    )


def removals_stopped(_: Words, told: RemovalsStopped) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🔍 See who it would be"), "removals", "plan", told.chat_id)])


def dry_run(_: Words, chat_id: int, count: int) -> InlineKeyboardMarkup:
    """Offer to go on; the number that was seen stands in the button."""
    return rows(
        [press(_.plain("✅ Yes, remove them"), "removals", "confirm", chat_id, count)]
        if count
        else None,
        [press(_.plain("✋ No, leave it"), "removals", "leave", chat_id)] if count else None,
        [press(_.plain("🔄 Look again"), "removals", "plan", chat_id)],
    )
