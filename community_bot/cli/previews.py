"""What an import of members did, or would do, as text and as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from community_bot.cli.refusals import MISUSED, WRONG
from community_bot.membership.import_rules import MOST_ROWS, Fault
from community_bot.membership.imports import NO_REMOVALS, Preview

_MALFORMED = {
    "member_id": "is no number of a Telegram account",
    "claim": "is no telephone or order number of 6 to 64 letters and digits",
    "until": 'is no day; write 2026-12-31, or "forever"',
    "note": "holds a character that cannot be kept",
    "line": "cannot be read as a line of a table",
}
_REASONS = {
    "missing": "there is no such column",
    "one_of_both": "give the number of an account or a claim, and only one of them",
    "doubled": "stands in the list twice",
    "too_many": f"there are more than {MOST_ROWS:,} lines",
    "has_it": "has this tier already",
    "known": "was imported before",
}


@dataclass(frozen=True, slots=True)
class Report:
    """A preview, whether it was carried out, and which tiers there are."""

    preview: Preview
    tiers: Sequence[str]
    is_done: bool

    @property
    def code(self) -> int:
        """Return the exit code: a file that cannot be used is worse than a conflict."""
        if self.preview.faults or not self.preview.rows:
            return MISUSED
        return WRONG if self.preview.conflicts else 0

    @property
    def json(self) -> str:
        found = {
            "memberships": len(self.preview.rows),
            "to_be_claimed": self._unclaimed,
            "over": self.preview.over,
            "faults": [asdict(fault) for fault in self.preview.faults],
            "conflicts": [asdict(fault) for fault in self.preview.conflicts],
            "is_done": self.is_done,
        }
        return json.dumps(found, ensure_ascii=False)

    @property
    def text(self) -> str:
        preview = self.preview
        if not preview.rows and not preview.faults:
            return "line 2: there is nobody in the list\nNothing was taken over."
        wrong = [self._line(fault) for fault in (*preview.faults, *preview.conflicts)]
        return "\n".join([*wrong, *([self._none] if wrong else self._done)])

    @property
    def _unclaimed(self) -> int:
        return sum(row.member_id is None for row in self.preview.rows)

    @property
    def _none(self) -> str:
        faults, conflicts = len(self.preview.faults), len(self.preview.conflicts)
        return f"Nothing was taken over: {faults} mistakes, {conflicts} conflicts."

    @property
    def _done(self) -> list[str]:
        rows = self.preview.rows
        whom = f"{len(rows) - self._unclaimed} for accounts, {self._unclaimed} to be claimed"
        over = f"; {self.preview.over} ended in the past" if self.preview.over else ""
        if not self.is_done:
            return [f"{len(rows)} memberships can be taken over ({whom}{over})."]
        return [
            f"Took over {len(rows)} memberships ({whom}{over}).",
            f"Nobody is removed from any group for {NO_REMOVALS.days} days.",
        ]

    def _line(self, fault: Fault) -> str:
        if fault.reason == "unknown":
            reason = f"is no tier; there are: {', '.join(self.tiers)}"
        else:
            reason = _REASONS.get(fault.reason) or _MALFORMED[fault.column]
        return f"line {fault.line}: {fault.column}: {reason}"
