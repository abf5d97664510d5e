"""What is promised, what is carried, and what became of it."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from community_bot.delivery.lanes import Lane
from community_bot.delivery.rules import DeliveryEvent, Doubt, Fault


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing to be told to, or done for, one fixed recipient.

    `content` is a notice, an act or a parcel (see contents.py). `once_key` makes a second promise
    of the same thing a no-op. `keep` holds it for a person who is unreachable now; what is not
    kept is stale when it fails, and nobody is offered to send it again.

    `card` names a message that lives on ("ticket:42"): where the card is in that chat already it
    is edited in place, and a newer letter of the same card takes the place of an older one that
    still waits. `about` says what a letter belongs to ("run:7"): by it a room is told what became
    of its letters, counts them and calls them off.
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
    card: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A promise on its way, under its number; `edits` is the message that its card is now."""

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
    keep: bool = True
    card: str | None = None
    about: str | None = None
    edits: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The messenger's word that it arrived.

    The ids of the messages in their order, none for an act; the topic that an act has opened; and
    how many of the messages to be copied Telegram has left out without a word.
    """

    message_ids: tuple[int, ...] = ()
    topic_id: int | None = None
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try; `fault` says what stood in the way for good."""

    letter: Letter
    event: DeliveryEvent
    receipt: Receipt = Receipt()
    error: str | None = None
    fault: Fault | None = None
    not_before: datetime | None = None
    counts_as_resent: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a card is: its chat and its message."""

    chat_id: int
    message_id: int


class Messenger(Protocol):
    """The way out. Knows the words and the network; the core knows neither."""

    def admit(self, letter: Letter) -> Awaitable[None]:
        """Wait until the pace allows this letter to leave."""

    def deliver(self, letter: Letter) -> Awaitable[Receipt]:
        """Send it now; raises DeliveryError by consequence (see errors.py)."""

    def make_topic(self, chat_id: int, name: str) -> Awaitable[int]:
        """Make the forum topic anew and return its id."""
