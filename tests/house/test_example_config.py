"""config.example.toml: every option is in it, nothing else is, and it loads."""

import re
import tomllib
import types
from collections.abc import Iterator
from typing import get_args, get_origin

from pydantic import BaseModel

from community_bot.config import loading
from community_bot.config.loading import Config
from tests.house.tree import ROOT

EXAMPLE = ROOT / "config.example.toml"
HEADER = re.compile(r"^(?:# )?\[{1,2}([a-z_.]+)\]{1,2}")
# An option that is off stands there as a comment: `# name = value`.
OPTION = re.compile(r"^(?:# )?([a-z_]+) = ")
TOKEN = "123456789:a_token_that_only_has_the_shape_of_one"


def options(model: type[BaseModel], at: str = "") -> Iterator[str]:
    """Return the dotted name of every option, down to those that hold plain values."""
    for name, field in model.model_fields.items():
        inner = section_of(field.annotation)
        if name in {"zh", "en"}:
            yield at.removesuffix(".")  # a wording that has more than its two languages
        elif inner is None or set(inner.model_fields) <= {"zh", "en"}:
            yield f"{at}{name}"
        else:
            yield from options(inner, f"{at}{name}.")


def section_of(annotation: object) -> type[BaseModel] | None:
    """Return the section that an option holds, one or several of them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, types.UnionType):
        found = [section_of(inner) for inner in get_args(annotation)]
        return next((one for one in found if one is not None), None)
    return None


def written() -> set[str]:
    """Return the dotted name of every option that the example shows, off or on."""
    found, section = set(), ""
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if header := HEADER.match(line):
            section = f"{header[1]}."
        elif option := OPTION.match(line):
            found.add(f"{section}{option[1]}")
    return {name for name in found if not name.endswith((".zh", ".en"))} | wordings(found)


def wordings(found: set[str]) -> set[str]:
    """Return the options that are written as a table of two languages of their own."""
    return {name.rpartition(".")[0] for name in found if name.endswith((".zh", ".en"))}


def test_the_example_names_every_option_and_no_other() -> None:
    assert written() == set(options(Config))


def test_the_example_loads_once_the_token_is_filled_in() -> None:
    example = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))

    example["telegram"]["token"] = TOKEN

    assert loading.parse(example).community.name
