"""Sending again: an answer that did not arrive goes out once more when its mentor says so."""

from community_bot.delivery.letters import Letter
from community_bot.delivery.service import Outbox
from community_bot.errors import NotFound
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries
from community_bot.tickets.claiming import DESK_ROLES, require_holder
from community_bot.tickets.facts import Ticket

ANSWERS = ("copies", "entry_answer")  # what a mentor wrote, or chose from the FAQ


class Resending:
    """Of answers to members alone: what else is in the outbox is none of a mentor's business."""

    def __init__(self, storage: Storage, *, outbox: Outbox) -> None:
        self._storage = storage
        self._outbox = outbox

    async def send_again(self, actor: Actor, *, delivery_id: int) -> None:
        """Let an answer go out again; who has the ticket, wrote the answer or is an admin may.

        NotFound for a letter that is no answer, AlreadyDone for one that is decided.
        """
        actor.require(*DESK_ROLES)
        async with self._storage.work(actor.cause) as unit:
            letter = await self._outbox.letter(unit.session, delivery_id)
            ticket = await _answered_by(unit, letter) if letter is not None else None
            if letter is None or ticket is None:
                raise NotFound("delivery", delivery_id)
            if await _author_of(unit, letter) != actor.member_id:
                require_holder(actor, ticket)
            await self._outbox.send_again_in(
                unit, delivery_id=delivery_id, actor_id=actor.member_id
            )
            await unit.commit()


async def _answered_by(unit: Unit, letter: Letter) -> Ticket | None:
    """Return the ticket that a letter answers; None for a letter that is no answer."""
    subject, _, number = (letter.about or "").partition(":")
    if subject != "ticket" or letter.kind not in ANSWERS or not number.isdecimal():
        return None
    return await queries.ticket(unit.session, int(number))


async def _author_of(unit: Unit, letter: Letter) -> int | None:
    """Return who wrote the message that a letter carries."""
    copied = letter.facts.get("message_ids") or ()
    if not copied:
        return None
    message = await messages.at(unit.session, letter.facts["from_chat_id"], copied[0])
    return message.author_id if message is not None else None
