"""The shop, open, on both databases."""

import pytest

from community_bot.clock import StandingClock
from community_bot.ids import CountingIds
from community_bot.storage.unit import Storage
from tests.billing.shop import Shop


@pytest.fixture
async def shop(storage: Storage, clock: StandingClock, ids: CountingIds) -> Shop:
    return await Shop(storage, clock, ids).open()
