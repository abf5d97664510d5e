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
