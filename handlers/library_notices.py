"""What people are told about the library and its courses: the words and the keys of each notice."""

from collections.abc import Callable
from typing import Any

from community_bot.resources.notices import MissedMeanwhile
from handlers.keyboards import library as keys
from handlers.texts import library as texts

TABLE: dict[type, tuple[Callable[..., Any], Callable[..., Any] | None]] = {
    MissedMeanwhile: (texts.missed_meanwhile, keys.missed_meanwhile),
}
