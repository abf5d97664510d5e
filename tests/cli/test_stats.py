"""The community in figures for an operator: lines for people, JSON for machines."""

import json

from tests.cli.conftest import Folder, is_one_line
from tests.cli.sellers import listed, settled


def test_the_figures_are_said_in_lines_and_in_json(folder: Folder) -> None:
    settled(folder)
    folder.run("members", "import", str(listed(folder)))

    as_lines = folder.run("stats")
    as_json = folder.run("stats", "--days", "7", "--json")

    assert (as_lines.exit_code, as_json.exit_code) == (0, 0)
    assert as_lines.output.splitlines()[:2] == [
        "The last 30 days",
        "members    2 (+2) · annual 1, course 1",
    ]
    found = json.loads(as_json.output)
    assert found["days"] == 7
    assert found["members"] == {
        "now": 2,
        "before": 0,
        "joined": 2,
        "returned": 0,
        "left": 0,
        "ending_within_30_days": 0,
        "by_tier": {"annual": 1, "course": 1},
    }
    assert found["money"] == []
    assert found["questions"]["first_answers_in_time"] is None


def test_a_time_that_is_none_is_refused(folder: Folder) -> None:
    settled(folder)

    for days in ("0", "400", "many"):
        result = folder.run("stats", "--days", days)

        assert result.exit_code == 2
        assert "--days" in result.stderr


def test_an_empty_database_has_no_figures(folder: Folder) -> None:
    folder.configure()

    result = folder.run("stats")

    assert result.exit_code == 2
    assert is_one_line(result.stderr, names=["database.url", "community-bot db upgrade"])
