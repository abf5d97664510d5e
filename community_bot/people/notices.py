"""What the room tells people about their data."""

from dataclasses import dataclass

from community_bot.delivery.contents import notice


@notice("deletion_asked")
@dataclass(frozen=True, slots=True)
class DeletionAsked:
    """To owners: somebody wants what is known of them deleted."""

    member_id: int
    member_name: str
