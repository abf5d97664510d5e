"""The desk: where a ticket is shown to mentors, its live cards, and its topic in a forum."""

from datetime import datetime, timedelta

from community_bot.clock import Clock
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Outcome, Promise
from community_bot.delivery.message_acts import Pin
from community_bot.delivery.rules import DeliveryEvent, Doubt
from community_bot.delivery.topic_acts import CloseTopic, OpenTopic, ReopenTopic
from community_bot.membership import space_queries as spaces
from community_bot.membership.spaces import DESK
from community_bot.storage.unit import Unit
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries
from community_bot.tickets import relay_queries as relays
from community_bot.tickets.cards import CardFacts
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.desk_notices import TicketHeld
from community_bot.tickets.facts import Ticket
from community_bot.tickets.relaying import Relaying, topic_name
from community_bot.tickets.rules import Happening, MessageKind
from community_bot.tickets.telling import Telling

REPLAYED = 10  # messages that are carried into a topic that had to be made anew
PAUSE = timedelta(seconds=2)  # in which several changes of a card become one edit


class Desk:
    """Shows tickets; whatever goes wrong there, the ticket itself goes on."""

    def __init__(
        self,
        clock: Clock,
        *,
        telling: Telling,
        facts: CardFacts,
        relaying: Relaying,
        casebook: Casebook,
    ) -> None:
        self._clock = clock
        self._telling = telling
        self._facts = facts
        self._relaying = relaying
        self._casebook = casebook

    async def place(self, unit: Unit) -> int | None:
        """Return the mentors' group, if one is bound."""
        found = [one for one in await spaces.spaces(unit.session) if one.role == DESK]
        return found[0].chat_id if found else None

    async def show(self, unit: Unit, ticket: Ticket, *, at_once: bool = False) -> None:
        """Show what a ticket is now on its card at the desk and on the member's own."""
        card, mine = await self._facts.of_both(unit.session, ticket)
        await self._telling.cards(unit, ticket, card, mine, not_before=self._when(at_once=at_once))

    async def show_desk(self, unit: Unit, ticket: Ticket, *, at_once: bool = False) -> None:
        """Show the desk alone what the member need not see, or sees already."""
        card = await self._facts.of_desk(unit.session, ticket)
        await self._telling.desk(
            unit,
            ticket,
            card,
            key=None,
            card=f"ticket:{ticket.ticket_id}",
            not_before=self._when(at_once=at_once),
        )

    async def open_room(self, unit: Unit, ticket: Ticket, *, note: str | None = None) -> None:
        """Make a topic for a ticket that was taken; in a plain group show all of it below its card.

        A topic is made when somebody takes the ticket and not before: a forum has a pace too. One
        that is there is told who has the ticket now, and with what note.
        """
        if ticket.forum_topic_id is not None:
            await self._reopen(unit, ticket)
            name = await self._telling.name_of(unit.session, ticket.assignee_id) or ""
            held = TicketHeld(ticket.ticket_id, name, note)
            key = f"held:{ticket.ticket_id}:{ticket.version}"
            await self._telling.desk(unit, ticket, held, key=key)
            return
        if not await self._has_topics(unit, ticket):
            await self._bring_all(unit, ticket)
            return
        await self._telling.outbox.put(
            unit,
            Promise(
                OpenTopic(
                    chat_id=ticket.desk_chat_id or 0,
                    name=topic_name(ticket),
                    about=str(ticket.ticket_id),
                ),
                chat_id=ticket.desk_chat_id or 0,
                lane=Lane.DESK,
                once_key=f"topic:{ticket.ticket_id}",
                doubt=Doubt.ONCE_MORE,
                about=f"ticket:{ticket.ticket_id}",
            ),
        )

    async def awaits_room(self, unit: Unit, ticket: Ticket) -> bool:
        """Say whether a topic is being made for a ticket, of which nothing was shown yet."""
        if ticket.forum_topic_id is not None or not await self._has_topics(unit, ticket):
            return False
        carried = await relays.of_ticket(unit.session, ticket.ticket_id)
        if any(one.chat_id == ticket.desk_chat_id for one in carried):
            return False
        # Where no topic could be made the ticket goes on below its card: nothing would fill one.
        course = await queries.course(unit.session, ticket.ticket_id)
        return all(one.happening is not Happening.LOSE_TOPIC for one in course)

    async def close_room(self, unit: Unit, ticket: Ticket) -> None:
        """Close the topic of a ticket that is over."""
        await self._turn(unit, ticket, is_open=False)

    async def topic_settled(self, unit: Unit, ticket: Ticket, outcome: Outcome) -> None:
        """Fill a topic that was opened; where none could be made, the group's card will do."""
        topic_id = outcome.receipt.topic_id
        if outcome.event is DeliveryEvent.ARRIVE and topic_id is not None:
            ticket = await self._casebook.note(
                unit, ticket, Happening.OPEN_TOPIC, forum_topic_id=topic_id
            )
            await self._introduce(unit, ticket, is_restored=False)
            await self._bring_all(unit, ticket)
            await self.show_desk(unit, ticket)
        elif outcome.event in (DeliveryEvent.REFUSE, DeliveryEvent.LOSE):
            await self._casebook.note(unit, ticket, Happening.LOSE_TOPIC, reason=outcome.error)
            await self._bring_all(unit, ticket)

    async def topic_remade(self, unit: Unit, chat_id: int, old: int, new: int) -> None:
        """Fill a topic that had to be made anew with what was said last, unheard by the member."""
        ticket = await queries.in_topic(unit.session, chat_id, old)
        if ticket is None:
            return
        ticket = await self._casebook.note(
            unit, ticket, Happening.LOSE_TOPIC, facts={"old": old, "new": new}, forum_topic_id=new
        )
        await self._introduce(unit, ticket, is_restored=True)
        said = await messages.of_ticket(unit.session, ticket.ticket_id)
        carried = await relays.of_ticket(unit.session, ticket.ticket_id)
        # What is under way to the old topic is led on to the new one.
        coming = {
            one.ticket_message_id
            for one in carried
            if one.chat_id == chat_id and one.message_id is None and one.failed_for is None
        }
        others = [one for one in said if one.said.chat_id != chat_id]
        recent = [one for one in others if one.ticket_message_id not in coming][-REPLAYED:]
        await self._relaying.to_desk(unit, ticket, recent)
        await self.show_desk(unit, ticket)

    async def controls_shown(self, unit: Unit, ticket: Ticket, outcome: Outcome) -> None:
        """Pin the message with the controls in its topic."""
        for message_id in outcome.receipt.message_ids[:1]:
            await self._telling.outbox.put(
                unit,
                Promise(
                    Pin(chat_id=outcome.letter.chat_id, message_id=message_id),
                    chat_id=outcome.letter.chat_id,
                    lane=Lane.NOTICE,
                    once_key=f"pin:{ticket.ticket_id}:{message_id}",
                    doubt=Doubt.REPEAT,
                    keep=False,
                ),
            )

    def _when(self, *, at_once: bool) -> datetime | None:
        return None if at_once else self._clock.now() + PAUSE

    async def _introduce(self, unit: Unit, ticket: Ticket, *, is_restored: bool) -> None:
        facts = await self._facts.of_topic(unit.session, ticket, is_restored=is_restored)
        key = f"controls:{ticket.ticket_id}:{ticket.forum_topic_id}"
        await self._telling.desk(unit, ticket, facts, key=key)

    async def _bring_all(self, unit: Unit, ticket: Ticket) -> None:
        """Carry everything the member has written to where the ticket is worked on."""
        said = await messages.of_ticket(unit.session, ticket.ticket_id)
        card = None
        if ticket.desk_chat_id is not None and ticket.forum_topic_id is None:
            shown = await self._telling.outbox.card_of(
                unit.session, f"ticket:{ticket.ticket_id}", chat_id=ticket.desk_chat_id
            )
            card = shown.message_id if shown else None
        known = await self._relaying.known_at(unit, ticket)
        own = [one for one in said if one.kind is MessageKind.MEMBER]
        new = [one for one in own if one.ticket_message_id not in known]
        await self._relaying.to_desk(unit, ticket, new, reply_to=card)

    async def _has_topics(self, unit: Unit, ticket: Ticket) -> bool:
        if ticket.desk_chat_id is None:
            return False
        space = await spaces.space(unit.session, ticket.desk_chat_id)
        return space is not None and space.is_forum

    async def _reopen(self, unit: Unit, ticket: Ticket) -> None:
        await self._turn(unit, ticket, is_open=True)

    async def _turn(self, unit: Unit, ticket: Ticket, *, is_open: bool) -> None:
        if ticket.desk_chat_id is None or ticket.forum_topic_id is None:
            return
        turned = ReopenTopic if is_open else CloseTopic
        await self._telling.outbox.put(
            unit,
            Promise(
                turned(chat_id=ticket.desk_chat_id, topic_id=ticket.forum_topic_id),
                chat_id=ticket.desk_chat_id,
                lane=Lane.NOTICE,
                once_key=f"topic:{ticket.ticket_id}:{ticket.version}:{is_open}",
                doubt=Doubt.REPEAT,
                keep=False,
            ),
        )
