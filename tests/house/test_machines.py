"""State machines: every state can be reached, and the diagrams say what the tables say."""

from enum import StrEnum
from typing import Any

import pytest

from community_bot.machine import Machine
from tests.house.diagrams import DIAGRAMS, drawn, machines


@pytest.mark.parametrize("machine", machines(), ids=lambda machine: machine.name)
def test_every_state_can_be_reached(machine: Machine[Any, Any]) -> None:
    states: type[StrEnum] = type(machine.start)

    assert machine.reachable() == frozenset(states)


@pytest.mark.parametrize("machine", machines(), ids=lambda machine: machine.name)
def test_every_event_leads_somewhere(machine: Machine[Any, Any]) -> None:
    events: type[StrEnum] = type(next(iter(machine.table))[1])

    assert {event for _, event in machine.table} == set(events)


def test_the_diagrams_are_drawn_from_the_tables() -> None:
    written = DIAGRAMS.read_text(encoding="utf-8")

    assert written == drawn(machines()), "run: python -m tests.house.diagrams"
