"""The auditor of tickets: reads everything again every night and says what must never be found."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.delivery.service import Outbox
from community_bot.storage.unit import Storage
from community_bot.tickets import audit_queries as audit
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.clock import read

STUCK = timedelta(minutes=15)
UNSETTLED = timedelta(hours=1)
BREATH = 100  # tickets reckoned before others may go on
# Every invariant, and what the keys of its findings are the numbers of.
INVARIANTS = {
    "no_question_is_lost": "message",
    "no_draft_is_stuck": "draft",
    "who_has_a_ticket_is_in_its_course": "ticket",
    "every_answer_is_settled": "message",
    "clocks_say_what_happened": "ticket",
    "questions_are_counted_once": "ticket",
}


@dataclass(frozen=True, slots=True)
class TicketFinding:
    """Something that must not be: the name of the invariant, and what breaks it."""

    invariant: str
    key: str

    @property
    def what(self) -> str:
        """Say what the key is the number of."""
        return INVARIANTS[self.invariant]


@dataclass(frozen=True, slots=True)
class Checkup:
    """What must be nought: questions without a home, letters that do not leave, wrong clocks."""

    lost: int
    stuck: int
    clocks: int

    @property
    def is_well(self) -> bool:
        return not (self.lost or self.stuck or self.clocks)


class TicketAuditor:
    """Changes nothing. An empty list is the only good answer."""

    def __init__(
        self, storage: Storage, clock: Clock, *, casebook: Casebook, outbox: Outbox
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._casebook = casebook

    async def audit(self) -> list[TicketFinding]:
        """Check every invariant by its name, over one consistent state of the database."""
        found: list[TicketFinding] = []
        async with self._storage.read() as session:
            for invariant, check in self._checks().items():
                found += [TicketFinding(invariant, str(key)) for key in await check(session)]
        return found

    def _checks(self) -> dict[str, Callable[[AsyncSession], Awaitable[Iterable[object]]]]:
        return {
            "no_question_is_lost": self._lost,
            "no_draft_is_stuck": self._stuck,
            "who_has_a_ticket_is_in_its_course": audit.held_otherwise,
            "every_answer_is_settled": self._unsettled,
            "clocks_say_what_happened": self._clocks,
            "questions_are_counted_once": audit.counted_otherwise,
        }

    async def check(self) -> Checkup:
        """Count now what must be nought, for whoever looks at the desk."""
        now = self._clock.now()
        async with self._storage.read() as session:
            lost = len(await self._lost(session)) + len(await self._stuck(session))
            return Checkup(
                lost=lost,
                stuck=await self._outbox.stuck(session, before=now - STUCK),
                clocks=len(await self._clocks(session)),
            )

    async def _lost(self, session: AsyncSession) -> list[int]:
        return await audit.homeless(session, before=self._clock.now() - STUCK)

    async def _stuck(self, session: AsyncSession) -> list[int]:
        return await audit.stuck_drafts(session, before=self._clock.now() - STUCK)

    async def _unsettled(self, session: AsyncSession) -> list[int]:
        return await audit.unsettled_answers(session, before=self._clock.now() - UNSETTLED)

    async def _clocks(self, session: AsyncSession) -> list[int]:
        """Reckon every open ticket's deadline again from its course of events."""
        calendar = await self._casebook.business_time.calendar_in(session)
        heard, wrong = await audit.beats_of_open(session), []
        for number, ticket in enumerate(await audit.open_tickets(session)):
            if number % BREATH == 0:
                await asyncio.sleep(0)
            reading = read(heard.get(ticket.ticket_id, ()), calendar)
            if (reading.due_at, reading.waiting_since) != (ticket.due_at, ticket.waiting_since):
                wrong.append(ticket.ticket_id)
        return wrong
