"""The FAQ where others look on: in groups and inline. What is locked never leaves."""

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import CommandHandler, InlineQueryHandler, filters

from community_bot.faq.facts import Line, Shown, View
from community_bot.people.roles import Actor
from handlers.answers import number_in, words_behind
from handlers.context import Context, Inbound, guarded
from handlers.keyboards import faq as keys
from handlers.replies import NO_PREVIEW, Screen, reply
from handlers.routing import Area
from handlers.texts import faq as texts
from handlers.texts.words import Html, Words

CACHE = 5  # seconds; what is found changes with every edit and every membership
RESULTS = 20  # at once; Telegram takes up to 50 and asks on from the offset
DIGITS = 6


async def in_group(inbound: Inbound, context: Context) -> None:
    """Answer /faq in a group: its own words, a number, or the message that it replies to."""
    asked = words_behind(inbound.text) or _words_of(_replied_to(inbound))
    if not asked:
        await _lead_on(inbound, context, texts.words_wanted(inbound.words))
        return
    entry_id = number_in(asked)
    if entry_id is None:
        found = await context.community.faq.searching.in_group(_person(inbound), text=asked)
        if not isinstance(found, Line):
            await _lead_on(inbound, context, texts.nothing_in_group(inbound.words), found)
            return
        entry_id = found.entry_id
    shared = await context.community.faq.reading.share(
        entry_id=entry_id, chat_id=inbound.chat_id, cause=inbound.actor.cause
    )
    zone = context.community.config.community.zone
    keyboard = keys.in_private(inbound.words, context.bot.username, entry_id)
    screen = Screen(texts.shared(inbound.words, shared, zone), keyboard)
    await reply(inbound, context, screen, _replied_to(inbound))


async def _lead_on(
    inbound: Inbound, context: Context, text: Html, search_id: int | None = None
) -> None:
    keyboard = keys.on_in_private(inbound.words, context.bot.username, search_id)
    await reply(inbound, context, Screen(text, keyboard))


async def inline(update: Update, context: Context) -> None:
    """Offer open entries to be sent into any chat, to whoever types @bot and words."""
    query = update.inline_query
    if query is None:
        return
    inbound = await Inbound.of(update, context)
    offset = int(query.offset) if query.offset.isdecimal() and len(query.offset) < DIGITS else 0
    found = Shown((), is_more=False)
    if context.community.config.faq.inline:
        found = await context.community.faq.searching.for_everybody(
            query.query, offset=offset, limit=RESULTS
        )
    try:
        await query.answer(
            [_result(inbound.words, view, context) for view in found.views],
            cache_time=CACHE,
            is_personal=True,
            next_offset=str(offset + RESULTS) if found.is_more else "",
            button=InlineQueryResultsButton(
                texts.all_in_private(inbound.words), start_parameter="faq"
            ),
        )
    except BadRequest:
        return  # too late: the person has typed on


def _result(_: Words, view: View, context: Context) -> InlineQueryResultArticle:
    zone = context.community.config.community.zone
    return InlineQueryResultArticle(
        id=f"{view.entry_id}.{view.version}",
        title=view.question,
        description=texts.gist(view),
        input_message_content=InputTextMessageContent(
            texts.answer(_, view, zone),
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
        ),
        reply_markup=keys.in_private(_, context.bot.username, view.entry_id),
    )


def _person(inbound: Inbound) -> Actor | None:
    """Return who asks; whoever writes in the name of a group or channel is nobody we know."""
    message = inbound.message
    return None if message is None or message.sender_chat else inbound.actor


def _replied_to(inbound: Inbound) -> Message | None:
    """Return the message that is replied to; in a forum every message replies to its topic."""
    replied = inbound.message.reply_to_message if inbound.message else None
    return None if replied is None or replied.forum_topic_created else replied


def _words_of(message: Message | None) -> str:
    return (message.text or message.caption or "") if message else ""


AREA: Area = (
    CommandHandler(
        "faq",
        guarded(in_group),
        filters=filters.ChatType.GROUPS & filters.UpdateType.MESSAGE,
    ),
    InlineQueryHandler(inline),
)
