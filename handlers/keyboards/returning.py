"""The ways on below a refusal: back to what was being done, and home."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.people.drafts import Draft
from handlers.keyboards import posts, posts_runs
from handlers.keyboards.home import way_home
from handlers.texts.words import Words


def after_refusal(_: Words, draft: Draft | None) -> InlineKeyboardMarkup:
    """Return the way back to the post, or what went out, that the refused words were for."""
    return InlineKeyboardMarkup([*_back(_, draft), *way_home(_).inline_keyboard])


def _back(_: Words, draft: Draft | None) -> list[list[InlineKeyboardButton]]:
    facts = draft.facts if draft else {}
    if "post_id" in facts:
        return [[posts.to_card(_, int(facts["post_id"]))]]
    return [[posts_runs.to_report(_, int(facts["run_id"]))]] if "run_id" in facts else []
