"""What the room tells people about their data."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.delivery.contents import notice


@notice("deletion_asked")
@dataclass(frozen=True, slots=True)
class DeletionAsked:
    """To owners: somebody wants what is known of them deleted, by `due_at` at the latest."""

    member_id: int
    member_name: str
    erasure_id: int = 0
    due_at: datetime | None = None


@notice("deletion_declined")
@dataclass(frozen=True, slots=True)
class DeletionDeclined:
    """To the person: their data is not deleted, and why."""

    reason: str


@notice("data_erased")
@dataclass(frozen=True, slots=True)
class DataErased:
    """To the person, the last word: what was known of them is deleted."""

    contact: str
