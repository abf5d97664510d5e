"""Tickets as lists and transcripts show them: frozen facts, never rows."""

from dataclasses import dataclass

from community_bot.tickets.facts import Hit, Message, Moment, Rating, Ticket


@dataclass(frozen=True, slots=True)
class Line:
    """A ticket in a list, with the names that the list shows."""

    ticket: Ticket
    member_name: str
    mentor_name: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some tickets of a list; pages are counted from nought."""

    lines: tuple[Line, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tickets each view of the desk holds, by the names of the views."""

    unclaimed: int
    mine: int
    overdue: int
    waiting: int
    unreachable: int
    all: int


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of one of the desk's views, and how much each of them holds."""

    page: Page
    tally: Tally


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message in a transcript, with what it said before it was changed."""

    message: Message
    author_name: str
    is_arrived: bool
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """A ticket from the first word on; a member's own has no notes and no inner events."""

    ticket: Ticket
    member_name: str
    mentor_name: str | None
    spoken: tuple[Spoken, ...]
    moments: tuple[Moment, ...]
    read: tuple[Hit, ...]
    rating: Rating | None


@dataclass(frozen=True, slots=True)
class Shared:
    """Somebody else's open question, without a name, which one may follow."""

    ticket_id: int
    summary: str
    topic: str | None
    market: str | None
    followers: int
