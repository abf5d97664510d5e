"""What Telegram gave us stays Telegram's until it is on disk."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram.request import BaseRequest, RequestData

from community_bot.clock import ShiftedClock
from community_bot.delivery.pacing import Pace
from community_bot.inbox.dispatcher import Dispatcher
from community_bot.inbox.received import Received
from community_bot.inbox.rules import UpdateState
from community_bot.inbox.service import Inbox
from community_bot.sandbox.server import Sandbox
from community_bot.storage.unit import Cause, Storage
from handlers.gate import Bot, Gate
from handlers.intake import Intake, Poller
from handlers.transport import AiohttpRequest
from tests.living import TOKEN, telegram


async def _unhandled(_received: Received, _cause: Cause) -> None:
    raise AssertionError("no dispatcher runs in these tests")


@asynccontextmanager
async def polling(sandbox: Sandbox, storage: Storage) -> AsyncIterator[Inbox]:
    """Ask for updates and keep them over this database, as a process of its own would."""
    inbox = Inbox(storage, sandbox.world.clock)
    request = AiohttpRequest()
    bot: Bot = Bot(TOKEN, base_url=sandbox.base_url, rate_limiter=Gate(Pace()))
    await request.initialize()
    intake = Intake(inbox, Dispatcher(inbox, _unhandled).offer, lambda _: None)
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(inbox.keeping.run()),
                group.create_task(Poller(bot, request, intake).run()),
            ]
            yield inbox
            for task in tasks:
                task.cancel()
    finally:
        await request.shutdown()


async def kept(inbox: Inbox, count: int) -> bool:
    for _ in range(200):
        if (await inbox.counts()).get(UpdateState.PENDING, 0) >= count:
            return True
        await asyncio.sleep(0.02)
    return False


def speak(sandbox: Sandbox, count: int) -> None:
    person = next(iter(sandbox.world.people.values()))
    for number in range(count):
        sandbox.world.send_text(person, person.id, f"n{number}")


async def test_updates_are_confirmed_when_they_are_on_disk(sqlite_storage: Storage) -> None:
    async with telegram(ShiftedClock()) as sandbox:
        speak(sandbox, 5)

        async with polling(sandbox, sqlite_storage) as inbox:
            assert await kept(inbox, 5)
            await sandbox.world.until(lambda: not sandbox.world.bot.mailbox.pending)


async def test_what_could_not_be_kept_comes_again_to_whoever_asks_next(
    sqlite_storage: Storage,
) -> None:
    nowhere = Storage.open("postgresql://nobody@127.0.0.1:1/nothing")
    async with telegram(ShiftedClock()) as sandbox:
        speak(sandbox, 5)
        async with polling(sandbox, nowhere):
            await asyncio.sleep(0.4)
            assert [call.method for call in sandbox.calls] == ["getUpdates"]
        assert len(sandbox.world.bot.mailbox.pending) == 5

        async with polling(sandbox, sqlite_storage) as inbox:
            assert await kept(inbox, 5)
            assert await inbox.counts() == {UpdateState.PENDING: 5}
    await nowhere.close()


async def test_a_second_process_that_is_given_the_same_updates_keeps_them_once(
    storage: Storage,
) -> None:
    """The first died after its commit and before its next question."""
    async with telegram(ShiftedClock()) as sandbox:
        speak(sandbox, 5)
        given = list(sandbox.world.bot.mailbox.pending)
        async with polling(sandbox, storage) as inbox:
            assert await kept(inbox, 5)
        sandbox.world.bot.mailbox.pending.extend(given)

        async with polling(sandbox, storage) as inbox:
            await sandbox.world.until(lambda: not sandbox.world.bot.mailbox.pending)
            assert await inbox.counts() == {UpdateState.PENDING: 5}


class Scripted(BaseRequest):
    """Answers one question after another as it is told to, and remembers the offsets."""

    def __init__(self, *answers: list[int]) -> None:
        self.answers = list(answers)
        self.offsets: list[int] = []
        self.is_over = asyncio.Event()

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        """Open nothing."""

    async def shutdown(self) -> None:
        """Close nothing."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        assert request_data is not None
        self.offsets.append(int(str(request_data.parameters.get("offset", 0))))
        if not self.answers:
            self.is_over.set()
            await asyncio.Event().wait()
        updates = [{"update_id": number, "poll": {}} for number in self.answers.pop(0)]
        return 200, json.dumps({"ok": True, "result": updates}).encode()


async def test_after_a_quiet_week_the_numbers_may_begin_below_the_last_one(
    sqlite_storage: Storage,
) -> None:
    request = Scripted([7001, 7002], [], [15, 16])
    inbox = Inbox(sqlite_storage, ShiftedClock())
    intake = Intake(inbox, lambda _: None, lambda _: None)
    bot: Bot = Bot(TOKEN, request=request, rate_limiter=Gate(Pace()))
    poller = Poller(bot, request, intake)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(inbox.keeping.run()), group.create_task(poller.run())]
        await request.is_over.wait()
        for task in tasks:
            task.cancel()

    assert request.offsets == [0, 7003, 0, 17]
    assert await inbox.counts() == {UpdateState.PENDING: 4}


async def test_a_server_in_trouble_is_asked_again(sqlite_storage: Storage) -> None:
    async with telegram(ShiftedClock()) as sandbox:
        sandbox.faults.server_error(502, method="getUpdates", times=1)
        sandbox.faults.drop_after(method="getUpdates", times=1)
        speak(sandbox, 3)

        async with polling(sandbox, sqlite_storage) as inbox:
            assert await kept(inbox, 3)
