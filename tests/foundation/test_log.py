"""No secret stands in a log: neither by its shape nor by its value."""

import io
import logging

import pytest

from community_bot import log
from community_bot.log import Redacting, hide, redact

TOKEN = "4242424242:AAsecret-of-the-community_bot-xyz01"


@pytest.fixture(autouse=True)
def _nothing_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_SECRETS", set())


def written(message: str, *args: object, error: Exception | None = None) -> str:
    """Return what a handler of the program's writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redacting())
    logger = logging.Logger("test")  # noqa: LOG001  of its own: nobody else hears it
    logger.addHandler(handler)
    logger.error(message, *args, exc_info=error, stack_info=error is not None)
    return stream.getvalue()


def test_what_looks_like_a_token_is_never_written() -> None:
    assert written("https://api.telegram.org/bot%s/getMe", TOKEN) == (
        "https://api.telegram.org/bot<token>/getMe\n"
    )


def test_what_is_hidden_is_never_written_whatever_it_looks_like() -> None:
    hide("correct horse", "battery")

    text = written("correct %s", "horse", error=ValueError("no battery"))

    assert text.startswith("<secret>\n")
    assert "no <secret>" in text
    assert "battery" not in text


def test_a_secret_that_begins_like_another_is_hidden_as_a_whole() -> None:
    hide("only-telegram", "only-telegram-knows")

    assert redact("only-telegram-knows, only-telegram") == "<secret>, <secret>"


def test_what_is_too_short_to_be_a_secret_blots_out_nothing() -> None:
    hide("", "a", "bot")

    assert redact("a bot") == "a bot"
