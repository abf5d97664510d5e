"""`community-bot init` asks until each answer can be used, and writes what loads."""

import stat
from pathlib import Path

import pytest
from click.testing import Result

from community_bot.cli import configuration
from community_bot.cli.filling import write
from community_bot.config import loading
from community_bot.sandbox.server import Sandbox
from tests.cli.conftest import TOKEN, Folder, is_one_line

GIVEN = ("--token", TOKEN, "--owner", "4242", "--name", '出海 "同行" 会')


def init(folder: Folder, *args: str, typed: str = "") -> Result:
    return folder.run("init", "--offline", *args, input=typed)


def test_options_alone_write_a_configuration_that_runs_as_it_is(folder: Folder) -> None:
    result = init(folder, *GIVEN, "--timezone", "Europe/London", "--database", "data/sellers.db")

    config = configuration.load(folder.config)

    assert result.exit_code == 0
    assert config.telegram.token.get_secret_value() == TOKEN
    assert (config.community.name, config.community.owners) == ('出海 "同行" 会', (4242,))
    assert config.community.timezone == "Europe/London"
    assert config.database.url == "sqlite:///data/sellers.db"


def test_the_file_can_be_read_by_its_owner_alone(folder: Folder) -> None:
    init(folder, *GIVEN)

    assert stat.S_IMODE(folder.config.stat().st_mode) == 0o600


def test_nobody_is_paid_by_mistake(folder: Folder) -> None:
    init(folder, *GIVEN)

    config = loading.load(folder.config)

    assert config.payments.manual.payees == ()
    assert config.community.contact == ""
    assert [tier.code for tier in config.tiers] == ["guest", "course", "annual"]


def test_a_wrong_answer_is_asked_again(folder: Folder) -> None:
    typed = f"nonsense\n{TOKEN}\n@me\n7\nSellers\nMoon/Crater\nAsia/Tokyo\nmysql://x/y\n\n"

    result = init(folder, "--lang", "en", typed=typed)

    config = loading.load(folder.config)
    assert result.exit_code == 0
    assert config.community.timezone == "Asia/Tokyo"
    assert config.database.url == "sqlite:///data/community.db"
    for complaint in ("That is no token", "without @", "no such time zone", "postgresql://"):
        assert complaint in result.output


def test_where_nobody_answers_the_defaults_count(folder: Folder) -> None:
    init(folder, *GIVEN)

    config = loading.load(folder.config)

    assert config.community.timezone == "Asia/Shanghai"
    assert config.database.url == "sqlite:///data/community.db"


def test_where_nobody_answers_and_nothing_is_usual_it_is_a_mistake(folder: Folder) -> None:
    result = init(folder, "--token", TOKEN)

    assert result.exit_code == 2
    assert "--owner" in result.stderr
    assert not folder.config.exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--token", "SECRET"),
        ("--owner", "@me"),
        ("--timezone", "Moon"),
        ("--database", "mysql://x/y"),
    ],
)
def test_an_option_that_cannot_be_used_is_one_line(folder: Folder, option: str, value: str) -> None:
    result = init(folder, *GIVEN, option, value)

    assert (result.exit_code, folder.config.exists()) == (2, False)
    assert is_one_line(result.stderr, names=[option])


def test_a_configuration_is_not_written_over_without_a_yes(folder: Folder) -> None:
    folder.config.write_text("precious", encoding="utf-8")

    unanswered = init(folder, *GIVEN)
    refused = init(folder, *GIVEN, typed="n\n")
    kept = folder.config.read_text(encoding="utf-8")
    agreed = init(folder, *GIVEN, typed="y\n")

    assert (unanswered.exit_code, refused.exit_code, kept) == (2, 2, "precious")
    assert agreed.exit_code == 0
    assert loading.load(folder.config).community.owners == (4242,)


def test_force_writes_over_and_closes_the_file_to_others(folder: Folder) -> None:
    folder.config.write_text("open to all", encoding="utf-8")
    folder.config.chmod(0o644)

    result = init(folder, *GIVEN, "--force")

    assert result.exit_code == 0
    assert stat.S_IMODE(folder.config.stat().st_mode) == 0o600


def test_what_cannot_be_written_whole_leaves_the_old_configuration_as_it_was(
    folder: Folder,
) -> None:
    folder.config.write_text("the old one", encoding="utf-8")

    with pytest.raises(UnicodeEncodeError):
        write(folder.config, "half of the new one \udc80")

    assert folder.config.read_text(encoding="utf-8") == "the old one"
    assert list(folder.config.parent.iterdir()) == [folder.config]


def test_a_link_to_the_configuration_stays_one(folder: Folder) -> None:
    elsewhere = folder.path / "elsewhere.toml"
    elsewhere.write_text("the old one", encoding="utf-8")
    folder.config.symlink_to(elsewhere)

    init(folder, *GIVEN, "--force")

    assert folder.config.is_symlink()
    assert loading.load(elsewhere).community.owners == (4242,)
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o600


def test_a_chinese_shell_is_asked_in_chinese(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    said = init(folder, *GIVEN).output

    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    said_in_english = init(folder, *GIVEN, "--force").output

    assert "Written:" in said_in_english
    assert str(folder.config) in said


async def test_telegram_is_asked_whose_token_it_is(folder: Folder, sandbox: Sandbox) -> None:
    online = {"COMMUNITY_BOT__TELEGRAM__BASE_URL": sandbox.base_url, "LC_ALL": "C"}
    stranger = TOKEN.replace("123456789", "987654321")

    known = await folder.finish("init", *GIVEN, **online)
    unknown = await folder.finish("init", "--force", *GIVEN, "--token", stranger, **online)

    assert (known.code, "@sellers_bot" in known.out) == (0, True)
    assert unknown.code == 2
    assert is_one_line(unknown.err, names=["--token", "does not know"])
    assert TOKEN not in known.out + known.err


async def test_a_silent_telegram_stops_nobody(folder: Folder) -> None:
    silent = "http://127.0.0.1:1/bot"

    ended = await folder.finish(
        "init", *GIVEN, COMMUNITY_BOT__TELEGRAM__BASE_URL=silent, LC_ALL="C"
    )

    assert (ended.code, "could not be asked" in ended.out) == (0, True)
    assert loading.load(folder.config).community.owners == (4242,)


def test_a_folder_that_cannot_be_written_is_one_line(folder: Folder) -> None:
    (folder.path / "file").write_text("", encoding="utf-8")
    target = folder.path / "file" / "config.toml"

    result = folder.run("init", "--offline", *GIVEN, "--config", str(target))

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=[str(Path(target))])
