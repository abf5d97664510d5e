"""How the room's notices leave: once each, to those who look after posts."""

from collections.abc import Iterable

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.storage.unit import Unit


async def tell(
    outbox: Outbox, unit: Unit, member_ids: Iterable[int], content: object, *, key: str
) -> None:
    """Promise a notice to each of these people, under a key that makes a second one a no-op."""
    await outbox.put(
        unit,
        *(
            Promise(
                content,
                chat_id=member_id,
                member_id=member_id,
                lane=Lane.NOTICE,
                once_key=f"{key}:{member_id}",
                doubt=Doubt.ONCE_MORE,
            )
            for member_id in sorted(set(member_ids))
        ),
    )
