"""What only the messenger can see before a post goes out: places, files, and who reads along."""

from collections.abc import Awaitable
from typing import Protocol

from community_bot.resources.content_rules import Media
from community_bot.resources.facts import Place


class Looks(Protocol):
    """What only the messenger can see; says what is wrong, or None."""

    def at_place(self, place: Place) -> Awaitable[str | None]:
        """Say why nothing can be posted there: gone, or right."""

    def is_public(self, place: Place) -> Awaitable[bool]:
        """Say whether anybody can read along there, whoever is let in."""

    def discussed_in(self, place: Place) -> Awaitable[Place | None]:
        """Return the group into which Telegram puts everything that a channel posts."""

    def at_file(self, media: Media) -> Awaitable[str | None]:
        """Say why a file cannot be sent."""


class NobodyLooks:
    """For who has no messenger: everything that only it could see is taken as well."""

    async def at_place(self, place: Place) -> str | None:  # noqa: ARG002  the port's signature
        return None

    async def is_public(self, place: Place) -> bool:  # noqa: ARG002  the port's signature
        return False

    async def discussed_in(self, place: Place) -> Place | None:  # noqa: ARG002  the port's signature
        return None

    async def at_file(self, media: Media) -> str | None:  # noqa: ARG002  the port's signature
        return None


NOBODY_LOOKS = NobodyLooks()
