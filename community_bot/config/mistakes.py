"""Mistakes in the configuration as sentences: which key, where it stands, and what is wanted."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from community_bot.errors import ConfigError

_UNKNOWN = "is not a known setting; see config.example.toml"
# What is wanted, by pydantic's name of the mistake; what a value must keep to is filled in.
_WANTED = {
    "missing": "is missing",
    "extra_forbidden": _UNKNOWN,
    "string_type": 'give a text in quotes, like "this"',
    "string_too_long": "give at most {max_length} characters",
    "string_pattern_mismatch": (
        "use small letters, digits and _, beginning with a letter, 32 of them at most"
    ),
    "literal_error": "give {expected}",
    "greater_than": "give more than {gt}",
    "greater_than_equal": "give {ge} or more",
    "less_than": "give less than {lt}",
    "less_than_equal": "give {le} or less",
}
# The same by what the name begins with.
_WANTED_OF = {
    "string_too_short": "must not be empty",
    "too_short": "give at least one",
    "int": "give a whole number, like 12",
    "float": "give a number, like 12.5",
    "bool": "give true or false",
    "date": "give a day, like 2026-12-31",
    "tuple": 'give a list, like ["one", "two"]',
    "model": "is a section with settings of its own; see config.example.toml",
    "dict": "is a section with settings of its own; see config.example.toml",
}


def first_mistake(error: ValidationError, raw: Mapping[str, Any]) -> ConfigError:
    """Name the key as it stands in the file, and never repeat what was typed: it may be secret."""
    first = error.errors(include_input=False, include_url=False)[0]
    names = [part for part in first["loc"] if isinstance(part, str)]
    place = " of ".join(reversed(list(_places(first["loc"], raw))))
    key = ".".join(names) + (f" ({place})" if place else "")
    return ConfigError(key, _wanted(first))


def _wanted(mistake: ErrorDetails) -> str:
    kind, facts = mistake["type"], mistake.get("ctx", {})
    if kind == "value_error":
        return mistake["msg"].removeprefix("Value error, ")
    if kind in _WANTED:
        return _WANTED[kind].format(**facts)
    found = (wanted for begin, wanted in _WANTED_OF.items() if kind.startswith(begin))
    return next(found, "cannot be used; see config.example.toml")


def _places(loc: Sequence[int | str], raw: object) -> Iterator[str]:
    """Say which of several it is: by its code where it has one, else by its place."""
    here, several = raw, ""
    for part in loc:
        if isinstance(part, int):
            here = here[part] if isinstance(here, list | tuple) and part < len(here) else None
            yield _one_of(several, part, here)
        else:
            here, several = here.get(part) if isinstance(here, Mapping) else None, part


def _one_of(several: str, index: int, here: object) -> str:
    noun = several.removesuffix("s") if several in {"tiers", "plans", "payees"} else "entry"
    code = here.get("code") if isinstance(here, Mapping) and noun == "tier" else None
    return f"{noun} {code}" if isinstance(code, str) else f"the {ordinal(index + 1)} {noun}"


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th and so on."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"
