"""Unsaying: what stood around an answer goes away with it, so that nothing hangs in the air."""

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.message_acts import DeleteMessages
from community_bot.delivery.rules import Doubt
from community_bot.storage.unit import Unit
from community_bot.tickets.answer_cards import answers_by_card
from community_bot.tickets.facts import Ticket
from community_bot.tickets.telling import Telling


def heading_card(ticket_message_id: int) -> str:
    """Name the message that says who answers, by the first message of the answer."""
    return f"heading:{ticket_message_id}"


def footer_card(ticket_id: int) -> str:
    """Name the message that asks whether an answer settles the question."""
    return f"after:{ticket_id}"


async def unsay(unit: Unit, telling: Telling, ticket: Ticket) -> None:
    """Take away headings below which nothing is left, and the question after the last of them."""
    answers = await answers_by_card(
        unit, telling, ticket, named=heading_card, chat_id=ticket.member_id
    )
    gone = [card for card, parts in answers if all(one.recalled_at is not None for one in parts)]
    if answers and answers[-1][0] in gone:
        gone.append(footer_card(ticket.ticket_id))
    for card in gone:
        await _take_away(unit, telling, ticket, card)


async def _take_away(unit: Unit, telling: Telling, ticket: Ticket, card: str) -> None:
    shown = await telling.outbox.card_of(unit.session, card, chat_id=ticket.member_id)
    if shown is None:
        return
    await telling.outbox.forget_card(unit, card, chat_id=ticket.member_id)
    await telling.outbox.put(
        unit,
        Promise(
            DeleteMessages(chat_id=shown.chat_id, message_ids=(shown.message_id,)),
            chat_id=shown.chat_id,
            lane=Lane.DESK,
            once_key=f"unsay:{shown.chat_id}:{shown.message_id}",
            doubt=Doubt.REPEAT,
            keep=False,
        ),
    )
