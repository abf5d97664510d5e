"""The bot is killed while members ask and mentors answer: nothing is lost and nothing said twice.

Everybody does each thing once, like people: they write, press and wait for what comes of it. A
press that were lost would leave its question where it is for ever, and the test waits in vain.
"""

import asyncio
import contextlib
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa

from community_bot.clock import ShiftedClock
from community_bot.community import Community
from community_bot.config.loading import parse
from community_bot.delivery.rows import DeliveryRow
from community_bot.delivery.rules import DeliveryState
from community_bot.ids import SecureIds
from community_bot.membership.spaces import DESK
from community_bot.people import service as people
from community_bot.people.roles import Actor, Role
from community_bot.sandbox.facts import Chat, Message, Person
from community_bot.sandbox.server import Sandbox
from community_bot.storage.unit import Storage
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries
from community_bot.tickets.facts import Ticket
from community_bot.tickets.message_rows import TicketMessageRow
from community_bot.tickets.rows import TicketRow
from community_bot.tickets.rules import Happening, MessageKind, TicketState
from tests.living import telegram
from tests.scenarios.desk_town import RIGHTS
from tests.tickets.bureau import joined
from tests.torture.mortal import Bot
from tests.town import TIERS, keys_of, said

MEMBERS, MENTORS = 6, 3
ROUNDS = int(os.environ.get("COMMUNITY_BOT_TORTURE_ROUNDS", "50"))
SEED = int(os.environ.get("COMMUNITY_BOT_TORTURE_SEED", str(random.randrange(10**6))))
STEPS = 5  # asked, handed in, claimed, answered, settled
BETWEEN = 0.05  # seconds between two looks at the screens
PATIENCE = 60  # seconds in which the bot starts and says something, however busy the machine is

pytestmark = [pytest.mark.torture, pytest.mark.timeout(2400)]


@dataclass
class Question:
    """One question on its way, and what everybody has done about it so far."""

    number: int
    member: Person
    done: int = 0
    ticket_id: int = 0
    answer: Message | None = None

    @property
    def first(self) -> str:
        return f"第{self.number}问：佣金怎么算。"

    @property
    def second(self) -> str:
        return f"补充{self.number}：英国站。"

    @property
    def reply(self) -> str:
        return f"第{self.number}答：百分之六。"


@dataclass
class Office:
    """A desk, who works there and who asks; everybody acts on what they see."""

    sandbox: Sandbox
    community: Community
    chat: Chat
    members: list[Person]
    mentors: list[Person]
    questions: list[Question] = field(default_factory=list)
    writes_on: bool = True

    async def act(self) -> None:
        """Let everybody do what they can do now."""
        for member in self.members:
            busy = any(one.member is member and one.done < STEPS for one in self.questions)
            if self.writes_on and not busy:
                self._ask(member)
        for question in self.questions:
            if question.done < STEPS:
                await self._go_on(question)

    def _ask(self, member: Person) -> None:
        question = Question(len(self.questions) + 1, member, done=1)
        world = self.sandbox.world
        world.send_text(member, member.id, f"/ask {question.first}")
        world.send_text(member, member.id, question.second)
        self.questions.append(question)

    async def _go_on(self, question: Question) -> None:
        match question.done:
            case 1:
                self._hand_in(question)
            case 2:
                self._claim(question)
            case 3:
                await self._answer(question)
            case 4:
                self._settle(question)

    def _hand_in(self, question: Question) -> None:
        card = self._seen(question.member.id, question.first, question.second)
        if card is not None and self._press(question.member, card, "ask:submit"):
            question.done = 2

    def _claim(self, question: Question) -> None:
        """Let every mentor press at the same moment."""
        card = self._seen(self.chat.id, question.first)
        if card is None:
            return
        pressed = [self._press(mentor, card, "desk:claim") for mentor in self.mentors]
        if all(pressed):
            question.done = 3

    async def _answer(self, question: Question) -> None:
        ticket = await self.ticket(question)
        if ticket is None or ticket.assignee_id is None or ticket.forum_topic_id is None:
            return
        world = self.sandbox.world
        mentor = world.people[ticket.assignee_id]
        question.ticket_id = ticket.ticket_id
        question.answer = world.send_text(
            mentor, self.chat, question.reply, topic=ticket.forum_topic_id
        )
        question.done = 4

    def _settle(self, question: Question) -> None:
        if self._seen(question.member.id, question.reply) is None:
            return
        for message in self._told(question.member.id):
            if self._press(question.member, message, f"questions:settle:{question.ticket_id}:"):
                question.done = 5
                return

    def _press(self, person: Person, message: Message, begins: str) -> bool:
        for key in keys_of(message):
            data = f"{key.get('callback_data', '')}:"
            if data.startswith(begins):
                world = self.sandbox.world
                world.press(person, message.chat, message.message_id, key["callback_data"])
                return True
        return False

    def _seen(self, chat_id: int, *words: str) -> Message | None:
        for message in self._told(chat_id):
            if all(one in said(message) for one in words):
                return message
        return None

    def _told(self, chat_id: int) -> list[Message]:
        history = self.sandbox.world.history(chat_id)
        return [one for one in reversed(history) if one.sender is self.sandbox.world.bot]

    async def ticket(self, question: Question) -> Ticket | None:
        async with self.community.storage.read() as session:
            row = await session.scalar(
                sa.select(TicketRow).where(TicketRow.summary.contains(question.first))
            )
            return None if row is None else queries.fact_of(row)

    async def all_settled(self, patience: float) -> None:
        """Wait until every question is resolved, and everything said about it."""
        open_ = (DeliveryState.PENDING, DeliveryState.SENDING)
        for _ in range(int(patience / BETWEEN)):
            await self.act()
            async with self.community.storage.read() as session:
                waiting = await session.scalar(
                    sa.select(sa.func.count()).where(DeliveryRow.state.in_(open_))
                )
                solved = await session.scalar(
                    sa.select(sa.func.count()).where(TicketRow.state == TicketState.RESOLVED)
                )
            if solved == len(self.questions) and not waiting:
                return
            await asyncio.sleep(BETWEEN)
        stuck = [(one.number, one.done) for one in self.questions if one.done < STEPS]
        raise AssertionError(f"{solved} of {len(self.questions)} solved; {waiting=}, {stuck=}")


async def test_killed_again_and_again_while_questions_are_answered(sqlite_url: str) -> None:
    await torture(sqlite_url, ROUNDS)


async def test_killed_while_questions_are_answered_on_postgres(postgres_url: str) -> None:
    await torture(postgres_url, min(ROUNDS, 5))


async def torture(database_url: str, rounds: int) -> None:
    chance = random.Random(SEED)
    print(f"seed {SEED}, {rounds} kills")
    async with telegram(ShiftedClock()) as sandbox:
        sandbox.limits.is_on = False
        bot = Bot(sandbox, database_url, tiers=_TIERS, calendar={"holidays": "none"})
        async with opened(sandbox, bot) as office:
            try:
                for _ in range(rounds):
                    await bot.start()
                    await busy(office, chance.randint(4, 70), chance.random() * BETWEEN)
                    await bot.kill()
                office.writes_on = False
                await bot.start()
                await office.all_settled(5 * PATIENCE)
                await check(office, rounds)
            finally:
                await bot.kill()


async def busy(office: Office, calls: int, moment: float) -> None:
    """Let everybody be at it until the bot has made so many calls, and a moment longer."""
    enough = len(office.sandbox.calls) + calls
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while len(office.sandbox.calls) < enough:
                await office.act()
                await asyncio.sleep(BETWEEN)
    await asyncio.sleep(moment)


async def check(office: Office, kills: int) -> None:
    """Every question once, with one owner, one answer and one end; what came twice is marked."""
    storage = office.community.storage
    twice = 0
    for question in office.questions:
        async with storage.read() as session:
            course = await queries.course(session, question.ticket_id)
            kept = await messages.of_ticket(session, question.ticket_id)
        happened = Counter(one.happening for one in course)
        assert [happened[one] for one in (Happening.OPEN, Happening.CLAIM)] == [1, 1]
        assert [happened[one] for one in (Happening.ANSWER, Happening.RESOLVE)] == [1, 1]
        words = [one.said.text for one in kept if one.kind is MessageKind.MEMBER]
        assert words == [question.first, question.second]
        twice += await doubled(office, question)
    assert twice <= kills
    async with storage.read() as session:
        tickets = await session.scalar(sa.select(sa.func.count()).select_from(TicketRow))
        homeless = await session.scalar(
            sa.select(sa.func.count()).where(TicketMessageRow.ticket_id.is_(None))
        )
    assert (tickets, homeless) == (len(office.questions), 0)
    assert await office.community.tickets.auditor.audit() == []
    print(f"seed {SEED}: {len(office.questions)} questions, {kills} kills, {twice} answers twice")


async def doubled(office: Office, question: Question) -> int:
    """Return how often an answer is read too often: never more than its delivery says."""
    answer = question.answer
    assert answer is not None
    async with office.community.storage.read() as session:
        rows = await session.scalars(
            sa.select(DeliveryRow).where(
                DeliveryRow.kind == "copies", DeliveryRow.chat_id == question.member.id
            )
        )
        found = [one for one in rows if one.facts["message_ids"] == [answer.message_id]]
    assert [one.state for one in found] == [DeliveryState.SENT]
    history = office.sandbox.world.history(question.member.id)
    copies = [one for one in history if said(one) == question.reply]
    assert 1 <= len(copies) <= 1 + found[0].resent
    return len(copies) - 1


_TIERS = [{**TIERS[0]}, {**TIERS[1], "questions_per_month": 1000}]


@contextlib.asynccontextmanager
async def opened(sandbox: Sandbox, bot: Bot) -> AsyncIterator[Office]:
    """Open the desk before the bot is there: members who paid, mentors, a forum."""
    world, config = sandbox.world, parse(bot.config)
    owner = world.people[config.community.owners[0]]
    members = [world.add_person(f"成员{n}", language_code="zh-hans") for n in range(MEMBERS)]
    mentors = [world.add_person(f"导师{n}", language_code="zh-hans") for n in range(MENTORS)]
    chat = world.add_supergroup("导师", owner, forum=True)
    world.add_bot(owner, chat, RIGHTS)
    community = Community(
        config, storage=Storage.open(config.database.url), clock=world.clock, ids=SecureIds()
    )
    await community.tiers.apply(config.tiers)
    actor = Actor(owner.id, frozenset({Role.OWNER}))
    for person in (*members, *mentors):
        world.open_private(person)
        known = people.Person(person.id, person.first_name, None, "zh")
        await community.people.meet(known)
    for mentor in mentors:
        world.join(mentor, chat)
        await community.people.give_role(actor, member_id=mentor.id, role=Role.MENTOR)
    for member in members:
        await joined(community, member.id)
    await community.spaces.bind(actor, chat_id=chat.id, role=DESK, title="导师", is_forum=True)
    try:
        yield Office(sandbox, community, chat, members, mentors)
    finally:
        await community.close()
