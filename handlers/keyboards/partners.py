"""Keys of the directory of partners as members use it."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.people.roles import Actor, Role
from community_bot.resources.introduction_notices import (
    IntroductionDeclined,
    IntroductionDelayed,
    IntroductionMade,
    IntroductionTaken,
    PartnerRatingWanted,
)
from community_bot.resources.introduction_rules import OPEN
from community_bot.resources.partner_facts import (
    Directory,
    Introduction,
    PartnerLine,
    PartnerPage,
    PartnerView,
)
from community_bot.resources.partner_rules import BEST, WORST
from handlers.keyboards.making import press, rows
from handlers.texts.partners import kind, state
from handlers.texts.words import Words

LABEL = 40  # signs; the rest can be read on the page
MOST_CASES = 10


def home(_: Words, of: Directory, actor: Actor) -> InlineKeyboardMarkup:
    tags = [
        press(f"#{tag.code[:12]} · {count}", "partners", "tag", tag.topic_id, 0)
        for tag, count in of.tags
    ]
    return rows(
        *[
            [press(f"{kind(_, one)} · {count}", "partners", "kind", one.value, 0)]
            for one, count in of.kinds
        ],
        *[tags[at : at + 4] for at in range(0, len(tags), 4)],
        [press(_.plain("📮 My introductions"), "partners", "mine")],
        [press(_.plain("🛠 Look after partners"), "partnerdesk", "home")]
        if actor.has(Role.ADMIN)
        else None,
        [press(_.plain("🏠 Home"), "home", "start")],
    )


def page(_: Words, of: PartnerPage) -> InlineKeyboardMarkup:
    before = ("kind", of.kind.value) if of.kind else ("tag", of.tag.topic_id if of.tag else 0)
    turning = [
        press(arrow, "partners", *before, number)
        for arrow, number in (("⬅️", of.number - 1), ("➡️", of.number + 1))
        if 0 <= number < of.pages
    ]
    return rows(*[[_line(line)] for line in of.lines], turning, [_home(_)])


def partner(_: Words, view: PartnerView) -> InlineKeyboardMarkup:
    number = view.partner_id
    if view.is_locked:
        return rows([press(_.plain("💎 Plans and prices"), "join", "offers")], [_home(_)])
    asking = press(_.plain("🤝 Ask for an introduction"), "partners", "ask", number)
    under_way = view.open_introduction
    return rows(
        [asking]
        if under_way is None
        else [press(_.plain("🔍 Where my wish is"), "partners", "case", under_way)],
        stars(number) if view.may_rate else None,
        [press(_.plain("⬅️ Others like this"), "partners", "kind", view.kind.value, 0)],
        [_home(_)],
    )


def stars(partner_id: int) -> list[InlineKeyboardButton]:
    return [
        press(f"{number}⭐", "partners", "rate", partner_id, number)
        for number in range(WORST, BEST + 1)
    ]


def to_partner(_: Words, partner_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("⬅️ Back to the partner"), "partners", "open", partner_id)])


def mine(_: Words, cases: Sequence[Introduction]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [
                press(
                    f"{state(_, case.state)} · {case.partner_name[:LABEL]}",
                    "partners",
                    "case",
                    case.introduction_id,
                )
            ]
            for case in cases[:MOST_CASES]
        ],
        [_home(_)],
    )


def case(_: Words, of: Introduction) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("↩️ Take it back"), "partners", "withdraw", of.introduction_id)]
        if of.state in OPEN
        else None,
        [press(_.plain("⬅️ Back to the partner"), "partners", "open", of.partner_id)],
        [press(_.plain("📮 My introductions"), "partners", "mine")],
    )


def sure_withdraw(_: Words, of: Introduction) -> InlineKeyboardMarkup:
    number = of.introduction_id
    return rows(
        [press(_.plain("✅ Yes, take it back"), "partners", "yeswithdraw", number)],
        [press(_.plain("✋ No, leave it"), "partners", "case", number)],
    )


def told(_: Words, of: IntroductionTaken | IntroductionDelayed) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🔍 Where my wish is"), "partners", "case", of.introduction_id)])


def ended(_: Words, of: IntroductionMade | IntroductionDeclined) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("⬅️ Back to the partner"), "partners", "open", of.partner_id)], [_home(_)]
    )


def rating_wanted(_: Words, of: PartnerRatingWanted) -> InlineKeyboardMarkup:
    return rows(stars(of.partner_id))


def _line(line: PartnerLine) -> InlineKeyboardButton:
    lock = "🔒 " if line.is_locked else ""
    mean = f" · ⭐ {line.rating}" if line.rating is not None else ""
    return press(f"{lock}{line.name[:LABEL]}{mean}", "partners", "open", line.partner_id)


def _home(_: Words) -> InlineKeyboardButton:
    return press(_.plain("🤝 All partners"), "partners", "home")
