"""Views: the desk's queue and the member's own questions, page by page."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.errors import NotFound
from community_bot.people import queries as people
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries, rating_queries, view_queries
from community_bot.tickets import relay_queries as relays
from community_bot.tickets.cards import CardFacts, hits
from community_bot.tickets.claiming import DESK_ROLES, held_ticket
from community_bot.tickets.desk import Desk
from community_bot.tickets.desk_notices import TicketCard
from community_bot.tickets.facts import Message, Moment, Relay, Ticket
from community_bot.tickets.notices import QuestionCard
from community_bot.tickets.relaying import Relaying
from community_bot.tickets.rules import Audience, Happening, MessageKind
from community_bot.tickets.telling import Telling
from community_bot.tickets.view_facts import Line, Page, Queue, Spoken, Transcript
from community_bot.tickets.view_queries import View

PAGE = 8
# What a member reads of the course of events; the rest is the desk's own affair.
TOLD = frozenset(
    {
        *(Happening.OPEN, Happening.CLAIM, Happening.ANSWER, Happening.ASSIST),
        *(Happening.FOLLOW_UP, Happening.RESOLVE, Happening.REOPEN, Happening.CLOSE),
        *(Happening.CANCEL, Happening.MERGE, Happening.SPAM, Happening.RESTORE),
        *(Happening.PROMISE, Happening.RATE, Happening.EDIT, Happening.RECALL),
    }
)


class Views:
    """Reads; all it promises is a copy of what was said, and that the card says so."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        facts: CardFacts,
        desk: Desk,
        relaying: Relaying,
        telling: Telling,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._facts = facts
        self._desk = desk
        self._relaying = relaying
        self._telling = telling

    async def queue(self, actor: Actor, *, view: View, number: int = 0) -> Queue:
        """Return a page of a view, most urgent first; a page too far is the last one."""
        actor.require(*DESK_ROLES)
        now, mentor_id = self._clock.now(), actor.member_id
        async with self._storage.read() as session:
            tally = await view_queries.tally(session, mentor_id=mentor_id, now=now)
            total: int = getattr(tally, view.value)
            number, pages = _turned(number, total)
            found = await view_queries.page(
                session, view, mentor_id=mentor_id, now=now, first=number * PAGE, most=PAGE
            )
            page = Page(await self._lines(session, found), number, pages, total)
        return Queue(page, tally)

    async def own(self, actor: Actor, *, number: int = 0) -> Page:
        """Return a page of a member's own questions, the open ones first."""
        async with self._storage.read() as session:
            total = await view_queries.count_of_member(session, actor.member_id)
            number, pages = _turned(number, total)
            found = await view_queries.of_member(
                session, actor.member_id, first=number * PAGE, most=PAGE
            )
            return Page(await self._lines(session, found), number, pages, total)

    async def of_member(self, actor: Actor, *, member_id: int, number: int = 0) -> Page:
        """Return a page of somebody's questions, for the desk."""
        actor.require(*DESK_ROLES)
        async with self._storage.read() as session:
            total = await view_queries.count_of_member(session, member_id)
            number, pages = _turned(number, total)
            found = await view_queries.of_member(session, member_id, first=number * PAGE, most=PAGE)
            return Page(await self._lines(session, found), number, pages, total)

    async def ticket(self, actor: Actor, *, ticket_id: int) -> Ticket:
        """Return a ticket to its member or to the desk; NotFound for anybody else."""
        async with self._storage.read() as session:
            return await self._seen(session, actor, ticket_id)

    async def card(self, actor: Actor, *, ticket_id: int) -> TicketCard:
        """Return what the desk's card says, for the desk."""
        actor.require(*DESK_ROLES)
        async with self._storage.read() as session:
            return await self._facts.of_desk(session, await held_ticket(session, ticket_id))

    async def progress(self, actor: Actor, *, ticket_id: int) -> QuestionCard:
        """Return what a member's own card says."""
        async with self._storage.read() as session:
            ticket = await held_ticket(session, ticket_id)
            if ticket.member_id != actor.member_id:
                raise NotFound("question", ticket_id)
            return await self._facts.of_member(session, ticket)

    async def by_token(self, actor: Actor, *, token: str) -> Ticket:
        """Return the ticket to which a deep link leads, to its own member or to the desk."""
        async with self._storage.read() as session:
            found = await queries.by_token(session, token)
            if found is None:
                raise NotFound("question", token)
            return await self._seen(session, actor, found.ticket_id)

    async def transcript(self, actor: Actor, *, ticket_id: int) -> Transcript:
        """Return a ticket whole: for the desk with notes, for its member without them."""
        async with self._storage.read() as session:
            ticket = await self._seen(session, actor, ticket_id)
            is_staff = actor.member_id != ticket.member_id
            spoken = await self._spoken(session, ticket, is_staff=is_staff)
            course = await queries.course(session, ticket_id)
            shown = (
                self._telling.name_of(session, ticket.assignee_id)
                if is_staff
                else self._telling.signature(session, ticket.assignee_id)
            )
            return Transcript(
                ticket=ticket,
                member_name=await self._telling.name_of(session, ticket.member_id) or "",
                mentor_name=await shown,
                spoken=spoken,
                moments=tuple(course) if is_staff else told_of(course),
                read=await hits(session, ticket.entries_read),
                rating=await rating_queries.rating(session, ticket_id),
            )

    async def show_all(self, actor: Actor, *, ticket_id: int) -> Ticket:
        """Have all that was said in a ticket copied to oneself in private; then it is read."""
        actor.require(*DESK_ROLES)
        async with self._storage.work(actor.cause) as unit:
            ticket = await held_ticket(unit.session, ticket_id)
            said = await messages.of_ticket(unit.session, ticket_id)
            await self._relaying.show(unit, ticket, said, actor.member_id)
            if ticket.read_at is None:
                now = self._clock.now()
                ticket = await queries.put(unit.session, ticket_id, read_at=now) or ticket
                await self._desk.show_desk(unit, ticket)
            await unit.commit()
        return ticket

    async def _seen(self, session: AsyncSession, actor: Actor, ticket_id: int) -> Ticket:
        ticket = await held_ticket(session, ticket_id)
        if ticket.member_id != actor.member_id and not actor.has(*DESK_ROLES):
            raise NotFound("question", ticket_id)
        return ticket

    async def _lines(self, session: AsyncSession, found: Sequence[Ticket]) -> tuple[Line, ...]:
        """Name everybody of a page by one question to the database."""
        asked = {one.member_id for one in found}
        asked |= {one.assignee_id for one in found if one.assignee_id is not None}
        names = await people.names(session, asked)
        return tuple(
            Line(
                ticket=one,
                member_name=names.get(one.member_id, str(one.member_id)),
                mentor_name=names.get(one.assignee_id) if one.assignee_id else None,
            )
            for one in found
        )

    async def _spoken(
        self, session: AsyncSession, ticket: Ticket, *, is_staff: bool
    ) -> tuple[Spoken, ...]:
        said = await messages.of_ticket(session, ticket.ticket_id)
        earlier = await messages.versions(session, ticket.ticket_id)
        carried = await relays.of_ticket(session, ticket.ticket_id)
        arrived = {one.ticket_message_id for one in carried if _is_there(one, ticket)}
        names = {
            author: await self._name(session, ticket, author, is_staff=is_staff)
            for author in {one.author_id for one in said}
        }
        return tuple(
            Spoken(
                message=one,
                author_name=names[one.author_id],
                is_arrived=one.ticket_message_id in arrived,
                earlier=tuple(earlier.get(one.ticket_message_id, ())),
            )
            for one in said
            if is_staff or _may_read(one)
        )

    async def _name(
        self, session: AsyncSession, ticket: Ticket, author_id: int, *, is_staff: bool
    ) -> str:
        if is_staff or author_id == ticket.member_id:
            return await self._telling.name_of(session, author_id) or ""
        return await self._telling.signature(session, author_id) or ""


def told_of(course: Sequence[Moment]) -> tuple[Moment, ...]:
    """Return what a member may read of a course of events: no reasons, no facts of the desk."""
    return tuple(
        Moment(
            event_id=one.event_id,
            ticket_id=one.ticket_id,
            at=one.at,
            happening=one.happening,
            actor_id=None,
            from_state=one.from_state,
            to_state=one.to_state,
            reason=None,
            facts={},
        )
        for one in course
        if one.happening in TOLD
    )


def _may_read(message: Message) -> bool:
    return message.kind is not MessageKind.NOTE


def _is_there(relay: Relay, ticket: Ticket) -> bool:
    """Say whether a relay has reached the other side: a question the desk, an answer the member."""
    if relay.arrived_at is None:
        return False
    if relay.kind is MessageKind.PUBLIC:
        return relay.audience is Audience.MEMBER and relay.chat_id == ticket.member_id
    return relay.audience is Audience.DESK


def _turned(number: int, total: int) -> tuple[int, int]:
    """Return the page that there is, and how many there are."""
    pages = max(-(-total // PAGE), 1)
    return min(max(number, 0), pages - 1), pages
