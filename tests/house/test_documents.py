"""What the documents say to type exists, and what they point to is there."""

import re
from pathlib import Path

import click
import pytest

from community_bot.cli.program import program
from handlers.commands import COMMANDS
from tests.house.tree import ROOT

DOCUMENTS = sorted(
    [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / ".github").glob("*.md")]
)
FENCE = re.compile(r"^ *```console\n(?P<said>.*?)^ *```", re.MULTILINE | re.DOTALL)
TYPED = re.compile(r"^ *\$ (?P<command>.+)$", re.MULTILINE)
INLINE = re.compile(r"`(community-bot [a-z][^`]*)`")
LINK = re.compile(r"\]\((?!https?://)(?P<place>[^)#]+)")
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def typed(text: str) -> list[str]:
    """Return the commands that a document tells to type."""
    blocks = [found["said"] for found in FENCE.finditer(text)]
    return [found["command"] for said in blocks for found in TYPED.finditer(said)]


def missing(command: str) -> str | None:
    """Return what of a command does not exist, as far as it is ours."""
    words = command.split()
    name = words[0].rpartition("/")[2]
    if name == "make":
        targets = TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))
        return next((word for word in words[1:] if word not in targets), None)
    return _missing_in(program, words[1:]) if name == "community-bot" else None


def _missing_in(at: click.Command, words: list[str]) -> str | None:
    for word in words:
        if word.startswith("--"):
            if word not in {option for one in at.params for option in one.opts} | {"--help"}:
                return word
        elif isinstance(at, click.Group):
            if word not in at.commands:
                return word
            at = at.commands[word]
    return None


def leaves(group: click.Group, before: str = "community-bot") -> set[str]:
    """Return every command of the program as it is typed."""
    found = set()
    for name, command in group.commands.items():
        at = f"{before} {name}"
        found |= leaves(command, at) if isinstance(command, click.Group) else {at}
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_tells_to_type_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    wrong = {
        command: unknown
        for command in [*typed(text), *INLINE.findall(text)]
        if "COMMAND" not in command and (unknown := missing(command)) is not None
    }

    assert wrong == {}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_points_to_is_there(document: Path) -> None:
    places = [found["place"] for found in LINK.finditer(document.read_text(encoding="utf-8"))]

    assert [place for place in places if not (document.parent / place).exists()] == []


def test_the_reference_has_every_command_of_the_shell_and_no_other() -> None:
    named = set(re.findall(r"^\| `(community-bot [a-z -]+)`", REFERENCE, re.MULTILINE))

    assert named == leaves(program)


def test_the_reference_has_every_command_of_the_chat_and_no_other() -> None:
    named = set(re.findall(r"^\| `/([a-z]+)`", REFERENCE, re.MULTILINE))

    assert named == {command.name for command in COMMANDS}
