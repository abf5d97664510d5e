"""Trying a post on: sent to whoever composes it or has to agree, exactly as it will look."""

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.people.roles import Actor
from community_bot.resources.composing import Composing
from community_bot.resources.facts import Preview
from community_bot.resources.notices import PostTried
from community_bot.resources.parcels import PostPart, part_for
from community_bot.resources.rules import PostState
from community_bot.resources.surroundings import Surroundings
from community_bot.storage.unit import Storage


class Trying:
    """What is tried on leaves a moment later, like every letter."""

    def __init__(
        self, storage: Storage, around: Surroundings, *, outbox: Outbox, composing: Composing
    ) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox
        self._composing = composing

    async def try_on(self, actor: Actor, *, post_id: int) -> Preview:
        """Send the post to this admin, and below it what would happen if it were confirmed now."""
        preview = await self._composing.preview(actor, post_id=post_id)
        await self._send(actor, *_parts(preview), await self._tried(preview))
        return preview

    async def show(self, actor: Actor, *, post_id: int) -> None:
        """Send the post to this admin, and nothing else."""
        preview = await self._composing.preview(actor, post_id=post_id)
        await self._send(actor, *_parts(preview))

    async def _send(self, actor: Actor, *contents: object) -> None:
        chat_id = actor.member_id
        async with self._storage.work(actor.cause) as unit:
            await self._outbox.put(
                unit,
                *(
                    Promise(one, chat_id=chat_id, member_id=chat_id, lane=Lane.REPLY, keep=False)
                    for one in contents
                ),
            )
            await unit.commit()

    async def _tried(self, preview: Preview) -> PostTried:
        composed, around = preview.post.composed, self._around
        async with self._storage.read() as session:
            titles = await around.titles_of(session, composed.places)
            open_titles = await around.titles_of(session, preview.open_places)
        return PostTried(
            post_id=preview.post.post_id,
            mark=preview.mark,
            is_waiting=preview.post.state is PostState.WAITING_APPROVAL,
            people=preview.people,
            unreachable=preview.unreachable,
            below_tier=preview.below_tier,
            places=len(composed.places),
            messages=preview.messages,
            takes=preview.takes,
            next_times=preview.next_times,
            needs_second=preview.needs_second,
            place_titles=titles,
            open_titles=open_titles,
        )


def _parts(preview: Preview) -> list[PostPart]:
    composed = preview.post.composed
    return [
        part_for(
            part,
            run_id=0,
            copy_id=0,
            is_silent=composed.is_silent,
            is_protected=preview.is_protected,
        )
        for part in preview.parts
    ]
