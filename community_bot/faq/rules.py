"""How an entry lives: its states, when it is looked at again, and what calls for it early."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from community_bot.errors import Invalid
from community_bot.machine import Machine

LONGEST_REVIEW = 3650  # days
REMIND_EVERY = timedelta(hours=84)  # two reminders a week
REMINDERS = 2  # to the owner; then the lead is told as well
DOWN_VOTES, DOWN_WITHIN = 3, timedelta(days=7)
READERS, ASKED_SHARE = 12, 0.25  # of so many readers, more than a quarter asked all the same
READ_LATELY = timedelta(days=30)  # who read the old answer hears of a change
SEARCHED_LATELY = timedelta(days=60)  # who searched in vain hears of an answer
SEARCHES_KEPT = timedelta(days=180)
ONCE_IN_A_GROUP = timedelta(minutes=10)
PAGE = 8
MOST_HITS = 8


class EntryState(StrEnum):
    """Where an entry is on its way."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    STALE = "stale"
    ARCHIVED = "archived"


class EntryEvent(StrEnum):
    """What happens to an entry."""

    SUBMIT = "submit"
    RETURN = "return"
    PUBLISH = "publish"
    VERIFY = "verify"
    DOUBT = "doubt"
    ARCHIVE = "archive"
    RESTORE = "restore"


class Doubted(StrEnum):
    """Why an entry may be out of date."""

    DUE = "due"  # nobody has looked at it for too long
    VOTES = "votes"  # several members said that it did not help
    POLICY = "policy"  # a platform changed its rules
    ASKED = "asked"  # many who read it asked a mentor all the same
    ANSWERED = "answered"  # a mentor answered somebody who had read it; asked about, not marked


class VoteReason(StrEnum):
    """Why an answer did not help."""

    OUTDATED = "outdated"
    UNCLEAR = "unclear"
    ELSEWHERE = "elsewhere"  # not for the member's market
    WRONG = "wrong"


ENTRY = Machine(
    "entry",
    EntryState.DRAFT,
    {
        (EntryState.DRAFT, EntryEvent.SUBMIT): EntryState.IN_REVIEW,
        (EntryState.DRAFT, EntryEvent.PUBLISH): EntryState.PUBLISHED,
        (EntryState.DRAFT, EntryEvent.ARCHIVE): EntryState.ARCHIVED,
        (EntryState.IN_REVIEW, EntryEvent.PUBLISH): EntryState.PUBLISHED,
        (EntryState.IN_REVIEW, EntryEvent.RETURN): EntryState.DRAFT,
        (EntryState.IN_REVIEW, EntryEvent.ARCHIVE): EntryState.ARCHIVED,
        (EntryState.PUBLISHED, EntryEvent.VERIFY): EntryState.PUBLISHED,
        (EntryState.PUBLISHED, EntryEvent.DOUBT): EntryState.STALE,
        (EntryState.PUBLISHED, EntryEvent.ARCHIVE): EntryState.ARCHIVED,
        (EntryState.STALE, EntryEvent.VERIFY): EntryState.PUBLISHED,
        (EntryState.STALE, EntryEvent.ARCHIVE): EntryState.ARCHIVED,
        (EntryState.ARCHIVED, EntryEvent.RESTORE): EntryState.DRAFT,
    },
)
SHOWN = (EntryState.PUBLISHED, EntryState.STALE)  # what members find


@dataclass(frozen=True, slots=True)
class Intervals:
    """How often entries are looked at again, where they do not say so themselves."""

    usual: timedelta
    by_topic: Mapping[str, timedelta]

    @classmethod
    def of_days(cls, usual: int, by_topic: Mapping[str, int]) -> "Intervals":
        """Read them as the configuration has them."""
        topics = {topic: timedelta(days=days) for topic, days in by_topic.items()}
        return cls(timedelta(days=usual), topics)

    def due(
        self, verified_at: datetime, every: timedelta | None, topics: Iterable[str]
    ) -> datetime:
        """Return when an entry is due: as it says itself, or as its strictest topic."""
        strictest = min(
            (self.by_topic[one] for one in topics if one in self.by_topic), default=None
        )
        return verified_at + (every or strictest or self.usual)


def days_typed(text: str) -> int | None:
    """Read a number of days between reviews; a dash is as the topic says. Raises Invalid."""
    typed = text.strip()
    if typed == "-":
        return None
    if not (typed.isdecimal() and len(typed) <= len(str(LONGEST_REVIEW))):
        raise Invalid("review", "days")
    return int(typed)


def is_doubted(down_votes: int) -> bool:
    """Say whether so many thumbs-down within a week call for a look."""
    return down_votes >= DOWN_VOTES


def is_asked_about(asked: int, readers: int) -> bool:
    """Say whether too many of an answer's readers asked a mentor all the same."""
    return readers >= READERS and asked / readers > ASKED_SHARE


def week_of(now: datetime) -> str:
    """Return the week of a moment, by which what is asked once a week is told apart."""
    year, week, _ = now.isocalendar()
    return f"{year}w{week}"


def tells_lead(reminders: int) -> bool:
    """Say whether the owner has been reminded often enough for the lead to be told."""
    return reminders >= REMINDERS
