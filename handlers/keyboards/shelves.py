"""Keys of those who look after the library."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.membership.facts import Tier
from community_bot.resources.facts import Resource
from community_bot.resources.rules import ResourceState
from handlers.keyboards.making import press, rows
from handlers.texts.words import Words

PAGE, LABEL = 8, 50
SIGNS = {ResourceState.DRAFT: "📝", ResourceState.PUBLISHED: "✅", ResourceState.ARCHIVED: "🗄"}


def gathered(_: Words) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("📥 Keep it"), "shelves", "yes_keep")],
        [press(_.plain("✖️ Leave it"), "shelves", "list", 0)],
    )


def leave(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back"), "shelves", "list", 0)])


def listed(_: Words, found: Sequence[Resource], number: int) -> InlineKeyboardMarkup:
    pages = max(1, -(-len(found) // PAGE))
    number = max(0, min(number, pages - 1))
    turning = [
        *([press("⬅️", "shelves", "list", number - 1)] if number > 0 else []),
        *([press("➡️", "shelves", "list", number + 1)] if number + 1 < pages else []),
    ]
    return rows(
        [press(_.plain("➕ Take something in"), "shelves", "new")],
        *[
            [press(f"{SIGNS[one.state]} {one.title[:LABEL]}", "shelves", "look", one.resource_id)]
            for one in found[number * PAGE : (number + 1) * PAGE]
        ],
        turning,
        [press(_.plain("📂 Library"), "library", "home")],
    )


def card(_: Words, of: Resource) -> InlineKeyboardMarkup:
    number = of.resource_id
    return rows(
        _steps(_, of),
        [
            press(_.plain("✏️ Title"), "shelves", "title", number),
            press(_.plain("🏷 Topics"), "shelves", "topics", number),
        ],
        [
            press(_.plain("💎 For whom"), "shelves", "tiers", number),
            press(_.plain("🔁 New content"), "shelves", "renew", number),
        ],
        [_hiding(_, of)] if of.least_tier is not None else None,
        [
            press(_.plain("👀 As members see it"), "shelves", "preview", number),
            press(_.plain("🕘 Versions"), "shelves", "versions", number),
        ],
        [press(_.plain("⬅️ Back"), "shelves", "list", 0)],
    )


def _steps(_: Words, of: Resource) -> list[InlineKeyboardButton]:
    offered = {
        ResourceState.DRAFT: [
            (_.plain("✅ Put out"), "publish"),
            (_.plain("🗄 Take out"), "archive"),
        ],
        ResourceState.PUBLISHED: [(_.plain("🗄 Take out"), "archive")],
        ResourceState.ARCHIVED: [(_.plain("♻️ Make a draft of it"), "restore")],
    }
    return [
        press(label, "shelves", "step", of.resource_id, verb) for label, verb in offered[of.state]
    ]


def _hiding(_: Words, of: Resource) -> InlineKeyboardButton:
    if of.is_hidden:
        return press(_.plain("🔒 Show the title to all"), "shelves", "hide", of.resource_id, 0)
    return press(_.plain("🙈 Hide the title too"), "shelves", "hide", of.resource_id, 1)


def tiers(_: Words, resource_id: int, of: Sequence[Tier]) -> InlineKeyboardMarkup:
    language = "zh" if _.locale.startswith("zh") else "en"
    return rows(
        [press(_.plain("Everybody"), "shelves", "tier", resource_id, "")],
        *[
            [press(tier.name[language], "shelves", "tier", resource_id, tier.code)]
            for tier in of
            if tier.rank > 0
        ],
        [press(_.plain("⬅️ Back"), "shelves", "look", resource_id)],
    )


def back(_: Words, resource_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back"), "shelves", "look", resource_id)])
