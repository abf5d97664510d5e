"""The catalogues: in step with the code, complete, and set as the language is set."""

import ast
import re

import pytest

from tests.house.sentences import (
    LOCALES,
    TRANSLATED,
    Filled,
    catalogue,
    forms,
    in_code,
    placeholders,
    shown,
    translations,
)
from tests.house.tree import modules

MOST_OF_A_BUTTON = 40  # what a phone shows of a label before it is cut
HAN = r"[\u4e00-\u9fff]"
# Half-width punctuation beside a Chinese character, and Latin letters or digits that touch one.
BADLY_SET = re.compile(rf"{HAN}[,;:?!()A-Za-z0-9]|[,;:?!()A-Za-z0-9]{HAN}")
IMPOLITE = "你"


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_catalogue_has_every_sentence_of_the_code_and_no_other(locale: str) -> None:
    assert {message.id for message in catalogue(locale)} == in_code(), "run: make locale"


@pytest.mark.parametrize("locale", TRANSLATED)
def test_every_sentence_is_translated(locale: str) -> None:
    left = [
        message.id
        for message in catalogue(locale)
        if message.fuzzy or not all(forms(message.string))
    ]

    assert left == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_translation_names_the_same_facts(locale: str) -> None:
    different = [
        form
        for message, form in translations(locale)
        if placeholders(form) != placeholders(forms(message.id)[-1])
    ]

    assert different == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_every_sentence_is_html_that_telegram_takes(locale: str) -> None:
    for message, form in translations(locale):
        for sentence in (*forms(message.id), form):
            shown(sentence.format_map(Filled()))


def test_chinese_is_set_as_chinese_is_set() -> None:
    wrong = [
        form
        for _, form in translations("zh_CN")
        if BADLY_SET.search(form) or IMPOLITE in form.replace("你好", "")
    ]

    assert wrong == [], "full-width punctuation, a space beside Latin letters and digits, 您"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_button_can_be_read_whole(locale: str) -> None:
    sources = {
        forms(message.id)[0]: form
        for message, form in translations("zh_CN")
        if any("handlers/keyboards/" in place for place, _ in message.locations)
    }
    labels = sources.values() if locale == "zh_CN" else sources.keys()

    long = [label for label in labels if len(label.format_map(Filled())) > MOST_OF_A_BUTTON]

    assert long == []


def test_every_sentence_is_a_literal() -> None:
    """A sentence that is put together in the code cannot be found by the one who translates."""
    put_together = {
        f"{module.place}:{call.lineno}"
        for module in modules()
        if module.name.startswith(("handlers.texts.", "handlers.keyboards."))
        for call in module.calls()
        if _asks_for_words(call) and not isinstance(call.args[0], ast.Constant)
    }

    assert put_together == set()


def _asks_for_words(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id="_"):
            return bool(call.args)
        case ast.Attribute(value=ast.Name(id="_"), attr="plain" | "count"):
            return True
        case _:
            return False
