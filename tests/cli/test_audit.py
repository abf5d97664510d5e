"""The audit says what is broken by its name, and one line when nothing is."""

import json

from tests.cli.conftest import Folder, is_one_line
from tests.cli.sellers import TIERS, asked, listed, settled

SEVENTEEN_MINUTES_LATE = "UPDATE entitlements SET ends_at = '2999-12-31 16:17:00.000000'"


def test_a_community_in_order_is_one_line(folder: Folder) -> None:
    settled(folder)
    folder.run("members", "import", str(listed(folder)))

    result = folder.run("audit")

    assert (result.exit_code, result.output) == (0, "All 22 invariants hold.\n")


def test_what_is_broken_is_said_by_its_name(folder: Folder) -> None:
    settled(folder)
    folder.run("members", "import", str(listed(folder)))
    asked(folder, f"{SEVENTEEN_MINUTES_LATE} WHERE member_id = 1001")
    asked(folder, "UPDATE entitlements SET granted_by = NULL")

    result = folder.run("audit")
    as_json = folder.run("audit", "--json")

    assert (result.exit_code, result.output.splitlines()) == (
        1,
        [
            "every_right_has_a_reason: entitlement 1, 2",
            "periods_end_with_the_last_second_of_a_day: entitlement 1",
            "2 of 22 invariants are broken.",
        ],
    )
    found = json.loads(as_json.output)
    assert (as_json.exit_code, len(found["checked"])) == (1, 22)
    assert found["findings"][2] == {
        "invariant": "periods_end_with_the_last_second_of_a_day",
        "what": "entitlement",
        "key": "1",
    }


def test_a_removal_of_a_member_is_said_with_exit_code_1(folder: Folder) -> None:
    settled(folder)
    folder.run("members", "import", str(listed(folder)))
    asked(
        folder,
        "INSERT INTO spaces (chat_id, role, title, is_forum, is_channel, bound_by, bound_at) "
        "VALUES (-1, 'members', 'Members', 0, 0, 1, '2020-01-01 00:00:00.000000')",
    )
    asked(
        folder,
        "INSERT INTO journal (at, action, subject, subject_key, after) "
        "VALUES ('2999-01-01 00:00:00.000000', 'remove', 'member', '1001', '{\"space\": -1}')",
    )

    result = folder.run("audit")

    assert (result.exit_code, result.output.splitlines()) == (
        1,
        ["nobody_was_removed_with_a_right: member 1001", "1 of 22 invariants is broken."],
    )


def test_an_empty_database_cannot_be_audited(folder: Folder) -> None:
    folder.configure()

    result = folder.run("audit")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["database.url", "community-bot db upgrade"])


async def test_the_audit_runs_in_a_process_of_its_own(folder: Folder) -> None:
    folder.configure(rest=TIERS)
    await folder.finish("db", "upgrade")

    ended = await folder.finish("audit", "--json")

    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["findings"] == []
