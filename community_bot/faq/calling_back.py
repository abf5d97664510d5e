"""Telling those who searched in vain that there is an answer now."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.faq import gap_queries
from community_bot.faq.access import Access
from community_bot.faq.content_rules import EntryKind
from community_bot.faq.documents import Document, Verdict
from community_bot.faq.engine import SearchEngine
from community_bot.faq.facts import Entry
from community_bot.faq.following import LiveIndex
from community_bot.faq.markup_rules import plain
from community_bot.faq.notices import AnswerFound
from community_bot.faq.rules import SEARCHED_LATELY
from community_bot.storage.unit import Unit


class CallingBack:
    """Keeps the promise made to everybody whose search found nothing."""

    def __init__(self, *, outbox: Outbox, index: LiveIndex, access: Access) -> None:
        self._outbox = outbox
        self._index = index
        self._access = access

    async def tell(self, unit: Unit, entries: Sequence[Entry], *, now: datetime) -> int:
        """Promise word to whoever searched lately, in vain, for what one of these answers.

        Only to those who may read it, and once for each search; what members typed goes back to
        nobody but themselves. Somebody who may not read it is told of the next one that they may.
        """
        open_ = {one.entry_id: one for one in entries if one.content.kind is EntryKind.FAQ}
        vain = await gap_queries.in_vain(unit.session, since=now - SEARCHED_LATELY) if open_ else []
        answers = await self._answers(unit, open_, {normal for normal, *_ in vain})
        told: set[tuple[int, int]] = set()
        for normal, search_id, member_id, wording, searched_at in vain:
            entry = open_.get(answers.get(normal, 0))
            if entry is None or not await self._access.may_open(member_id, entry.content):
                continue
            await gap_queries.note_called_back(unit.session, search_id, now=now)
            if (entry.entry_id, member_id) not in told:
                told.add((entry.entry_id, member_id))
                await self._promise(unit, entry, member_id, wording, searched_at)
        return len(told)

    async def _promise(
        self, unit: Unit, entry: Entry, member_id: int, wording: str, searched_at: datetime
    ) -> None:
        await self._outbox.put(
            unit,
            Promise(
                AnswerFound(entry.entry_id, entry.content.question, wording, searched_at),
                chat_id=member_id,
                member_id=member_id,
                lane=Lane.NOTICE,
                once_key=f"faq_answer_found:{entry.entry_id}:{member_id}",
            ),
        )

    async def _answers(
        self, unit: Unit, entries: Mapping[int, Entry], normals: Collection[str]
    ) -> dict[str, int]:
        """Return which of these entries answers which wording: as was decided, or as is found."""
        if not normals:
            return {}
        new = SearchEngine(self._index.vocabulary)
        new.fill(_document(entry) for entry in entries.values())
        found = {normal: new.search(normal, limit=1) for normal in normals}
        answered = {
            normal: int(result.hits[0].key)
            for normal, result in found.items()
            if result.verdict is Verdict.ANSWERS
        }
        return answered | await gap_queries.decided(unit.session, entries.keys())


def _document(entry: Entry) -> Document:
    content = entry.content
    return Document(
        str(entry.entry_id),
        content.question,
        aliases=content.aliases,
        body=plain(content.body),
    )
