"""The tree as the house tests read it: files, syntax trees, and the literals in them."""

import ast
import functools
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("community_bot", "handlers")


@dataclass(frozen=True, slots=True)
class Module:
    """One Python module of the product."""

    path: Path

    @property
    def place(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def name(self) -> str:
        return self.place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def is_rules(self) -> bool:
        """Rules modules are called rules, or after a noun and rules."""
        return "rules" in self.path.stem.split("_")

    @property
    def sentence(self) -> str:
        """Return the first paragraph of the docstring."""
        return (ast.get_docstring(self.syntax) or "").split("\n\n", maxsplit=1)[0].rstrip()

    @property
    def syntax(self) -> ast.Module:
        return _parsed(self.path)

    def imports(self) -> Iterator[str]:
        for node in ast.walk(self.syntax):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module or ""

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.syntax) if isinstance(node, ast.Call))

    def literals(self) -> Iterator[ast.Constant]:
        """Return the strings that the program uses: no docstrings."""
        sentences = {
            id(node.value)
            for node in ast.walk(self.syntax)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        return (
            node
            for node in ast.walk(self.syntax)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in sentences
        )


@functools.cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def modules() -> tuple[Module, ...]:
    """Return every module of the product."""
    return tuple(
        Module(path) for folder in PRODUCT for path in sorted((ROOT / folder).rglob("*.py"))
    )


def top_level() -> set[str]:
    """Return the names at the top that belong to the project: what git ignores does not."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    return {
        name for name in names if not any(fnmatch(name, pattern.strip("/")) for pattern in ignored)
    }


def import_every_notice() -> None:
    """Import what the rooms tell people, so that every notice has registered itself."""
    for module in modules():
        if "notices" in module.path.stem.split("_") and module.name.startswith("community_bot."):
            importlib.import_module(module.name)
