"""What is promised, what is carried, and what became of it."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from community_bot.delivery.lanes import Lane
from community_bot.delivery.rules import DeliveryEvent, Doubt


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing to be told to, or done for, one fixed recipient.

    `content` is a notice or an act (see contents.py). `once_key` makes a second promise of the
    same thing a no-op. `keep` holds it for a person who is unreachable now.
    """

    content: object
    chat_id: int
    lane: Lane = Lane.NOTICE
    member_id: int | None = None
    topic_id: int | None = None
    topic_name: str | None = None
    once_key: str | None = None
    doubt: Doubt = Doubt.ASK
    keep: bool = True
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A promise on its way, under its number."""

    delivery_id: int
    kind: str
    lane: Lane
    chat_id: int
    topic_id: int | None
    topic_name: str | None
    member_id: int | None
    facts: dict[str, Any]
    doubt: Doubt
    attempts: int
    resent: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """The messenger's word that it arrived: the ids of the messages, none for an act."""

    message_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try."""

    letter: Letter
    event: DeliveryEvent
    receipt: Receipt = Receipt()
    error: str | None = None
    not_before: datetime | None = None
    counts_as_resent: bool = False


class Messenger(Protocol):
    """The way out. Knows the words and the network; the core knows neither."""

    def admit(self, letter: Letter) -> Awaitable[None]:
        """Wait until the pace allows this letter to leave."""

    def deliver(self, letter: Letter) -> Awaitable[Receipt]:
        """Send it now; raises DeliveryError by consequence (see errors.py)."""

    def make_topic(self, chat_id: int, name: str) -> Awaitable[int]:
        """Make the forum topic anew and return its id."""
