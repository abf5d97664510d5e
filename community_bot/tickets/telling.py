"""How the room's words leave: to the member, to the group that asked, to the desk; never mixed."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.message_acts import React
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.people import queries as people
from community_bot.people.roles import Role
from community_bot.people.service import People
from community_bot.storage.unit import Unit
from community_bot.tickets import queries
from community_bot.tickets.desk_notices import DeskNotice
from community_bot.tickets.facts import Said, Ticket
from community_bot.tickets.notices import GroupNotice, MemberNotice

# Emoji that Telegram takes as reactions.
STORED, DELIVERED, NOTED, FAILED, TAKEN_BACK = "👀", "👌", "✍", "💔", "🙈"


class Telling:
    """Each way out takes only what may go there: the types see to it."""

    def __init__(self, clock: Clock, *, outbox: Outbox, people: People, identity: str) -> None:
        self._clock = clock
        self.outbox = outbox
        self._people = people
        self._shows_names = identity == "name"

    async def member(
        self,
        unit: Unit,
        member_id: int,
        content: MemberNotice,
        *,
        key: str | None,
        ticket_id: int | None = None,
        card: str | None = None,
        lane: Lane = Lane.DESK,
        not_before: datetime | None = None,
    ) -> None:
        """Tell a member in their private chat."""
        await self.outbox.put(
            unit,
            Promise(
                content,
                chat_id=member_id,
                member_id=member_id,
                lane=lane,
                once_key=key and f"{key}:{member_id}",
                doubt=Doubt.REPEAT if card else Doubt.ONCE_MORE,
                card=card,
                not_before=not_before,
                about=None if ticket_id is None else f"ticket:{ticket_id}",
            ),
        )

    async def cards(
        self,
        unit: Unit,
        ticket: Ticket,
        content: DeskNotice,
        mine: MemberNotice,
        *,
        not_before: datetime | None,
    ) -> None:
        """Show a ticket anew on both of its live cards, promised together."""
        number = ticket.ticket_id
        await self.outbox.put(
            unit,
            *await self._at_desk(
                unit, ticket, content, key=None, card=f"ticket:{number}", not_before=not_before
            ),
            Promise(
                mine,
                chat_id=ticket.member_id,
                member_id=ticket.member_id,
                lane=Lane.DESK,
                doubt=Doubt.REPEAT,
                card=f"mine:{number}",
                about=f"ticket:{number}",
            ),
        )

    async def group(
        self,
        unit: Unit,
        ticket: Ticket,
        content: GroupNotice,
        *,
        key: str | None,
        card: str | None = None,
    ) -> None:
        """Tell the group in which a question was asked."""
        if ticket.group_chat_id is not None:
            await self.outbox.put(
                unit,
                Promise(
                    content,
                    chat_id=ticket.group_chat_id,
                    lane=Lane.DESK,
                    once_key=key,
                    doubt=Doubt.ONCE_MORE if key else Doubt.REPEAT,
                    card=card,
                    about=f"ticket:{ticket.ticket_id}",
                ),
            )

    async def staff(
        self, unit: Unit, ticket: Ticket, staff_ids: Iterable[int], content: DeskNotice, *, key: str
    ) -> None:
        """Tell people of the desk in private; whoever asked the question is not one of them."""
        await self.outbox.put(
            unit,
            *(
                Promise(
                    content,
                    chat_id=staff_id,
                    member_id=staff_id,
                    lane=Lane.DESK,
                    once_key=f"{key}:{staff_id}",
                    doubt=Doubt.ONCE_MORE,
                    about=f"ticket:{ticket.ticket_id}",
                )
                for staff_id in staff_ids
                if staff_id != ticket.member_id
            ),
        )

    async def desk(
        self,
        unit: Unit,
        ticket: Ticket,
        content: DeskNotice,
        *,
        key: str | None,
        card: str | None = None,
        not_before: datetime | None = None,
    ) -> None:
        """Tell the desk where the ticket is: in its topic, else in the group; a card in the group.

        Without a desk it is told to the one who has the ticket, and a card to every mentor.
        """
        letters = await self._at_desk(
            unit, ticket, content, key=key, card=card, not_before=not_before
        )
        await self.outbox.put(unit, *letters)

    async def _at_desk(
        self,
        unit: Unit,
        ticket: Ticket,
        content: DeskNotice,
        *,
        key: str | None,
        card: str | None,
        not_before: datetime | None,
    ) -> list[Promise]:
        if ticket.desk_chat_id is None:
            return await self._without_desk(unit, ticket, content, key=key, card=card)
        topic_id = None if card else ticket.forum_topic_id
        return [
            Promise(
                content,
                chat_id=ticket.desk_chat_id,
                topic_id=topic_id,
                topic_name=f"#{ticket.ticket_id}" if topic_id else None,
                lane=Lane.DESK,
                once_key=key,
                doubt=Doubt.REPEAT if card else Doubt.ONCE_MORE,
                card=card,
                not_before=not_before,
                about=f"ticket:{ticket.ticket_id}",
            )
        ]

    async def _without_desk(
        self, unit: Unit, ticket: Ticket, content: DeskNotice, *, key: str | None, card: str | None
    ) -> list[Promise]:
        mentors = {ticket.assignee_id} if ticket.assignee_id and not card else None
        if mentors is None:
            mentors = set(await self._people.with_roles_in(unit.session, Role.MENTOR))
        return [
            Promise(
                content,
                chat_id=mentor_id,
                member_id=mentor_id,
                lane=Lane.DESK,
                once_key=key and f"{key}:{mentor_id}",
                doubt=Doubt.REPEAT if card else Doubt.ONCE_MORE,
                card=card,
                about=f"ticket:{ticket.ticket_id}",
            )
            for mentor_id in sorted(mentors - {ticket.member_id})
        ]

    async def react(self, unit: Unit, said: Said, emoji: str) -> None:
        """Put an emoji on a message: the quietest way to say what became of it."""
        await self.outbox.put(
            unit,
            Promise(
                React(chat_id=said.chat_id, message_id=said.message_id, emoji=emoji),
                chat_id=said.chat_id,
                lane=Lane.REPLY,
                once_key=f"react:{said.chat_id}:{said.message_id}:{emoji}",
                doubt=Doubt.REPEAT,
                keep=False,
            ),
        )

    async def name_of(self, session: AsyncSession, member_id: int | None) -> str | None:
        """Return how somebody is called among staff."""
        if member_id is None:
            return None
        return (await self.names_of(session, member_id))[member_id]

    async def names_of(self, session: AsyncSession, *member_ids: int | None) -> dict[int, str]:
        """Return how several are called among staff; who has no name goes by their number."""
        asked = {one for one in member_ids if one is not None}
        return {one: str(one) for one in asked} | await people.names(session, asked)

    async def signature(
        self, session: AsyncSession, mentor_id: int | None, *, name: str | None = None
    ) -> str | None:
        """Return the name that members read under answers: by configuration a stage name.

        `name` is what they are called among staff, where that was read already.
        """
        if mentor_id is None:
            return None
        if self._shows_names:
            return name or await self.name_of(session, mentor_id)
        return await queries.stage_name(session, mentor_id)
