"""How notices leave: once each, kept for whoever cannot be reached now."""

from collections.abc import Iterable

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.storage.unit import Unit


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
    for member_id in member_ids:
        await tell_one(outbox, unit, member_id, content, key=f"{key}:{member_id}", lane=lane)


async def tell_one(
    outbox: Outbox,
    unit: Unit,
    member_id: int,
    content: object,
    *,
    key: str,
    lane: Lane = Lane.DESK,
) -> None:
    """Promise a notice to one person, under exactly this key."""
    await outbox.put(unit, notice_to(member_id, content, key=key, lane=lane))


def notice_to(member_id: int, content: object, *, key: str, lane: Lane) -> Promise:
    """Return the promise of a notice: told once more in doubt, for losing it is worse than two."""
    return Promise(
        content,
        chat_id=member_id,
        member_id=member_id,
        lane=lane,
        once_key=key,
        doubt=Doubt.ONCE_MORE,
    )
