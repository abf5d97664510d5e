"""Topics of the library: markets by their letters, subjects by their words."""

import re
from collections.abc import Iterable
from enum import StrEnum

from community_bot.errors import Invalid

TOPICS, TOPIC_SIGNS = 8, 32
_MARKET = re.compile(r"[A-Za-z]{2,3}")
_SIGNS = re.compile(r"[^\s:,，、;；]+")


class TopicKind(StrEnum):
    """What a topic names."""

    MARKET = "market"  # US, UK, ID, SEA
    SUBJECT = "subject"  # opening a shop, live selling, logistics, policy


def kind_of(code: str) -> TopicKind:
    """Say what a topic names: two or three capital letters are a market."""
    is_market = _MARKET.fullmatch(code) is not None and code.isupper()
    return TopicKind.MARKET if is_market else TopicKind.SUBJECT


def checked(given: Iterable[str]) -> tuple[str, ...]:
    """Return topics in the form in which they are kept, each once; raises Invalid."""
    topics = tuple(dict.fromkeys(_one(topic) for topic in given if topic.strip()))
    if len(topics) > TOPICS:
        raise Invalid("topics", "too_many", limit=TOPICS)
    return topics


def _one(topic: str) -> str:
    code = topic.strip().lstrip("#")
    if len(code) > TOPIC_SIGNS or not _SIGNS.fullmatch(code):
        raise Invalid("topics", "malformed", topic=topic)
    return code.upper() if _MARKET.fullmatch(code) else code.lower()
