"""The table of chores: what, how often, which service call; each is safe to repeat and to miss."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from community_bot.community import Community


@dataclass(frozen=True, slots=True)
class Chore:
    """Something the program does by itself, again and again."""

    name: str
    every: timedelta
    do: Callable[[], Awaitable[object]]


def chores(community: Community) -> tuple[Chore, ...]:
    """Return every chore of a community."""
    return (Chore("forget handled updates", timedelta(hours=1), community.inbox.purge),)
