"""`community-bot demo --check` in a process of its own: every role once, over real HTTP."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("community-bot")


@pytest.mark.timeout(300)
async def test_every_role_can_be_played(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        str(PROGRAM),
        "demo",
        "--check",
        cwd=tmp_path,
        env={key: value for key, value in os.environ.items() if "COMMUNITY_BOT" not in key},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )

    out, err = await process.communicate()

    assert (process.returncode, err.decode()) == (0, "")
    assert "every role was played" in out.decode()
