"""What somebody was asked for and then typed: the draft's facts and the words."""

from typing import Any

from community_bot.errors import Invalid
from handlers.context import Context, Inbound


def typed(inbound: Inbound) -> str:
    """Return what was typed; a sticker or a picture is no amount and no reason."""
    if inbound.message is None or not inbound.message.text:
        raise Invalid("text", "missing")
    return inbound.message.text


async def asked(inbound: Inbound, context: Context) -> dict[str, Any]:
    """Return what the question was about; raises Invalid where none was asked."""
    draft = await context.community.drafts.current(inbound.actor.member_id)
    if draft is None:
        raise Invalid("draft", "gone")
    return draft.facts


async def to_confirm(inbound: Inbound, context: Context, step: str, **facts: object) -> str:
    """Keep what is to be done until it is confirmed; return the mark of the button that does so."""
    mark = context.community.ids.code(6)
    await context.community.drafts.begin(inbound.actor, step, mark=mark, **facts)
    return mark


async def confirmed(inbound: Inbound, context: Context, step: str) -> dict[str, Any]:
    """Return what the pressed button confirms; Invalid where something else was begun since."""
    draft = await context.community.drafts.current(inbound.actor.member_id)
    if draft is None or draft.step != step or draft.facts["mark"] != inbound.pressed.word(0):
        raise Invalid("draft", "gone")
    return draft.facts
