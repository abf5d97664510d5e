"""Every notice of the core, with the function that has its words and the one that has its keys."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardMarkup

from community_bot.config.loading import Config
from community_bot.delivery.notices import DeliveryTrouble, Incident
from handlers.keyboards import staff as staff_keys
from handlers.replies import Screen
from handlers.texts import staff as staff_texts
from handlers.texts.words import Html, Words


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: their words, and what the community and its bot are called."""

    words: Words
    config: Config
    bot_username: str

    @property
    def zone(self) -> ZoneInfo:
        return self.config.community.zone


Text = Callable[[Words, Any, ZoneInfo], Html]
Keys = Callable[[Words, Any], InlineKeyboardMarkup | None]

TABLE: dict[type, tuple[Text, Keys | None]] = {
    DeliveryTrouble: (staff_texts.delivery_trouble, staff_keys.delivery_trouble),
    Incident: (staff_texts.incident, None),
}


def render(content: object, reader: Reader) -> Screen:
    """Return a notice as a screen; raises KeyError for one that nobody wrote words for."""
    text, keys = TABLE[type(content)]
    return Screen(
        text(reader.words, content, reader.zone),
        keys(reader.words, content) if keys is not None else None,
    )
