"""Reloading: what the file says about tiers and plans now, shown before it is taken over."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from community_bot.config.loading import Config
from community_bot.errors import ConfigError, Invalid
from community_bot.membership.facts import Change
from community_bot.membership.tiers import Tiers
from community_bot.people.roles import Actor, Role

AT_ONCE = {"tiers"}  # sections that are taken over while running; the others need a restart


@dataclass(frozen=True, slots=True)
class Preview:
    """What reloading would change. `mark` stands for exactly these changes.

    `restart` names the sections that are different too and are only read at the start.
    """

    changes: tuple[Change, ...]
    mark: str
    restart: tuple[str, ...]


class Reloading:
    """Reads the configuration again, for an owner."""

    def __init__(self, config: Config, *, tiers: Tiers) -> None:
        self._config = config
        self._tiers = tiers
        # Whoever started the program knows where the configuration comes from.
        self.reread: Callable[[], Config] = lambda: config

    async def preview(self, actor: Actor) -> Preview:
        """Say what would change; raises Invalid that names a mistake in the file."""
        actor.require(Role.OWNER)
        wanted = self._read()
        changes = tuple(await self._tiers.differences(wanted.tiers))
        return Preview(changes, _mark(changes), self._restart(wanted))

    async def apply(self, actor: Actor, *, mark: str) -> list[Change]:
        """Take over what was shown; raises Invalid where the file says something else by now."""
        actor.require(Role.OWNER)
        wanted = self._read()
        if _mark(tuple(await self._tiers.differences(wanted.tiers))) != mark:
            raise Invalid("config", "changed")
        return await self._tiers.apply(wanted.tiers, actor=actor)

    def _read(self) -> Config:
        try:
            return self.reread()
        except ConfigError as error:
            raise Invalid("config", "mistake", key=error.key, wanted=error.wanted) from error

    def _restart(self, wanted: Config) -> tuple[str, ...]:
        return tuple(
            name
            for name in Config.model_fields
            if name not in AT_ONCE and getattr(wanted, name) != getattr(self._config, name)
        )


def _mark(changes: tuple[Change, ...]) -> str:
    said = repr([(change.what, change.code, change.details) for change in changes])
    return hashlib.sha256(said.encode()).hexdigest()[:16]
