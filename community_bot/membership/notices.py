"""What the room tells people about memberships and doors."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.delivery.contents import notice
from community_bot.membership.facts import Wording
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


@notice("membership_ending")
@dataclass(frozen=True, slots=True)
class MembershipEnding:
    """The membership ends in `days_left` days, counted in days of the community's zone."""

    tier_code: str
    tier_name: Wording
    until: datetime
    days_left: int


@notice("grace_began")
@dataclass(frozen=True, slots=True)
class GraceBegan:
    """The membership has ended; nothing is taken away until `grace_until`.

    `is_read_only` says that groups may be read but not written in until it is renewed.
    """

    tier_code: str
    tier_name: Wording
    ended_at: datetime
    grace_until: datetime
    is_read_only: bool = False


@notice("removal_ahead")
@dataclass(frozen=True, slots=True)
class RemovalAhead:
    """No membership opens this space any more; from `removal_at` on, the place is gone."""

    chat_id: int
    title: str
    removal_at: datetime


@notice("removed_from_space")
@dataclass(frozen=True, slots=True)
class RemovedFromSpace:
    """The place in a space is gone, and how to come back is said."""

    chat_id: int
    title: str


@notice("removals_stopped")
@dataclass(frozen=True, slots=True)
class RemovalsStopped:
    """To admins: a sweep would remove so many that a person has to say yes."""

    chat_id: int
    title: str
    would_remove: int
    present: int


@notice("removals_locked")
@dataclass(frozen=True, slots=True)
class RemovalsLocked:
    """To owners and admins: a backup was put back, and nobody is removed until they say so."""

    restored_at: datetime


@notice("space_stuck")
@dataclass(frozen=True, slots=True)
class SpaceStuck:
    """To admins: Telegram does not let us open a door or take somebody out, and says why."""

    chat_id: int
    title: str
    member_name: str
    is_removal: bool
    reason: str


@notice("place_found")
@dataclass(frozen=True, slots=True)
class PlaceFound:
    """To owners: the bot was added to a chat, and they say what it is to be."""

    chat_id: int
    title: str
    is_channel: bool
    is_forum: bool
    added_by: str


@notice("place_lost")
@dataclass(frozen=True, slots=True)
class PlaceLost:
    """To owners: the bot is no longer in a space, or no longer an admin there."""

    chat_id: int
    title: str
    is_out: bool
