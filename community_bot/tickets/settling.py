"""Settling: what became of what was promised for tickets, in the courier's own transaction."""

from collections.abc import Sequence

from community_bot.delivery.contents import NOTICES, unpack
from community_bot.delivery.letters import Outcome
from community_bot.delivery.rules import DeliveryEvent
from community_bot.storage.unit import Unit
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries
from community_bot.tickets.cards import GROUP
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.desk import Desk
from community_bot.tickets.desk_notices import AnswerFailed
from community_bot.tickets.facts import Relay, Ticket
from community_bot.tickets.group_answers import arrived_in_group
from community_bot.tickets.notices import GroupAnswer
from community_bot.tickets.reach import Reaching
from community_bot.tickets.relaying import Relaying
from community_bot.tickets.rules import Audience, Happening, Origin
from community_bot.tickets.telling import DELIVERED, FAILED, Telling

_OVER = (DeliveryEvent.BLOCK, DeliveryEvent.REFUSE, DeliveryEvent.LOSE)


class Settling:
    """Says 'delivered' when Telegram gave a message an id, and nothing less."""

    def __init__(
        self,
        *,
        casebook: Casebook,
        desk: Desk,
        relaying: Relaying,
        telling: Telling,
        reaching: Reaching,
    ) -> None:
        self._casebook = casebook
        self._desk = desk
        self._relaying = relaying
        self._telling = telling
        self._reaching = reaching

    async def settled(self, unit: Unit, outcome: Outcome) -> None:
        """Follow a letter that is about a ticket; called for each try of each."""
        ticket = await queries.hold(unit.session, _number(outcome))
        if ticket is None:
            return
        kind = outcome.letter.kind
        if kind == "copies":
            await self._copied(unit, ticket, outcome)
        elif kind == "open_topic":
            await self._desk.topic_settled(unit, ticket, outcome)
        elif kind == "entry_answer":
            await self._told(unit, ticket, outcome)
        elif kind == "group_answer" and outcome.event is DeliveryEvent.ARRIVE:
            await self._in_group(unit, ticket, outcome)
        if kind in NOTICES and outcome.event is DeliveryEvent.ARRIVE:
            await self._anchor(unit, ticket, outcome)

    async def _in_group(self, unit: Unit, ticket: Ticket, outcome: Outcome) -> None:
        """Follow an answer in the group that asked; later letters of it change the same message."""
        letter = outcome.letter
        if letter.edits is None:
            facts = {GROUP: letter.chat_id}
            await self._casebook.note(unit, ticket, Happening.DELIVER, facts=facts)
            await self._desk.show_desk(unit, ticket)
        shown = unpack(letter.kind, letter.facts)
        if letter.card is not None and isinstance(shown, GroupAnswer):
            await arrived_in_group(unit, self._telling, ticket, letter.card, shown)

    async def _anchor(self, unit: Unit, ticket: Ticket, outcome: Outcome) -> None:
        """Let a reply to this message of ours mean its ticket."""
        await messages.anchor(
            unit.session,
            chat_id=outcome.letter.chat_id,
            message_ids=outcome.receipt.message_ids,
            ticket_id=ticket.ticket_id,
        )
        if outcome.letter.kind == "topic_controls":
            await self._desk.controls_shown(unit, ticket, outcome)

    async def _copied(self, unit: Unit, ticket: Ticket, outcome: Outcome) -> None:
        settled = await self._relaying.settled(unit, outcome)
        if not settled:
            return
        if settled[0].audience is Audience.MEMBER:
            await self._answer_settled(unit, ticket, outcome, settled)
        await self._desk.show_desk(
            unit, await queries.ticket(unit.session, ticket.ticket_id) or ticket
        )

    async def _answer_settled(
        self, unit: Unit, ticket: Ticket, outcome: Outcome, settled: Sequence[Relay]
    ) -> None:
        failed = next((one for one in settled if one.failed_for is not None), None)
        source = await messages.message(unit.session, settled[0].ticket_message_id)
        if source is not None and source.recalled_at is None:
            emoji = DELIVERED if failed is None else FAILED
            await self._telling.react(unit, source.said, emoji)
        if failed is None:
            await self._arrived(unit, ticket, settled[0].ticket_message_id)
        else:
            await self._failed(unit, ticket, outcome, failed)

    async def _told(self, unit: Unit, ticket: Ticket, outcome: Outcome) -> None:
        """Follow an answer in the words of the FAQ, which is no copy of a message."""
        if outcome.letter.chat_id != ticket.member_id:
            return
        if outcome.event is DeliveryEvent.ARRIVE:
            await self._arrived(unit, ticket, None)
        elif outcome.event in _OVER:
            await self._failed(unit, ticket, outcome, None)

    async def _arrived(self, unit: Unit, ticket: Ticket, message: int | None) -> None:
        await self._casebook.note(unit, ticket, Happening.DELIVER, facts={"message": message})
        await self._reaching.found(unit, ticket)

    async def _failed(
        self, unit: Unit, ticket: Ticket, outcome: Outcome, relay: Relay | None
    ) -> None:
        """Tell the desk; a member who cannot be reached stops the clock until they are back."""
        reason = relay.failed_for if relay else outcome.error
        number = outcome.letter.delivery_id
        await self._casebook.note(
            unit, ticket, Happening.FAIL, reason=reason, facts={"delivery": number}
        )
        is_blocked = outcome.event is DeliveryEvent.BLOCK
        if is_blocked and ticket.origin is not Origin.PRIVATE:
            return  # who never opened the private chat has read the answer in the group
        if is_blocked:
            await self._reaching.lost(unit, ticket, has_kept=True)
            return
        told = AnswerFailed(
            ticket_id=ticket.ticket_id,
            ticket_message_id=relay.ticket_message_id if relay else 0,
            delivery_id=number,
            reason=reason or "",
            is_uncertain=outcome.event is DeliveryEvent.LOSE,
        )
        key = f"answer_failed:{number}:{outcome.letter.attempts}"
        await self._telling.desk(unit, ticket, told, key=key)


def _number(outcome: Outcome) -> int:
    about = outcome.letter.about or ""
    return int(about.partition(":")[2] or 0)
