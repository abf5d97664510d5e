"""How the room's notices leave: once each, kept for whoever cannot be reached now."""

from collections.abc import Iterable

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.people.roles import Role
from community_bot.storage.unit import Unit

# Who looks after money, and hears of it.
APPROVERS = (Role.FINANCE, Role.ADMIN)


async def tell(
    outbox: Outbox,
    unit: Unit,
    member_ids: Iterable[int],
    content: object,
    *,
    key: str,
    lane: Lane = Lane.DESK,
) -> None:
    """Promise a notice to each of these people, under a key that makes a second one a no-op."""
    await outbox.put(
        unit,
        *(
            Promise(
                content,
                chat_id=member_id,
                member_id=member_id,
                lane=lane,
                once_key=f"{key}:{member_id}",
                doubt=Doubt.ONCE_MORE,
            )
            for member_id in member_ids
        ),
    )
