"""Makes facts of any shape for texts to be tried with, as long and as hostile as people are."""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from community_bot.errors import (
    AlreadyDone,
    DomainError,
    Invalid,
    LimitReached,
    NotAllowed,
    NotFound,
)
from community_bot.money import Money
from handlers.texts.words import Html, Words

# Every other Optional is left out, and the longest enumeration comes round.
VARIANTS = range(12)
HOSTILE = "<b>&甲\N{WAVING HAND SIGN}\U0001f1e8\U0001f1f3 " + "长" * 40
MOMENT = datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC)
PLAIN: dict[object, object] = {
    str: HOSTILE,
    Html: Html("<b>&amp;</b>"),
    int: 4_294_967_296,
    float: 0.5,
    datetime: MOMENT,
    date: MOMENT.date(),
    time: MOMENT.time(),
    typing.Any: HOSTILE,
    timedelta: timedelta(hours=36),
    ZoneInfo: ZoneInfo("Asia/Shanghai"),
    Money: Money(888_800, "CNY"),
    object: HOSTILE,
    DomainError: AlreadyDone(HOSTILE, by=HOSTILE),
    AlreadyDone: AlreadyDone(HOSTILE, by=HOSTILE),
    Invalid: Invalid(HOSTILE, HOSTILE),
    LimitReached: LimitReached(HOSTILE, 5),
    NotAllowed: NotAllowed(HOSTILE),
    NotFound: NotFound(HOSTILE, HOSTILE),
}
MANY = 3


def arguments(function: Callable[..., object], words: Words, variant: int) -> dict[str, object]:
    """Return a value for every parameter of a text."""
    hints = typing.get_type_hints(function)
    hints.pop("return", None)
    return {
        name: words if hint is Words else example(hint, variant) for name, hint in hints.items()
    }


def example(hint: object, variant: int) -> object:
    """Return a value of a type; the variant decides between None, members and lengths."""
    if hint in PLAIN:
        return PLAIN[hint]
    if hint is bool:
        return variant % 2 == 0
    origin = typing.get_origin(hint)
    if origin is not None:
        return _of_generic(origin, typing.get_args(hint), variant)
    if isinstance(hint, type):
        return _of_class(hint, variant)
    raise TypeError(f"no example of {hint}")


def _of_generic(origin: object, inner: tuple[object, ...], variant: int) -> object:
    if origin is typing.Literal:
        return inner[variant % len(inner)]
    if origin in (typing.Union, types.UnionType):
        return None if type(None) in inner and variant % 2 else example(inner[0], variant)
    if origin is typing.Annotated:
        return example(inner[0], variant)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: example(inner[1], variant) for key in ("zh", "en")}
    if origin is tuple and inner[-1] is not Ellipsis:
        return tuple(example(one, variant) for one in inner)
    if isinstance(origin, type) and issubclass(origin, Sequence | set | frozenset):
        several = [example(inner[0], variant + more) for more in range(MANY * (variant % MANY))]
        return frozenset(several) if issubclass(origin, set | frozenset) else tuple(several)
    raise TypeError(f"no example of {origin}")


def _of_class(hint: type, variant: int) -> object:
    if issubclass(hint, Enum):
        members = list(hint)
        return members[variant % len(members)]
    if dataclasses.is_dataclass(hint):
        return hint(**_fields(hint, variant))
    if issubclass(hint, BaseModel):
        return hint.model_construct(**_fields(hint, variant))
    raise TypeError(f"no example of {hint}")


def _fields(hint: type, variant: int) -> dict[str, typing.Any]:
    hints = typing.get_type_hints(hint)
    return {
        name: example(hints[name], variant)
        for name in getattr(hint, "model_fields", None)
        or [field.name for field in dataclasses.fields(hint)]
    }
