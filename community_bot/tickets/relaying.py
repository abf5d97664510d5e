"""Relaying: messages carried between member and desk as copies, each to a chat that is fixed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from community_bot.clock import Clock
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Outcome, Promise
from community_bot.delivery.message_acts import DeleteMessages
from community_bot.delivery.parcels import Copies, Wording
from community_bot.delivery.rules import DeliveryEvent, Doubt
from community_bot.delivery.service import Outbox
from community_bot.storage.unit import Unit
from community_bot.tickets import message_queries as messages
from community_bot.tickets import relay_queries as relays
from community_bot.tickets.facts import Message, Relay, Ticket
from community_bot.tickets.mirroring import mirrored
from community_bot.tickets.rules import Audience


class Relaying:
    """Copies, never forwards: nobody sees the account behind a message that was carried."""

    def __init__(self, clock: Clock, *, outbox: Outbox, protect: bool) -> None:
        self._clock = clock
        self._outbox = outbox
        self._protect = protect

    async def to_member(self, unit: Unit, ticket: Ticket, said: Sequence[Message]) -> None:
        """Carry public messages to the member who asked."""
        replied = await self._replied(unit, said, ticket.member_id)
        await self._carry(unit, ticket, said, Audience.MEMBER, ticket.member_id, reply_to=replied)

    async def to_follower(
        self, unit: Unit, ticket: Ticket, said: Sequence[Message], member_id: int
    ) -> None:
        """Carry public messages to somebody who wanted to know the same."""
        await self._carry(unit, ticket, said, Audience.FOLLOWER, member_id)

    async def to_desk(
        self, unit: Unit, ticket: Ticket, said: Sequence[Message], *, reply_to: int | None = None
    ) -> None:
        """Carry messages into the ticket's topic, or below its card in a group without topics.

        Without a desk they go to the one who has the ticket, if anybody has.
        """
        chat_id = ticket.desk_chat_id or ticket.assignee_id
        if chat_id is None:
            return
        reply_to = await self._replied(unit, said, chat_id) or reply_to
        await self._carry(
            unit,
            ticket,
            said,
            Audience.DESK,
            chat_id,
            topic_id=ticket.forum_topic_id if ticket.desk_chat_id else None,
            reply_to=reply_to,
        )

    async def known_at(self, unit: Unit, ticket: Ticket) -> set[int]:
        """Return the messages that were carried to where the ticket is worked on."""
        chat_id = ticket.desk_chat_id or ticket.assignee_id
        return {
            one.ticket_message_id
            for one in await relays.of_ticket(unit.session, ticket.ticket_id)
            if one.chat_id == chat_id and one.failed_for is None
        }

    async def show(
        self, unit: Unit, ticket: Ticket, said: Sequence[Message], staff_id: int
    ) -> None:
        """Carry messages to somebody of the desk in private, who wants to read them there."""
        await self._carry(unit, ticket, said, Audience.DESK, staff_id)

    async def _carry(
        self,
        unit: Unit,
        ticket: Ticket,
        said: Sequence[Message],
        audience: Audience,
        chat_id: int,
        *,
        topic_id: int | None = None,
        reply_to: int | None = None,
    ) -> None:
        """Promise the copies; what the chat has said itself is not carried back to it."""
        now = self._clock.now()
        for batch in batches(said):
            strange = [one for one in batch if one.said.chat_id != chat_id]
            if not strange:
                continue
            numbers = await relays.promise(
                unit.session,
                strange,
                ticket_id=ticket.ticket_id,
                audience=audience,
                chat_id=chat_id,
                forum_topic_id=topic_id,
                now=now,
            )
            parcel = Copies(
                from_chat_id=strange[0].said.chat_id,
                message_ids=tuple(one.said.message_id for one in strange),
                reply_to=reply_to,
                protect=self._protect and audience is not Audience.DESK,
                wording=_wording(strange),
            )
            await self._outbox.put(
                unit,
                Promise(
                    parcel,
                    chat_id=chat_id,
                    member_id=None if audience is Audience.DESK else chat_id,
                    topic_id=topic_id,
                    topic_name=topic_name(ticket) if topic_id else None,
                    lane=Lane.DESK,
                    once_key=f"relay:{numbers[0]}:{topic_id}:{now.timestamp()}",
                    doubt=Doubt.ONCE_MORE,
                    about=f"ticket:{ticket.ticket_id}",
                ),
            )

    async def _replied(self, unit: Unit, said: Sequence[Message], chat_id: int) -> int | None:
        """Return the message in the other chat that stands for the one that was replied to."""
        first = said[0].said if said else None
        if first is None or first.reply_to is None or len(said) > 1:
            return None
        copy = await relays.at(unit.session, first.chat_id, first.reply_to)
        if copy is not None:
            source = await messages.message(unit.session, copy.ticket_message_id)
            if source is not None and source.said.chat_id == chat_id:
                return source.said.message_id
        own = await messages.at(unit.session, first.chat_id, first.reply_to)
        if own is None:
            return None
        carried = await relays.of_message(unit.session, own.ticket_message_id)
        return next((one.message_id for one in carried if one.chat_id == chat_id), None)

    async def settled(self, unit: Unit, outcome: Outcome) -> list[Relay]:
        """Write down what became of copies; return the relays that this was about."""
        facts = outcome.letter.facts
        found = await relays.underway(
            unit.session,
            from_chat_id=facts["from_chat_id"],
            message_ids=facts["message_ids"],
            chat_id=outcome.letter.chat_id,
        )
        if outcome.event is DeliveryEvent.ARRIVE:
            return await self._arrived(unit, outcome, found)
        if outcome.event in (DeliveryEvent.BLOCK, DeliveryEvent.REFUSE, DeliveryEvent.LOSE):
            reason = outcome.error or outcome.event.value
            await relays.failed(unit.session, [one.relay_id for one in found], reason)
            return [replace(one, failed_for=reason) for one in found]
        return []

    async def _arrived(self, unit: Unit, outcome: Outcome, found: list[Relay]) -> list[Relay]:
        """Keep the ids; where Telegram left some out nobody knows which, so none is kept."""
        now, ids = self._clock.now(), outcome.receipt.message_ids
        if outcome.receipt.missing or len(ids) != len(found):
            reason = f"{len(found) - len(ids)} of {len(found)} left out"
            await relays.failed(unit.session, [one.relay_id for one in found], reason)
            return [replace(one, failed_for=reason) for one in found]
        for one, message_id in zip(found, ids, strict=True):
            await relays.arrived(unit.session, one.relay_id, message_id, now)
        arrived = [
            replace(one, message_id=message_id, arrived_at=now, failed_for=None)
            for one, message_id in zip(found, ids, strict=True)
        ]
        for one in arrived:
            await self._catch_up(unit, one)
        return arrived

    async def _catch_up(self, unit: Unit, relay: Relay) -> None:
        """Do to a copy what was done to its message while it was under way."""
        source = await messages.message(unit.session, relay.ticket_message_id)
        if source is None:
            return
        if source.recalled_at is not None or source.ticket_id is None:
            await self._take_back(unit, relay)
        elif source.edited_at is not None and source.edited_at >= relay.promised_at:
            edit = mirrored(relay, source.said, source.said, version=source.version)
            if edit is not None:
                await self._outbox.put(unit, edit)

    async def _take_back(self, unit: Unit, relay: Relay) -> None:
        """Delete a copy whose message was taken back, or taken out."""
        if relay.message_id is not None:
            await self._outbox.put(
                unit,
                Promise(
                    DeleteMessages(chat_id=relay.chat_id, message_ids=(relay.message_id,)),
                    chat_id=relay.chat_id,
                    lane=Lane.DESK,
                    once_key=f"recall:{relay.relay_id}",
                    doubt=Doubt.REPEAT,
                ),
            )


def _wording(said: Sequence[Message]) -> Wording | None:
    """Return what a message goes with whose own words begin with a command."""
    one = said[0].said
    if len(said) > 1 or not one.is_cut:
        return None
    entities = tuple(dict(each) for each in one.entities)
    return Wording(one.text or "", entities, is_caption=one.content != "text")


def batches(said: Iterable[Message]) -> Iterator[list[Message]]:
    """Split messages into what is copied at once: albums whole, everything else one by one."""
    kept = [one for one in said if one.recalled_at is None]
    for (album, _), group in groupby(kept, key=_belonging):
        parts = list(group)
        if album is None:
            yield from ([one] for one in parts)
        else:
            yield sorted(parts, key=lambda one: one.said.message_id)


def topic_name(ticket: Ticket) -> str:
    """Name a topic by number and words: at most 128 signs, core.telegram.org/bots/api."""
    return f"#{ticket.ticket_id} {ticket.summary}"[:60].strip()


def _belonging(message: Message) -> tuple[str | None, int]:
    return message.said.media_group_id, message.said.chat_id
