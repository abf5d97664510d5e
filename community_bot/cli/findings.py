"""What `doctor` finds: each thing that was looked at is well, doubtful or wrong."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Health(StrEnum):
    """How something was found."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and what to do about it."""

    what: str
    health: Health
    seen: str
    advice: str = ""

    @property
    def line(self) -> str:
        """Say it in one line."""
        end = f" → {self.advice}" if self.advice else ""
        return f"{self.health.value:<8} {self.what}: {self.seen}{end}"

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def ok(what: str, seen: str) -> Finding:
    return Finding(what, Health.OK, seen)


def warning(what: str, seen: str, advice: str) -> Finding:
    return Finding(what, Health.WARNING, seen, advice)


def wrong(what: str, seen: str, advice: str) -> Finding:
    return Finding(what, Health.WRONG, seen, advice)


def is_well(findings: Iterable[Finding]) -> bool:
    """Say whether nothing is wrong; warnings are for later."""
    return all(finding.health is not Health.WRONG for finding in findings)
