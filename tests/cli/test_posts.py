"""Posts planned from a shell."""

import asyncio
import json
from pathlib import Path

import pytest

from community_bot.clock import SystemClock
from community_bot.community import Community
from community_bot.config.loading import load
from community_bot.ids import SecureIds
from community_bot.people.service import Person
from community_bot.storage.unit import Storage
from tests.cli.conftest import Folder

TIERS = """
[[tiers]]
code = "guest"
name = {zh = "访客", en = "Guest"}
rank = 0

[[tiers]]
code = "annual"
name = {zh = "年度会员", en = "Annual"}
rank = 10
opens = ["members"]
benefits = {zh = ["答疑"], en = ["Answers"]}

[[tiers.plans]]
code = "annual_year"
price = "8888.00"
years = 1

[payments.manual]
enabled = false
"""
MEMBERS = "member_id,claim,tier,until,note\n1001,,annual,forever,\n1002,,annual,forever,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.configure(rest=TIERS)
    (tmp_path / "post.md").write_text(
        "# 本周选品\n\n**三款** [表格](https://example.com)\n", encoding="utf-8"
    )
    assert made.run("db", "upgrade").exit_code == 0
    (tmp_path / "members.csv").write_text(MEMBERS, encoding="utf-8")
    assert made.run("members", "import", str(tmp_path / "members.csv")).exit_code == 0
    return made


def create(folder: Folder, *args: str) -> tuple[int, dict[str, object]]:
    result = folder.run("posts", "create", "--file", str(folder.path / "post.md"), "--json", *args)
    return result.exit_code, json.loads(result.output)


def listed(folder: Folder) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(folder.run("posts", "list", "--json").output)[
        "posts"
    ]
    return found


def test_a_dry_run_says_whom_it_would_reach_and_leaves_nothing(folder: Folder) -> None:
    code, said = create(folder, "--audience", "all", "--at", "2099-12-01 09:30", "--dry-run")

    assert (code, said["is_done"], said["people"]) == (0, False, 0)
    assert said["next_times"] == ["2099-12-01 09:30+08:00"]
    assert listed(folder) == []


def test_what_goes_out_at_once_needs_somebody_who_gets_it(folder: Folder) -> None:
    code, said = create(folder, "--audience", "all")

    assert (code, said["error"]) == (1, "--audience: there is nobody in this audience now")
    assert listed(folder) == []


def test_a_post_is_planned_listed_and_called_off(folder: Folder) -> None:
    start(folder)

    code, said = create(
        folder, "--audience", "all", "--repeat", "every weekday 09:30", "--missed", "ask"
    )
    (planned,) = listed(folder)
    cancelled = folder.run("posts", "cancel", str(planned["post_id"]))
    again = folder.run("posts", "cancel", str(planned["post_id"]))

    assert (code, said["is_done"], said["title"]) == (0, True, "本周选品")
    assert str(planned["next_at"])[11:16] == "09:30"
    assert (cancelled.exit_code, again.exit_code) == (0, 1)
    assert listed(folder) == []


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("--audience", "tier:annual", "--at", "whenever"), 2, "--at or --repeat: I do not"),
        (("--audience", "tier:annual", "--at", "2020-01-01 09:30"), 2, "passed already"),
        (("--audience", "tier:annual", "--repeat", "first monday"), 2, "At what time of day?"),
        (("--audience", "everyone", "--at", "2099-12-01 09:30"), 2, "“everyone”"),
        (("--audience", "tier:gold", "--at", "2099-12-01 09:30"), 2, "These do: annual, guest"),
        (("--audience", "role:boss", "--at", "2099-12-01 09:30"), 2, "“boss”"),
        (("--at", "2099-12-01 09:30"), 2, "--audience: nobody would get it"),
        (("--place", "members", "--at", "2099-12-01 09:30"), 2, "--place"),
        (("--place", "-1001", "--at", "2099-12-01 09:30"), 2, "--place"),
        (("--audience", "all", "--tier", "gold", "--at", "2099-12-01 09:30"), 2, "--tier"),
        (("--audience", "all", "--file", "missing.md"), 2, "missing.md"),
        (("--audience", "all", "--file", "."), 2, "cannot be read"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_one_line(
    folder: Folder, args: tuple[str, ...], code: int, words: str
) -> None:
    start(folder)

    file = () if "--file" in args else ("--file", str(folder.path / "post.md"))
    result = folder.run("posts", "create", *file, *args)

    assert result.exit_code == code
    assert words in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert listed(folder) == []


def test_two_times_are_one_too_many(folder: Folder) -> None:
    result = folder.run(
        "posts",
        "create",
        "--file",
        str(folder.path / "post.md"),
        "--at",
        "2099-12-01 09:30",
        "--repeat",
        "every day 09:30",
    )

    assert result.exit_code == 2


def start(folder: Folder) -> None:
    """Let somebody start the bot, so that there is somebody to write to."""

    async def meet() -> None:
        config = load(folder.config)
        community = Community(
            config, storage=Storage.open(config.database.url), clock=SystemClock(), ids=SecureIds()
        )
        await community.people.meet(Person(1001, "小王", None, "zh-hans"))
        await community.close()

    asyncio.run(meet())
