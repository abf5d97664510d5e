"""What a member's standing shows in a group: a tag beside their name, and silence in grace."""

import unicodedata
from datetime import timedelta
from enum import StrEnum

from community_bot.membership.rules import Phase, Source

LONGEST_TAG = 16  # characters, core.telegram.org/bots/api#setchatmembertag
BADGED = ("admin", "mentor")
OF_ROLE = "role:"  # begins a badge that stands for a role; the face has the word for it
NOTHING, MUTED = "", "muted"

# A right that is missing is missing for everybody: after so many refusals and no success the
# space is left alone until the next day.
REFUSALS = 3
AFTER_REFUSAL = timedelta(days=1)

_NOT_IN_TAGS = {"So", "Sk", "Cs", "Cn", "Co", "Cc", "Cf", "Me"}  # emoji and what joins them


class MarkKind(StrEnum):
    """What can be shown of a person in a space."""

    BADGE = "badge"
    SILENCE = "silence"


def tag_of(name: str) -> str:
    """Return a tier's name as a tag: without emoji, and no longer than Telegram takes."""
    plain = "".join(
        letter
        for letter in name
        if unicodedata.category(letter) not in _NOT_IN_TAGS and not "\ufe00" <= letter <= "\ufe0f"
    )
    return " ".join(plain.split())[:LONGEST_TAG].strip()


def badge_of(role: str | None, tier_name: str | None) -> str:
    """Return what stands beside a name: the role of an admin or mentor, else the tier."""
    if role in BADGED:
        return f"{OF_ROLE}{role}"
    return tag_of(tier_name) if tier_name else NOTHING


def silence_of(phase: Phase, ended: Source | None, *, is_spared: bool) -> str:
    """Say who reads without writing: members in grace, but no staff and no guest of honour.

    A guest of honour is somebody whom a person gave their membership.
    """
    if phase is not Phase.GRACE or is_spared or ended is Source.GRANT:
        return NOTHING
    return MUTED
