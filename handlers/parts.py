"""The parts of the work, so that several processes over one PostgreSQL can share it."""

from enum import StrEnum


class Part(StrEnum):
    """What one process does of the work; a community on one machine does all of it in one."""

    ALL = "all"
    INGEST = "ingest"
    WORKER = "worker"
    SENDER = "sender"

    @property
    def takes_in(self) -> bool:
        """Keep what Telegram brings, and answer what is not worth keeping."""
        return self in (Part.ALL, Part.INGEST)

    @property
    def handles(self) -> bool:
        """Handle what was kept, and do the chores."""
        return self in (Part.ALL, Part.WORKER)

    @property
    def sends(self) -> bool:
        """Send what was promised."""
        return self in (Part.ALL, Part.SENDER)
