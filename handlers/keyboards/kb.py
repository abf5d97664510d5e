"""Keys about the FAQ for those who write it and look after it."""

from collections.abc import Mapping, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.faq.facts import Entry, Line
from community_bot.faq.notices import DraftWaiting, EntryHandedOver, ReviewsWanted, ReviewWanted
from community_bot.faq.rules import SHOWN, EntryState
from community_bot.membership.facts import Tier
from handlers.keyboards.making import press, rows
from handlers.texts.kb import field, state
from handlers.texts.words import Words

FIELDS = ("question", "body", "aliases", "topics", "markets", "review")
LABEL = 40


def home(_: Words, counts: Mapping[EntryState, int], *, is_admin: bool) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("➕ New entry"), "kb", "new"),
            press(_.plain("🔧 New snippet"), "kb", "snippet"),
        ],
        *[
            [press(f"{state(_, one)} · {counts[one]}", "kb", "list", one.value, 0)]
            for one in EntryState
            if counts.get(one)
        ],
        [press(_.plain("🔎 Searched in vain"), "kb", "gaps")] if is_admin else None,
        [
            press(_.plain("🗂 Vocabulary"), "kb", "terms"),
            press(_.plain("📢 Rules changed"), "kb", "topics"),
        ]
        if is_admin
        else None,
        [press(_.plain("⬅️ Back"), "home", "start")],
    )


def listed(
    _: Words, of: EntryState, entries: Sequence[Entry], number: int, *, more: bool
) -> InlineKeyboardMarkup:
    turning = [
        press(label, "kb", "list", of.value, page)
        for label, page, there in (("◀️", number - 1, number > 0), ("▶️", number + 1, more))
        if there
    ]
    return rows(
        *[
            [press(f"#{one.entry_id} {one.content.question[:LABEL]}", "kb", "entry", one.entry_id)]
            for one in entries
        ],
        turning,
        [to_home(_)],
    )


def entry(_: Words, one: Entry, *, is_admin: bool) -> InlineKeyboardMarkup:
    """Offer what the entry's state and the person's role allow."""
    number = one.entry_id
    edits = [press(f"✏️ {field(_, name)}", "kb", "edit", number, name) for name in FIELDS]
    edits.append(press(f"🔒 {field(_, 'least_tier')}", "kb", "tiers", number))
    return rows(
        *[edits[at : at + 3] for at in range(0, len(edits), 3)],
        _steps(_, one, is_admin=is_admin),
        [
            press(_.plain("🕘 Versions"), "kb", "versions", number),
            press(_.plain("🎓 Learnt"), "kb", "learnt", number),
        ],
        [press(_.plain("🖼 Remove pictures and files"), "kb", "unmedia", number)]
        if one.content.media
        else None,
        [press(_.plain("👤 Hand it over"), "kb", "owners", number)] if is_admin else None,
        [to_home(_)],
    )


def _steps(_: Words, one: Entry, *, is_admin: bool) -> list[InlineKeyboardButton]:
    number, at = one.entry_id, one.state
    offered = (
        (_.plain("📨 Have it looked over"), "submit", at is EntryState.DRAFT and not is_admin),
        (
            _.plain("✅ Publish"),
            "publish",
            is_admin and at in (EntryState.DRAFT, EntryState.IN_REVIEW),
        ),
        (_.plain("↩️ Back to draft"), "return", is_admin and at is EntryState.IN_REVIEW),
        (_.plain("✔️ Still right"), "verify", at in SHOWN),
        (_.plain("🗄 Archive"), "archive", at is not EntryState.ARCHIVED),
        (_.plain("♻️ Restore"), "restore", at is EntryState.ARCHIVED),
    )
    return [press(label, "kb", verb, number) for label, verb, fits in offered if fits]


def tiers(_: Words, entry_id: int, of: Sequence[Tier]) -> InlineKeyboardMarkup:
    language = "zh" if _.locale.startswith("zh") else "en"
    return rows(
        [press(_.plain("Everybody"), "kb", "tier", entry_id, "")],
        *[
            [press(tier.name[language], "kb", "tier", entry_id, tier.code)]
            for tier in of
            if tier.rank > 0
        ],
        [press(_.plain("⬅️ Back"), "kb", "entry", entry_id)],
    )


def owners(_: Words, entry_id: int, editors: Mapping[int, str]) -> InlineKeyboardMarkup:
    names = [
        press(f"👤 {name[:LABEL]}", "kb", "give", entry_id, one) for one, name in editors.items()
    ]
    pairs = [names[at : at + 2] for at in range(0, len(names), 2)]
    return rows(*pairs, [press(_.plain("⬅️ Back"), "kb", "entry", entry_id)])


def handed_over(_: Words, told: EntryHandedOver) -> InlineKeyboardMarkup:
    return _look(_, told.entry_id)


def alike(_: Words, entry_id: int, found: Sequence[Line]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [press(f"#{one.entry_id} {one.question[:LABEL]}", "kb", "entry", one.entry_id)]
            for one in found
        ],
        [press(_.plain("📝 Go on with the new one"), "kb", "entry", entry_id)],
    )


def album(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("✅ Save it"), "kb", "yes_album")], [to_home(_)])


def back(_: Words, entry_id: int | None = None) -> InlineKeyboardMarkup:
    if entry_id is None:
        return rows([to_home(_)])
    return rows([press(_.plain("⬅️ Back"), "kb", "entry", entry_id)])


def draft_waiting(_: Words, told: DraftWaiting) -> InlineKeyboardMarkup:
    return _look(_, told.entry_id)


def review_wanted(_: Words, told: ReviewWanted) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("✔️ Still right"), "kb", "verify", told.entry_id),
            press(_.plain("✏️ Change it"), "kb", "entry", told.entry_id),
        ],
        [press(_.plain("🗄 Archive"), "kb", "archive", told.entry_id)],
    )


def reviews_wanted(_: Words, told: ReviewsWanted) -> InlineKeyboardMarkup:
    return rows(
        *(
            [press(f"#{number} {question[:LABEL]}", "kb", "entry", number)]
            for number, question in told.entries
        )
    )


def _look(_: Words, entry_id: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("👀 Look at it"), "kb", "entry", entry_id)])


def to_home(_: Words) -> InlineKeyboardButton:
    return press(_.plain("📚 The FAQ"), "kb", "home")
