"""Votes: whether an answer helped, once for each member and version, and why it did not."""

from datetime import datetime

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, NotFound
from community_bot.faq import learning_queries, queries, usage_queries
from community_bot.faq.access import Access
from community_bot.faq.doubting import doubt
from community_bot.faq.facts import Counts
from community_bot.faq.learning_rules import Sign
from community_bot.faq.reading import shown_entry
from community_bot.faq.rules import DOWN_WITHIN, Doubted, VoteReason, is_doubted
from community_bot.faq.usage_rows import SearchRow
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit


class Votes:
    """Takes votes; the newest of a member on a version counts."""

    def __init__(self, storage: Storage, clock: Clock, *, access: Access) -> None:
        self._storage = storage
        self._clock = clock
        self._access = access

    async def vote(
        self,
        actor: Actor,
        *,
        entry_id: int,
        version: int,
        is_up: bool,
        search_id: int | None = None,
    ) -> None:
        """Say whether it helped; AlreadyDone for the same vote again.

        A thumb up lets others with the same words find it; a thumb down takes that back. Several
        thumbs down in a week call for somebody to look at the entry.
        """
        reader = await self._access.reader(actor)
        async with self._storage.work(actor.cause) as unit:
            entry = await shown_entry(unit, reader, entry_id)
            if not reader.may_open(entry.content) or not 0 < version <= entry.version:
                raise NotFound("entry", entry_id)
            is_new = await usage_queries.vote(
                unit.session,
                entry_id=entry_id,
                version=version,
                member_id=actor.member_id,
                is_up=is_up,
                now=self._clock.now(),
            )
            if not is_new:
                raise AlreadyDone("vote")
            await self._learn(unit, actor, entry_id, search_id, is_up=is_up)
            if not is_up:
                await self._count_doubts(unit, entry_id, entry.version)
            await unit.commit()

    async def helped_since(self, since: datetime) -> int:
        """Count how often members said since then that an entry helped."""
        async with self._storage.read() as session:
            return await usage_queries.helped_since(session, since)

    async def give_reason(
        self, actor: Actor, *, entry_id: int, version: int, reason: VoteReason
    ) -> None:
        """Say why an answer did not help; raises NotFound without such a vote."""
        async with self._storage.work(actor.cause) as unit:
            if not await usage_queries.give_reason(
                unit.session,
                entry_id=entry_id,
                version=version,
                member_id=actor.member_id,
                reason=reason,
            ):
                raise NotFound("vote")
            await unit.commit()

    async def counts(self, entry_id: int) -> Counts:
        async with self._storage.read() as session:
            votes = await usage_queries.votes_of(session, entry_id)
            reads = await usage_queries.reads_of(session, entry_id)
        return counted(votes, reads)

    async def _learn(
        self, unit: Unit, actor: Actor, entry_id: int, search_id: int | None, *, is_up: bool
    ) -> None:
        """Take the wording of the member's own search that led here for what it was worth."""
        search = await usage_queries.search(unit.session, search_id) if search_id else None
        if search is None or search.member_id != actor.member_id or not search.normal:
            return
        if is_up:
            await self._confirm(unit, actor, entry_id, search)
        else:
            await usage_queries.note_failed(unit.session, search.search_id)
            await learning_queries.undo(
                unit.session,
                entry_id=entry_id,
                normal=search.normal,
                member_id=actor.member_id,
                by=actor.member_id,
                now=self._clock.now(),
                revision=await queries.next_revision(unit.session),
            )

    async def _confirm(self, unit: Unit, actor: Actor, entry_id: int, search: SearchRow) -> None:
        await learning_queries.confirm(
            unit.session,
            entry_id=entry_id,
            member_id=actor.member_id,
            wording=search.wording,
            normal=search.normal,
            sign=Sign.HELPED,
            now=self._clock.now(),
            revision=await queries.next_revision(unit.session),
        )

    async def _count_doubts(self, unit: Unit, entry_id: int, version: int) -> None:
        now = self._clock.now()
        down = await usage_queries.down_votes(unit.session, entry_id, version, now - DOWN_WITHIN)
        if is_doubted(down):
            await doubt(unit, entry_id, Doubted.VOTES, now=now)


def counted(votes: usage_queries.Votes, reads: int) -> Counts:
    """Add votes up, whatever version they were on."""
    reasons: dict[str, int] = {}
    for is_up, reason, number in votes:
        if not is_up and reason is not None:
            reasons[reason.value] = reasons.get(reason.value, 0) + number
    return Counts(
        reads=reads,
        up=sum(number for is_up, _, number in votes if is_up),
        down=sum(number for is_up, _, number in votes if not is_up),
        reasons=reasons,
    )
