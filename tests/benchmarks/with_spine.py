"""Our own spine on the same jobs: inbox, order and ledger over a database, PTB and aiohttp."""

import asyncio
import contextlib
import functools
import gc
import json
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from telegram import Bot as PlainBot
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from community_bot.clock import SystemClock
from community_bot.community import Community
from community_bot.config.loading import Config
from community_bot.delivery.contents import notice
from community_bot.delivery.courier import LEASE, Courier
from community_bot.delivery.lanes import Lane
from community_bot.delivery.ledger import Aftermath
from community_bot.delivery.letters import Letter, Outcome, Promise, Receipt
from community_bot.delivery.pacing import Pace
from community_bot.delivery.service import Outbox
from community_bot.ids import SecureIds
from community_bot.inbox.dispatcher import Dispatcher
from community_bot.inbox.received import Received
from community_bot.inbox.service import LEASE as INBOX
from community_bot.inbox.service import Inbox
from community_bot.storage import leases, schema
from community_bot.storage.engines import open_engines
from community_bot.storage.unit import Cause, Storage, Unit
from handlers.face import Face
from handlers.gate import Bot, Gate
from handlers.intake import Intake, Poller
from handlers.pulse import Pulse
from handlers.transport import AiohttpRequest
from tests.benchmarks.variants import TEXT, WARMING, Counted, Job

UNLIMITED = 10**6
OWNER = leases.owner_name("benchmark")


@notice("benchmark")
@dataclass(frozen=True, slots=True)
class Told:
    """What the broadcast says."""

    text: str


class Straight:
    """A messenger without pace and without words: what is left is the ledger."""

    def __init__(self, bot: PlainBot) -> None:
        self._bot = bot

    async def admit(self, letter: Letter) -> None:
        """Nobody waits: the ledger is measured, not the limit."""

    async def deliver(self, letter: Letter) -> Receipt:
        message = await self._bot.send_message(letter.chat_id, letter.facts["text"])
        return Receipt((message.message_id,))

    async def make_topic(self, chat_id: int, name: str) -> int:
        raise NotImplementedError


async def send_with_ledger_on_sqlite(job: Job) -> None:
    async with _sqlite() as storage:
        await _send(job, storage)


async def send_with_ledger_on_postgres(job: Job) -> None:
    name = f"bench_{job.run}_{job.port}"
    server = open_engines(job.postgres)
    async with server.writing.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(sa.text(f"CREATE DATABASE {name}"))
    await server.dispose()
    url = make_url(job.postgres).set(database=name).render_as_string(hide_password=False)
    async with _open(url) as storage:
        await _send(job, storage)


async def _send(job: Job, storage: Storage) -> None:
    counted, clock = Counted(job), SystemClock()
    await _promise(job.count + WARMING, storage)
    request = AiohttpRequest()
    async with PlainBot(job.token(), base_url=f"{job.base_url}/bot", request=request) as bot:
        courier = Courier(
            storage,
            clock,
            Straight(bot),
            aftermaths={"*": _when_settled(counted)},
            on_moved=_never_moved,
            on_topic_remade=_never_remade,
        )
        lease = await leases.take(storage, name=LEASE, owner=OWNER, now=clock.now())
        assert lease is not None
        _as_it_runs()
        carrying = asyncio.create_task(courier.run(lease))
        await counted.all_done.wait()
        courier.stop()
        await carrying


async def _promise(count: int, storage: Storage) -> None:
    told = Told(TEXT)
    async with storage.work() as unit:
        promises = [Promise(told, chat_id=1000 + n, lane=Lane.BROADCAST) for n in range(count)]
        await Outbox(storage, SystemClock()).put(unit, *promises)
        await unit.commit()


def _when_settled(counted: Counted) -> Aftermath:
    settled: list[Receipt] = []

    def committed() -> None:
        for _ in settled:
            counted.one()
        settled.clear()

    async def note(unit: Unit, outcome: Outcome) -> None:
        assert outcome.receipt.message_ids
        settled.append(outcome.receipt)
        unit.after_commit(committed)

    return note


async def _never_moved(unit: Unit, old: int, new: int) -> None:
    raise NotImplementedError


async def _never_remade(unit: Unit, chat_id: int, old: int, new: int) -> None:
    raise NotImplementedError


async def echo_through_inbox(job: Job) -> None:
    """The counterpart of a bare echo bot: kept on disk, in order, marked as handled."""
    token = job.token()
    polling = AiohttpRequest()
    bot = Bot(
        token,
        base_url=f"{job.base_url}/bot",
        request=AiohttpRequest(),
        get_updates_request=polling,
        rate_limiter=Gate(Pace(ceiling=UNLIMITED)),
    )

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        assert update.effective_message.text is not None
        await update.effective_message.reply_text(update.effective_message.text)

    application = Application.builder().bot(bot).updater(None).job_queue(None).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))

    async def handle(received: Received, cause: Cause) -> str | None:
        await application.process_update(Update.de_json(json.loads(received.body), bot))
        return None

    async with _sqlite() as storage, application:
        await _handle_all(job, storage, functools.partial(Poller, bot, polling), handle)


async def answer_by_the_whole_bot(job: Job) -> None:
    """Our real handlers: who it is, what they may do, in their language; no limit on replies."""
    async with _whole_bot(job) as (storage, face):
        await _handle_all(
            job, storage, functools.partial(Poller, face.bot, face.polling), face.handle
        )


async def answer_me(job: Job) -> None:
    """How long each of several people waits for /me: kept, looked up, answered."""
    asked: dict[int, float] = {}
    async with _whole_bot(job) as (storage, face):

        async def timed(received: Received, cause: Cause) -> str | None:
            incident = await face.handle(received, cause)
            if received.update_id > WARMING:
                job.latencies.append(time.perf_counter() - asked[received.update_id])
            return incident

        await _handle_all(job, storage, functools.partial(Asking, job.count, asked), timed)


class Asking:
    """Brings one /me after another, each of somebody else's."""

    def __init__(self, count: int, asked: dict[int, float], intake: Intake) -> None:
        self._count = count
        self._asked = asked
        self._intake = intake

    async def run(self) -> None:
        for number in range(1, self._count + WARMING + 1):
            self._asked[number] = time.perf_counter()
            await self._intake.take([_me(number)])
            await asyncio.sleep(0.05)


def _me(number: int) -> dict[str, Any]:
    person = {"id": 1000 + number, "is_bot": False, "first_name": "Member"}
    message = {
        "message_id": number,
        "date": 1_700_000_000,
        "chat": {"id": 1000 + number, "type": "private", "first_name": "Member"},
        "from": person,
        "text": "/me",
        "entities": [{"type": "bot_command", "offset": 0, "length": 3}],
    }
    return {"update_id": number, "message": message}


@contextlib.asynccontextmanager
async def _whole_bot(job: Job) -> AsyncIterator[tuple[Storage, Face]]:
    config = Config(
        telegram={  # type: ignore[arg-type]
            "token": job.token(),
            "base_url": f"{job.base_url}/bot",
        },
        community={"name": "Bench", "owners": [1]},  # type: ignore[arg-type]
    )
    async with _sqlite() as storage:
        community = Community(config, storage=storage, clock=SystemClock(), ids=SecureIds())
        face = Face(community, Pace(ceiling=UNLIMITED), Pulse())
        await face.open()
        yield storage, face
        await face.close()


async def _handle_all(
    job: Job,
    storage: Storage,
    poller: Callable[[Intake], Poller | Asking],
    handle: Callable[[Received, Cause], Awaitable[str | None]],
) -> None:
    counted = Counted(job)

    async def counting(received: Received, cause: Cause) -> str | None:
        incident = await handle(received, cause)
        assert incident is None
        counted.one()
        return None

    inbox = Inbox(storage, SystemClock())
    dispatcher = Dispatcher(inbox, counting)
    intake = Intake(inbox, dispatcher.offer, lambda received: None)
    lease = await leases.take(storage, name=INBOX, owner=OWNER, now=SystemClock().now())
    assert lease is not None
    _as_it_runs()
    async with asyncio.TaskGroup() as group:
        endless = [
            group.create_task(one)
            for one in (inbox.keeping.run(), inbox.closing.run(), poller(intake).run())
        ]
        working = group.create_task(dispatcher.run(lease))
        await counted.all_done.wait()
        dispatcher.stop()
        await working
        for task in endless:
            task.cancel()


def _as_it_runs() -> None:
    """What is there from the start is looked through no more, as `community-bot run` has it."""
    gc.collect()
    gc.freeze()


@contextlib.asynccontextmanager
async def _sqlite() -> AsyncIterator[Storage]:
    with tempfile.TemporaryDirectory() as folder:
        async with _open(f"sqlite:///{folder}/community.db") as storage:
            yield storage


@contextlib.asynccontextmanager
async def _open(url: str) -> AsyncIterator[Storage]:
    storage = Storage.open(url)
    try:
        await schema.upgrade(storage.engines)
        yield storage
    finally:
        await storage.close()
