"""Keys under what the nightly audit found: to what is affected, where it can be opened."""

from telegram import InlineKeyboardMarkup

from community_bot.billing.audit_notices import AuditFound
from handlers.keyboards.making import press, rows
from handlers.texts.words import Words

# Where a finding can be looked at, by what it is about.
PAGES = {"order": ("order", "show"), "member": ("members", "card")}
MOST = 5


def look(_: Words, found: AuditFound) -> InlineKeyboardMarkup:
    """Open what is affected; else the pages where money and people are looked after."""
    area, verb = PAGES.get(found.what, ("", ""))
    numbers = [key for key in found.keys if key.removeprefix("-").isdecimal()] if area else []
    return rows(
        *[
            [press(_.plain("🔍 Look at no. {number}", number=number), area, verb, number)]
            for number in numbers[:MOST]
        ],
        [
            press(_.plain("💴 Money to look at"), "money", "waiting"),
            press(_.plain("👤 Members"), "members", "search"),
        ],
    )
