"""Asking the FAQ in the private chat: by words, by topic, by link; and saying whether it helped."""

from telegram import InputMediaDocument, InputMediaPhoto, InputMediaVideo

from community_bot.errors import Invalid
from community_bot.faq.content_rules import Media, MediaKind
from community_bot.faq.rules import VoteReason
from handlers.answers import (
    found_screen,
    is_protected,
    number_in,
    opened_screen,
    put_by_under,
    searched_screen,
    words_behind,
)
from handlers.context import Context, Inbound
from handlers.gate import Turn
from handlers.keyboards import faq as keys
from handlers.replies import Screen, acknowledge, send, show
from handlers.routing import Area, on_command, on_link, on_press
from handlers.texts import faq as texts

INPUT = {
    MediaKind.PHOTO: InputMediaPhoto,
    MediaKind.VIDEO: InputMediaVideo,
    MediaKind.DOCUMENT: InputMediaDocument,
}


async def ask(inbound: Inbound, context: Context) -> None:
    """Answer /faq: words are searched, a number opens that entry, nothing shows the topics."""
    if not inbound.args or not inbound.text.startswith("/faq"):
        await topics(inbound, context)
        return
    words = words_behind(inbound.text)
    entry_id = number_in(words)
    if entry_id is not None:
        view = await context.community.faq.searching.open(inbound.actor, entry_id=entry_id)
        await send(inbound, context, opened_screen(inbound, context, view))
        return
    await send(inbound, context, await searched_screen(inbound, context, words))


async def others(inbound: Inbound, context: Context) -> None:
    """Show what else was found, as a message of its own: the answer stays to be read."""
    number = inbound.pressed.number(0)
    found = await context.community.faq.searching.others(inbound.actor, search_id=number)
    draft_id = put_by_under(inbound)
    await send(inbound, context, found_screen(inbound, context, found, draft_id=draft_id))


async def none(inbound: Inbound, context: Context) -> None:
    """Note that nothing helped, and lead on."""
    number = inbound.pressed.number(0)
    await context.community.faq.searching.failed(inbound.actor, search_id=number)
    contact = context.community.config.community.contact
    keyboard = keys.nothing(inbound.words, put_by_under(inbound))
    await show(inbound, context, Screen(texts.not_helped(inbound.words, contact), keyboard))


async def topics(inbound: Inbound, context: Context) -> None:
    found = await context.community.faq.reading.topics(inbound.actor)
    text = texts.topics(inbound.words) if found else texts.no_topics(inbound.words)
    await show(inbound, context, Screen(text, keys.topics(inbound.words, found)))


async def topic(inbound: Inbound, context: Context) -> None:
    page = await context.community.faq.reading.in_topic(
        inbound.actor, topic_id=inbound.pressed.number(0), number=inbound.pressed.number(1)
    )
    await show(
        inbound, context, Screen(texts.page(inbound.words, page), keys.page(inbound.words, page))
    )


async def open_(inbound: Inbound, context: Context) -> None:
    """Open an entry that was chosen from a list."""
    search = inbound.pressed.number(1) if len(inbound.pressed.args) > 1 else None
    view = await context.community.faq.searching.open(
        inbound.actor, entry_id=inbound.pressed.number(0), search_id=search
    )
    draft_id = put_by_under(inbound)
    await show(inbound, context, opened_screen(inbound, context, view, draft_id=draft_id))


async def open_by_link(inbound: Inbound, context: Context) -> None:
    """Open the entry that a link names; whoever follows it sees what they may see."""
    number = inbound.args[0].removeprefix("f_")
    view = await context.community.faq.searching.open(inbound.actor, entry_id=int(number))
    await send(inbound, context, opened_screen(inbound, context, view))


async def go_on(inbound: Inbound, context: Context) -> None:
    """Show what comes near the words that the same person searched in a group."""
    number = int(inbound.args[0].removeprefix("fs_"))
    found = await context.community.faq.searching.others(inbound.actor, search_id=number)
    if found.search_id is None:
        await topics(inbound, context)
        return
    await send(inbound, context, found_screen(inbound, context, found))


async def media(inbound: Inbound, context: Context) -> None:
    """Send the pictures and files of an entry."""
    view = await context.community.faq.reading.glance(
        inbound.actor, entry_id=inbound.pressed.number(0)
    )
    await acknowledge(inbound)
    for group in _albums(view.media):
        await _send(inbound.chat_id, context, group, protect=is_protected(context, view) or None)


async def up(inbound: Inbound, context: Context) -> None:
    await _vote(inbound, context, is_up=True)
    await acknowledge(inbound, texts.thanks(inbound.words))


async def down(inbound: Inbound, context: Context) -> None:
    """Ask why, as a message of its own: the answer stays to be read."""
    await _vote(inbound, context, is_up=False)
    entry_id, version, search = (inbound.pressed.number(index) for index in range(3))
    draft_id = put_by_under(inbound)
    keyboard = keys.why_not(inbound.words, entry_id, version, search, draft_id)
    await send(inbound, context, Screen(texts.why_not(inbound.words), keyboard))


async def why(inbound: Inbound, context: Context) -> None:
    """Note the reason, and lead on."""
    await context.community.faq.votes.give_reason(
        inbound.actor,
        entry_id=inbound.pressed.number(0),
        version=inbound.pressed.number(1),
        reason=reason_of(inbound.pressed.word(2)),
    )
    contact = context.community.config.community.contact
    search, draft_id = inbound.pressed.number(3), put_by_under(inbound)
    keyboard = keys.not_helped(inbound.words, search, draft_id)
    await show(inbound, context, Screen(texts.not_helped(inbound.words, contact), keyboard))


async def _vote(inbound: Inbound, context: Context, *, is_up: bool) -> None:
    await context.community.faq.votes.vote(
        inbound.actor,
        entry_id=inbound.pressed.number(0),
        version=inbound.pressed.number(1),
        is_up=is_up,
        search_id=inbound.pressed.number(2),
    )


async def _send(
    chat_id: int, context: Context, group: list[Media], *, protect: bool | None
) -> None:
    """Send files together; an album has at least two (sendMediaGroup)."""
    bot, turn = context.bot, Turn(weight=len(group))
    if len(group) > 1:
        album = [INPUT[one.kind](one.file_id) for one in group]
        await bot.send_media_group(chat_id, album, protect_content=protect, rate_limit_args=turn)
        return
    (one,) = group
    match one.kind:
        case MediaKind.PHOTO:
            await bot.send_photo(
                chat_id, one.file_id, protect_content=protect, rate_limit_args=turn
            )
        case MediaKind.VIDEO:
            await bot.send_video(
                chat_id, one.file_id, protect_content=protect, rate_limit_args=turn
            )
        case MediaKind.DOCUMENT:
            await bot.send_document(
                chat_id, one.file_id, protect_content=protect, rate_limit_args=turn
            )


def _albums(media: tuple[Media, ...]) -> list[list[Media]]:
    """Put pictures and videos into one album and files into another: Telegram mixes them not."""
    files = [one for one in media if one.kind is MediaKind.DOCUMENT]
    seen = [one for one in media if one.kind is not MediaKind.DOCUMENT]
    return [group for group in (seen, files) if group]


def reason_of(value: str) -> VoteReason:
    """Read a reason from a button; raises Invalid for anything else."""
    try:
        return VoteReason(value)
    except ValueError:
        raise Invalid("button", "broken") from None


AREA: Area = (
    on_command("faq", ask),
    on_link("faq", topics),
    on_link(r"f_\d{1,9}", open_by_link),
    on_link(r"fs_\d{1,9}", go_on),
    on_press("faq", "topics", topics),
    on_press("faq", "topic", topic),
    on_press("faq", "open", open_),
    on_press("faq", "others", others),
    on_press("faq", "none", none),
    on_press("faq", "media", media),
    on_press("faq", "up", up),
    on_press("faq", "down", down),
    on_press("faq", "why", why),
)
