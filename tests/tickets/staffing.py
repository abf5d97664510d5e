"""A desk with an owner, an admin and two mentors, for tests of who is asked when."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from community_bot.clock import StandingClock
from community_bot.community import Community
from community_bot.config.loading import parse
from community_bot.delivery.contents import unpack
from community_bot.delivery.rows import DeliveryRow
from community_bot.ids import CountingIds
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People, Person
from community_bot.storage.unit import Storage
from community_bot.tickets import queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.claiming import Claiming
from community_bot.tickets.facts import Ticket
from community_bot.tickets.mentor_absence import Absences
from community_bot.tickets.mentors import Mentors
from community_bot.tickets.routing_sweep import Routing
from community_bot.tickets.rules import Happening, Origin, TicketEvent
from tests.town import TIERS

WANG = 70
OWNER = Actor(1, frozenset({Role.OWNER}))
ADMIN = Actor(2, frozenset({Role.ADMIN}))
LEO = Actor(11, frozenset({Role.MENTOR}))
AMY = Actor(12, frozenset({Role.MENTOR}))
NAMES = {1: "苏总", 2: "Kim", 11: "Leo", 12: "Amy"}


@dataclass(frozen=True, slots=True)
class Staffed:
    """A community whose people are at their desks."""

    community: Community
    clock: StandingClock

    @property
    def mentors(self) -> Mentors:
        return self.community.tickets.mentors

    @property
    def casebook(self) -> Casebook:
        return self.community.tickets.casebook

    @property
    def claiming(self) -> Claiming:
        return self.community.tickets.claiming

    @property
    def routing(self) -> Routing:
        return self.community.tickets.routing

    @property
    def absences(self) -> Absences:
        return self.community.tickets.absences

    @property
    def people(self) -> People:
        return self.community.people

    @property
    def storage(self) -> Storage:
        return self.community.storage

    async def asks(self, member_id: int = WANG, **facts: Any) -> int:
        """Open a ticket with a promise of four working hours, and return its number."""
        standard = {
            "token": self.community.ids.token(),
            "member_id": member_id,
            "tier_code": "annual",
            "target_minutes": 240,
            "topic": "fees",
            "market": "US",
            "summary": "佣金怎么算？",
            "origin": Origin.PRIVATE,
            "opened_at": self.clock.now(),
            "opened_by": member_id,
            "is_shared": False,
            "entries_read": [],
        }
        async with self.storage.work() as unit:
            ticket = await queries.add(unit.session, **{**standard, **facts})
            await self.casebook.note(unit, ticket, Happening.OPEN, actor_id=member_id)
            await unit.commit()
        return ticket.ticket_id

    async def answers(self, actor: Actor, ticket_id: int) -> None:
        """Let a mentor answer, as far as the ticket and its clock are concerned."""
        async with self.storage.work() as unit:
            ticket = await self.casebook.hold(unit, ticket_id)
            await self.casebook.step(
                unit,
                ticket,
                TicketEvent.ANSWER,
                actor_id=actor.member_id,
                answered_at=ticket.answered_at or self.clock.now(),
            )
            await unit.commit()

    async def follows_up(self, ticket_id: int) -> None:
        async with self.storage.work() as unit:
            ticket = await self.casebook.hold(unit, ticket_id)
            await self.casebook.step(unit, ticket, TicketEvent.FOLLOW_UP, actor_id=ticket.member_id)
            await unit.commit()

    async def notes(self, ticket_id: int, happening: Happening, **facts: Any) -> None:
        """Write down what is no step of a ticket."""
        async with self.storage.work() as unit:
            ticket = await self.casebook.hold(unit, ticket_id)
            await self.casebook.note(unit, ticket, happening, **facts)
            await unit.commit()

    async def ticket(self, ticket_id: int) -> Ticket:
        async with self.storage.read() as session:
            found = await queries.ticket(session, ticket_id)
        assert found is not None
        return found

    async def happened(self, ticket_id: int) -> list[Happening]:
        async with self.storage.read() as session:
            return [one.happening for one in await queries.course(session, ticket_id)]

    async def told(self, member_id: int, *kinds: type) -> list[Any]:
        """Return what somebody was told of these kinds, oldest first."""
        async with self.storage.read() as session:
            rows = await session.scalars(
                sa.select(DeliveryRow)
                .where(DeliveryRow.chat_id == member_id)
                .order_by(DeliveryRow.delivery_id)
            )
            said = [unpack(row.kind, row.facts) for row in rows]
        return [one for one in said if isinstance(one, kinds)]

    async def later(self, **by: float) -> None:
        """Let time pass, and the sweeps of that minute run."""
        self.clock.pass_(timedelta(**by))
        await self.absences.sweep(self.clock.now())
        await self.routing.sweep(self.clock.now())


async def staffed(storage: Storage, clock: StandingClock, **sections: Any) -> Staffed:
    """Open a community with everybody in it who works there."""
    config = parse(
        {
            "telegram": {"token": "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
            "community": {"name": "同行会", "owners": [OWNER.member_id]},
            "tiers": TIERS,
            **sections,
        }
    )
    community = Community(config, storage=storage, clock=clock, ids=CountingIds())
    await community.tiers.apply(config.tiers)
    await community.people.meet(Person(WANG, "王女士", None, "zh"))
    for actor, role in ((ADMIN, Role.ADMIN), (LEO, Role.MENTOR), (AMY, Role.MENTOR)):
        member_id = actor.member_id
        await community.people.meet(Person(member_id, NAMES[member_id], None, "zh"))
        await community.people.give_role(OWNER, member_id=member_id, role=role)
    return Staffed(community, clock)
