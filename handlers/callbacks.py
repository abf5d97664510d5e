"""What stands in a button: an area, a verb and its numbers, within Telegram's 64 bytes.

`order:approve:17:3` is written and read here only. Numbers and short codes go in, never state:
the service checks everything again when the button is pressed, whoever presses it and whenever.
"""

import re
from dataclasses import dataclass

from community_bot.errors import Invalid

MOST_BYTES = 64  # core.telegram.org/bots/api#inlinekeyboardbutton
RECORD = "~"  # the last part of a button under a message that must not be changed
_PART = re.compile(r"[A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button. `is_under_record`: the message stays as it is, the answer comes below."""

    area: str
    verb: str
    args: tuple[str, ...] = ()
    is_under_record: bool = False

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
    press = read(data)
    if press is None:
        raise Invalid("button", "broken")
    return press


def read(data: str) -> Press | None:
    """Read the data of a button; None for what we did not write."""
    area, *rest = data.removesuffix(f":{RECORD}").split(":")
    if not rest or not all(_PART.fullmatch(part) for part in (area, *rest)):
        return None
    is_under_record = data.endswith(f":{RECORD}")
    return Press(area, rest[0], tuple(rest[1:]), is_under_record=is_under_record)


def under_record(data: str) -> str:
    """Return the data of the same button under a receipt or another notice that is kept."""
    marked = f"{data}:{RECORD}"
    if len(marked.encode()) > MOST_BYTES:
        raise ValueError(f"not fit for a button: {marked}")
    return marked
