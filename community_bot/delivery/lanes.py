"""The priority classes of what leaves us: a lower lane never delays a higher one."""

from enum import StrEnum


class Lane(StrEnum):
    """From the most to the least urgent."""

    REPLY = "reply"  # the answer to what a person just did
    DESK = "desk"  # between mentor and member, and receipts
    NOTICE = "notice"  # what the community tells one person
    BROADCAST = "broadcast"  # what the community tells many

    @property
    def order(self) -> int:
        """Nought for the most urgent; for sorting, here and in the outbox."""
        return _ORDER[self]

    @property
    def is_bulk(self) -> bool:
        """Nobody sits and waits for it: it is spread out to what Telegram allows in bulk."""
        return self is Lane.NOTICE or self is Lane.BROADCAST


_ORDER = {lane: order for order, lane in enumerate(Lane)}
