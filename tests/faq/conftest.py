"""An engine with the questions of a small community of sellers."""

from pathlib import Path

import pytest

from community_bot.faq.documents import Document
from community_bot.faq.engine import SearchEngine
from community_bot.faq.evaluation import read_entries

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
