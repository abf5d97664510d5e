"""How the room's notices leave: once each, to those who look after posts."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.people.roles import Role
from community_bot.people.service import People
from community_bot.resources.facts import Post
from community_bot.resources.post_rows import PostRow
from community_bot.storage.unit import Unit


async def keepers(people: People, session: AsyncSession, post: Post | PostRow) -> list[int]:
    """Return who looks after a post: who composed, confirmed and agreed to it.

    Once none of them is an admin any more, it is all admins.
    """
    admins = await people.with_roles_in(session, Role.ADMIN)
    hands = {post.made_by, post.submitted_by, post.approved_by}
    return [one for one in admins if one in hands] or admins


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
