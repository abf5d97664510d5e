"""What members of the sample have asked so far, and what the mentors have answered."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from community_bot.community import Community
from community_bot.errors import NotFound
from community_bot.people.roles import Actor
from community_bot.sandbox.demo_sample import SampleQuestion
from community_bot.sandbox.demo_stage import Stage
from community_bot.tickets.facts import Opened, Ticket
from community_bot.tickets.rules import Verdict

DESK = "desk"


class Questions:
    """Lets members write to the bot, and mentors into its topics, each at their own time."""

    def __init__(
        self,
        community: Community,
        stage: Stage,
        *,
        rest: Callable[[], Awaitable[None]],
        until: Callable[[datetime], Awaitable[None]],
    ) -> None:
        self._community = community
        self._stage = stage
        self._rest = rest
        self._until = until

    async def play(self, question: SampleQuestion) -> None:
        ticket = await self._ask(question)
        if question.mentor is None:
            return
        await self._answer(question, question.mentor, ticket)
        if question.rating is not None:
            await self._settle(question, ticket, Verdict(question.rating))

    async def _ask(self, question: SampleQuestion) -> Ticket:
        """Write to the bot, and hand in what it has gathered."""
        world, person = self._stage.world, self._stage.people[question.who]
        world.send_text(person, world.open_private(person), f"/ask {question.text.strip()}")
        await self._rest()
        actor = await self._actor(question.who)
        draft = await self._community.tickets.drafting.current(actor)
        if draft is None:
            raise NotFound("draft", question.who)
        opened = await self._community.tickets.intake.submit(actor, draft_id=draft.draft_id)
        await self._rest()
        if not isinstance(opened, Opened):
            raise NotFound("ticket", question.who)
        return opened.ticket

    async def _answer(self, question: SampleQuestion, key: str, ticket: Ticket) -> None:
        """Take the ticket, and write the answer into the topic that was made for it."""
        tickets, world = self._community.tickets, self._stage.world
        mentor = await self._actor(key)
        await tickets.claiming.claim(mentor, ticket_id=ticket.ticket_id)
        await self._rest()
        if not question.answer:
            return
        now = self._community.clock.now()
        await self._until(now + timedelta(minutes=question.after_minutes))
        topic = (await tickets.views.ticket(mentor, ticket_id=ticket.ticket_id)).forum_topic_id
        place = self._stage.places[DESK]
        world.send_text(self._stage.people[key], place, question.answer.strip(), topic=topic)
        await self._rest()

    async def _settle(self, question: SampleQuestion, ticket: Ticket, verdict: Verdict) -> None:
        """Say that it is solved, and how the answer was."""
        tickets, member = self._community.tickets, await self._actor(question.who)
        await tickets.ending.resolve(member, ticket_id=ticket.ticket_id)
        await tickets.ratings.rate(member, ticket_id=ticket.ticket_id, verdict=verdict)
        await self._rest()

    async def _actor(self, key: str) -> Actor:
        return await self._community.actor(self._stage.people[key].id)
