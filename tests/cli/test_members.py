"""A list of members is taken over whole or not at all, and can be taken along again."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from community_bot.clock import ShiftedClock
from community_bot.community import Community
from community_bot.config import loading
from community_bot.ids import SecureIds
from community_bot.people.roles import Actor, Role
from community_bot.storage.unit import Storage
from tests.cli.conftest import Folder, is_one_line
from tests.cli.sellers import LIST, TIERS, asked, listed, settled

RIGHTS = "SELECT member_id, tier_code, reason FROM entitlements ORDER BY member_id, tier_code"
OTHER_TIERS = TIERS.replace('"course"', '"lessons"')


def test_a_list_is_taken_over_whole(folder: Folder) -> None:
    settled(folder)

    result = folder.run("members", "import", str(listed(folder)))

    assert (result.exit_code, result.output.splitlines()) == (
        0,
        [
            "Took over 3 memberships (2 for accounts, 1 to be claimed).",
            "Nobody is removed from any group for 14 days.",
        ],
    )
    assert asked(folder, RIGHTS) == [(1001, "annual", "老会员"), (2002, "course", "import")]
    assert asked(folder, "SELECT claim FROM claims") == [("13800138000",)]
    assert asked(folder, "SELECT DISTINCT actor_id FROM journal WHERE action = 'import'") == [(1,)]


def test_a_dry_run_says_what_would_be_done_and_does_nothing(folder: Folder) -> None:
    settled(folder)

    result = folder.run("members", "import", str(listed(folder)), "--dry-run")

    assert result.exit_code == 0
    assert result.output == "3 memberships can be taken over (2 for accounts, 1 to be claimed).\n"
    assert asked(folder, RIGHTS) == []


def test_who_has_it_already_is_a_conflict_and_nothing_is_taken_over(folder: Folder) -> None:
    settled(folder)
    folder.run("members", "import", str(listed(folder)))
    again = listed(folder, LIST + "3003,,annual,2999-12-31,\n")

    result = folder.run("members", "import", str(again))
    as_json = folder.run("members", "import", str(again), "--json")

    assert (result.exit_code, result.stderr.splitlines()) == (
        1,
        [
            "line 2: member_id: has this tier already",
            "line 3: claim: was imported before",
            "line 4: member_id: has this tier already",
            "Nothing was taken over: 0 mistakes, 3 conflicts.",
        ],
    )
    assert len(asked(folder, RIGHTS)) == 2
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout)["conflicts"][1] == {
        "line": 3,
        "column": "claim",
        "reason": "known",
    }


def test_every_mistake_in_a_list_is_said_with_its_line(folder: Folder) -> None:
    settled(folder)
    wrong = "x,,annual,2999-12-31,\n3003,,gold,31.12.2999,\n,,annual,forever,\n,1,annual,forever,\n"

    result = folder.run("members", "import", str(listed(folder, LIST + wrong)))

    assert (result.exit_code, result.stderr.splitlines()) == (
        2,
        [
            "line 5: member_id: is no number of a Telegram account",
            "line 6: tier: is no tier; there are: guest, course, annual",
            'line 6: until: is no day; write 2026-12-31, or "forever"',
            "line 7: member_id: give the number of an account or a claim, and only one of them",
            "line 8: claim: is no telephone or order number of 6 to 64 letters and digits",
            "Nothing was taken over: 5 mistakes, 0 conflicts.",
        ],
    )
    assert asked(folder, RIGHTS) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: member_id: there is no such column"),
        ("member_id,claim,tier,until\n", "line 2: there is nobody in the list"),
        (
            "number,claim,tier,until\n1,,annual,forever",
            "line 1: member_id: there is no such column",
        ),
        (LIST + "1001,,annual,forever,\n", "line 5: member_id: stands in the list twice"),
        (LIST + f'1,,annual,forever,"{"x" * 200_000}"', "line 5: line: cannot be read"),
    ],
)
def test_a_file_that_is_no_list_is_used_wrongly(folder: Folder, text: str, said: str) -> None:
    settled(folder)

    result = folder.run("members", "import", str(listed(folder, text)))

    assert result.exit_code == 2
    assert said in result.stderr
    assert "Nothing was taken over" in result.stderr


def test_a_file_in_another_encoding_is_named_with_its_line(folder: Folder) -> None:
    settled(folder)

    result = folder.run("members", "import", str(listed(folder, encoding="gb18030")))

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["members.csv", "line 2", "CSV UTF-8"])


def test_a_file_that_is_not_there_is_one_line(folder: Folder) -> None:
    settled(folder)

    result = folder.run("members", "import", str(folder.path / "nowhere.csv"))

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["nowhere.csv"])


@pytest.mark.parametrize("command", ["import", "export"])
def test_an_empty_database_is_sent_to_the_upgrade_first(folder: Folder, command: str) -> None:
    folder.configure(rest=TIERS)

    result = folder.run(
        "members", command, str(listed(folder, LIST)) if command == "import" else "x"
    )

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["database.url", "community-bot db upgrade"])


def test_what_was_exported_can_be_imported_into_another_community(
    folder: Folder, tmp_path: Path
) -> None:
    settled(folder)
    folder.run("members", "import", str(listed(folder)))
    there = tmp_path / "there"
    there.mkdir()
    other = settled(Folder(there))
    table = tmp_path / "all.csv"

    exported = folder.run("members", "export", str(table))
    imported = other.run("members", "import", str(table))

    assert (exported.exit_code, imported.exit_code) == (0, 0), imported.output
    assert exported.output == f"Wrote 3 lines to {table}.\n"
    assert table.read_bytes().startswith(b"\xef\xbb\xbfmember_id,claim,tier,until,note,phase\n")
    assert table.stat().st_mode & 0o777 == 0o600
    again = other.run("members", "export").stdout_bytes
    assert again == table.read_bytes()


def test_an_export_writes_over_nothing(folder: Folder) -> None:
    settled(folder)

    result = folder.run("members", "export", str(listed(folder)))

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["members.csv"])
    assert listed(folder).read_text(encoding="utf-8") == LIST


async def test_after_an_import_nobody_is_removed_for_fourteen_days(folder: Folder) -> None:
    folder.configure(rest=TIERS)
    await folder.finish("db", "upgrade")

    ended = await folder.finish("members", "import", str(listed(folder)), "--json")

    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["is_done"]
    assert await _looked_at(folder, timedelta(days=13)) == 0
    assert await _looked_at(folder, timedelta(days=15)) == 1


async def test_an_export_goes_down_a_pipe(folder: Folder) -> None:
    folder.configure(rest=TIERS)
    await folder.finish("db", "upgrade")

    ended = await folder.finish("members", "export")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "\ufeffmember_id,claim,tier,until,note,phase\n"


async def _looked_at(folder: Folder, later: timedelta) -> int:
    """Let a stranger be in the members' group, and say how many groups a sweep looks at then."""
    config = loading.load(folder.config)
    clock = ShiftedClock(later)
    community = Community(
        config, storage=Storage.open(config.database.url), clock=clock, ids=SecureIds()
    )
    owner = Actor(1, frozenset({Role.OWNER}))
    if not await community.spaces.all():
        await community.spaces.bind(owner, chat_id=-1, role="members", title="群", is_forum=False)
        await community.doors.seen(chat_id=-1, member_id=4004, is_in=True)
    reports = await community.removals.plan(clock.now(), _everybody)
    await community.close()
    return len(reports)


async def _everybody(_chat_id: int, _member_id: int) -> bool | None:
    return True
