"""Answers by the card under which somebody still sees them, with every message of each."""

from collections.abc import Callable

from community_bot.storage.unit import Unit
from community_bot.tickets import message_queries as messages
from community_bot.tickets.facts import Message, Ticket
from community_bot.tickets.rules import MessageKind
from community_bot.tickets.telling import Telling


async def answers_by_card(
    unit: Unit,
    telling: Telling,
    ticket: Ticket,
    *,
    named: Callable[[int], str],
    chat_id: int,
    by_author: bool = False,
) -> list[tuple[str, list[Message]]]:
    """Return the answers that a chat is shown, each by its card, the oldest first.

    `named` gives the card of an answer by the number of its first message; a message that has none
    goes with the answer before it, by_author only with one of the same mentor.
    """
    said = await messages.of_ticket(unit.session, ticket.ticket_id)
    said = [one for one in said if one.kind is MessageKind.PUBLIC]
    names = [named(one.ticket_message_id) for one in said]
    shown = await telling.outbox.cards_among(unit.session, names, chat_id=chat_id)
    found: list[tuple[str, list[Message]]] = []
    for card, one in zip(names, said, strict=True):
        if card in shown:
            found.append((card, [one]))
        elif found and (not by_author or found[-1][1][0].author_id == one.author_id):
            found[-1][1].append(one)
    return found
