"""`community-bot updates` shows what was set aside, and takes a decision about it."""

import asyncio
import json
from pathlib import Path

from community_bot.clock import SystemClock
from community_bot.inbox.received import Received
from community_bot.inbox.rules import UpdateState
from community_bot.inbox.service import LEASE, Inbox
from community_bot.storage import leases, schema
from community_bot.storage.unit import Storage
from tests.cli.conftest import Folder
from tests.inbox.working import writing


def set_aside(database: Path) -> None:
    """Leave one update that could not be handled."""

    async def leave() -> None:
        storage = Storage.open(f"sqlite:///{database}")
        await schema.upgrade(storage.engines)
        inbox, now = Inbox(storage, SystemClock()), SystemClock().now()
        async with writing(inbox):
            (update,) = await inbox.keep([Received(7, 42, "message", urgent=False, body="{}")])
        lease = await leases.take(storage, name=LEASE, owner="x", now=now)
        assert lease is not None
        await inbox.give_up(update, "K7Q2", lease)
        await storage.close()

    asyncio.run(leave())


def states(database: Path) -> dict[UpdateState, int]:
    async def count() -> dict[UpdateState, int]:
        storage = Storage.open(f"sqlite:///{database}")
        try:
            return await Inbox(storage, SystemClock()).counts()
        finally:
            await storage.close()

    return asyncio.run(count())


def test_what_was_set_aside_is_listed_by_its_incident(folder: Folder) -> None:
    folder.configure()
    set_aside(folder.path / "bot.db")

    result = folder.run("updates", "list")
    facts = json.loads(folder.run("updates", "list", "--json").stdout)

    assert result.exit_code == 1
    assert "7  K7Q2" in result.stdout
    assert [(one["update_id"], one["chat_id"]) for one in facts["updates"]] == [(7, 42)]


def test_it_is_tried_again_or_let_be_once(folder: Folder) -> None:
    folder.configure()
    database = folder.path / "bot.db"
    set_aside(database)

    tried = folder.run("updates", "retry", "7")
    again = folder.run("updates", "dismiss", "7")

    assert (tried.exit_code, again.exit_code) == (0, 1)
    assert "updates list" in again.stdout
    assert states(database) == {UpdateState.PENDING: 1}


def test_nothing_set_aside_is_well(folder: Folder) -> None:
    folder.configure()
    folder.run("db", "upgrade")

    result = folder.run("updates", "list")
    facts = json.loads(folder.run("updates", "dismiss", "9", "--json").stdout)

    assert (result.exit_code, result.stdout) == (0, "Nothing is set aside.\n")
    assert facts == {"update": None}
