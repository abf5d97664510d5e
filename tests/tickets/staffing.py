"""A desk with an owner, an admin and two mentors, for tests of who is asked when."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from community_bot.business_time.service import BusinessTime
from community_bot.clock import StandingClock
from community_bot.community import Community
from community_bot.config.loading import parse
from community_bot.delivery.contents import unpack
from community_bot.delivery.rows import DeliveryRow
from community_bot.ids import CountingIds
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People, Person
from community_bot.storage.unit import Storage
from community_bot.tickets.mentors import Mentors

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
    mentors: Mentors

    @property
    def people(self) -> People:
        return self.community.people

    @property
    def business_time(self) -> BusinessTime:
        return self.community.business_time

    @property
    def storage(self) -> Storage:
        return self.community.storage

    async def told(self, member_id: int, kind: type | None = None) -> list[object]:
        """Return what somebody was told, oldest first."""
        async with self.storage.read() as session:
            rows = await session.scalars(
                sa.select(DeliveryRow)
                .where(DeliveryRow.chat_id == member_id)
                .order_by(DeliveryRow.delivery_id)
            )
            said = [unpack(row.kind, row.facts) for row in rows]
        return [one for one in said if kind is None or isinstance(one, kind)]


async def staffed(storage: Storage, clock: StandingClock, **sections: Any) -> Staffed:
    """Open a community with everybody in it who works there."""
    config = parse(
        {
            "telegram": {"token": "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
            "community": {"name": "同行会", "owners": [OWNER.member_id]},
            **sections,
        }
    )
    community = Community(config, storage=storage, clock=clock, ids=CountingIds())
    for actor, role in ((ADMIN, Role.ADMIN), (LEO, Role.MENTOR), (AMY, Role.MENTOR)):
        member_id = actor.member_id
        await community.people.meet(Person(member_id, NAMES[member_id], None, "zh"))
        await community.people.give_role(OWNER, member_id=member_id, role=role)
    mentors = Mentors(storage, clock, people=community.people, cap=5, zone=config.community.zone)
    return Staffed(community, clock, mentors)
