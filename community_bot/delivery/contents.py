"""What a letter carries, by kind.

Notices are facts to be told, acts are things to be done, parcels are what people have written.
"""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")

NOTICES: dict[str, type] = {}
ACTS: dict[str, type] = {}
PARCELS: dict[str, type] = {}
PACED: set[str] = set()  # acts that Telegram counts like messages
SLIGHT: set[str] = set()  # acts whose failing is no trouble
_KINDS: dict[type, str] = {}


def notice(kind: str) -> Callable[[type[T]], type[T]]:
    """Name a frozen dataclass of facts; handlers/texts/notices has the words for each."""
    return functools.partial(_register, NOTICES, kind)


def act(
    kind: str, *, is_paced: bool = False, is_slight: bool = False
) -> Callable[[type[T]], type[T]]:
    """Name a frozen dataclass that says what is to be done; handlers/acts does it.

    Every act has the `chat_id` in which it is done. One that shows in the chat keeps the pace; of
    a slight one nobody is told that it failed.
    """
    if is_paced:
        PACED.add(kind)
    if is_slight:
        SLIGHT.add(kind)
    return functools.partial(_register, ACTS, kind)


def parcel(kind: str) -> Callable[[type[T]], type[T]]:
    """Name a frozen dataclass of content made by people; handlers/parcels carries it as it is."""
    return functools.partial(_register, PARCELS, kind)


def _register(kinds: dict[str, type], kind: str, content: type[T]) -> type[T]:
    if kind in NOTICES or kind in ACTS or kind in PARCELS:
        raise ValueError(f"two contents are called {kind}")
    kinds[kind] = content
    _KINDS[content] = kind
    return content


def pack(content: object) -> tuple[str, dict[str, Any]]:
    """Return the kind and the facts as JSON keeps them: times in ISO form, enums by value."""
    kind = _KINDS[type(content)]
    facts: dict[str, Any] = _adapter(kind).dump_python(content, mode="json")
    return kind, facts


def unpack(kind: str, facts: dict[str, Any]) -> object:
    """Return what was packed; raises KeyError for a kind that this release does not know."""
    unpacked: object = _adapter(kind).validate_python(facts)
    return unpacked


@functools.cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(NOTICES.get(kind) or ACTS.get(kind) or PARCELS[kind])
