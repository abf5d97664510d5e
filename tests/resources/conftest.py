"""A community that posts, on both databases or on the quick one."""

from collections.abc import AsyncIterator

import pytest

from community_bot.clock import StandingClock
from community_bot.storage.unit import Storage
from tests.resources.house import House, posting


@pytest.fixture
async def house(sqlite_storage: Storage, clock: StandingClock) -> AsyncIterator[House]:
    async with posting(sqlite_storage, clock) as made:
        yield made


@pytest.fixture
async def both(storage: Storage, clock: StandingClock) -> AsyncIterator[House]:
    """The same on either database."""
    async with posting(storage, clock) as made:
        yield made
