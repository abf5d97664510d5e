"""State machines as tables: what is not in the table cannot happen."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from community_bot.errors import IllegalTransition

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Machine(Generic[S, E]):
    """A named table from (state, event) to the next state, and where it starts."""

    name: str
    start: S
    table: Mapping[tuple[S, E], S]

    def after(self, state: S, event: E) -> S:
        """Return the next state; raise IllegalTransition where the table has none."""
        try:
            return self.table[state, event]
        except KeyError:
            raise IllegalTransition(self.name, state.value, event.value) from None

    def allows(self, state: S, event: E) -> bool:
        return (state, event) in self.table

    def before(self, event: E) -> tuple[S, ...]:
        """Return the states in which the event is allowed: the guard of a conditional update."""
        return tuple(state for state, possible in self.table if possible is event)

    def reachable(self) -> frozenset[S]:
        """Return every state that can be reached from the start."""
        found = {self.start}
        while True:
            more = {to for (state, _), to in self.table.items() if state in found} - found
            if not more:
                return frozenset(found)
            found |= more
