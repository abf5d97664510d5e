"""A whole community without Telegram: members, mentors, a desk, and a post that one can hold up."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from community_bot.clock import StandingClock
from community_bot.community import Community
from community_bot.config.loading import parse
from community_bot.delivery import queries as deliveries
from community_bot.delivery.carrying import outcome_of
from community_bot.delivery.contents import unpack
from community_bot.delivery.courier import LEASE
from community_bot.delivery.lanes import Lane
from community_bot.delivery.ledger import Ledger
from community_bot.delivery.letters import Letter, Outcome, Receipt
from community_bot.delivery.parcels import Copies
from community_bot.delivery.rules import DeliveryEvent
from community_bot.delivery.topic_acts import OpenTopic
from community_bot.errors import DeliveryError, Undeliverable
from community_bot.ids import CountingIds
from community_bot.membership.rules import Source
from community_bot.membership.spaces import DESK
from community_bot.people.roles import Actor, Role
from community_bot.people.service import Person
from community_bot.storage import leases
from community_bot.storage.leases import Lease
from community_bot.storage.unit import Storage
from community_bot.tickets.facts import Opened, Placed, Said, Ticket
from community_bot.tickets.service import Tickets
from tests.town import TIERS

OWNER, KIM, LEO, AMY = 1, 2, 11, 12
WANG, LI, GUEST = 70, 71, 72
NAMES = {1: "苏总", 2: "Kim", 11: "Leo", 12: "Amy", 70: "王女士", 71: "李先生", 72: "过客"}
FORUM, GROUP = -1001, -1002


@dataclass
class Bureau:
    """Everybody at their places; what leaves is written down in `sent`, chat by chat."""

    community: Community
    storage: Storage
    clock: StandingClock
    lease: Lease
    sent: list[tuple[int, int | None, object]] = field(default_factory=list)
    faults: dict[int, DeliveryError] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def tickets(self) -> Tickets:
        return self.community.tickets

    async def actor(self, member_id: int) -> Actor:
        return await self.community.actor(member_id)

    def said(self, text: str | None = None, *, chat_id: int = WANG, **more: Any) -> Said:
        """Return a message nobody has seen yet."""
        return Said(chat_id=chat_id, message_id=next(self.numbers), text=text, **more)

    async def asks(self, *words: str, who: int = WANG) -> Ticket:
        """Let a member write a question, and submit it."""
        actor = await self.actor(who)
        for one in words or ("美国站 GPSR 需要弄吗？",):
            draft = await self.tickets.drafting.collect(actor, said=self.said(one, chat_id=who))
        opened = await self.tickets.intake.submit(actor, draft_id=draft.draft_id)
        assert isinstance(opened, Opened)
        return opened.ticket

    async def claimed(self, *words: str, who: int = WANG, by: int = LEO) -> Ticket:
        """Let a member ask, and a mentor take it."""
        ticket = await self.asks(*words, who=who)
        actor = await self.actor(by)
        return await self.tickets.claiming.claim(actor, ticket_id=ticket.ticket_id)

    async def answered(self, *words: str, who: int = WANG, by: int = LEO) -> Ticket:
        """Let a member ask and be answered."""
        ticket = await self.claimed(who=who, by=by)
        return await self.answers(ticket, *words or ("美国站不需要。",), by=by)

    async def answers(self, ticket: Ticket, *words: str, by: int = LEO) -> Ticket:
        said = [self.said(one, chat_id=by) for one in words]
        heard = await self.tickets.answering.answer(
            await self.actor(by), ticket_id=ticket.ticket_id, said=said
        )
        return heard.ticket

    async def follows_up(self, text: str, *, who: int = WANG, **more: Any) -> object:
        said = self.said(text, chat_id=who, **more)
        return await self.tickets.following_up.follow_up(await self.actor(who), said=said)

    async def placed(self, text: str, *, who: int = WANG, **more: Any) -> Ticket:
        """Let a member write on, and be understood."""
        done = await self.follows_up(text, who=who, **more)
        assert isinstance(done, Placed)
        return done.ticket

    async def ticket(self, ticket: Ticket) -> Ticket:
        """Return a ticket as it is now."""
        kim = await self.actor(KIM)
        return await self.tickets.views.ticket(kim, ticket_id=ticket.ticket_id)

    async def later(self, **by: float) -> None:
        """Let time pass, and the chores run."""
        self.clock.pass_(timedelta(**by))
        await self.tickets.sweep_often(self.clock.now())
        await self.tickets.aging.sweep(self.clock.now())

    async def post(self) -> None:
        """Let everything leave that may; a chat with a fault refuses what comes."""
        ledger = Ledger(self.storage, self.clock, self.lease, self.community.aftermaths)
        async with ledger.kept():
            for _ in range(3):  # what follows from a delivery may wait a moment too
                self.clock.pass_(timedelta(seconds=5))
                while letters := await self._due():
                    for letter in letters:
                        await self._deliver(ledger, letter)

    def told(self, chat_id: int, *kinds: type) -> list[Any]:
        """Return what a chat was told, of these kinds."""
        return [what for chat, _, what in self.sent if chat == chat_id and isinstance(what, kinds)]

    def copies(self, chat_id: int) -> list[int]:
        """Return which messages were copied into a chat, in their order."""
        return [number for what in self.told(chat_id, Copies) for number in what.message_ids]

    async def _due(self) -> list[Letter]:
        async with self.storage.read() as session:
            return await deliveries.due(
                session, lanes=tuple(Lane), now=self.clock.now(), most=100, besides=(), resting=()
            )

    async def _deliver(self, ledger: Ledger, letter: Letter) -> None:
        begun = await ledger.begin(letter)
        if begun is None:
            return
        content = unpack(letter.kind, letter.facts)
        fault = self.faults.get(letter.chat_id)
        if fault is not None:
            await ledger.settle(outcome_of(begun, fault, now=self.clock.now()))
            return
        self.sent.append((letter.chat_id, letter.topic_id, content))
        await ledger.settle(Outcome(begun, DeliveryEvent.ARRIVE, self._receipt(content)))

    def _receipt(self, content: object) -> Receipt:
        match content:
            case Copies():
                ids = tuple(10_000 + next(self.numbers) for _ in content.message_ids)
                return Receipt(message_ids=ids)
            case OpenTopic():
                return Receipt(topic_id=500 + next(self.numbers))
            case _:
                return Receipt(message_ids=(10_000 + next(self.numbers),))


async def bureau(
    storage: Storage, clock: StandingClock, *, desk: int | None = FORUM, **sections: Any
) -> Bureau:
    """Open a community with everybody in it."""
    config = parse(
        {
            "telegram": {"token": "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
            "community": {"name": "同行会", "owners": [OWNER]},
            "tiers": TIERS,
            **sections,
        }
    )
    community = Community(config, storage=storage, clock=clock, ids=CountingIds())
    await community.tiers.apply(config.tiers)
    for member_id, name in NAMES.items():
        await community.people.meet(Person(member_id, name, None, "zh"))
    owner = Actor(OWNER, frozenset({Role.OWNER}))
    for member_id, role in ((KIM, Role.ADMIN), (LEO, Role.MENTOR), (AMY, Role.MENTOR)):
        await community.people.give_role(owner, member_id=member_id, role=role)
    for member_id in (WANG, LI):
        await joined(community, member_id)
    if desk is not None:
        await community.spaces.bind(
            owner, chat_id=desk, role=DESK, title="导师", is_forum=desk == FORUM
        )
    lease = await leases.take(storage, name=LEASE, owner="here|1|1|a", now=clock.now())
    assert lease is not None
    return Bureau(community, storage, clock, lease)


async def joined(community: Community, member_id: int, days: int = 365) -> None:
    """Give somebody a membership."""
    now = community.clock.now()
    async with community.storage.work() as unit:
        await community.memberships.grant_until(
            unit,
            member_id=member_id,
            tier_code="annual",
            plan_version_id=None,
            starts_at=now,
            ends_at=now + timedelta(days=days),
            source=Source.GRANT,
            source_key=f"test:{member_id}",
            actor_id=OWNER,
        )
        await unit.commit()


BLOCKED = Undeliverable("blocked by the user")
