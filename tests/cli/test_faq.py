"""The FAQ goes out into files and comes in from them, from the shell."""

import json
import stat

from tests.cli.conftest import Folder

FILE = "---\nquestion: 保证金多少？\nstate: published\n---\n看后台。\n"


def test_entries_come_in_from_a_folder_and_go_out_again(folder: Folder) -> None:
    folder.configure()
    folder.run("db", "upgrade")
    source = folder.path / "faq"
    source.mkdir()
    (source / "1.md").write_text(FILE, encoding="utf-8")

    dry = folder.run("faq", "import", str(source), "--dry-run")
    done = folder.run("faq", "import", str(source))
    again = folder.run("faq", "import", str(source), "--json")
    out = folder.run("faq", "export", str(folder.path / "out.csv"))
    back = folder.run("faq", "import", str(folder.path / "out.csv"), "--json")

    assert (dry.exit_code, dry.output.splitlines()[-1]) == (0, "1 new. Nothing was changed.")
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "1 new. Done.")
    assert again.exit_code == 1
    assert json.loads(again.output)["entries"][0]["fate"] == "conflict"
    assert out.output == f"Wrote 1 entries to {folder.path / 'out.csv'}.\n"
    assert (folder.path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert json.loads(back.output)["entries"][0]["fate"] == "same"


def test_a_folder_holds_the_entries_and_what_they_ever_said(folder: Folder) -> None:
    folder.configure()
    folder.run("db", "upgrade")
    (folder.path / "1.md").write_text(FILE, encoding="utf-8")
    folder.run("faq", "import", str(folder.path / "1.md").replace("1.md", ""))

    folder.run("faq", "export", str(folder.path / "out"))
    back = folder.run("faq", "import", str(folder.path / "out"), "--json")

    assert sorted(file.name for file in (folder.path / "out").iterdir()) == [
        "00001.md",
        "history.jsonl",
    ]
    assert stat.S_IMODE((folder.path / "out").stat().st_mode) == 0o700
    assert not list(folder.path.glob(".out*"))
    told = json.loads((folder.path / "out" / "history.jsonl").read_text(encoding="utf-8"))
    assert (told["id"], len(told["versions"])) == (1, 1)
    assert json.loads(back.output)["entries"][0]["fate"] == "same"


def test_a_file_that_is_no_entry_is_named(folder: Folder) -> None:
    folder.configure()
    (folder.path / "wrong.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    wrong = folder.run("faq", "import", str(folder.path / "wrong.csv"))
    missing = folder.run("faq", "import", str(folder.path / "no.csv"))
    there = folder.run("faq", "export", str(folder.config))

    assert [one.exit_code for one in (wrong, missing, there)] == [2, 2, 2]
    assert "wrong.csv" in wrong.output


def test_a_spreadsheets_unicode_text_and_one_file_of_a_folder_are_read(folder: Folder) -> None:
    folder.configure()
    folder.run("db", "upgrade")
    (folder.path / "1.md").write_text(FILE, encoding="utf-8")
    (folder.path / "excel.txt").write_text(
        "question\tanswer\n多久回款？\t30 天\n", encoding="utf-16"
    )
    (folder.path / "gbk.csv").write_text("question,answer\n多久？,30 天\n", encoding="gbk")

    one = folder.run("faq", "import", str(folder.path / "1.md"))
    excel = folder.run("faq", "import", str(folder.path / "excel.txt"))
    gbk = folder.run("faq", "import", str(folder.path / "gbk.csv"))

    assert [said.output.splitlines()[-1] for said in (one, excel)] == ["1 new. Done."] * 2
    assert (gbk.exit_code, "save it as CSV UTF-8" in gbk.output) == (2, True)


def test_what_the_rules_refuse_of_an_entry_is_said_in_words(folder: Folder) -> None:
    folder.configure()
    folder.run("db", "upgrade")
    table = folder.path / "faq.csv"
    table.write_text("question,answer\n多久回款？,30 天\n保证金多少？,\n", encoding="utf-8")

    refused = folder.run("faq", "import", str(table))

    assert refused.exit_code == 1
    assert "faq.csv:3: 保证金多少？: Please type the answer." in refused.output
    assert refused.output.splitlines()[-1] == "1 new, 1 wrong. Nothing was changed."
