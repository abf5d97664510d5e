"""Keys of admission: the applicant's, and of those who read applications."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from community_bot.membership.admission_notices import (
    ApplicationDecided,
    ApplicationWaiting,
    MembershipGranted,
)
from community_bot.membership.admission_queries import Application
from community_bot.membership.facts import Tier
from handlers.keyboards.making import press, rows
from handlers.texts.joining import named
from handlers.texts.words import Words

MOST = 20


def question(_: Words, tier: Tier, number: int) -> InlineKeyboardMarkup:
    """Return the answers that can be tapped, and the way out."""
    choices = tier.admission[number].choices if number < len(tier.admission) else ()
    return rows(
        *[
            [press(named(_, choice.name), "admission", "yes", number, place)]
            for place, choice in enumerate(choices)
        ],
        [press(_.plain("⬅️ All plans"), "join", "offers")],
    )


def waiting(_: Words, found: Sequence[Application]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [
                press(
                    _.plain("📝 No. {number}", number=one.application_id),
                    "applications",
                    "one",
                    one.application_id,
                )
            ]
            for one in found[:MOST]
        ],
        [press(_.plain("🔄 Look again"), "applications", "waiting")],
    )


def application(_: Words, one: Application) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("✅ Welcome"), "applications", "admit", one.application_id)],
        [press(_.plain("❌ Not yet, and why"), "applications", "decline", one.application_id)],
        [press(_.plain("⬅️ All applications"), "applications", "waiting")],
    )


def back(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ All applications"), "applications", "waiting")])


def look(_: Words, told: ApplicationWaiting) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🔍 Read it"), "applications", "one", told.application_id)])


def decided(_: Words, told: ApplicationDecided) -> InlineKeyboardMarkup:
    if not told.is_admitted:
        return rows(
            [
                press(_.plain("📚 Questions and answers"), "faq", "topics"),
                press(_.plain("📂 Library"), "library", "home"),
            ],
            [press(_.plain("💎 Plans and prices"), "join", "offers")],
        )
    return rows([press(_.plain("💎 Plans and prices"), "join", "offers")])


def mine(_: Words, _told: MembershipGranted) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🚪 My doors and membership"), "me", "show")])
