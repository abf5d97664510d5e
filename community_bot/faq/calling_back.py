"""Telling those who searched in vain that there is an answer now."""

from datetime import datetime

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.faq import gap_queries
from community_bot.faq.content_rules import EntryKind
from community_bot.faq.documents import Document, Verdict
from community_bot.faq.engine import SearchEngine
from community_bot.faq.facts import Entry
from community_bot.faq.following import LiveIndex
from community_bot.faq.markup_rules import plain
from community_bot.faq.notices import AnswerFound
from community_bot.faq.rules import SEARCHED_LATELY
from community_bot.storage.unit import Unit

KEY = "new"


async def call_back(
    unit: Unit, entry: Entry, *, outbox: Outbox, index: LiveIndex, now: datetime
) -> int:
    """Promise word to whoever searched lately, in vain, for what this entry answers.

    Each search is called back once; what members typed goes back to nobody but themselves.
    """
    if entry.content.kind is not EntryKind.FAQ:
        return 0
    vain = await gap_queries.in_vain(unit.session, since=now - SEARCHED_LATELY)
    answered = _answered(entry, {normal for normal, *_ in vain}, index)
    called = [one for one in vain if one[0] in answered]
    told: set[int] = set()
    for _, search_id, member_id, wording, searched_at in called:
        await gap_queries.note_called_back(unit.session, search_id, now=now)
        if member_id in told:
            continue
        told.add(member_id)
        await outbox.put(
            unit,
            Promise(
                AnswerFound(entry.entry_id, entry.content.question, wording, searched_at),
                chat_id=member_id,
                member_id=member_id,
                lane=Lane.NOTICE,
                once_key=f"faq_answer_found:{entry.entry_id}:{member_id}",
            ),
        )
    return len(told)


def _answered(entry: Entry, normals: set[str], index: LiveIndex) -> set[str]:
    """Return which wordings this entry answers, beside everything else that is there."""
    if not normals:
        return set()
    content = entry.content
    one = SearchEngine(index.vocabulary)
    one.put(Document(KEY, content.question, aliases=content.aliases, body=plain(content.body)))
    return {normal for normal in normals if one.search(normal, limit=1).verdict is Verdict.ANSWERS}
