"""The shape of the tree: what may stand where, how large it is, what it is called."""

import ast
from statistics import mean

from tests.house.tree import PRODUCT, ROOT, modules, top_level

MOST_LINES = 300
TOP_LEVEL = {
    *("community_bot", "handlers", "migrations", "tests", "docs"),
    *("config.example.toml", "pyproject.toml", "README.md", "Makefile", "CHANGELOG.md", "LICENSE"),
    *("requirements.lock", "requirements-dev.lock", "requirements-bench.lock"),
}
SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}
STATEMENTS = {"select", "insert", "update", "delete"}


def test_a_module_can_be_read_in_one_sitting() -> None:
    large = {module.place: module.lines for module in modules() if module.lines >= MOST_LINES}

    assert large == {}, "split them by noun"


def test_modules_are_small_on_the_whole() -> None:
    sizes = [module.lines for module in modules() if module.path.name != "__init__.py"]

    assert 50 <= mean(sizes) <= 130


def test_a_module_says_in_one_sentence_what_lives_in_it() -> None:
    silent = {module.place for module in modules() if not module.sentence.endswith((".", "?"))}

    assert silent == set(), "begin with a sentence"


def test_a_module_is_named_after_what_it_is_about() -> None:
    vague = {
        module.place
        for module in modules()
        if SAY_NOTHING & {*module.path.stem.split("_"), *module.path.parent.name.split("_")}
    }

    assert vague == set(), "say which noun they are about"


def test_only_the_agreed_names_stand_at_the_top() -> None:
    assert top_level() <= TOP_LEVEL


def test_pages_and_styles_are_as_small_as_modules() -> None:
    sizes = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for folder in PRODUCT
        for kind in ("*.js", "*.css", "*.html")
        for path in (ROOT / folder).rglob(kind)
    }

    assert {place: lines for place, lines in sizes.items() if lines >= MOST_LINES} == {}


def test_sql_is_written_where_queries_live() -> None:
    elsewhere = {
        f"{module.place}:{call.lineno}"
        for module in modules()
        if "queries" not in module.path.stem and module.path.parent.name != "storage"
        for call in module.calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in STATEMENTS
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "sa"
    }

    assert elsewhere == set(), "move the statements to the room's queries"


def test_sentences_are_written_where_words_live() -> None:
    elsewhere = {
        f"{module.place}:{call.lineno}"
        for module in modules()
        if not module.name.startswith(("handlers.texts.", "handlers.keyboards."))
        for call in module.calls()
        if isinstance(call.func, ast.Name)
        and call.func.id == "_"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }

    assert elsewhere == set(), "move the sentences to handlers/texts"
