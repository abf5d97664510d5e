"""What the page is made of: small files, words in both languages, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

from community_bot.sandbox.control import PAGE

PICTURES = {".woff2"}
FILES = sorted(path for path in PAGE.rglob("*") if path.is_file() and path.suffix not in PICTURES)
WORD = re.compile(r"^ {2}(\w+):", re.MULTILINE)


def named(path: Path) -> str:
    return str(path.relative_to(PAGE))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_file_of_the_page_is_small_and_asks_nothing_of_another_address(path: Path) -> None:
    # given
    text = path.read_text(encoding="utf-8")

    # then
    assert len(text.splitlines()) < 300
    assert not re.search(r"(?:src|href|import|url\(|fetch\()[^\n]{0,12}https?://(?!t\.me)", text)


def test_both_languages_of_the_page_have_the_same_words() -> None:
    # when
    chinese, english = (
        WORD.findall((PAGE / "words" / name).read_text(encoding="utf-8"))
        for name in ("zh.js", "en.js")
    )

    # then
    assert chinese == english


def test_every_word_that_the_page_says_is_there() -> None:
    # given
    known = set(WORD.findall((PAGE / "words" / "en.js").read_text(encoding="utf-8")))

    # when
    said = {
        word
        for path in (PAGE / "parts").glob("*.js")
        for word in re.findall(r'\bsay\("(\w+)"', path.read_text(encoding="utf-8"))
    }

    # then
    assert said <= known
