"""Reports: what became of a run, for whom and why, as figures and as a table."""

import csv
import io
from collections import Counter
from datetime import timedelta

from community_bot.errors import NotFound
from community_bot.people.roles import Actor, Role
from community_bot.resources import audience_queries, post_queries, report_queries, run_queries
from community_bot.resources.audience_rules import Audience, Criterion, spelled
from community_bot.resources.facts import Because, Report, TopicReach, Why
from community_bot.resources.surroundings import Surroundings
from community_bot.storage.unit import Storage

HEAD = (
    *("run", "chat_id", "topic_id", "member_id", "name", "part", "state", "reason", "tier"),
    *("settled_at", "message_ids", "corrected", "withdrawn", "trouble"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon with


class Reporting:
    """Reads the ledger; 'sent' says that Telegram named the message, never that it was read."""

    def __init__(self, storage: Storage, around: Surroundings) -> None:
        self._storage = storage
        self._around = around

    async def report(self, actor: Actor, *, run_id: int) -> Report:
        """Return what became of a run; raises NotFound."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            run = await run_queries.one(session, run_id, per_second=self._around.per_second)
            if run is None:
                raise NotFound("run", run_id)
            openings = await report_queries.openings(session, run_id)
            return Report(
                run=run,
                reasons=await report_queries.reasons(session, run_id),
                opened=openings.people,
                opened_by_button=openings.by_button,
                opened_by_tier=openings.by_tier,
                not_mended=await report_queries.not_mended(session, run_id),
                withdrawn=await run_queries.withdrawn(session, run_id),
            )

    async def topics(self, actor: Actor, *, days: int = 90) -> list[TopicReach]:
        """Return for each topic how often it arrived and how often it was opened, lately."""
        actor.require(Role.ADMIN)
        since = self._around.clock.now() - timedelta(days=days)
        async with self._storage.read() as session:
            runs = await report_queries.by_topic(session, since=since)
        sent, opened = Counter[str](), Counter[str]()
        for topics, got, pressed in runs:
            for topic in topics:
                sent[topic] += got
                opened[topic] += pressed
        return [TopicReach(topic, count, opened[topic]) for topic, count in sent.most_common()]

    async def table(self, actor: Actor, *, run_id: int) -> str:
        """Return every copy of a run as CSV, a line each."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            if await run_queries.row(session, run_id) is None:
                raise NotFound("run", run_id)
            rows = await report_queries.lines(session, run_id)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows([_safe(value) for value in row] for row in rows)
        return out.getvalue()

    async def why(self, actor: Actor, *, run_id: int, member_id: int) -> Why:
        """Say why a person did, or did not, get a run; what is true of them is as of now."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            found = await run_queries.with_post(session, run_id)
            if found is None:
                raise NotFound("run", run_id)
            composed = post_queries.post_of(found[1]).composed
            audience = composed.audience or Audience(())
            included, excluded, in_reach, entitled = await audience_queries.truths(
                session, member_id, audience, self._around.eyes(), composed.least_tier
            )
            copy = await report_queries.copy_of(session, run_id, member_id)
            places = await self._around.titles_of(session, composed.places)
        because = [
            *(
                Because(_word(one), is_true, is_excluding=False)
                for one, is_true in zip(audience.include, included, strict=True)
            ),
            *(
                Because(_word(one), is_true, is_excluding=True)
                for one, is_true in zip(audience.exclude, excluded, strict=True)
            ),
        ]
        return Why(
            member_id=member_id,
            state=None if copy is None else copy.state,
            reason=None if copy is None else copy.reason,
            settled_at=None if copy is None else copy.settled_at,
            because=tuple(because),
            is_reachable=in_reach,
            is_entitled=entitled,
            is_private=composed.audience is not None,
            places=places,
        )


def _word(one: Criterion) -> str:
    return spelled(Audience((one,)))


def _safe(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, int) else text
