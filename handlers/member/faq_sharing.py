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

from community_bot.faq.facts import View
from handlers.context import Context, Inbound, guarded
from handlers.keyboards import faq as keys
from handlers.replies import NO_PREVIEW, Screen, send
from handlers.routing import Area
from handlers.texts import faq as texts
from handlers.texts.words import Words

CACHE = 5  # seconds; what is found changes with every edit and every membership
RESULTS = 8


async def in_group(inbound: Inbound, context: Context) -> None:
    """Answer /faq in a group: its own words, or the message that it replies to."""
    asked = inbound.text.partition(" ")[2].strip() or _replied_to(inbound.message)
    _ = inbound.words
    if not asked:
        keyboard = keys.browse_in_private(_, context.bot.username)
        await send(inbound, context, Screen(texts.words_wanted(_), keyboard))
        return
    line = await context.community.faq.searching.in_group(asked)
    if line is None:
        keyboard = keys.browse_in_private(_, context.bot.username)
        await send(inbound, context, Screen(texts.nothing_in_group(_), keyboard))
        return
    shared = await context.community.faq.reading.share(
        entry_id=line.entry_id, chat_id=inbound.chat_id, cause=inbound.actor.cause
    )
    zone = context.community.config.community.zone
    keyboard = keys.in_private(_, context.bot.username, line.entry_id)
    await send(inbound, context, Screen(texts.shared(_, shared, zone), keyboard))


async def inline(update: Update, context: Context) -> None:
    """Offer open entries to be sent into any chat, to whoever types @bot and words."""
    query = update.inline_query
    if query is None:
        return
    inbound = await Inbound.of(update, context)
    is_on = context.community.config.faq.inline
    views = await context.community.faq.searching.for_everybody(query.query) if is_on else []
    try:
        await query.answer(
            [_result(inbound.words, view, context) for view in views[:RESULTS]],
            cache_time=CACHE,
            is_personal=True,
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


def _replied_to(message: Message | None) -> str:
    """Return the words of the message that is replied to."""
    replied = message.reply_to_message if message else None
    return (replied.text or replied.caption or "") if replied else ""


AREA: Area = (
    CommandHandler(
        "faq",
        guarded(in_group),
        filters=filters.ChatType.GROUPS & filters.UpdateType.MESSAGE,
    ),
    InlineQueryHandler(inline),
)
