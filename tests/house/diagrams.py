"""Draws the diagrams of docs/state-machines.md from the tables in the rules modules."""

import importlib
from collections.abc import Sequence
from typing import Any

from community_bot.machine import Machine
from tests.house.tree import ROOT, modules

DIAGRAMS = ROOT / "docs" / "state-machines.md"
HEAD = """# State machines

Every state in the database moves by one of these tables and in no other way;
what is not drawn here is refused.
The diagrams are drawn from the tables (`python -m tests.house.diagrams`), and a test compares them.
"""


def machines() -> list[Machine[Any, Any]]:
    """Return every state machine of the rules, by name."""
    found: dict[str, Machine[Any, Any]] = {}
    for module in modules():
        if module.is_rules:
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, Machine):
                    found[value.name] = value
    return [found[name] for name in sorted(found)]


def drawn(tables: Sequence[Machine[Any, Any]]) -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *(_diagram(table) for table in tables)])


def _diagram(machine: Machine[Any, Any]) -> str:
    ends = sorted({to.value for to in machine.table.values()} - {at for at, _ in machine.table})
    steps = [f"    {at.value} --> {to.value}: {event}" for (at, event), to in machine.table.items()]
    return "\n".join(
        [
            f"## {machine.name.capitalize()}",
            "",
            "```mermaid",
            "stateDiagram-v2",
            f"    [*] --> {machine.start.value}",
            *steps,
            *(f"    {end} --> [*]" for end in ends),
            "```",
            "",
        ]
    )


if __name__ == "__main__":
    DIAGRAMS.write_text(drawn(machines()), encoding="utf-8")
