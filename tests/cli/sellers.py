"""A community of sellers as its operator has it: configured, migrated, with a list of members."""

import contextlib
import sqlite3
from pathlib import Path

from tests.cli.conftest import Folder

TIERS = """
[[tiers]]
code = "guest"
name = { zh = "访客", en = "Guest" }
rank = 0

[[tiers]]
code = "annual"
name = { zh = "年费会员", en = "Annual" }
rank = 20
opens = ["members"]
plans = [{ code = "annual", price = "8888.00", years = 1 }]

[[tiers]]
code = "course"
name = { zh = "九节课", en = "Nine lessons" }
rank = 10
opens = ["course"]
plans = [{ code = "course", price = "2699.00", lifetime = true }]
"""
LIST = """member_id,claim,tier,until,note
1001,,annual,2999-12-31,老会员
,138-0013-8000,annual,2999-09-30,
2002,,course,forever,
"""


def settled(folder: Folder) -> Folder:
    """Configure a community and bring its database to the newest migration."""
    folder.configure(rest=TIERS)
    assert folder.run("db", "upgrade").exit_code == 0
    return folder


def listed(folder: Folder, text: str = LIST, encoding: str = "utf-8") -> Path:
    """Write a list of members as an operator has it."""
    path = folder.path / "members.csv"
    path.write_bytes(text.encode(encoding))
    return path


def asked(folder: Folder, question: str) -> list[tuple[object, ...]]:
    """Ask the database itself."""
    with contextlib.closing(sqlite3.connect(folder.path / "bot.db")) as connection:
        found = connection.execute(question).fetchall()
        connection.commit()
        return found
