"""`community-bot faq eval`: figures for the engine that members use."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from community_bot.cli.faq import faq
from community_bot.faq.evaluation import Built, ask, build, figures, read_entries, read_queries

HERE = Path(__file__)
SELLERS = HERE.with_name("sellers.jsonl")
RESEARCH = Path(
    os.environ.get("COMMUNITY_BOT_FAQ_DATA", HERE.parents[3] / "shared" / "data" / "faq")
)


def lines(path: Path, *objects: object) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in objects), encoding="utf-8")
    return path


def evaluate(*arguments: object) -> Result:
    return CliRunner().invoke(faq, ["eval", *map(str, arguments)])


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    return lines(
        tmp_path / "queries.jsonl",
        {"query": "保证金多少，何时退", "relevant": ["deposit"]},
        {"query": "怎样找红人带货", "relevant": ["creator"]},
        {"query": "一张执照能开几家店", "relevant": ["course"]},
    )


def test_it_prints_a_table_for_people(queries: Path) -> None:
    result = evaluate("--entries", SELLERS, "--queries", queries)

    assert result.exit_code == 0
    assert "recall@1" in result.output
    assert "0.6667" in result.output


def test_it_prints_json_for_machines(queries: Path, tmp_path: Path) -> None:
    off = lines(tmp_path / "off.jsonl", {"query": "明天天气怎么样", "relevant": []})

    result = evaluate("--entries", SELLERS, "--queries", queries, "--no-answer", off, "--json")

    found = json.loads(result.output)
    assert (found["entries"], found["queries"], found["no_answer_queries"]) == (23, 3, 1)
    assert found["recall@1"] == pytest.approx(2 / 3)
    assert found["no_answer_refused"] == 1
    assert found["p99_ms"] > 0


def test_aliases_help(tmp_path: Path) -> None:
    asked = lines(tmp_path / "q.jsonl", {"query": "小黄车没有了", "relevant": ["hijack"]})
    aliases = lines(tmp_path / "a.jsonl", {"id": "hijack", "aliases": ["小黄车没了"]})

    without = evaluate("--entries", SELLERS, "--queries", asked, "--json")
    given = evaluate("--entries", SELLERS, "--queries", asked, "--aliases", aliases, "--json")

    assert json.loads(without.output)["recall@1"] == 0
    assert json.loads(given.output)["recall@1"] == 1


def test_blank_lines_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"query": "a", "relevant": ["x"]}\r\n\r\n  \n')

    assert [query.text for query in read_queries(path)] == ["a"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"{not json}", "is not JSON in UTF-8"),
        (b'{"query": "\xff"}', "is not JSON in UTF-8"),
        (b"[1]", "is not a JSON object"),
        (b'{"relevant": ["a"]}', 'needs "query", a text'),
        (b'{"query": "a"}', 'needs "relevant", a list of ids'),
        (b'{"query": "a", "relevant": "x"}', 'needs "relevant", a list of ids'),
        (b'{"query": "a", "relevant": [1.5]}', 'needs "relevant", a text or a whole number'),
        (b"[" * 100_000, "is not JSON in UTF-8"),
    ],
)
def test_a_bad_line_is_named_in_one_sentence(tmp_path: Path, line: bytes, complaint: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(b'{"query": "good", "relevant": []}\n' + line + b"\n")

    result = evaluate("--entries", SELLERS, "--queries", path)

    assert result.exit_code == 2
    assert result.output == f"Error: {path}, line 2: {complaint}.\n"


def test_a_missing_file_is_used_wrongly(queries: Path) -> None:
    assert evaluate("--entries", "nowhere.jsonl", "--queries", queries).exit_code == 2


def test_nothing_asked_is_no_error(tmp_path: Path) -> None:
    nothing = lines(tmp_path / "q.jsonl")

    result = evaluate("--entries", SELLERS, "--queries", nothing)

    assert result.exit_code == 0
    assert "recall" not in result.output


def test_ids_may_be_numbers_and_further_fields_are_passed_over(tmp_path: Path) -> None:
    entries = lines(
        tmp_path / "e.jsonl",
        {"id": 7, "question": "保证金什么时候退", "answer": None, "source": {"page": 3}},
        {"id": "8", "question": "怎么提现", "aliases": None},
    )
    aliases = lines(tmp_path / "a.jsonl", {"id": 8, "aliases": ["钱怎么拿出来"]})
    asked = lines(
        tmp_path / "q.jsonl",
        {"query": "保证金退回", "relevant": ["7"], "asked_at": "2026-01-01"},
        {"query": "钱怎么拿出来", "relevant": [8]},
    )

    result = evaluate("--entries", entries, "--queries", asked, "--aliases", aliases, "--json")

    assert json.loads(result.output)["recall@1"] == 1


def test_queries_for_other_entries_are_pointed_out(tmp_path: Path) -> None:
    asked = lines(tmp_path / "q.jsonl", {"query": "怎么提现", "relevant": ["elsewhere"]})

    result = evaluate("--entries", SELLERS, "--queries", asked, "--json")

    assert "1 queries name no entry of" in result.stderr
    assert json.loads(result.stdout)["recall@1"] == 0


@pytest.mark.skipif(not RESEARCH.is_dir(), reason="the research data is not on this machine")
@pytest.mark.parametrize(
    ("collection", "least"), [("fintech", 0.455), ("lcqmc", 0.93), ("stackfaq_en", 0.74)]
)
def test_research_collections_are_searched_as_well_as_promised(
    collection: str, least: float
) -> None:
    folder = RESEARCH / collection
    built: Built = build(read_entries(folder / "entries.jsonl"))
    off = read_queries(RESEARCH / "offtopic" / "queries_noanswer.jsonl")[:500]

    answered = list(ask(built.engine, [*read_queries(folder / "queries.jsonl")[:1400], *off]))
    found = figures(built, answered)

    assert (found["recall@1"] or 0) >= least
    assert (found["right_kept"] or 0) >= 0.85
    assert (found["no_answer_refused"] or 0) >= 0.9
