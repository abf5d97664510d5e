"""Keys of composing a post: the home of posts, the card of a draft, and its confirmation."""

import re
from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.membership.facts import Tier
from community_bot.resources.facts import Post, Preview
from community_bot.resources.rules import PostState
from handlers.keyboards.making import press, rows
from handlers.texts.joining import named
from handlers.texts.words import Words

LABEL, MOST, MARK = 36, 12, 16
_NO_MARK = re.compile(r"[^0-9a-f]")
OPEN = (PostState.DRAFT, PostState.WAITING_APPROVAL)


def short(mark: str) -> str:
    """Return as much of a mark as a button has room for."""
    return _NO_MARK.sub("", mark)[:MARK]


def home(_: Words, drafts: Sequence[Post], waiting: Sequence[Post]) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("➕ New post"), "post", "new")],
        *[[_of(_, "⏳", one)] for one in waiting[:MOST]],
        *[[_of(_, "✏️", one)] for one in drafts[:MOST]],
        [
            press(_.plain("📅 Schedule"), "schedule", "home"),
            press(_.plain("📋 Templates"), "post", "templates"),
        ],
        [press(_.plain("⬅️ Back"), "home", "staff")],
    )


def templates(_: Words, found: Sequence[Post]) -> InlineKeyboardMarkup:
    return rows(*[[_of(_, "📋", one)] for one in found[:MOST]], [way_back(_)])


def card(_: Words, of: Preview) -> InlineKeyboardMarkup:
    """Offer what the state of the post allows."""
    post = of.post
    number, revision = post.post_id, post.revision
    if post.state not in OPEN:
        return rows([press(_.plain("📅 Its plan"), "schedule", "post", number)], [way_back(_)])
    return rows(
        [press(_.plain("📋 Use it"), "post", "use", number)] if post.is_template else None,
        [
            press(_.plain("📄 Content"), "post", "content", number, revision),
            press(_.plain("👥 People"), "post", "people", number),
        ],
        [
            press(_.plain("📍 Places"), "post", "places", number),
            press(_.plain("🕘 Time"), "post", "times", number),
        ],
        [
            press(_.plain("🔗 Buttons"), "post", "buttons", number, revision),
            press(_.plain("⚙️ More"), "post", "more", number),
        ],
        None
        if post.is_template
        else [press(_.plain("👀 Look at it, then confirm"), "post", "try", number)],
        [press(_.plain("🗑 Throw away"), "post", "discard", number), way_back(_)],
    )


def back(_: Words, post_id: int) -> InlineKeyboardMarkup:
    return rows([to_card(_, post_id)])


def to_card(_: Words, post_id: int) -> InlineKeyboardButton:
    return press(_.plain("⬅️ Back to the post"), "post", "card", post_id)


def way_back(_: Words) -> InlineKeyboardButton:
    return press(_.plain("📣 Posts"), "post", "home")


def home_again(_: Words) -> InlineKeyboardMarkup:
    return rows([way_back(_)])


def content(_: Words, post_id: int, revision: int) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("➕ Add to it"), "post", "add", post_id, revision)],
        [press(_.plain("♻️ Begin it anew"), "post", "anew", post_id, revision)],
        [to_card(_, post_id)],
    )


def buttons(_: Words, post_id: int, revision: int, *, has_some: bool) -> InlineKeyboardMarkup:
    none = press(_.plain("➖ Take them all away"), "post", "nobuttons", post_id, revision)
    return rows([none] if has_some else None, [to_card(_, post_id)])


def options(_: Words, of: Preview) -> InlineKeyboardMarkup:
    composed, number, revision = of.post.composed, of.post.post_id, of.post.revision
    switches = (
        (_.plain("🎁 Teaser"), "teaser", composed.is_teaser),
        (_.plain("🔕 Silent"), "silent", composed.is_silent),
        (_.plain("🛡 Protected"), "protected", of.is_protected),
        (_.plain("🌙 Mind quiet hours"), "quiet", composed.heeds_quiet),
    )
    keys = [
        press(f"{'✅' if is_on else '▫️'} {label}", "post", "switch", number, revision, name)
        for label, name, is_on in switches
    ]
    return rows(
        keys[:2],
        keys[2:],
        [
            press(_.plain("✏️ Title"), "post", "title", number, revision),
            press(_.plain("🏷 About"), "post", "about", number, revision),
            press(_.plain("🔒 Tier"), "post", "tiers", number, revision),
        ],
        [press(_.plain("📋 Keep as a template"), "post", "keep", number)],
        [to_card(_, number)],
    )


def tiers(_: Words, post_id: int, revision: int, of: Sequence[Tier]) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("Everybody"), "post", "tier", post_id, revision, "")],
        *[
            [press(named(_, one.name)[:LABEL], "post", "tier", post_id, revision, one.code)]
            for one in of
            if one.rank > 0
        ],
        [press(_.plain("⬅️ Back"), "post", "more", post_id)],
    )


def confirmed(_: Words, of: Post) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("📅 Its plan"), "schedule", "post", of.post_id), way_back(_)],
    )


def _of(_: Words, sign: str, post: Post) -> InlineKeyboardButton:
    title = post.title[:LABEL] or _.plain("without words")
    return press(f"{sign} {title}", "post", "card", post.post_id)
