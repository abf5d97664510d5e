"""Capturing: a question asked in a group becomes a ticket, and its answer comes back there."""

from datetime import timedelta

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, Invalid, NotAllowed
from community_bot.ids import Ids
from community_bot.membership.memberships import Memberships
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.claiming import DESK_ROLES
from community_bot.tickets.desk import Desk
from community_bot.tickets.facts import Said, Ticket
from community_bot.tickets.notices import GroupQuestion, QuestionCaptured
from community_bot.tickets.rules import Happening, MessageKind, Origin, summary_of
from community_bot.tickets.telling import Telling
from community_bot.tickets.topic_rules import guess_market, guess_topic, topics_of


class Capturing:
    """A mentor turns any message of a group into a ticket; that costs its author no question."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        ids: Ids,
        *,
        memberships: Memberships,
        casebook: Casebook,
        desk: Desk,
        telling: Telling,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._memberships = memberships
        self._casebook = casebook
        self._desk = desk
        self._telling = telling

    async def capture(self, actor: Actor, *, said: Said, member_id: int) -> Ticket:
        """Open a ticket for whoever wrote a message in a group; AlreadyDone where there is one."""
        actor.require(*DESK_ROLES)
        async with self._storage.work(actor.cause) as unit:
            if member_id == actor.member_id:
                raise NotAllowed("somebody_else")
            if await messages.at(unit.session, said.chat_id, said.message_id) is not None:
                raise AlreadyDone("capture")
            ticket = await self._open(unit, actor, said, member_id)
            await self._tell(unit, actor, ticket)
            await unit.commit()
        return ticket

    async def _open(self, unit: Unit, actor: Actor, said: Said, member_id: int) -> Ticket:
        now = self._clock.now()
        standing = await self._memberships.standing_in(unit.session, member_id, now)
        if standing.tier is None:
            raise Invalid("capture", "author")
        target = standing.tier.answer_within
        words = summary_of([said.text or ""])
        ticket = await queries.add(
            unit.session,
            token=self._ids.token(),
            member_id=member_id,
            tier_code=standing.tier.code,
            target_minutes=None if target is None else int(target / timedelta(minutes=1)),
            topic=guess_topic(words, topics_of(standing.tier.topics)),
            market=guess_market(words),
            summary=words,
            origin=Origin.CAPTURED,
            group_chat_id=said.chat_id,
            group_message_id=said.message_id,
            opened_at=now,
            opened_by=actor.member_id,
            is_shared=False,
            desk_chat_id=await self._desk.place(unit),
            entries_read=[],
        )
        await messages.add(
            unit.session,
            said,
            kind=MessageKind.MEMBER,
            author_id=member_id,
            now=now,
            ticket_id=ticket.ticket_id,
        )
        return await self._casebook.note(unit, ticket, Happening.OPEN, actor_id=actor.member_id)

    async def _tell(self, unit: Unit, actor: Actor, ticket: Ticket) -> None:
        """Tell the author in private and in the thread, and show the desk."""
        number = ticket.ticket_id
        told = QuestionCaptured(
            ticket_id=number,
            mentor_name=await self._telling.signature(unit.session, actor.member_id),
            promised_at=ticket.promised_at,
            words=ticket.summary,
        )
        await self._telling.member(
            unit, ticket.member_id, told, key=f"captured:{number}", ticket_id=number
        )
        asked = GroupQuestion(number, ticket.token, ticket.promised_at, ticket.group_message_id)
        await self._telling.group(unit, ticket, asked, key=f"group_question:{number}")
        await self._desk.show(unit, ticket, at_once=True)
