"""A chore that fails is told to the owners once a day, until it works again."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from community_bot.clock import StandingClock
from community_bot.community import Community
from community_bot.config.loading import parse
from community_bot.delivery.rows import DeliveryRow
from community_bot.ids import CountingIds
from community_bot.scheduling.chores import Chore
from community_bot.scheduling.ticker import Ticker
from community_bot.scheduling.troubles import Troubles
from community_bot.storage.unit import Storage

OWNERS = [11, 12]
TOKEN = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ-chores"


class Roof:
    """A chore that works, or not."""

    def __init__(self) -> None:
        self.fault: Exception | None = None
        self.chore = Chore("mend the roof", timedelta(minutes=1), self.do)

    async def do(self) -> None:
        if self.fault is not None:
            raise self.fault


def ticking(storage: Storage, clock: StandingClock) -> tuple[Ticker, Roof]:
    config = parse({"telegram": {"token": TOKEN}, "community": {"name": "x", "owners": OWNERS}})
    community = Community(config, storage=storage, clock=clock, ids=CountingIds())
    roof = Roof()
    return Ticker([roof.chore], Troubles(community)), roof


async def told(storage: Storage) -> list[tuple[int, str]]:
    async with storage.read() as session:
        rows = await session.scalars(sa.select(DeliveryRow).order_by(DeliveryRow.delivery_id))
        return [(row.chat_id, row.facts["chore"]) for row in rows]


async def test_the_owners_are_told_once_a_day_for_as_long_as_it_fails(
    storage: Storage, clock: StandingClock
) -> None:
    ticker, roof = ticking(storage, clock)
    roof.fault = FileNotFoundError("ladder")

    for _ in range(3):
        await ticker.once()
    first_day = await told(storage)
    clock.pass_(timedelta(days=1))
    await ticker.once()

    assert first_day == [(owner, "mend the roof") for owner in OWNERS]
    assert len(await told(storage)) == 4


async def test_after_a_restart_the_same_day_is_not_told_again(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    for _ in range(2):
        ticker, roof = ticking(sqlite_storage, clock)
        roof.fault = FileNotFoundError("ladder")
        await ticker.once()

    assert len(await told(sqlite_storage)) == len(OWNERS)


async def test_what_works_again_is_told_no_more(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    ticker, roof = ticking(sqlite_storage, clock)
    roof.fault = FileNotFoundError("ladder")
    await ticker.once()
    roof.fault = None

    clock.pass_(timedelta(days=1))
    await ticker.once()

    assert len(await told(sqlite_storage)) == len(OWNERS)


async def test_a_database_that_is_away_for_a_moment_alarms_nobody(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    ticker, roof = ticking(sqlite_storage, clock)
    roof.fault = OperationalError("chore", None, ConnectionRefusedError())

    await ticker.once()

    assert await told(sqlite_storage) == []
