"""What the room tells people about memberships and doors."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.delivery.contents import notice
from community_bot.membership.rules import Phase


@notice("space_entered")
@dataclass(frozen=True, slots=True)
class SpaceEntered:
    """The door of a space was opened to somebody who asked."""

    chat_id: int
    title: str


@notice("space_refused")
@dataclass(frozen=True, slots=True)
class SpaceRefused:
    """The door stays closed: no membership opens it. `ended_at` is set where one has lapsed."""

    chat_id: int
    title: str
    phase: Phase
    ended_at: datetime | None
