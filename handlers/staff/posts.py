"""Posts: their home, the card of a draft, what else can be said about it, and templates."""

import re
from dataclasses import replace

from community_bot.errors import Invalid
from community_bot.people.roles import Role
from community_bot.resources.content_rules import Button, button_of
from community_bot.resources.rules import PostState
from handlers.composing import card_of, change, change_pressed, names_of, preview_of
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import posts as keys
from handlers.replies import Screen, acknowledge, send, show
from handlers.routing import Area, Steps, on_command, on_press, reserved
from handlers.texts import posts as texts

BUTTONS, TITLE, ABOUT = "post_buttons", "post_title", "post_about"
SEPARATORS = re.compile(r"[\s,，、;；#]+")
SWITCHES = {
    "teaser": "is_teaser",
    "silent": "is_silent",
    "protected": "is_protected",
    "quiet": "heeds_quiet",
}


async def home(inbound: Inbound, context: Context) -> None:
    found = await context.community.resources.composing.drafts(inbound.actor)
    drafts = [one for one in found if one.state is PostState.DRAFT]
    waiting = [one for one in found if one.state is PostState.WAITING_APPROVAL]
    text = texts.home(inbound.words, drafts, waiting)
    await show(inbound, context, Screen(text, keys.home(inbound.words, drafts, waiting)))


async def card(inbound: Inbound, context: Context) -> None:
    await show(inbound, context, await card_of(inbound, context, inbound.pressed.number(0)))


async def discard(inbound: Inbound, context: Context) -> None:
    post = await context.community.resources.posts.cancel(
        inbound.actor, post_id=inbound.pressed.number(0)
    )
    text = texts.discarded(inbound.words, post.title)
    await show(inbound, context, Screen(text, keys.home_again(inbound.words)))


async def more(inbound: Inbound, context: Context) -> None:
    await show(inbound, context, await _options(inbound, context, inbound.pressed.number(0)))


async def switch(inbound: Inbound, context: Context) -> None:
    """Turn one of the yes-and-no choices over."""
    name = SWITCHES.get(inbound.pressed.word(2))
    if name is None:
        raise Invalid("button", "broken")
    post_id = inbound.pressed.number(0)
    post = await context.community.resources.composing.one(inbound.actor, post_id=post_id)
    await change_pressed(inbound, context, **{name: not getattr(post.composed, name)})
    await show(inbound, context, await _options(inbound, context, post_id))


async def _options(inbound: Inbound, context: Context, post_id: int) -> Screen:
    preview = await preview_of(inbound, context, post_id)
    text = texts.options(inbound.words, preview, await names_of(context))
    return Screen(text, keys.options(inbound.words, preview))


async def tiers(inbound: Inbound, context: Context) -> None:
    post_id, revision = inbound.pressed.number(0), inbound.pressed.number(1)
    known = await context.community.tiers.known()
    keyboard = keys.tiers(inbound.words, post_id, revision, known)
    await show(inbound, context, Screen(texts.tier_wanted(inbound.words), keyboard))


async def tier(inbound: Inbound, context: Context) -> None:
    """Say from which tier on a post may be seen."""
    post_id = await change_pressed(
        inbound, context, least_tier=inbound.pressed.word(2) or None, is_teaser=False
    )
    await show(inbound, context, await _options(inbound, context, post_id))


async def ask_buttons(inbound: Inbound, context: Context) -> None:
    post_id, revision = await _ask(inbound, context, BUTTONS)
    post = await context.community.resources.composing.one(inbound.actor, post_id=post_id)
    has_some = bool(post.composed.content.buttons)
    keyboard = keys.buttons(inbound.words, post_id, revision, has_some=has_some)
    await send(inbound, context, Screen(texts.buttons_wanted(inbound.words), keyboard))


async def take_buttons(inbound: Inbound, context: Context) -> None:
    """Put the typed buttons in the place of those before."""
    buttons = tuple(button_of(line) for line in typed(inbound).splitlines() if line.strip())
    await _put_buttons(inbound, context, await asked(inbound, context), buttons)


async def drop_buttons(inbound: Inbound, context: Context) -> None:
    about = {"post_id": inbound.pressed.number(0), "revision": inbound.pressed.number(1)}
    await _put_buttons(inbound, context, about, ())


async def _put_buttons(
    inbound: Inbound, context: Context, about: dict[str, int], buttons: tuple[Button, ...]
) -> None:
    composing = context.community.resources.composing
    post = await composing.one(inbound.actor, post_id=int(about["post_id"]))
    content = replace(post.composed.content, buttons=buttons)
    await _save(inbound, context, about, content=content)


async def ask_title(inbound: Inbound, context: Context) -> None:
    post_id, _revision = await _ask(inbound, context, TITLE)
    text = texts.title_wanted(inbound.words)
    await send(inbound, context, Screen(text, keys.back(inbound.words, post_id)))


async def take_title(inbound: Inbound, context: Context) -> None:
    await _save(inbound, context, await asked(inbound, context), title=typed(inbound))


async def ask_about(inbound: Inbound, context: Context) -> None:
    post_id, _revision = await _ask(inbound, context, ABOUT)
    text = texts.topics_typed(inbound.words)
    await send(inbound, context, Screen(text, keys.back(inbound.words, post_id)))


async def take_about(inbound: Inbound, context: Context) -> None:
    """Say what a post is about: its openings are counted by topic."""
    topics = tuple(SEPARATORS.split(typed(inbound)))
    await _save(inbound, context, await asked(inbound, context), topics=topics)


async def _ask(inbound: Inbound, context: Context, step: str) -> tuple[int, int]:
    post_id, revision = inbound.pressed.number(0), inbound.pressed.number(1)
    await context.community.drafts.begin(inbound.actor, step, post_id=post_id, revision=revision)
    return post_id, revision


async def _save(
    inbound: Inbound,
    context: Context,
    about: dict[str, int],
    **changes: object,
) -> None:
    actor = context.community.drafts.finishing(inbound.actor)
    post_id, revision = int(about["post_id"]), int(about["revision"])
    await change(context, actor, post_id=post_id, revision=revision, **changes)
    await send(inbound, context, await card_of(inbound, context, post_id))


async def keep(inbound: Inbound, context: Context) -> None:
    """Keep a copy as a template."""
    await context.community.resources.composing.duplicate(
        inbound.actor, post_id=inbound.pressed.number(0), is_template=True
    )
    await acknowledge(inbound, texts.kept_as_template(inbound.words), alert=True)


async def templates(inbound: Inbound, context: Context) -> None:
    found = await context.community.resources.composing.drafts(inbound.actor, templates=True)
    text = texts.templates(inbound.words, found)
    await show(inbound, context, Screen(text, keys.templates(inbound.words, found)))


async def use(inbound: Inbound, context: Context) -> None:
    """Begin a draft like a template."""
    post = await context.community.resources.composing.duplicate(
        inbound.actor, post_id=inbound.pressed.number(0)
    )
    await send(inbound, context, await card_of(inbound, context, post.post_id))


AREA: Area = (
    on_command("post", home, Role.ADMIN),
    on_press("post", "home", home, Role.ADMIN),
    on_press("post", "card", card, Role.ADMIN),
    on_press("post", "discard", discard, Role.ADMIN),
    on_press("post", "more", more, Role.ADMIN),
    on_press("post", "switch", switch, Role.ADMIN),
    on_press("post", "tiers", tiers, Role.ADMIN),
    on_press("post", "tier", tier, Role.ADMIN),
    on_press("post", "buttons", ask_buttons, Role.ADMIN),
    on_press("post", "nobuttons", drop_buttons, Role.ADMIN),
    on_press("post", "title", ask_title, Role.ADMIN),
    on_press("post", "about", ask_about, Role.ADMIN),
    on_press("post", "keep", keep, Role.ADMIN),
    on_press("post", "templates", templates, Role.ADMIN),
    on_press("post", "use", use, Role.ADMIN),
)
STEPS: Steps = reserved({BUTTONS: take_buttons, TITLE: take_title, ABOUT: take_about}, Role.ADMIN)
