"""The catalogues as the house tests read them, and Telegram's HTML as Telegram reads it."""

from collections.abc import Iterator
from string import Formatter
from typing import Any

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from community_bot.sandbox.markup_html import HtmlReader
from handlers.texts.home import LANGUAGES
from handlers.texts.words import CATALOGUES, SOURCE
from tests.house.tree import ROOT

# The same keywords as in the Makefile's `locale`.
KEYWORDS: dict[str, Any] = {"_": None, "plain": None, "count": (1, 2)}
LOCALES = sorted(LANGUAGES)
TRANSLATED = [locale for locale in LOCALES if locale != SOURCE]


class Filled(dict[str, str]):
    """Facts for any placeholder, as short as facts usually are."""

    def __missing__(self, name: str) -> str:
        return "¥8,888.00"


def catalogue(locale: str) -> list[Message]:
    """Return every sentence of a catalogue, its head apart."""
    with (CATALOGUES / f"{locale}.po").open("rb") as file:
        return [message for message in read_po(file, locale=locale) if message.id]


def in_code() -> set[str | tuple[str, ...]]:
    """Return the key of every sentence in the code."""
    found = extract_from_dir(str(ROOT / "handlers"), keywords=KEYWORDS)
    return {key for _, _, key, *_ in found if key}


def forms(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Return the singular and the plural, or the one sentence."""
    return (value or "",) if value is None or isinstance(value, str) else tuple(value)


def translations(locale: str) -> Iterator[tuple[Message, str]]:
    """Return every translated form with its message."""
    return ((message, form) for message in catalogue(locale) for form in forms(message.string))


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def shown(html: str) -> str:
    """Return what Telegram would show; raises where Telegram would refuse."""
    plain, _ = HtmlReader(html).read()
    return plain
