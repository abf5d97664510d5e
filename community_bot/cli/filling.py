"""Filling the annotated example in with an owner's answers."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

# Which line of the example each answer replaces: the section, and the key in it.
_PLACES = {
    "token": ("telegram", "token"),
    "owner": ("community", "owners"),
    "name": ("community", "name"),
    "timezone": ("community", "timezone"),
    "database": ("database", "url"),
}
_CONTACT = ("community", "contact")
_PAYEES = "[[payments.manual.payees]]"


def filled(example: str, answers: Mapping[str, str | int]) -> str:
    """Return the example with the answers in it, and without the accounts of the sample.

    The payees of the sample are somebody else's: they stay as comments, to be filled in.
    """
    values = {_PLACES[name]: _toml(name, answer) for name, answer in answers.items()}
    values[_CONTACT] = '""'
    lines, section, is_payee = [], "", False
    for line in example.splitlines():
        heading = re.fullmatch(r"\[+([a-z_.]+)\]+", line)
        if heading is not None:
            section, is_payee = heading[1], line == _PAYEES
        lines.append(_off(line) if is_payee else _with_value(line, section, values))
    return "\n".join([*lines, ""])


def write(path: Path, text: str) -> None:
    """Write the file for its owner alone, as the token is in it; whole, or not at all."""
    target = path.resolve()  # where a link stands it stays one
    target.parent.mkdir(parents=True, exist_ok=True)
    # What mkstemp makes is its owner's alone from the first byte on.
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123  a handle, not a path
            file.write(text)
            file.flush()
            os.fsync(handle)
        Path(beside).replace(target)
    except BaseException:
        Path(beside).unlink()
        raise


@contextmanager
def folder(path: Path) -> Iterator[Path]:
    """Give a folder to fill, its owner's alone; it takes its place whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    try:
        yield beside
        beside.rename(path)
    except BaseException:
        shutil.rmtree(beside)
        raise


def _with_value(line: str, section: str, values: Mapping[tuple[str, str], str]) -> str:
    key = line.partition(" = ")[0]
    value = values.get((section, key))
    return line if value is None else f"{key} = {value}"


def _off(line: str) -> str:
    return line if not line or line.startswith("#") else f"# {line}"


def _toml(name: str, answer: str | int) -> str:
    """Write a value: what JSON says of texts and numbers, TOML says too."""
    return json.dumps([answer] if name == "owner" else answer, ensure_ascii=False)
