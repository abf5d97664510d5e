"""Keys of the directory and of introductions for those who look after them."""

from collections.abc import Iterable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.resources.facts import Level
from community_bot.resources.introduction_notices import (
    IntroductionCard,
    IntroductionLate,
    IntroductionNear,
)
from community_bot.resources.introduction_rules import OPEN, IntroductionState
from community_bot.resources.partner_facts import Case, Partner
from community_bot.resources.partner_rules import PartnerKind, PartnerState
from handlers.keyboards.making import press, rows
from handlers.texts.joining import named
from handlers.texts.partners import kind
from handlers.texts.words import Words

MOST = 10
LABEL = 30
ANY = "any"  # what stands in the button of no tier: no tier's code, for those are words too
SIGNS = {PartnerState.DRAFT: "📝", PartnerState.LISTED: "✅", PartnerState.TAKEN_OFF: "🚫"}


def home(_: Words, cases: Sequence[Case], partners: Sequence[Partner]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [
                press(
                    f"{'🔴' if one.is_late else '⏳'} #{one.introduction.introduction_id} · "
                    f"{one.introduction.partner_name[:LABEL]}",
                    "partnerdesk",
                    "case",
                    one.introduction.introduction_id,
                )
            ]
            for one in cases[:MOST]
        ],
        [
            press(_.plain("➕ A new partner"), "partnerdesk", "new"),
            press(_.plain("🗂 All {n}", n=len(partners)), "partnerdesk", "all", 0),
        ],
        [press(_.plain("🤝 What members see"), "partners", "home")],
        [press(_.plain("⬅️ Back"), "home", "staff")],
    )


def all_(_: Words, partners: Sequence[Partner], number: int) -> InlineKeyboardMarkup:
    pages = max(1, -(-len(partners) // MOST))
    number = max(0, min(number, pages - 1))
    turning = [
        press(arrow, "partnerdesk", "all", other)
        for arrow, other in (("⬅️", number - 1), ("➡️", number + 1))
        if 0 <= other < pages
    ]
    return rows(
        *[
            [press(f"{SIGNS[one.state]} {one.name[:LABEL]}", "partnerdesk", "one", one.partner_id)]
            for one in partners[number * MOST : (number + 1) * MOST]
        ],
        turning,
        [press(_.plain("⬅️ Back"), "partnerdesk", "home")],
    )


def case(_: Words, of: Case) -> InlineKeyboardMarkup:
    one = of.introduction
    return rows(
        *_steps(_, one.introduction_id, one.state),
        [press(_.plain("⬅️ Back"), "partnerdesk", "home")],
    )


def card(_: Words, told: IntroductionCard) -> InlineKeyboardMarkup | None:
    if told.state not in OPEN:
        return None
    number = told.introduction_id
    return rows(
        *_steps(_, number, told.state),
        [press(_.plain("🔍 With the contact"), "partnerdesk", "case", number)],
    )


def look(_: Words, told: IntroductionNear | IntroductionLate) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🔍 Look at it"), "partnerdesk", "case", told.introduction_id)])


def _steps(_: Words, number: int, state: IntroductionState) -> list[list[InlineKeyboardButton]]:
    found = []
    if state is IntroductionState.ASKED:
        found.append([press(_.plain("✋ I see to it"), "partnerdesk", "take", number)])
    if state in OPEN:
        found.append(
            [
                press(_.plain("🤝 Introduce them"), "partnerdesk", "make", number),
                press(_.plain("❌ Not possible"), "partnerdesk", "decline", number),
            ]
        )
    return found


def making(_: Words, introduction_id: int) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("📇 Send the contact"), "partnerdesk", "contact", introduction_id)],
        [press(_.plain("⬅️ Back"), "partnerdesk", "case", introduction_id)],
    )


def to_case(_: Words, introduction_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back"), "partnerdesk", "case", introduction_id)])


def back(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🤝 Partners and introductions"), "partnerdesk", "home")])


def kinds(_: Words) -> InlineKeyboardMarkup:
    return rows(
        *[[press(kind(_, one), "partnerdesk", "kind", one.value)] for one in PartnerKind],
        [press(_.plain("⬅️ Back"), "partnerdesk", "home")],
    )


def partner(_: Words, of: Partner) -> InlineKeyboardMarkup:
    number = of.partner_id
    is_listed = of.state is PartnerState.LISTED
    return rows(
        [
            press(_.plain("🚫 Take off"), "partnerdesk", "off", number)
            if is_listed
            else press(_.plain("✅ List it"), "partnerdesk", "list", number)
        ],
        [
            press(_.plain("✏️ Write it anew"), "partnerdesk", "rewrite", number),
            press(_.plain("🔒 Tier"), "partnerdesk", "tiers", number),
        ],
        [press(_.plain("⬅️ Back"), "partnerdesk", "all", 0)],
    )


def tiers(_: Words, of: Partner, levels: Iterable[Level]) -> InlineKeyboardMarkup:
    number = of.partner_id
    return rows(
        [press(_.plain("Every member"), "partnerdesk", "tier", number, ANY)],
        *[
            [press(named(_, one.name), "partnerdesk", "tier", number, one.code)]
            for one in sorted(levels, key=lambda one: one.rank)
            if one.rank
        ],
        [press(_.plain("⬅️ Back"), "partnerdesk", "one", number)],
    )
