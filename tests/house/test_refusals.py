"""Every refusal has words of its own, in every language, short enough for a toast."""

import ast
from collections.abc import Iterator

import pytest

from community_bot import errors
from community_bot.errors import DomainError
from handlers.texts.errors import as_plain, refusal
from handlers.texts.words import SOURCE, words
from tests.house.sentences import LOCALES
from tests.house.tree import modules

MOST_OF_A_TOAST = 200  # core.telegram.org/bots/api#answercallbackquery
NAMED_BY_A_WORD = {
    "Invalid": 2,
    "NotFound": 1,
    "NotAllowed": 1,
    "LimitReached": 1,
}
# What only the program's own mistakes or the command line can bring about: no chat shows it.
NEVER_SHOWN = {("Invalid", "currency"), ("Invalid", "backup")}


class Unheard(DomainError):
    """A refusal that nobody wrote words for."""


def kinds(of: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for kind in of.__subclasses__():
        if kind is not Unheard:
            yield kind
            yield from kinds(kind)


def raised() -> dict[tuple[str, ...], str]:
    """Return every refusal that the product names by words, with where it is raised."""
    found = {}
    for module in modules():
        for call in module.calls():
            name = getattr(call.func, "id", "")
            given = [one.value for one in call.args if isinstance(one, ast.Constant)]
            wanted = NAMED_BY_A_WORD.get(name)
            if wanted is not None and len(given) >= wanted:
                key = (name, *(str(one) for one in given[:wanted]))
                if key[:2] not in NEVER_SHOWN:
                    found[key] = f"{module.place}:{call.lineno}"
    return found


def brought_about(key: tuple[str, ...]) -> DomainError:
    name, *facts = key
    error: DomainError = getattr(errors, name)(*facts, *([5] if name == "LimitReached" else []))
    return error


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_of_refusal_has_words(locale: str) -> None:
    silence = refusal(words(locale), Unheard())

    for kind in kinds():
        error = kind(*(["x"] * 3)[: kind.__init__.__code__.co_argcount - 1])
        assert refusal(words(locale), error) != silence, kind.__name__


def test_every_refusal_that_is_raised_has_words_of_its_own() -> None:
    _ = words(SOURCE)
    wordless = {
        key: place
        for key, place in raised().items()
        if refusal(_, brought_about(key))
        == refusal(_, brought_about((key[0], *(["no such word"] * (len(key) - 1)))))
    }

    assert wordless == {}, "add them to handlers/texts/errors.py"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_refusal_fits_into_a_toast(locale: str) -> None:
    said = {key: as_plain(refusal(words(locale), brought_about(key))) for key in raised()}

    assert {key: text for key, text in said.items() if len(text) > MOST_OF_A_TOAST} == {}
