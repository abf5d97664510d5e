"""The casebook: a step of a ticket, its course of events and its clock, in the caller's unit."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.business_time.service import BusinessTime
from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, NotFound
from community_bot.storage.unit import Unit
from community_bot.tickets import queries
from community_bot.tickets.clock import Beat, Tick, after, read
from community_bot.tickets.facts import Ticket
from community_bot.tickets.rules import TICKET, Happening, TicketEvent, TicketState

# What the clock hears. Claims, transfers and escalations are not in it, so they reset nothing;
# spam stops nothing either, so that a mistake costs the member no time.
BEATS: Mapping[Happening, Beat] = {
    Happening.OPEN: Beat.ASKED,
    Happening.FOLLOW_UP: Beat.ASKED,
    Happening.ANSWER: Beat.ANSWERED,
    Happening.ASSIST: Beat.ANSWERED,
    Happening.WAIVE: Beat.ENDED,
    Happening.RESOLVE: Beat.ENDED,
    Happening.CANCEL: Beat.ENDED,
    Happening.MERGE: Beat.ENDED,
    Happening.SNOOZE: Beat.SNOOZED,
    Happening.WAKE: Beat.WOKEN,
    Happening.LOSE: Beat.LOST,
    Happening.FIND: Beat.FOUND,
    Happening.PROMISE: Beat.PROMISED,
}
_TOLD = frozenset({Beat.ASKED, Beat.RETARGETED, Beat.WOKEN, Beat.FOUND})


class Casebook:
    """The only one that moves tickets and writes down what happens to them."""

    def __init__(self, clock: Clock, *, business_time: BusinessTime) -> None:
        self._clock = clock
        self.business_time = business_time

    async def hold(self, unit: Unit, ticket_id: int) -> Ticket:
        """Return a ticket that nobody else changes until the unit is over; raises NotFound."""
        found = await queries.hold(unit.session, ticket_id)
        if found is None:
            raise NotFound("ticket", ticket_id)
        return found

    async def step(
        self,
        unit: Unit,
        ticket: Ticket,
        event: TicketEvent,
        *,
        actor_id: int | None,
        happening: Happening | None = None,
        reason: str | None = None,
        facts: Mapping[str, Any] | None = None,
        beat: Beat | None = None,
        **values: Any,  # noqa: ANN401  a row's columns
    ) -> Ticket:
        """Take a step and write it down; AlreadyDone where somebody was quicker.

        IllegalTransition where the table has no such step.
        """
        moved = await queries.step(unit.session, ticket, event, **values)
        if moved is None:
            raise AlreadyDone("ticket")
        return await self._write(
            unit,
            moved,
            happening or Happening(event.value),
            actor_id=actor_id,
            reason=reason,
            facts=facts,
            beat=beat,
            states=(ticket.state, TICKET.after(ticket.state, event)),
        )

    async def note(
        self,
        unit: Unit,
        ticket: Ticket,
        happening: Happening,
        *,
        actor_id: int | None = None,
        reason: str | None = None,
        facts: Mapping[str, Any] | None = None,
        due_at: datetime | None = None,
        **values: Any,  # noqa: ANN401  a row's columns
    ) -> Ticket:
        """Write down what is no step; `values` are flags of the ticket that change with it.

        `due_at` is the new time with Happening.PROMISE.
        """
        if values:
            ticket = await queries.put(unit.session, ticket.ticket_id, **values) or ticket
        return await self._write(
            unit,
            ticket,
            happening,
            actor_id=actor_id,
            reason=reason,
            facts=facts,
            due_at=due_at,
            states=(ticket.state, ticket.state),
        )

    async def hasten(
        self, unit: Unit, ticket: Ticket, *, due_at: datetime, actor_id: int
    ) -> Ticket:
        """Promise the same time in plain hours: the member says that it cannot wait."""
        urgent_at = self._clock.now()
        changed = await queries.put(unit.session, ticket.ticket_id, urgent_at=urgent_at)
        return await self._write(
            unit,
            changed or ticket,
            Happening.URGENT,
            actor_id=actor_id,
            due_at=due_at,
            beat=Beat.RETARGETED,
            states=(ticket.state, ticket.state),
        )

    async def retarget(
        self, unit: Unit, ticket: Ticket, target: timedelta | None, *, actor_id: int | None
    ) -> Ticket:
        """Promise another working time from the same start."""
        minutes = None if target is None else int(target / timedelta(minutes=1))
        changed = await queries.put(unit.session, ticket.ticket_id, target_minutes=minutes)
        return await self._write(
            unit,
            changed or ticket,
            Happening.CHANGE,
            actor_id=actor_id,
            facts={"target_minutes": minutes},
            beat=Beat.RETARGETED,
            states=(ticket.state, ticket.state),
        )

    async def _write(
        self,
        unit: Unit,
        ticket: Ticket,
        happening: Happening,
        *,
        actor_id: int | None,
        states: tuple[TicketState, TicketState],
        reason: str | None = None,
        facts: Mapping[str, Any] | None = None,
        due_at: datetime | None = None,
        beat: Beat | None = None,
    ) -> Ticket:
        beat = beat or BEATS.get(happening)
        target = ticket.target if beat in (Beat.ASKED, Beat.RETARGETED) else None
        now = self._clock.now()
        if beat is not None:
            tick = Tick(beat, now, target, due_at)
            ticket, due_at = await self._strike(unit, ticket, tick)
        await queries.log(
            unit.session,
            ticket_id=ticket.ticket_id,
            at=now,
            happening=happening,
            actor_id=actor_id,
            from_state=states[0],
            to_state=states[1],
            reason=reason,
            facts=dict(facts or {}),
            beat=beat,
            target_minutes=None if target is None else int(target / timedelta(minutes=1)),
            due_at=due_at,
        )
        return ticket

    async def _strike(
        self, unit: Unit, ticket: Ticket, tick: Tick
    ) -> tuple[Ticket, datetime | None]:
        """Let the clock hear one thing more; return what it was told and what stands now."""
        calendar = await self.business_time.calendar_in(unit.session)
        before = read(await _ticks(unit.session, ticket.ticket_id), calendar)
        now_reads = after(before, tick, calendar)
        changed = await queries.put(
            unit.session,
            ticket.ticket_id,
            due_at=now_reads.due_at,
            promised_at=now_reads.promised_at,
            waiting_since=now_reads.waiting_since,
        )
        told = tick.due_at or (now_reads.due_at if tick.beat in _TOLD else None)
        return changed or ticket, told


async def _ticks(session: AsyncSession, ticket_id: int) -> list[Tick]:
    return [
        Tick(
            Beat(beat),
            at,
            None if minutes is None else timedelta(minutes=minutes),
            due_at,
        )
        for beat, at, minutes, due_at in await queries.beats(session, ticket_id)
    ]
