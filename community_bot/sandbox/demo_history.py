"""What has happened in the sample community so far, done through the services at its own time."""

import html
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta

from community_bot.community import Community
from community_bot.faq.content_rules import Content
from community_bot.membership.rules import Source, last_second
from community_bot.people.roles import Actor, Role
from community_bot.people.service import Person
from community_bot.sandbox.demo_course import open_course
from community_bot.sandbox.demo_questions import Questions
from community_bot.sandbox.demo_sample import (
    Happened,
    SampleImport,
    SampleMessage,
    SampleOrder,
    SampleQuestion,
    read_entries,
    receipt,
)
from community_bot.sandbox.demo_shelves import fill_library, list_partners, plan_posts
from community_bot.sandbox.demo_stage import Stage
from community_bot.sandbox.demo_time import Passage

BEGINNING = timedelta(days=100)  # before anything of the sample happened
FIRST_MORNING = Happened(days_ago=99, at=time(10, 5))
BOOKS = Happened(days_ago=25, at=time(11, 0))  # the FAQ and the shelves are filled
PLANS = Happened(days_ago=7, at=time(9, 0))
# So long every morning with what falls due, from before the posts are planned; before, only deeds.
_LIVELY = timedelta(days=8)

Deed = Callable[[], Awaitable[None]]


class History:
    """Brings the sample community from its beginning to this moment."""

    def __init__(self, community: Community, stage: Stage, passage: Passage) -> None:
        self._community = community
        self._stage = stage
        self._passage = passage
        self._now = community.clock.now() + BEGINNING
        self._zone = community.config.community.zone
        self._questions = Questions(community, stage, rest=passage.settle, until=passage.until)

    async def play(self) -> None:
        """Do everything in the order of its time, and let the bot say its part at that time.

        A database that has its history already is only told where the doors are now.
        """
        owner = await self._actor(self._stage.owner.id)
        is_new = not await self._community.spaces.all()
        await self._bind(owner)
        if not is_new:
            await self._see_who_is_in()
            await self._passage.arrive()
            return
        await self._passage.until(FIRST_MORNING.moment(self._now, self._zone))
        await self._meet()
        await self._give_roles(owner)
        await self._start()
        await self._bring_everybody()
        for moment, deed in sorted(self._deeds(owner), key=lambda each: each[0]):
            await self._reach(moment)
            await deed()
        await self._see_who_is_in()
        await self._reach(self._now)
        await self._passage.arrive()

    async def _reach(self, moment: datetime) -> None:
        """Let the time pass until a moment: quickly at first, day by day at the end."""
        await self._passage.until(min(moment, self._now - _LIVELY))
        await self._passage.through(moment)

    def _deeds(self, owner: Actor) -> list[tuple[datetime, Deed]]:
        sample, now, zone = self._stage.sample, self._now, self._zone
        return [
            (BOOKS.moment(now, zone), self._filling(owner)),
            (PLANS.moment(now, zone), self._planning(owner)),
            *((order.moment(now, zone), self._ordering(order)) for order in sample.orders),
            *((asked.moment(now, zone), self._asking(asked)) for asked in sample.questions),
            *((said.moment(now, zone), self._saying(said)) for said in sample.messages),
        ]

    async def _bind(self, owner: Actor) -> None:
        """Bind every place as a space; the doors are new in each new world."""
        for place in self._stage.sample.places:
            chat = self._stage.places[place.key]
            await self._community.spaces.bind(
                owner,
                chat_id=chat.id,
                role=place.role,
                title=place.title,
                is_forum=chat.is_forum,
                is_channel=chat.is_channel,
                door=self._stage.doors[place.key].url,
            )

    async def _see_who_is_in(self) -> None:
        """Take note of who is in which place; on the way to this day some had not bought yet."""
        for place in self._stage.sample.places:
            for key in place.people:
                await self._community.doors.seen(
                    chat_id=self._stage.places[place.key].id,
                    member_id=self._stage.people[key].id,
                    is_in=True,
                )

    async def _give_roles(self, owner: Actor) -> None:
        for person in self._stage.sample.people:
            for role in person.given:
                member_id = self._stage.people[person.key].id
                await self._community.people.give_role(owner, member_id=member_id, role=Role(role))

    async def _meet(self) -> None:
        """Let everybody be known who has done something; some have never met the bot."""
        for person in self._stage.sample.people:
            if person.started or person.key in self._known():
                account = self._stage.people[person.key]
                await self._community.people.meet(
                    Person(account.id, person.name, person.username, person.language)
                )

    async def _start(self) -> None:
        """Let staff and the member press Start."""
        for person in self._stage.sample.people:
            if person.started:
                self._stage.world.start(self._stage.people[person.key])
        await self._passage.rest()

    def _known(self) -> set[str]:
        sample = self._stage.sample
        return {order.who for order in sample.orders} | {each.who for each in sample.imports}

    async def _bring_everybody(self) -> None:
        for brought in self._stage.sample.imports:
            await self._bring(brought)

    async def _write_faq(self, owner: Actor) -> None:
        """Let the owner write what sellers really ask, and stand for it."""
        for sampled in read_entries():
            content = Content(
                question=sampled.question,
                body=html.escape(sampled.answer, quote=False),
                aliases=sampled.aliases,
                topics=sampled.topics,
                markets=sampled.markets,
                least_tier=sampled.least_tier,
            )
            entry = await self._community.faq.entries.write(owner, content=content)
            await self._community.faq.publishing.publish(owner, entry_id=entry.entry_id)

    async def _bring(self, brought: SampleImport) -> None:
        begins = self._now - timedelta(days=brought.began_days_ago)
        last = (self._now + timedelta(days=brought.ends_in_days)).astimezone(self._zone).date()
        async with self._community.storage.work() as unit:
            await self._community.memberships.grant_until(
                unit,
                member_id=self._stage.people[brought.who].id,
                tier_code=brought.tier,
                plan_version_id=None,
                starts_at=begins,
                ends_at=last_second(last, self._zone),
                source=Source.IMPORT,
                source_key=f"sample:{brought.who}",
                actor_id=self._stage.owner.id,
                reason="the old list",
            )
            await unit.commit()

    def _filling(self, owner: Actor) -> Deed:
        async def deed() -> None:
            await self._write_faq(owner)
            await fill_library(self._community, owner)
            await list_partners(self._community, owner)
            await open_course(self._community, owner)

        return deed

    def _planning(self, owner: Actor) -> Deed:
        async def deed() -> None:
            await plan_posts(self._community, self._stage, owner)

        return deed

    def _ordering(self, order: SampleOrder) -> Deed:
        async def deed() -> None:
            await self._order(order)
            await self._passage.rest()

        return deed

    async def _order(self, order: SampleOrder) -> None:
        community, people = self._community, self._stage.people
        buyer = await self._actor(people[order.who].id)
        placed = await community.orders.place(buyer, plan_code=order.plan)
        await self._passage.rest()
        picture = self._stage.world.files.keep(receipt(), "photo") if order.with_picture else None
        largest = picture.sizes[-1] if picture and picture.sizes else None
        shown = await community.proofs.submit(
            buyer,
            order_id=placed.order_id,
            reference=order.reference,
            file_id=str(largest["file_id"]) if largest else None,
            file_unique_id=str(largest["file_unique_id"]) if largest else None,
        )
        for key in order.approved_by:
            await community.approvals.approve(
                await self._actor(people[key].id),
                order_id=shown.order_id,
                version=shown.version,
                amount_text=str(shown.due.minor // 100),
            )

    def _asking(self, question: SampleQuestion) -> Deed:
        async def deed() -> None:
            await self._questions.play(question)

        return deed

    def _saying(self, message: SampleMessage) -> Deed:
        async def deed() -> None:
            stage = self._stage
            place, person = stage.places[message.place], stage.people[message.who]
            topic = stage.topics[message.place, message.topic] if message.topic else None
            stage.world.send_text(person, place, message.text.strip(), topic=topic)

        return deed

    async def _actor(self, member_id: int) -> Actor:
        return await self._community.actor(member_id)
