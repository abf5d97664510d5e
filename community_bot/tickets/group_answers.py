"""Answers in the group that asked: in short, and saying what the answer itself says by now."""

from collections.abc import Sequence

from community_bot.storage.unit import Unit
from community_bot.tickets.answer_cards import answers_by_card
from community_bot.tickets.facts import Message, Ticket
from community_bot.tickets.notices import GroupAnswer
from community_bot.tickets.telling import Telling

EXCERPT = 400


def group_card(ticket_message_id: int) -> str:
    """Name what the group is shown of an answer, by the first message of the answer."""
    return f"group_answer:{ticket_message_id}"


async def say_in_group(
    unit: Unit, telling: Telling, ticket: Ticket, said: Sequence[Message]
) -> None:
    """Show an answer in the group that asked, as a message of its own."""
    first = said[0].ticket_message_id
    await telling.group(
        unit,
        ticket,
        await _answer(unit, telling, ticket, said),
        key=f"group_answer:{ticket.ticket_id}:{first}",
        card=group_card(first),
    )


async def point_from_group(
    unit: Unit, telling: Telling, ticket: Ticket, *, mentor_id: int, title: str, key: str
) -> None:
    """Say in the group that asked that the answer is in private: what an entry says may be paid."""
    answer = GroupAnswer(
        ticket_id=ticket.ticket_id,
        token=ticket.token,
        mentor_name=await telling.signature(unit.session, mentor_id),
        words=title,
        is_whole=False,
        reply_to=ticket.group_message_id,
    )
    await telling.group(unit, ticket, answer, key=key)


async def follow_in_group(
    unit: Unit, telling: Telling, ticket: Ticket, ticket_message_id: int
) -> None:
    """Let what the group is shown say what the answer of this message says by now.

    An answer that is not in the group yet is looked at again when it arrives there.
    """
    for card, parts in await _by_card(unit, telling, ticket):
        if any(one.ticket_message_id == ticket_message_id for one in parts):
            answer = await _answer(unit, telling, ticket, parts)
            await telling.group(unit, ticket, answer, key=None, card=card)


async def arrived_in_group(
    unit: Unit, telling: Telling, ticket: Ticket, card: str, shown: GroupAnswer
) -> None:
    """Show once more what was changed, added or taken back while it was under way."""
    for name, parts in await _by_card(unit, telling, ticket):
        if name == card:
            answer = await _answer(unit, telling, ticket, parts)
            if answer != shown:
                await telling.group(unit, ticket, answer, key=None, card=card)


async def _by_card(unit: Unit, telling: Telling, ticket: Ticket) -> list[tuple[str, list[Message]]]:
    """Return the answers that the group is shown, each by its card, with all of it."""
    if ticket.group_chat_id is None:
        return []
    return await answers_by_card(
        unit, telling, ticket, named=group_card, chat_id=ticket.group_chat_id, by_author=True
    )


async def _answer(
    unit: Unit, telling: Telling, ticket: Ticket, said: Sequence[Message]
) -> GroupAnswer:
    """Return what the group reads of messages; what was taken back is not among them."""
    left = [one for one in said if one.recalled_at is None]
    words = " ".join(" ".join(one.said.text or "" for one in left).split())
    is_whole = len(words) <= EXCERPT and all(one.said.content == "text" for one in left)
    return GroupAnswer(
        ticket_id=ticket.ticket_id,
        token=ticket.token,
        mentor_name=await telling.signature(unit.session, said[0].author_id),
        words=words if len(words) <= EXCERPT else words[: EXCERPT - 1] + "…",
        is_whole=is_whole,
        reply_to=ticket.group_message_id,
        is_taken_back=not left,
    )
