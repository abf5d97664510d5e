"""What is hidden from the logs: each secret of the configuration by its value."""

from pathlib import Path

import pytest

from community_bot import log
from community_bot.cli import configuration
from community_bot.config.loading import parse
from community_bot.config.secrets import secrets_of

TOKEN = "4242424242:AAsecret-of-the-community_bot-xyz01"


def test_every_secret_of_the_configuration_is_known() -> None:
    config = parse(
        {
            "telegram": {
                "token": TOKEN,
                "secret": "only-telegram-knows",
                "proxy": "socks5://me:through-here@127.0.0.1:1080",
            },
            "community": {"name": "x", "owners": [1]},
            "database": {"url": "postgresql://bot:p%40ssword@127.0.0.1/community"},
            "payments": {"telegram": {"enabled": True, "provider_token": "LIVE-provider"}},
        }
    )

    assert set(secrets_of(config)) == {
        TOKEN,
        "only-telegram-knows",
        "LIVE-provider",
        "p%40ssword",
        "p@ssword",
        "through-here",
    }


def test_whatever_reads_the_configuration_shows_no_secret_of_it_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_SECRETS", set())
    file = tmp_path / "config.toml"
    file.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\nsecret = "only-telegram-knows"\n'
        '[community]\nname = "x"\nowners = [1]\n',
        encoding="utf-8",
    )

    configuration.load(file)

    assert log.redact("refused: only-telegram-knows") == "refused: <secret>"


def test_an_address_that_is_none_hides_nothing() -> None:
    config = parse(
        {
            "telegram": {"token": TOKEN},
            "community": {"name": "x", "owners": [1]},
            "database": {"url": "postgresql://bot:word@[nowhere"},
        }
    )

    assert set(secrets_of(config)) == {TOKEN, ""}
