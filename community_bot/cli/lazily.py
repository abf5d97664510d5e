"""Commands that are imported when they are called: one of them needs little of what all need."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import NamedTuple

import click


class Place(NamedTuple):
    """Where a command is defined, and what the list of commands says of it."""

    module: str
    name: str
    summary: str

    def load(self) -> click.Command:
        found: object = getattr(import_module(self.module), self.name)
        if not isinstance(found, click.Command):
            raise TypeError(f"{self.module}.{self.name} is no command")
        return found


class Commands(MutableMapping[str, click.Command]):
    """Commands by name, each imported when it is first asked for."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self.places = places
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            self._loaded[name] = self.places[name].load()
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


class Group(click.Group):
    """A group whose list of commands imports none of those that come lazily."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by what is said of them here."""
        if not isinstance(self.commands, Commands):
            super().format_commands(ctx, formatter)
            return
        places = self.commands.places
        with formatter.section("Commands"):
            formatter.write_dl([(name, places[name].summary) for name in sorted(places)])
