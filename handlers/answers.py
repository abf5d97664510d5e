"""Answers of the FAQ as screens: at once, as a list, or the way on; and always the way to a mentor.

What was typed is put by before it is answered; its number stands in the button to a mentor, and
goes from screen to screen with it.
"""

from dataclasses import replace

from community_bot.faq.facts import Found, Gone, View
from handlers.callbacks import decode
from handlers.context import Context, Inbound
from handlers.hearing import command_of, said_of
from handlers.keyboards import faq as keys
from handlers.replies import Screen
from handlers.texts import faq as texts

LONGEST = 9  # digits of a number of ours; what is longer is none


def found_screen(inbound: Inbound, context: Context, found: Found, *, draft_id: int = 0) -> Screen:
    """Show the answer at once, a list, or the way on."""
    _ = inbound.words
    if found.answer is not None:
        return answer_screen(inbound, context, found.answer, draft_id=draft_id)
    if found.lines:
        return Screen(texts.perhaps(_), keys.found(_, found, draft_id))
    contact = context.community.config.community.contact
    return Screen(texts.nothing(_, contact), keys.nothing(_, draft_id))


async def searched_screen(inbound: Inbound, context: Context, words: str) -> Screen:
    """Search for the words behind a command; who may ask a mentor can go on with them."""
    searching, tickets = context.community.faq.searching, context.community.tickets
    if inbound.message is None or await tickets.drafting.allowance(inbound.actor) is None:
        found = await searching.search(inbound.actor, text=words)
        return found_screen(inbound, context, found)
    found = await searching.search(replace(inbound.actor, cause=None), text=words)
    said = said_of(inbound.message, without=command_of(inbound.message))
    draft_id = await tickets.shelving.put_by(inbound.actor, said=said)
    return found_screen(inbound, context, found, draft_id=draft_id)


def opened_screen(
    inbound: Inbound, context: Context, opened: View | Gone, *, draft_id: int = 0
) -> Screen:
    """Show an entry, or what there is instead of it."""
    if isinstance(opened, Gone):
        text = texts.gone(inbound.words, opened)
        return Screen(text, keys.gone(inbound.words, opened, draft_id))
    return answer_screen(inbound, context, opened, draft_id=draft_id)


def answer_screen(inbound: Inbound, context: Context, view: View, *, draft_id: int = 0) -> Screen:
    zone = context.community.config.community.zone
    keyboard = keys.answer(inbound.words, view, context.bot.username, draft_id)
    text = texts.answer(inbound.words, view, zone)
    return Screen(text, keyboard, is_protected=is_protected(context, view))


def is_protected(context: Context, view: View) -> bool:
    """Say whether an answer may be neither passed on nor saved: one that not everybody reads."""
    is_paid = view.is_paid and not view.is_locked
    return is_paid and context.community.config.delivery.protect_content


def words_behind(text: str) -> str:
    """Return what stands behind a command, in its line or below it."""
    _, *words = text.split(maxsplit=1)
    return words[0].strip() if words else ""


def number_in(words: str) -> int | None:
    """Return the number of an entry where nothing else was typed: 12 or #12."""
    digits = words.strip().removeprefix("#")
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST
    return int(digits) if is_number else None


def put_by_under(inbound: Inbound) -> int:
    """Return what the button to a mentor under the pressed message stands for; 0 for nothing."""
    markup = inbound.message.reply_markup if inbound.message else None
    for row in markup.inline_keyboard if markup else ():
        for key in row:
            data = key.callback_data
            if isinstance(data, str) and data.startswith("ask:take:"):
                return decode(data).number(0)
    return 0
