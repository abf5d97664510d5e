"""The draft of a post on the screen: its card, and one change of it at a time."""

from dataclasses import replace
from typing import Any

from community_bot.people.drafts import Draft
from community_bot.people.roles import Actor
from community_bot.resources.facts import Preview
from handlers.callbacks import Press
from handlers.context import Context, Inbound
from handlers.keyboards import posts as keys
from handlers.replies import Screen
from handlers.texts import posts as texts
from handlers.texts.posts import Names

# Buttons of a post that answer the question that is open, or leave it.
ENDING = ("card", "discard", "confirm", "agree", "time", "nobuttons")


async def names_of(context: Context) -> Names:
    """Return what the community calls its tiers and places."""
    tiers = await context.community.tiers.known()
    return Names(
        tiers={one.code: one for one in tiers},
        spaces=await context.community.spaces.all(),
        zone=context.community.config.community.zone,
    )


async def preview_of(inbound: Inbound, context: Context, post_id: int) -> Preview:
    composing = context.community.resources.composing
    return await composing.preview(inbound.actor, post_id=post_id)


async def card_of(inbound: Inbound, context: Context, post_id: int) -> Screen:
    """Return the card of a post as it is now."""
    preview = await preview_of(inbound, context, post_id)
    text = texts.card(inbound.words, preview, await names_of(context))
    return Screen(text, keys.card(inbound.words, preview))


async def change(
    context: Context,
    actor: Actor,
    *,
    post_id: int,
    revision: int,
    **changes: Any,  # noqa: ANN401  fields of a composition
) -> None:
    """Change a draft that was looked at; what another admin has changed is not overwritten."""
    composing = context.community.resources.composing
    post = await composing.one(actor, post_id=post_id)
    composed = replace(post.composed, **changes)
    await composing.change(actor, post_id=post_id, revision=revision, composed=composed)


async def change_pressed(
    inbound: Inbound,
    context: Context,
    **changes: Any,  # noqa: ANN401  fields of a composition
) -> int:
    """Change the draft that the pressed button is about; return its number."""
    post_id, revision = inbound.pressed.number(0), inbound.pressed.number(1)
    await change(context, inbound.actor, post_id=post_id, revision=revision, **changes)
    await _follow(inbound, context, post_id, revision)
    return post_id


async def _follow(inbound: Inbound, context: Context, post_id: int, revision: int) -> None:
    """Let a question that is open be about the draft as it is now."""
    drafts = context.community.drafts
    open_ = await drafts.current(inbound.actor.member_id)
    asked = {"post_id": post_id, "revision": revision}
    if open_ is not None and asked.items() <= open_.facts.items():
        facts = {**open_.facts, "revision": revision + 1}
        await drafts.begin(inbound.actor, open_.step, **facts)


def goes_on(draft: Draft, press: Press) -> bool:
    """Say whether the question about a post stays open while its other buttons are pressed.

    What is merely offered, to send more below the card, ends with any of them.
    """
    is_asked = "post_id" in draft.facts and "card" not in draft.facts
    is_about = press.area == "post" and press.args[:1] == (str(draft.facts.get("post_id")),)
    return is_asked and is_about and press.verb not in ENDING
