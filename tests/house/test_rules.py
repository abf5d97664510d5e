"""Rules are pure: the standard library and the foundation, and the time as an argument."""

import sys

from tests.house.tree import Module, modules

FOUNDATION = {
    f"community_bot.{name}" for name in ("errors", "clock", "ids", "machine", "money", "log")
}


def test_rules_know_the_standard_library_and_the_foundation_only() -> None:
    strangers = {module.place: _strangers(module) for module in modules() if module.is_rules}

    assert {place: names for place, names in strangers.items() if names} == {}, (
        "hand in what is needed as a plain value"
    )


def test_facts_and_notices_know_no_sql() -> None:
    knowing = {
        module.place
        for module in modules()
        if {"facts", "notices"} & set(module.path.stem.split("_"))
        and any(name.partition(".")[0] == "sqlalchemy" for name in module.imports())
    }

    assert knowing == set(), "a fact is a frozen dataclass; the query that fills it is elsewhere"


def test_rules_wait_for_nobody() -> None:
    waiting = {
        module.place
        for module in modules()
        if module.is_rules and "asyncio" in set(module.imports())
    }

    assert waiting == set()


def _strangers(module: Module) -> set[str]:
    """Return what a rules module imports beyond the foundation and its own room's rules."""
    room = module.name.rpartition(".")[0]
    return {
        name
        for name in module.imports()
        if name.partition(".")[0] not in sys.stdlib_module_names
        and name not in FOUNDATION
        and not (name.startswith(room) and "rules" in name.rpartition(".")[2].split("_"))
    }
