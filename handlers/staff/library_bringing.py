"""Bringing something into the library: sent or forwarded, in one message or in many."""

from telegram import Message

from community_bot.errors import Invalid
from community_bot.people.roles import Role
from community_bot.resources.content_rules import as_facts, from_facts, title_of
from community_bot.resources.facts import Resource
from community_bot.resources.gathering_rules import joined
from community_bot.resources.library import Sent
from handlers.contents import content_of
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import shelves as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, Unasked, on_press, reserved
from handlers.shelf import card_of
from handlers.texts import shelves as texts

KEEPERS = (Role.ADMIN, Role.MENTOR)
BRINGING, NAMING = "library_bring", "library_name"
TITLE_SIGNS = 120


async def new(inbound: Inbound, context: Context) -> None:
    """Ask for what goes into the library."""
    await context.community.drafts.begin(inbound.actor, BRINGING)
    await send(inbound, context, Screen(texts.bring(inbound.words), keys.leave(inbound.words)))


async def renew(inbound: Inbound, context: Context) -> None:
    """Ask for what takes the place of a resource's content."""
    number = inbound.pressed.number(0)
    before = await context.community.resources.library.one(inbound.actor, resource_id=number)
    await context.community.drafts.begin(
        inbound.actor, BRINGING, resource_id=number, version=before.version, title=before.title
    )
    text = texts.bring_again(inbound.words, before.title)
    await send(inbound, context, Screen(text, keys.back(inbound.words, number)))


async def offer(inbound: Inbound, context: Context) -> None:
    """Offer to take in what somebody of the staff has forwarded."""
    await _take(inbound, context, {})


async def take(inbound: Inbound, context: Context) -> None:
    """Take one more message; of an album the first is answered alone."""
    await _take(inbound, context, await asked(inbound, context))


async def _take(inbound: Inbound, context: Context, facts: dict[str, object]) -> None:
    message = inbound.message
    content = content_of(message)
    if message is None:
        return
    before = facts.get("content")
    whole = joined(from_facts(before), content) if isinstance(before, dict) else content
    ids = facts.get("message_ids")
    gathered = {
        **facts,
        "content": as_facts(whole),
        "message_ids": [*(ids if isinstance(ids, list) else ()), message.message_id],
        "album": message.media_group_id,
        "title": facts.get("title") or title_of(whole.text) or _file_name(message),
    }
    await context.community.drafts.begin(inbound.actor, BRINGING, **gathered)
    if message.media_group_id is None or facts.get("album") != message.media_group_id:
        await send(
            inbound, context, Screen(texts.gathered(inbound.words), keys.gathered(inbound.words))
        )


async def keep(inbound: Inbound, context: Context) -> None:
    """Keep what was gathered; without any words in it, ask first what it is called."""
    facts = await asked(inbound, context)
    if "content" not in facts:
        raise Invalid("content", "empty")
    if not facts.get("title"):
        await context.community.drafts.begin(inbound.actor, NAMING, **facts)
        await send(inbound, context, Screen(texts.title_wanted(inbound.words)))
        return
    resource = await _keep(inbound, context, facts, str(facts["title"]))
    await show(inbound, context, await card_of(inbound, context, resource))


async def name(inbound: Inbound, context: Context) -> None:
    facts = await asked(inbound, context)
    resource = await _keep(inbound, context, facts, typed(inbound))
    await send(inbound, context, await card_of(inbound, context, resource))


async def _keep(
    inbound: Inbound, context: Context, facts: dict[str, object], title: str
) -> Resource:
    """Make a resource, or a new version of one."""
    library = context.community.resources.library
    actor = context.community.drafts.finishing(inbound.actor)
    content, ids, number = facts["content"], facts["message_ids"], facts.get("resource_id")
    if not isinstance(content, dict) or not isinstance(ids, list):
        raise Invalid("draft", "gone")
    said, sent = from_facts(content), Sent(inbound.chat_id, tuple(ids))
    if isinstance(number, int):
        return await library.rewrite(
            actor,
            resource_id=number,
            version=int(str(facts["version"])),
            content=said,
            title=title,
            sent=sent,
        )
    return await library.make(actor, content=said, title=title, sent=sent)


def _file_name(message: Message) -> str:
    """Return what a file is called, for a title that can be changed."""
    file = message.document or message.audio or message.video
    return (file.file_name or "")[:TITLE_SIGNS] if file is not None else ""


def _is_forwarded(message: Message) -> bool:
    return message.forward_origin is not None


AREA: Area = (
    on_press("shelves", "new", new, *KEEPERS),
    on_press("shelves", "renew", renew, *KEEPERS),
    on_press("shelves", "yes_keep", keep, *KEEPERS),
)
STEPS: Steps = reserved({BRINGING: take, NAMING: name}, *KEEPERS)
FORWARDED: Unasked = ((_is_forwarded, offer),)
