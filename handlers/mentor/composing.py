"""An answer written in private: messages are gathered, shown with a name, and only then sent."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from community_bot.errors import Invalid
from community_bot.people.roles import Role
from community_bot.tickets.facts import Said
from handlers.context import Context, Inbound
from handlers.desk_page import show_page
from handlers.drafting import asked, confirmed
from handlers.hearing import kind_of, said_of
from handlers.keyboards import desk_page as keys
from handlers.replies import Screen, renew, replace_below, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import desk_writing as texts

STEP = "desk_answer"
DESK = (Role.MENTOR, Role.ADMIN)
MOST = 20  # messages of one answer


async def write(inbound: Inbound, context: Context) -> None:
    """Begin an answer; what is written from now on is gathered and not sent."""
    community, number = context.community, inbound.pressed.number(0)
    await community.tickets.answering.may_answer(inbound.actor, ticket_id=number)
    card = await community.tickets.views.card(inbound.actor, ticket_id=number)
    name, mark = card.member_name, community.ids.code(6)
    await community.drafts.begin(
        inbound.actor, STEP, ticket_id=number, name=name, mark=mark, said=[], preview=None
    )
    text = texts.write(inbound.words, number, name)
    await send(inbound, context, Screen(text, keys.dropping(inbound.words, mark)))


async def gather(inbound: Inbound, context: Context) -> None:
    """Keep one message more, and show below it what would be sent to whom."""
    facts = await asked(inbound, context)
    if inbound.message is None or len(facts["said"]) >= MOST:
        raise Invalid("answer", "too_many")
    if kind_of(inbound.message) is None:
        raise Invalid("answer", "unsupported")
    said = said_of(inbound.message)
    before = [_said(one) for one in facts["said"]]
    kept = [*before, said]
    is_more = said.media_group_id is not None and _album(before) == said.media_group_id
    _, name = inbound.words, str(facts["name"])
    number, mark = int(facts["ticket_id"]), str(facts["mark"])
    screen = Screen(texts.preview(_, number, name, kept), keys.sending(_, number, name, mark))
    preview = facts["preview"]
    if is_more and preview is not None:
        await renew(inbound, context, screen, preview)
    else:
        preview = await replace_below(inbound, context, screen, preview)
    await context.community.drafts.begin(
        inbound.actor,
        STEP,
        **{**facts, "said": [asdict(one) for one in kept], "preview": preview},
    )


async def send_answer(inbound: Inbound, context: Context) -> None:
    """Send what was gathered to the one whom the button names."""
    facts = await confirmed(inbound, context, STEP)
    number = int(facts["ticket_id"])
    heard = await context.community.tickets.answering.answer(
        context.community.drafts.finishing(inbound.actor),
        ticket_id=number,
        said=[_said(one) for one in facts["said"]],
    )
    text = texts.on_its_way(inbound.words, number, str(facts["name"]))
    await show(inbound, context, Screen(text, keys.sent(inbound.words, heard, len(facts["said"]))))


async def take_late_part(inbound: Inbound, context: Context) -> bool:
    """Let a part of an album that was slower than the press go with the answer; say if it did."""
    if inbound.message is None or inbound.message.media_group_id is None:
        return False
    if kind_of(inbound.message) is None:
        return False
    answering = context.community.tickets.answering
    late = await answering.late_part(inbound.actor, said=said_of(inbound.message))
    return late is not None


async def drop(inbound: Inbound, context: Context) -> None:
    """Let it be; nothing was sent."""
    facts = await confirmed(inbound, context, STEP)
    await context.community.drafts.leave(inbound.actor.member_id, STEP)
    await show_page(inbound, context, int(facts["ticket_id"]))


def _album(before: Sequence[Said]) -> str | None:
    """Return the album to which the message before belongs."""
    return before[-1].media_group_id if before else None


def _said(kept: dict[str, Any]) -> Said:
    return Said(**{**kept, "entities": tuple(kept["entities"])})


AREA: Area = (
    on_press("desk", "write", write, *DESK),
    on_press("desk", "yessend", send_answer, *DESK),
    on_press("desk", "yesdrop", drop, *DESK),
)
STEPS: Steps = reserved({STEP: gather}, *DESK)
