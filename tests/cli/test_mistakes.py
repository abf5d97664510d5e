"""An operator's mistake is one line that names the key, exit code 2, and no secret in it."""

import asyncio
import errno
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from community_bot.sandbox.server import Sandbox
from community_bot.storage import schema
from tests.cli.conftest import TOKEN, Ended, Folder, is_one_line

UNREACHABLE = "postgresql://bot:SECRET@127.0.0.1:1/community"


def mistake_in(ended: Ended) -> str:
    """Return the line that says what is wrong, after the log of the start."""
    return next(line for line in ended.err.splitlines() if line.startswith("community-bot: "))


def test_a_missing_file_is_named_and_init_is_offered(folder: Folder) -> None:
    result = folder.run("run")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=[str(folder.config), "community-bot init"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[telegram\n", ["config.toml", "TOML"]),
        ("[community]\nname = 'x'\nowners = [1]\n", ["telegram", "missing"]),
        ('[telegram]\ntoken = "SECRET"\n[community]\nname = "x"\nowners = [1]', ["telegram.token"]),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line(
    folder: Folder, text: str, names: list[str]
) -> None:
    folder.config.write_text(text, encoding="utf-8")

    result = folder.run("run")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=names)


@pytest.mark.parametrize(
    ("telegram", "names"),
    [
        ('mode = "webhook"', ["webhook_url"]),
        ('mode = "webhook"\nwebhook_url = "http://example.com"', ["webhook_url", "https"]),
        ('mode = "webhook"\nwebhook_url = "https://example.com"', ["secret"]),
        ('mode = "webhook"\nwebhook_url = "https://example.com:5000"', ["webhook_url", "8443"]),
        ('mode = "carrier pigeon"', ["telegram.mode"]),
        ('listen = "8080"', ["telegram.listen"]),
        ('proxy = "ftp://example.com"', ["telegram.proxy", "socks5://"]),
        ('proxy = "http://"', ["telegram.proxy", "socks5://"]),
        ('proxy = "socks5-please://example.com"', ["telegram.proxy", "socks5://"]),
        ('tokn = "x"', ["telegram.tokn", "config.example.toml"]),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wanted(
    folder: Folder, telegram: str, names: list[str]
) -> None:
    folder.configure(telegram=telegram)

    result = folder.run("run")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=names)


GUEST = '[[tiers]]\ncode = "guest"\nname = { zh = "访客", en = "Guest" }\nrank = 0\n'
ANNUAL = GUEST.replace("guest", "annual").replace("rank = 0", "rank = 10")
PLAN = '[[tiers.plans]]\ncode = "year"\nprice = "100"\nyears = 1\n'
PAYEE = '[[payments.manual.payees]]\nmethod = "alipay"\nname = "x"\naccount = "y"\n'


@pytest.mark.parametrize(
    ("rest", "names"),
    [
        (ANNUAL + PLAN + PAYEE, ["tiers.rank", "rank 0"]),
        (GUEST + ANNUAL + 'opens = ["cellar"]', ["tiers.opens", "tier annual", "cellar", "course"]),
        (GUEST + "urgent_per_month = 2", ["tiers.urgent_per_month (tier guest)", "answer_within"]),
        (GUEST + 'opens = ["desk"]', ["tiers.opens", "tier guest", "announcements"]),
        (PAYEE + 'picture = "nowhere.png"', ["payees.picture (the 1st payee)", "nowhere.png"]),
        (GUEST + ANNUAL + ANNUAL, ["tiers", "code annual", "twice"]),
        (GUEST + ANNUAL + ANNUAL.replace("annual", "gold"), ["tiers", "rank 10", "twice"]),
        (GUEST + ANNUAL + PLAN + PLAN, ["tiers", "plan code year", "twice"]),
    ],
)
def test_what_does_not_go_together_is_named(folder: Folder, rest: str, names: list[str]) -> None:
    folder.configure(rest=f"\n{rest}")

    result = folder.run("run")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=names)


@pytest.mark.parametrize(
    ("rest", "names"),
    [
        (GUEST + ANNUAL + PLAN.replace("years = 1", "years = 0"), ["the 1st plan of tier annual"]),
        (GUEST + ANNUAL + PLAN.replace('"100"', '"a lot"'), ["tiers.plans", "8888.00"]),
        (GUEST + ANNUAL + PLAN + "year = 1", ["tiers.plans.year", "not a known setting"]),
        (GUEST + ANNUAL + "seats = 1.5", ["tiers.seats (tier annual)", "a whole number"]),
        (GUEST + ANNUAL + "seats = 0", ["tiers.seats (tier annual)", "1 or more"]),
        (GUEST + 'opens = "members"', ["tiers.opens (tier guest)", "a list"]),
        (GUEST + ANNUAL + 'refund = "all"', ["tiers.refund (tier annual)", "section"]),
        (GUEST.replace("guest", "Gäste"), ["tiers.code", "small letters"]),
        (GUEST + ANNUAL + PLAN.replace("years = 1", 'ends_on = "soon"'), ["ends_on", "2026-12-31"]),
        (PAYEE.replace("alipay", "shells"), ["payees.method (the 1st payee)", "'wechat'"]),
        ("[delivery]\nbulk_per_second = 40", ["delivery.bulk_per_second", "29.5 or less"]),
        ("[faq]\ninline = 7", ["faq.inline", "true or false"]),
        ("[delivery]\nbackup_hours = 1000000000000", ["delivery.backup_hours", "8784 or less"]),
        ("[payments.telegram]\nenabled = true", ["payments.telegram", "provider_token is missing"]),
        ('[database]\nurl = "postgresql://me:SECRET@host:port/x"', ["database.url", "sqlite:///"]),
    ],
)
def test_a_wrong_value_is_named_with_its_place_in_our_own_words(
    folder: Folder, rest: str, names: list[str]
) -> None:
    folder.configure(rest=f"\n{rest}")

    result = folder.run("run")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=names)
    assert "Input should" not in result.stderr


@pytest.mark.parametrize("command", [("run",), ("db", "check"), ("doctor",), ("backup",)])
def test_a_wrong_database_address_is_named_by_every_command(
    folder: Folder, command: tuple[str, ...]
) -> None:
    folder.configure(rest='[database]\nurl = "mysql://root:SECRET@localhost/x"')

    result = folder.run(*command)

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["database.url", "sqlite:///"])


@pytest.mark.parametrize("command", [("run",), ("db", "upgrade")])
def test_an_unreachable_database_is_one_line_without_its_password(
    folder: Folder, command: tuple[str, ...]
) -> None:
    folder.configure(rest=f'[database]\nurl = "{UNREACHABLE}"')

    result = folder.run(*command)

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["database.url"])


def test_a_file_that_is_no_database_is_one_line(folder: Folder) -> None:
    (folder.path / "bot.db").write_bytes(b"a spreadsheet, perhaps" * 100)
    folder.configure()

    result = folder.run("db", "check")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["database.url", "not a database"])


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("owners = [true]", ["community.owners", "a whole number"]),
        ("owners = [99999999999999999999]", ["community.owners", "numeric Telegram ids"]),
        ('name = "   "', ["community.name", "must not be empty"]),
    ],
)
def test_who_owns_the_community_and_what_it_is_called_must_make_sense(
    folder: Folder, written: str, wanted: list[str]
) -> None:
    file = folder.configure()
    line = {"owners": "owners = [1]", "name": 'name = "Sellers"'}[written.split(maxsplit=1)[0]]
    file.write_text(file.read_text(encoding="utf-8").replace(line, written), encoding="utf-8")

    result = folder.run("run")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=wanted)


def test_a_variable_that_sets_nothing_is_named(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNITY_BOT__TELEGRM__TOKEN", "SECRET")
    folder.configure()

    result = folder.run("run")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["COMMUNITY_BOT__TELEGRM__TOKEN", "telegram"])


def test_a_list_in_the_environment_that_is_no_json_is_one_line(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNITY_BOT__COMMUNITY__OWNERS", "123")
    monkeypatch.setenv("COMMUNITY_BOT__TIERS", "none")
    folder.configure()

    result = folder.run("db", "check")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["COMMUNITY_BOT__TIERS", "JSON"])


async def test_the_environment_alone_is_configuration_enough(folder: Folder) -> None:
    ended = await folder.finish(
        "db",
        "check",
        COMMUNITY_BOT__TELEGRAM__TOKEN=TOKEN,
        COMMUNITY_BOT__COMMUNITY__NAME="Sellers",
        COMMUNITY_BOT__COMMUNITY__OWNERS="[1]",
        COMMUNITY_BOT__DATABASE__URL=f"sqlite:///{folder.path}/bot.db",
    )

    assert (ended.code, "empty" in ended.out) == (1, True)


def test_an_unknown_command_is_used_wrongly(folder: Folder) -> None:
    result = folder.run("fly")

    assert result.exit_code == 2
    assert "No such command" in result.stderr


async def test_a_token_that_telegram_does_not_know_ends_the_program(
    folder: Folder, sandbox: Sandbox
) -> None:
    unknown = TOKEN.replace("123456789", "987654321")
    folder.configure(telegram=f'token = "{unknown}"\nbase_url = "{sandbox.base_url}"')

    ended = await folder.finish("run")

    assert ended.code == 2
    assert is_one_line(mistake_in(ended), names=["telegram.token", "does not know"])
    assert "SECRET" not in ended.out + ended.err
    assert "Unclosed" not in ended.err


@pytest.mark.parametrize(
    "mode", ["", 'mode = "webhook"\nwebhook_url = "http://127.0.0.1:9"\nsecret = "abc"\n']
)
async def test_an_address_in_use_ends_the_program(
    folder: Folder, sandbox: Sandbox, mode: str
) -> None:
    taken = f"127.0.0.1:{sandbox.port}"
    folder.configure(telegram=f'base_url = "{sandbox.base_url}"\nlisten = "{taken}"\n{mode}')

    ended = await folder.finish("run")

    assert ended.code == 2
    assert is_one_line(mistake_in(ended), names=["telegram.listen", taken])
    assert "Traceback" not in ended.err


WEBHOOK = 'mode = "webhook"\nwebhook_url = "https://example.com"\nsecret = "abc"'
POSTGRES = '[database]\nurl = "postgresql://bot@127.0.0.1:1/community"'


@pytest.mark.parametrize(
    ("role", "telegram", "rest", "names"),
    [
        ("worker", WEBHOOK, "", ["--role", "SQLite", "database.url"]),
        ("sender", "", POSTGRES, ["--role", "telegram.mode"]),
    ],
)
def test_work_that_cannot_be_shared_is_one_line(
    folder: Folder, role: str, telegram: str, rest: str, names: list[str]
) -> None:
    folder.configure(telegram=telegram, rest=rest)

    result = folder.run("run", "--role", role)

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=names)


async def test_a_foreign_face_is_refused_by_its_file(folder: Folder, tmp_path: Path) -> None:
    foreign = tmp_path / "elsewhere" / "handlers" / "__init__.py"
    foreign.parent.mkdir(parents=True)
    foreign.write_text("", encoding="utf-8")

    ended = await folder.finish("--version", PYTHONPATH=str(tmp_path / "elsewhere"))

    assert ended.code == 2
    assert is_one_line(ended.err, names=[str(foreign)])


async def test_the_port_of_the_demo_that_is_taken_is_one_line(
    folder: Folder, sandbox: Sandbox
) -> None:
    ended = await asyncio.wait_for(folder.finish("demo", "--port", str(sandbox.port)), 30)

    assert ended.code == 2
    assert is_one_line(ended.err, names=["--port", str(sandbox.port)])


async def fail_with(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (sqlite3.SQLITE_FULL, ["database.url", "it fails", "make room"]),
        (sqlite3.SQLITE_READONLY, ["database.url", "it fails", "write to the file"]),
        (sqlite3.SQLITE_CORRUPT, ["database.url", "it fails", "community-bot restore"]),
    ],
)
@pytest.mark.parametrize("command", [("run",), ("db", "upgrade")])
def test_what_only_the_operator_can_mend_of_a_database_is_one_line(
    folder: Folder,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    code: int,
    names: list[str],
) -> None:
    raw = sqlite3.OperationalError("it fails")
    raw.sqlite_errorcode = code
    failing = OperationalError("COMMIT", None, raw)
    monkeypatch.setattr(schema, "run", lambda *_: fail_with(failing))
    folder.configure()

    result = folder.run(*command)

    assert result.exit_code == 2
    assert is_one_line(result.stderr.strip().splitlines()[-1], names=names)
    assert "Traceback" not in result.stderr


def test_a_folder_that_may_not_be_entered_is_one_line(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_path: Path, **_options: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied", "config.toml")

    monkeypatch.setattr(Path, "exists", refused)
    monkeypatch.setattr(Path, "read_text", refused)

    results = [folder.run("db", "check", "--config", "config.toml"), folder.run("db", "check")]
    monkeypatch.setenv("COMMUNITY_BOT__TELEGRAM__TOKEN", TOKEN)
    results.append(folder.run("db", "check", "--config", "config.toml"))

    assert [result.exit_code for result in results] == [2, 2, 2]
    for result in results:
        assert is_one_line(result.stderr, names=["config.toml", "Permission denied"])


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ('name = "同行会"'.encode("gbk"), ["config.toml", "save it as UTF-8"]),
        (b"a = " + b"[" * 5000, ["config.toml", "TOML", "brackets"]),
    ],
)
def test_a_file_in_another_encoding_or_without_end_is_one_line(
    folder: Folder, written: bytes, names: list[str]
) -> None:
    folder.config.write_bytes(written)

    result = folder.run("db", "check")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=names)


@pytest.mark.parametrize("command", [("updates", "retry"), ("posts", "cancel")])
def test_a_number_that_nothing_can_have_is_used_wrongly(
    folder: Folder, command: tuple[str, ...]
) -> None:
    folder.configure()

    result = folder.run(*command, "9" * 20)

    assert (result.exit_code, "range" in result.stderr) == (2, True)
