"""What a command needs is imported when it is called, and not before."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from community_bot.cli.lazily import Place
from community_bot.cli.program import program

HEAVY = {"telegram", "sqlalchemy", "aiohttp", "alembic"}
SELLERS = Path(__file__).parents[1] / "faq" / "sellers.jsonl"


@pytest.mark.parametrize("typed", [["--help"], ["faq", "--help"], ["faq", "eval"]])
def test_help_and_measuring_the_search_need_nothing_of_the_bot(
    tmp_path: Path, typed: list[str]
) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"query": "保证金怎么退", "relevant": ["deposit"]}\n', encoding="utf-8")
    files = ["--entries", str(SELLERS), "--queries", str(queries)] if "eval" in typed else []
    code = (
        "import sys; from community_bot.cli.program import program; "
        "program(sys.argv[1:], standalone_mode=False); print(*sys.modules, file=sys.stderr)"
    )

    ended = subprocess.run(
        [sys.executable, "-c", code, *typed, *files], capture_output=True, text=True, check=True
    )

    assert ended.stdout != ""
    assert HEAVY & set(ended.stderr.split()) == set()


def test_a_bot_whose_schema_is_right_does_without_alembic() -> None:
    code = "import community_bot.cli.running, sys; print(*sys.modules)"

    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    loaded = set(ended.stdout.split())
    assert "sqlalchemy" in loaded
    assert {"alembic", "mako"} & loaded == set()


def test_every_command_in_the_list_is_there_under_its_name() -> None:
    assert {command.name for command in program.commands.values()} == set(program.commands)


def test_a_command_can_be_put_in_the_place_of_another() -> None:
    commands = dict(program.commands)

    assert isinstance(commands["faq"], click.Group)
    with pytest.raises(TypeError, match="is no command"):
        Place("community_bot.cli.lazily", "Place", "").load()
