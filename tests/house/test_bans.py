"""The bans of pyproject.toml bite, and say what to do instead."""

import re
import subprocess
import sys

import pytest

from tests.house.tree import ROOT, modules

WITH_REASON = re.compile(r"# noqa: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)*  \S")

BANNED = {
    "import datetime\n\nNOW = datetime.datetime.now(datetime.UTC)\n": "ask the Clock",
    "import random\n\nLUCK = random.random()\n": "Ask Ids",
    "import uuid\n\nNAME = uuid.uuid4()\n": "Ask Ids",
    "import asyncio\n\nTASK = asyncio.create_task(None)\n": "TaskGroup",
    "from unittest import mock\n\nTWIN = mock\n": "Use the real part",
}


@pytest.mark.parametrize(("code", "advice"), BANNED.items())
def test_what_is_banned_is_refused_with_advice(code: str, advice: str) -> None:
    ruff = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--stdin-filename", "community_bot/x.py", "-"],
        cwd=ROOT,
        input=code,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ruff.returncode == 1
    assert "TID251" in ruff.stdout
    assert advice in ruff.stdout


def test_an_exception_to_a_rule_says_which_and_why() -> None:
    silent = {
        f"{module.place}:{number}"
        for module in modules()
        for number, line in enumerate(module.text.splitlines(), start=1)
        if "# noqa" in line and not WITH_REASON.search(line)
    }

    assert silent == set(), "write: # noqa: CODE  the reason"


def test_the_type_checker_is_never_silenced() -> None:
    silenced = {
        module.place
        for module in modules()
        if "type: ignore" in module.text or "import cast" in module.text
    }

    assert silenced == set()
