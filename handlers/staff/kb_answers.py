"""Answers of the FAQ as they are sent: text, one picture with its words, or a whole album."""

from typing import Any

from telegram import Message

from community_bot.errors import Invalid
from community_bot.faq.access import EDITORS
from community_bot.faq.content_rules import MEDIA, Content, EntryKind, Media, MediaKind
from community_bot.faq.facts import Entry
from handlers.context import Context, Inbound
from handlers.drafting import asked
from handlers.kb_page import entry_screen
from handlers.keyboards import kb as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import kb as texts

BODY, ANSWER, ALBUM = "kb_body", "kb_answer", "kb_album"


async def take(inbound: Inbound, context: Context) -> None:
    """Take an answer; of an album only the first part has words, and the others follow."""
    facts, message = await asked(inbound, context), inbound.message
    told = {**facts, "body": formatted(message), "media": _packed(media_of(message))}
    if message is not None and message.media_group_id is not None:
        await context.community.drafts.begin(
            inbound.actor, ALBUM, **told, album=message.media_group_id
        )
        text = texts.album(inbound.words, 1)
        await send(inbound, context, Screen(text, keys.album(inbound.words)))
        return
    await _keep(inbound, context, told, is_pressed=False)


async def take_more(inbound: Inbound, context: Context) -> None:
    """Take another part of an album; more of them than Telegram sends together is refused."""
    facts = await asked(inbound, context)
    media = [*facts["media"], *_packed(media_of(inbound.message))]
    if len(media) == len(facts["media"]):
        raise Invalid("media", "missing")
    if len(media) > MEDIA:
        raise Invalid("media", "too_many", limit=MEDIA)
    more = {**facts, "media": media, "body": facts["body"] or formatted(inbound.message)}
    await context.community.drafts.begin(inbound.actor, ALBUM, **more)


async def save_album(inbound: Inbound, context: Context) -> None:
    """Save what was gathered."""
    draft = await context.community.drafts.current(inbound.actor.member_id)
    if draft is None or draft.step != ALBUM:
        raise Invalid("draft", "gone")
    await _keep(inbound, context, draft.facts, is_pressed=True)


async def without_media(inbound: Inbound, context: Context) -> None:
    """Take pictures and files away from an answer."""
    entry = await context.community.faq.entries.without_media(
        inbound.actor, entry_id=inbound.pressed.number(0)
    )
    await show(inbound, context, await entry_screen(inbound, context, entry))


async def _keep(
    inbound: Inbound, context: Context, facts: dict[str, Any], *, is_pressed: bool
) -> None:
    """Save an answer over the one that was read, or a new entry with it."""
    if "entry_id" in facts:
        entry = await _answer(inbound, context, facts)
        said = await entry_screen(inbound, context, entry)
    else:
        said = await _written(inbound, context, facts)
    await (show if is_pressed else send)(inbound, context, said)


async def _answer(inbound: Inbound, context: Context, facts: dict[str, Any]) -> Entry:
    return await context.community.faq.entries.answer(
        context.community.drafts.finishing(inbound.actor),
        entry_id=int(facts["entry_id"]),
        version=int(facts["version"]),
        body=str(facts["body"]),
        media=_unpacked(facts["media"]),
    )


async def _written(inbound: Inbound, context: Context, facts: dict[str, Any]) -> Screen:
    """Keep the draft of a new entry, and say what may be there already."""
    faq, _ = context.community.faq, inbound.words
    content = Content(
        question=str(facts["question"]),
        body=str(facts["body"]),
        kind=EntryKind(facts["kind"]),
        media=_unpacked(facts["media"]),
    )
    actor = context.community.drafts.finishing(inbound.actor)
    if facts.get("search_id") is None:
        entry = await faq.entries.write(actor, content=content)
    else:
        search_id = int(facts["search_id"])
        entry = await faq.gaps.answer(actor, search_id=search_id, content=content)
    alike = await faq.entries.alike(entry.content, besides=entry.entry_id)
    if alike:
        return Screen(texts.alike(_, alike), keys.alike(_, entry.entry_id, alike))
    return await entry_screen(inbound, context, entry)


def formatted(message: Message | None) -> str:
    """Return a message's words with their formatting, under a picture or not."""
    if message is None:
        return ""
    return message.text_html if message.text else (message.caption_html or "")


def media_of(message: Message | None) -> tuple[Media, ...]:
    """Return the picture, video or file of a message; raises Invalid for what goes in no album.

    Telegram sends an animation as nothing else, though it names it a document as well.
    """
    if message is None:
        return ()
    if message.animation or message.audio or message.voice or message.video_note:
        raise Invalid("media", "kind")
    if message.photo:
        return (Media(MediaKind.PHOTO, message.photo[-1].file_id),)
    if message.video:
        return (Media(MediaKind.VIDEO, message.video.file_id),)
    if message.document:
        return (Media(MediaKind.DOCUMENT, message.document.file_id),)
    return ()


def _packed(media: tuple[Media, ...]) -> list[list[str]]:
    return [[one.kind.value, one.file_id] for one in media]


def _unpacked(media: list[list[str]]) -> tuple[Media, ...]:
    return tuple(Media(MediaKind(kind), file_id) for kind, file_id in media)


AREA: Area = (
    on_press("kb", "yes_album", save_album, *EDITORS),
    on_press("kb", "unmedia", without_media, *EDITORS),
)
STEPS: Steps = reserved({BODY: take, ANSWER: take, ALBUM: take_more}, *EDITORS)
