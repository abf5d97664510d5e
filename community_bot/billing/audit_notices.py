"""What the owners and finance are told of the nightly audit."""

from dataclasses import dataclass

from community_bot.delivery.contents import notice


@notice("audit_found")
@dataclass(frozen=True, slots=True)
class AuditFound:
    """An invariant is broken in `count` places; `keys` are the first of them, each of a `what`."""

    invariant: str
    what: str
    keys: tuple[str, ...]
    count: int
