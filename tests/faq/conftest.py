"""An engine with the questions of a small community of sellers, and a FAQ over a database."""

from pathlib import Path

import pytest

from community_bot.clock import StandingClock
from community_bot.faq.documents import Document
from community_bot.faq.engine import SearchEngine
from community_bot.faq.evaluation import read_entries
from community_bot.storage.unit import Storage
from tests.faq.library import Library, library

SELLERS = Path(__file__).with_name("sellers.jsonl")


@pytest.fixture(scope="session")
def entries() -> list[Document]:
    return read_entries(SELLERS)


@pytest.fixture
def engine(entries: list[Document]) -> SearchEngine:
    filled = SearchEngine()
    for entry in entries:
        filled.put(entry)
    return filled


@pytest.fixture
async def shelf(storage: Storage, clock: StandingClock) -> Library:
    """A FAQ that nobody has written anything into, and everybody known."""
    made = library(storage, clock)
    await made.meet_everybody()
    return made
