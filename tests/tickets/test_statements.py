"""How often the desk asks the database: what five thousand open tickets make dear."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from community_bot.clock import StandingClock
from community_bot.storage.unit import Storage
from community_bot.tickets.view_queries import View
from tests.tickets.bureau import LEO, LI, bureau


async def test_a_claim_and_the_queue_read_nothing_twice(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.asks()
    await town.asks("FBA 赔偿怎么申请？", who=LI)
    await town.post()
    leo = await town.actor(LEO)

    with _statements() as of_a_claim:
        await town.tickets.claiming.claim(leo, ticket_id=ticket.ticket_id)
    with _statements() as of_the_queue:
        await town.tickets.views.queue(leo, view=View.ALL)

    assert len(of_a_claim) <= 13, of_a_claim
    reads = [one for one in of_a_claim if one.startswith("SELECT")]
    assert len(reads) == len(set(reads)), reads
    assert len(of_the_queue) <= 3, of_the_queue


@contextmanager
def _statements() -> Iterator[list[str]]:
    """Write down what the database is asked meanwhile; beginning a transaction asks nothing."""
    asked: list[str] = []

    def hear(*heard: Any) -> None:
        statement: str = heard[2]
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    sa.event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        sa.event.remove(Engine, "before_cursor_execute", hear)
