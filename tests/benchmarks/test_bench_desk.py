"""The desk with 5,000 open tickets: how long the queue's views and a claim take in the process.

What is measured is what a press costs behind the handler: the page and the counts that /queue
shows, each of the views at its head and far behind, and a claim with everything that it promises.
"""

import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from time import perf_counter, process_time

import numpy as np
import pytest
import sqlalchemy as sa

from community_bot.clock import StandingClock
from community_bot.people.rows import MemberRow
from community_bot.storage.unit import Storage
from community_bot.tickets.clock import Beat
from community_bot.tickets.message_rows import TicketMessageRow
from community_bot.tickets.rows import TicketEventRow, TicketRow
from community_bot.tickets.rules import OPEN, Happening, MessageKind, Origin, TicketState
from community_bot.tickets.view_queries import View
from tests.tickets.bureau import AMY, LEO, Bureau, bureau

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

TICKETS, MEMBERS, TIMES = 5_000, 2_000, 300
FIRST_MEMBER = 10_000
TARGET = timedelta(hours=4)


async def test_the_queue_and_a_claim_with_five_thousand_open_tickets(
    storage: Storage, clock: StandingClock, database_url: str
) -> None:
    chance = random.Random(TICKETS)
    desk = await bureau(storage, clock)
    await _fill(desk, chance)
    leo, amy = await desk.actor(LEO), await desk.actor(AMY)
    views, claiming = desk.tickets.views, desk.tickets.claiming
    waiting = iter(await _queued(storage))

    async def look(view: View) -> None:
        await views.queue(leo, view=view)

    async def far_behind() -> None:
        await views.queue(leo, view=View.ALL, number=chance.randrange(600))

    async def claim() -> None:
        await claiming.claim(amy, ticket_id=next(waiting))

    print(f"\n{TICKETS:,} open tickets, {TIMES} times each, {database_url.split(':', 1)[0]}")
    print(f"{'':<28}{'p50 ms':>9}{'p99 ms':>9}{'most ms':>9}{'cpu p99':>9}")
    for view in View:
        await _measured(f"/queue, {view.value}", partial(look, view))
    await _measured("/queue, some page", far_behind)
    await _measured("claim", claim)
    assert await _open(storage) == TICKETS


async def _measured(name: str, act: Callable[[], Awaitable[None]]) -> None:
    """Print how long it took by the clock, and by the process's own time, which others leave be."""
    times, own = [], []
    for _ in range(TIMES):
        started, used = perf_counter(), process_time()
        await act()
        times.append((perf_counter() - started) * 1000)
        own.append((process_time() - used) * 1000)
    p50, p99 = np.percentile(times, [50, 99])
    print(f"{name:<28}{p50:>9.2f}{p99:>9.2f}{max(times):>9.2f}{np.percentile(own, 99):>9.2f}")


async def _fill(desk: Bureau, chance: random.Random) -> None:
    """Let members have asked: three of five wait for somebody, one for an answer, one has it."""
    now = desk.clock.now()
    states = [TicketState.QUEUED] * 3 + [TicketState.ACTIVE, TicketState.ANSWERED]
    people = [
        {
            "member_id": FIRST_MEMBER + number,
            "name": f"成员 {number}",
            "guessed_locale": "zh",
            "first_seen_at": now,
            "seen_at": now,
        }
        for number in range(MEMBERS)
    ]
    tickets, events, said = [], [], []
    for number in range(1, TICKETS + 1):
        member_id, state = FIRST_MEMBER + chance.randrange(MEMBERS), states[number % 5]
        opened_at = now - timedelta(minutes=chance.randrange(1, 600))
        due_at = opened_at + TARGET
        is_held = state is not TicketState.QUEUED
        is_answered = state is TicketState.ANSWERED
        tickets.append(
            {
                "ticket_id": number,
                "token": f"token{number}",
                "member_id": member_id,
                "state": state,
                "version": 1,
                "assignee_id": LEO if is_held else None,
                "claimed_at": opened_at if is_held else None,
                "tier_code": "annual",
                "target_minutes": 240,
                "topic": chance.choice(["fees", "ads", None]),
                "market": chance.choice(["US", "EU", None]),
                "summary": f"第 {number} 个问题：佣金怎么算？",
                "origin": Origin.PRIVATE,
                "opened_at": opened_at,
                "opened_by": member_id,
                "answered_at": opened_at if is_answered else None,
                "due_at": None if is_answered else due_at,
                "promised_at": due_at,
                "waiting_since": None if is_answered else opened_at,
                "escalation": 0,
                "is_hard": False,
                "is_shared": False,
                "is_unreachable": False,
                "needs_review": False,
                "desk_chat_id": -1001,
                "entries_read": [],
            }
        )
        events.append(
            {
                "ticket_id": number,
                "at": opened_at,
                "happening": Happening.OPEN,
                "actor_id": member_id,
                "to_state": TicketState.QUEUED,
                "facts": {},
                "beat": Beat.ASKED,
                "target_minutes": 240,
                "due_at": due_at,
            }
        )
        said.append(
            {
                "ticket_id": number,
                "kind": MessageKind.MEMBER,
                "author_id": member_id,
                "chat_id": member_id,
                "message_id": 1_000_000 + number,
                "content": "text",
                "text": f"第 {number} 个问题：佣金怎么算？",
                "entities": [],
                "version": 1,
                "is_courtesy": False,
                "said_at": opened_at,
            }
        )
    async with desk.storage.work() as unit:
        for row, values in (
            (MemberRow, people),
            (TicketRow, tickets),
            (TicketEventRow, events),
            (TicketMessageRow, said),
        ):
            await unit.session.execute(sa.insert(row), values)
        await unit.commit()


async def _queued(storage: Storage) -> list[int]:
    async with storage.read() as session:
        found = await session.scalars(
            sa.select(TicketRow.ticket_id)
            .where(TicketRow.state == TicketState.QUEUED)
            .order_by(TicketRow.due_at)
        )
        return list(found)


async def _open(storage: Storage) -> int:
    async with storage.read() as session:
        found = await session.scalar(
            sa.select(sa.func.count()).select_from(TicketRow).where(TicketRow.state.in_(OPEN))
        )
    return found or 0
