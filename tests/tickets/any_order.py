"""Members, mentors, the post and the clock in any order whatever: the invariants hold."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from community_bot.clock import StandingClock
from community_bot.errors import DomainError
from community_bot.storage.unit import Storage
from community_bot.tickets.facts import Said, Ticket
from community_bot.tickets.message_rows import RelayRow, TicketMessageRow
from community_bot.tickets.queries import fact_of
from community_bot.tickets.rows import TicketRow
from community_bot.tickets.rules import HELD, Audience, MessageKind, TicketState, Verdict
from tests.conftest import START
from tests.tickets.bureau import AMY, BLOCKED, KIM, LEO, LI, WANG, Bureau, bureau

T = TypeVar("T")
MEMBERS = st.sampled_from([WANG, LI])
MENTORS = st.sampled_from([LEO, AMY, KIM])
NUMBERS = st.integers(1, 4)
WORDS = st.sampled_from(["再问一句", "谢谢", "好的", "//不是备注", "美国站呢？"])


class Questions(RuleBasedStateMachine):
    """Whatever happens, nothing is lost, nothing goes astray, and the auditor finds nothing."""

    open_database: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.written: dict[tuple[int, int], int] = {}

    def run(self, call: Coroutine[Any, Any, T]) -> T | None:
        """Let somebody do something; a refusal is as good as a yes."""
        try:
            return self.runner.run(call)
        except DomainError:
            return None

    @initialize()
    def open(self) -> None:
        self.storage = Storage.open(type(self).open_database())
        self.clock = StandingClock(START)
        self.town: Bureau = self.runner.run(bureau(self.storage, self.clock))

    def teardown(self) -> None:
        if hasattr(self, "town"):
            self.runner.run(self.storage.close())
        self.runner.close()

    def does(self, who: int, call: Callable[[Any], Coroutine[Any, Any, T]]) -> T | None:
        return self.run(call(self.runner.run(self.town.actor(who))))

    @rule(who=MEMBERS, words=WORDS)
    def write(self, who: int, words: str) -> None:
        """Let a member write: on to a ticket, unclear, or a new draft."""
        said = self.town.said(words, chat_id=who)
        self.written[said.chat_id, said.message_id] = who
        self.run(self._write(who, said))

    async def _write(self, who: int, said: Said) -> None:
        actor = await self.town.actor(who)
        if await self.town.tickets.following_up.follow_up(actor, said=said) is None:
            await self.town.tickets.drafting.collect(actor, said=said)

    @rule(who=MEMBERS, number=NUMBERS)
    def submit(self, who: int, number: int) -> None:
        submit = self.town.tickets.intake.submit
        self.does(who, lambda actor: submit(actor, draft_id=number))

    @rule(who=MEMBERS, number=NUMBERS)
    def choose(self, who: int, number: int) -> None:
        choose = self.town.tickets.following_up.choose
        self.does(who, lambda actor: choose(actor, ticket_id=number))

    @rule(who=MENTORS, number=NUMBERS)
    def claim(self, who: int, number: int) -> None:
        claim = self.town.tickets.claiming.claim
        self.does(who, lambda actor: claim(actor, ticket_id=number))

    @rule(who=MENTORS, number=NUMBERS, words=WORDS)
    def answer(self, who: int, number: int, words: str) -> None:
        said, answer = self.town.said(words, chat_id=who), self.town.tickets.answering.answer
        self.does(who, lambda actor: answer(actor, ticket_id=number, said=[said]))

    @rule(who=MENTORS, number=NUMBERS)
    def note(self, who: int, number: int) -> None:
        said, note = self.town.said("内部", chat_id=who), self.town.tickets.answering.note
        self.does(who, lambda actor: note(actor, ticket_id=number, said=said))

    @rule(who=MENTORS, number=NUMBERS, to=MENTORS)
    def transfer(self, who: int, number: int, to: int) -> None:
        transfer = self.town.tickets.claiming.transfer
        self.does(who, lambda actor: transfer(actor, ticket_id=number, to=to, note="请接手"))

    @rule(who=MENTORS, number=NUMBERS)
    def release(self, who: int, number: int) -> None:
        release = self.town.tickets.claiming.release
        self.does(who, lambda actor: release(actor, ticket_id=number))

    @rule(who=st.one_of(MEMBERS, MENTORS), number=NUMBERS)
    def resolve(self, who: int, number: int) -> None:
        resolve = self.town.tickets.ending.resolve
        self.does(who, lambda actor: resolve(actor, ticket_id=number))

    @rule(who=MEMBERS, number=NUMBERS)
    def cancel(self, who: int, number: int) -> None:
        cancel = self.town.tickets.ending.cancel
        self.does(who, lambda actor: cancel(actor, ticket_id=number))

    @rule(who=MENTORS, number=NUMBERS, back=st.booleans())
    def spam(self, who: int, number: int, *, back: bool) -> None:
        ending = self.town.tickets.ending
        step = ending.restore if back else ending.spam
        self.does(who, lambda actor: step(actor, ticket_id=number))

    @rule(who=MENTORS, number=NUMBERS, into=NUMBERS)
    def merge(self, who: int, number: int, into: int) -> None:
        merge = self.town.tickets.merging.merge
        self.does(who, lambda actor: merge(actor, ticket_id=number, into_id=into))

    @rule(who=MEMBERS, number=NUMBERS)
    def rate(self, who: int, number: int) -> None:
        rate = self.town.tickets.ratings.rate
        self.does(who, lambda actor: rate(actor, ticket_id=number, verdict=Verdict.GOOD))

    @rule(who=MEMBERS, is_gone=st.booleans())
    def block(self, who: int, *, is_gone: bool) -> None:
        if is_gone:
            self.town.faults[who] = BLOCKED
        elif self.town.faults.pop(who, None):
            self.runner.run(self.town.community.reach_changed(who, is_open=True))

    @rule()
    def post(self) -> None:
        self.runner.run(self.town.post())

    @rule(hours=st.sampled_from([0.03, 2, 30, 120]))
    def later(self, hours: float) -> None:
        self.runner.run(self.town.later(hours=hours))

    @invariant()
    def all_is_well(self) -> None:
        if hasattr(self, "town"):
            self.runner.run(self._check())

    async def _check(self) -> None:
        async with self.storage.read() as session:
            tickets = {
                row.ticket_id: fact_of(row) for row in await session.scalars(sa.select(TicketRow))
            }
            said = {
                row.ticket_message_id: row
                for row in await session.scalars(sa.select(TicketMessageRow))
            }
            relays = list(await session.scalars(sa.select(RelayRow)))
        self._nothing_is_lost(said)
        for ticket in tickets.values():
            _has_one_owner(ticket)
        for relay in relays:
            _reaches_the_right_chat(relay, tickets, said)
        found = await self.town.tickets.auditor.audit()
        assert [one for one in found if one.invariant not in TIMELY] == []

    def _nothing_is_lost(self, said: dict[int, TicketMessageRow]) -> None:
        kept = {(one.chat_id, one.message_id) for one in said.values()}
        assert set(self.written) <= kept


# What the chores see to in time; here the clock jumps without them.
TIMELY = {"no_question_is_lost", "no_draft_is_stuck", "every_answer_is_settled"}


def _has_one_owner(ticket: Ticket) -> None:
    assert (ticket.assignee_id is not None) >= (ticket.state in HELD)
    assert (ticket.assignee_id is None) >= (ticket.state is TicketState.QUEUED)


def _reaches_the_right_chat(
    relay: RelayRow, tickets: dict[int, Ticket], said: dict[int, TicketMessageRow]
) -> None:
    message = said[relay.ticket_message_id]
    if relay.audience is Audience.MEMBER:
        assert relay.chat_id == tickets[relay.ticket_id].member_id
        assert message.kind is MessageKind.PUBLIC
    if message.kind is not MessageKind.PUBLIC:
        assert relay.audience is Audience.DESK
    assert message.ticket_id == relay.ticket_id
