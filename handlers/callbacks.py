"""What stands in a button: an area, a verb and its numbers, within Telegram's 64 bytes.

`order:approve:17:3` is written and read here only. Numbers and short codes go in, never state:
the service checks everything again when the button is pressed, whoever presses it and whenever.
"""

import re
from dataclasses import dataclass

from community_bot.errors import Invalid

MOST_BYTES = 64  # core.telegram.org/bots/api#inlinekeyboardbutton
_PART = re.compile(r"[A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button."""

    area: str
    verb: str
    args: tuple[str, ...] = ()

    def number(self, index: int) -> int:
        """Return a numeric argument; a forged or broken button raises Invalid."""
        try:
            value = int(self.args[index])
        except (IndexError, ValueError):
            raise Invalid("button", "broken") from None
        if not -(2**63) <= value < 2**63:
            raise Invalid("button", "broken")
        return value

    def word(self, index: int) -> str:
        try:
            return self.args[index]
        except IndexError:
            raise Invalid("button", "broken") from None


def encode(area: str, verb: str, *args: object) -> str:
    """Return the data of a button; too long or unreadable data is a mistake in the code."""
    parts = [area, verb, *(str(arg) for arg in args)]
    data = ":".join(parts)
    if len(data.encode()) > MOST_BYTES or not all(_PART.fullmatch(part) for part in parts):
        raise ValueError(f"not fit for a button: {data}")
    return data


def decode(data: str) -> Press:
    """Read the data of a button; raises Invalid for what we did not write."""
    area, *rest = data.split(":")
    if not rest or not all(_PART.fullmatch(part) for part in (area, *rest)):
        raise Invalid("button", "broken")
    return Press(area, rest[0], tuple(rest[1:]))
