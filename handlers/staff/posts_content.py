"""What a post says: sent or forwarded, in one message or several."""

from dataclasses import replace

from community_bot.people.roles import Role
from community_bot.resources.content_rules import Content, joined
from community_bot.resources.facts import Composition, Post
from handlers.composing import card_of
from handlers.contents import content_of
from handlers.context import Context, Inbound
from handlers.drafting import asked
from handlers.keyboards import posts as keys
from handlers.replies import Screen, renew, replace_below, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import posts as texts

NEW, ADD, ANEW = "post_new", "post_add", "post_anew"


async def new(inbound: Inbound, context: Context) -> None:
    await context.community.drafts.begin(inbound.actor, NEW)
    screen = Screen(texts.content_wanted(inbound.words), keys.home_again(inbound.words))
    await show(inbound, context, screen)


async def choose(inbound: Inbound, context: Context) -> None:
    """Ask whether the content is added to or begun anew."""
    post_id, revision = inbound.pressed.number(0), inbound.pressed.number(1)
    post = await context.community.resources.composing.one(inbound.actor, post_id=post_id)
    text = texts.content(inbound.words, post.composed.content)
    await show(inbound, context, Screen(text, keys.content(inbound.words, post_id, revision)))


async def ask_more(inbound: Inbound, context: Context) -> None:
    await _ask(inbound, context, ADD)


async def ask_anew(inbound: Inbound, context: Context) -> None:
    await _ask(inbound, context, ANEW)


async def _ask(inbound: Inbound, context: Context, step: str) -> None:
    post_id, revision = inbound.pressed.number(0), inbound.pressed.number(1)
    await context.community.drafts.begin(inbound.actor, step, post_id=post_id, revision=revision)
    text = texts.content_wanted(inbound.words)
    await send(inbound, context, Screen(text, keys.back(inbound.words, post_id)))


async def take_first(inbound: Inbound, context: Context) -> None:
    """Begin a draft with the first message; what follows is added to it."""
    post = await context.community.resources.composing.begin(
        inbound.actor, Composition(content_of(inbound.message))
    )
    await _go_on(inbound, context, post)


async def take_more(inbound: Inbound, context: Context) -> None:
    """Add a message to the draft: the next file of an album, or words below the others."""
    about = await asked(inbound, context)
    composing = context.community.resources.composing
    post = await composing.one(inbound.actor, post_id=int(about["post_id"]))
    content = joined(post.composed.content, content_of(inbound.message))
    changed = await _changed(inbound, context, post, int(about["revision"]), content)
    await _go_on(inbound, context, changed)


async def take_anew(inbound: Inbound, context: Context) -> None:
    """Put a message in the place of what was said; the buttons stay."""
    about = await asked(inbound, context)
    composing = context.community.resources.composing
    post = await composing.one(inbound.actor, post_id=int(about["post_id"]))
    content = content_of(inbound.message)
    content = replace(content, buttons=content.buttons or post.composed.content.buttons)
    changed = await _changed(inbound, context, post, int(about["revision"]), content)
    await _go_on(inbound, context, changed)


async def _changed(
    inbound: Inbound, context: Context, post: Post, revision: int, content: Content
) -> Post:
    return await context.community.resources.composing.change(
        inbound.actor,
        post_id=post.post_id,
        revision=revision,
        composed=replace(post.composed, content=content),
    )


async def _go_on(inbound: Inbound, context: Context, post: Post) -> None:
    """Show the card below what was sent; the files of one album share a card."""
    draft, message = inbound.draft, inbound.message
    facts = draft.facts if draft else {}
    group = message.media_group_id if message else None
    screen, card = await card_of(inbound, context, post.post_id), facts.get("card")
    if card is not None and group is not None and facts.get("group") == group:
        await renew(inbound, context, screen, int(card))
    else:
        card = await replace_below(inbound, context, screen, None if card is None else int(card))
    await context.community.drafts.begin(
        inbound.actor,
        ADD,
        post_id=post.post_id,
        revision=post.revision,
        group=group,
        card=card,
    )


AREA: Area = (
    on_press("post", "new", new, Role.ADMIN),
    on_press("post", "content", choose, Role.ADMIN),
    on_press("post", "add", ask_more, Role.ADMIN),
    on_press("post", "anew", ask_anew, Role.ADMIN),
)
STEPS: Steps = reserved({NEW: take_first, ADD: take_more, ANEW: take_anew}, Role.ADMIN)
