"""Every text, given the longest and most hostile facts, is something that Telegram takes."""

import importlib
import inspect
from collections.abc import Callable
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

import pytest

from community_bot.delivery import contents
from community_bot.sandbox.entities import utf16_length
from handlers import notices
from handlers.texts.words import Html, Words, words
from tests.house.examples import VARIANTS, arguments, example
from tests.house.sentences import LOCALES, shown
from tests.house.tree import import_every_notice, modules

MOST_OF_A_MESSAGE = 4096  # UTF-16 units after parsing, core.telegram.org/bots/api#sendmessage
SHANGHAI = ZoneInfo("Asia/Shanghai")


def texts() -> list[Callable[..., Any]]:
    """Return every public function of handlers/texts that asks for words first."""
    found: list[Callable[..., Any]] = []
    for module in modules():
        if module.name.startswith("handlers.texts."):
            imported = importlib.import_module(module.name)
            for name, text in inspect.getmembers(imported, inspect.isfunction):
                own = text.__module__ == module.name and not name.startswith("_")
                if own and Words in list(get_type_hints(text).values())[:1]:
                    found.append(text)
    return found


@pytest.mark.parametrize("text", texts(), ids=lambda text: f"{text.__module__}.{text.__name__}")
def test_a_text_takes_any_facts(text: Callable[..., Any]) -> None:
    for locale in LOCALES:
        for variant in VARIANTS:
            said = text(**arguments(text, words(locale), variant))
            for part in said if isinstance(said, list | tuple) else [said]:
                if isinstance(part, Html):
                    assert utf16_length(shown(part)) <= MOST_OF_A_MESSAGE


def test_every_notice_of_the_core_has_words() -> None:
    import_every_notice()

    assert set(contents.NOTICES.values()) == set(notices.TABLE)


@pytest.mark.parametrize("told", notices.TABLE, ids=lambda told: told.__name__)
def test_a_notice_can_be_told_in_every_language(told: type) -> None:
    text, keys = notices.TABLE[told]
    for locale in LOCALES:
        for variant in VARIANTS:
            facts = example(told, variant)
            assert shown(text(words(locale), facts, SHANGHAI)).strip()
            if keys is not None:
                keys(words(locale), facts)
