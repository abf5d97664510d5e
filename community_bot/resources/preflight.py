"""The preflight: ten minutes ahead, and when it is time, somebody looks whether a post can go."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.delivery.service import Outbox
from community_bot.errors import Invalid
from community_bot.people.roles import Role
from community_bot.resources import (
    audience_queries,
    content_rules,
    library_queries,
    post_queries,
    run_queries,
)
from community_bot.resources.content_rules import parts_of
from community_bot.resources.facts import Composition, Level, Post
from community_bot.resources.looks import Looks
from community_bot.resources.notices import PreflightTrouble
from community_bot.resources.onlookers import Onlookers
from community_bot.resources.rules import ResourceState, RunEvent, RunState
from community_bot.resources.surroundings import Surroundings
from community_bot.resources.telling import tell
from community_bot.storage.unit import Storage, Unit

LOOK_AGAIN = timedelta(minutes=1)


class Preflight:
    """A chore: what is wrong is told before anybody could have got it, and mended or forced."""

    def __init__(self, storage: Storage, around: Surroundings, *, outbox: Outbox) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox
        self._onlookers = Onlookers(storage, around)

    async def sweep(self, now: datetime, looks: Looks) -> int:
        """Check what was not checked, and what had failed; return how many can go out."""
        async with self._storage.read() as session:
            runs = await run_queries.unchecked(session, now=now, again_before=now - LOOK_AGAIN)
        return sum([await self._check(run_id, now, looks) for run_id in runs])

    async def _check(self, run_id: int, now: datetime, looks: Looks) -> bool:
        async with self._storage.read() as session:
            found = await run_queries.with_post(session, run_id)
            if found is None:
                return False
            run, post = found[0], post_queries.post_of(found[1])
            content = content_rules.from_facts(run.content)
            troubles: list[str] = []
            if run.again_of is None:
                troubles = await self._troubles(session, post)
        troubles += [
            f"{trouble}:{place.chat_id}"
            for place in post.composed.places
            if (trouble := await looks.at_place(place)) is not None
        ]
        troubles += await self._onlookers.troubles(post.composed, post.composed.places, looks)
        troubles += [
            f"{trouble}:{number}"
            for number, media in enumerate(content.media, start=1)
            if (trouble := await looks.at_file(media)) is not None
        ]
        async with self._storage.work() as unit:
            await self._settle(unit, run_id, post, troubles, now)
            await unit.commit()
        return not troubles

    async def _troubles(self, session: AsyncSession, post: Post) -> list[str]:
        """Return what the database knows to be wrong."""
        composed, found = post.composed, []
        for place in composed.places:
            if await self._around.space_of(session, place) is None:
                found.append(f"gone:{place.chat_id}")
            elif not composed.is_teaser and await self._around.can_be_seen_below(
                session, place, composed.least_tier
            ):
                found.append(f"below_tier:{place.chat_id}")
        if composed.audience is not None:
            heads = await audience_queries.head_count(
                session, composed.audience, self._around.eyes(), composed.least_tier
            )
            if not heads.people - heads.unreachable - heads.below_tier and not composed.places:
                found.append("nobody:0")
        found += await self._of_library(session, composed)
        try:
            parts_of(content_rules.checked(composed.content))
        except Invalid as error:
            found.append(f"content_{error.reason}:0")
        return found

    async def _of_library(self, session: AsyncSession, composed: Composition) -> list[str]:
        """Return what the library says against it: guarded higher by now, or not to be opened."""
        levels = await self._around.levels()
        opened = [one.resource_id for one in composed.content.buttons if one.resource_id]
        wanted = {*opened, *([composed.resource_id] if composed.resource_id else [])}
        known = {one.resource_id: one for one in await library_queries.some(session, [*wanted])}
        found = [
            f"button:{number}"
            for number in dict.fromkeys(opened)
            if number not in known or known[number].state is not ResourceState.PUBLISHED
        ]
        source = known.get(composed.resource_id or 0)
        guarded = levels.get(source.least_tier or "") if source is not None else None
        asked = levels.get(composed.least_tier or "")
        if guarded is not None and not composed.is_teaser and guarded.rank > _rank(asked):
            found.append(f"guarded:{composed.resource_id}")
        return found

    async def _by_title(
        self, session: AsyncSession, post: Post, troubles: list[str]
    ) -> tuple[str, ...]:
        """Return what was found with places by what they are called, for those who read it."""
        spaces = [await self._around.space_of(session, place) for place in post.composed.places]
        titles = {str(space.chat_id): space.title for space in spaces if space is not None}
        apart = [trouble.partition(":") for trouble in troubles]
        return tuple(f"{kind}:{titles.get(where, where)}" for kind, _, where in apart)

    async def _settle(
        self, unit: Unit, run_id: int, post: Post, troubles: list[str], now: datetime
    ) -> None:
        """Write down what was found; only what is new is told."""
        run = await run_queries.row(unit.session, run_id)
        if run is None:
            return
        is_news = list(run.troubles) != troubles
        due_at = run.due_at
        await run_queries.note(unit.session, run_id, troubles=troubles, checked_at=now)
        if not troubles and run.state is RunState.PREFLIGHT_FAILED:
            await run_queries.step(unit.session, run_id, RunEvent.CLEAR)
        if not troubles:
            return
        await run_queries.step(unit.session, run_id, RunEvent.FAIL_PREFLIGHT)
        if is_news:
            told = await self._by_title(unit.session, post, troubles)
            notice = PreflightTrouble(run_id, post.post_id, post.title, due_at, told)
            admins = await self._around.people.with_roles_in(unit.session, Role.ADMIN)
            key = f"run:{run_id}:preflight:{content_rules.mark_of(*troubles)[:16]}"
            await tell(self._outbox, unit, admins, notice, key=key)


def _rank(level: Level | None) -> int:
    return 0 if level is None else level.rank
