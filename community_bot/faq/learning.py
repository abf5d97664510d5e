"""What the FAQ has learnt: explained to staff, undone by them, added to by answered tickets."""

from collections.abc import Collection
from dataclasses import replace

from community_bot.clock import Clock
from community_bot.errors import NotFound
from community_bot.faq import entry_steps as steps
from community_bot.faq import learning_queries, queries
from community_bot.faq.access import EDITORS
from community_bot.faq.content_rules import Content, Media, checked
from community_bot.faq.entries import Entries
from community_bot.faq.following import LiveIndex
from community_bot.faq.learning_rules import Lesson, Sign
from community_bot.faq.masking import masked, masked_markup
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

KEPT = 200  # signs of a wording
TITLE = 200


class Learning:
    """Wordings that lead to entries. Members never see each other's; staff see them masked."""

    def __init__(
        self, storage: Storage, clock: Clock, *, index: LiveIndex, entries: Entries
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._index = index
        self._entries = entries

    async def lessons(self, actor: Actor, *, entry_id: int) -> list[Lesson]:
        """Return which wordings lead to an entry because it helped, and how many members say so."""
        actor.require(*EDITORS)
        async with self._storage.read() as session:
            return await learning_queries.lessons(session, entry_id)

    async def undo(self, actor: Actor, *, confirmation_id: int) -> None:
        """Forget a wording, whoever it was learnt from; nothing of it is left in the search."""
        actor.require(Role.ADMIN)
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            about = await learning_queries.normal_of(unit.session, confirmation_id)
            if about is None or not await learning_queries.undo(
                unit.session,
                entry_id=about[0],
                normal=about[1],
                member_id=None,
                by=actor.member_id,
                now=now,
                revision=await queries.next_revision(unit.session),
            ):
                raise NotFound("lesson", confirmation_id)
            await journal.record(
                unit,
                at=now,
                actor_id=actor.member_id,
                action="unlearn",
                subject="faq_entry",
                subject_key=about[0],
            )
            await unit.commit()

    async def erase(self, unit: Unit, actor: Actor, member_id: int) -> None:
        """Forget what a member typed, in the unit in which they are forgotten themselves."""
        await learning_queries.blank(
            unit.session,
            member_id,
            by=actor.member_id,
            now=self._clock.now(),
            revision=await queries.next_revision(unit.session),
        )

    async def answered_with(
        self, unit: Unit, *, entry_id: int, member_id: int, wording: str
    ) -> None:
        """Note, in the unit of whoever answered, that a question was answered with an entry."""
        kept = masked(wording)[:KEPT]
        normal = self._index.engine.normal(kept)[:KEPT]
        if normal:
            await learning_queries.confirm(
                unit.session,
                entry_id=entry_id,
                member_id=member_id,
                wording=kept,
                normal=normal,
                sign=Sign.ANSWERED,
                now=self._clock.now(),
                revision=await queries.next_revision(unit.session),
            )

    async def promote(
        self,
        unit: Unit,
        actor: Actor,
        *,
        question: str,
        answer: str,
        media: tuple[Media, ...] = (),
        topics: tuple[str, ...] = (),
        ticket_id: int | None = None,
        names: Collection[str] = (),
    ) -> int:
        """Make a draft of a question and its answer, without personal data; return its number.

        `answer` is Telegram HTML; `names` are blackened as well. Nobody sees
        a draft but staff, who read it before it is shown.
        """
        title = " ".join(masked(question, names=names).split())
        content = Content(
            question=title if len(title) <= TITLE else title[: TITLE - 1] + "…",
            body=masked_markup(answer, names=names),
            topics=topics,
            media=media,
        )
        return await self._entries.write_in(
            unit, actor, content=content, source_ticket_id=ticket_id
        )

    async def renew(
        self,
        unit: Unit,
        actor: Actor,
        *,
        entry_id: int,
        answer: str,
        media: tuple[Media, ...] = (),
        names: Collection[str] = (),
    ) -> None:
        """Save an answer as the newest version of an entry, without personal data."""
        before = await steps.editable(unit, actor, entry_id)
        body = masked_markup(answer, names=names)
        content = replace(before.content, body=body, media=media or before.content.media)
        await self._entries.save_in(
            unit, actor, before, version=before.version, content=checked(content)
        )
