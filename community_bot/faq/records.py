"""What an entry ever said and what came of it, as lines of JSON: for reading, not for import."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from community_bot.faq.facts import Counts, Entry, Version
from community_bot.faq.queries import packed


@dataclass(frozen=True, slots=True)
class Record:
    """An entry with all it ever said, the newest first, and how it was read and voted on."""

    entry: Entry
    versions: Sequence[Version]
    counts: Counts


def history(records: Iterable[Record]) -> str:
    """Return one line an entry."""
    return "".join(json.dumps(_line(one), ensure_ascii=False) + "\n" for one in records)


def _line(one: Record) -> dict[str, object]:
    entry = one.entry
    return {
        "id": entry.entry_id,
        "owner": entry.owner_name,
        "verified_at": entry.verified_at.isoformat() if entry.verified_at else None,
        "verified_by": entry.verifier_name,
        "review_at": entry.review_at.isoformat() if entry.review_at else None,
        "reads": one.counts.reads,
        "up": one.counts.up,
        "down": one.counts.down,
        "reasons": dict(one.counts.reasons),
        "versions": [_version(version) for version in reversed(one.versions)],
    }


def _version(version: Version) -> dict[str, object]:
    return {
        "version": version.version,
        "saved_at": version.saved_at.isoformat(),
        "saved_by": version.saver_name,
        "content": packed(version.content),
    }
