"""aiogram, bare: the fastest of the usual frameworks."""

import asyncio

import aiogram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from tests.benchmarks.variants import TEXT, Counted, Job, callers, side_by_side


def _bot(job: Job) -> aiogram.Bot:
    session = AiohttpSession(api=TelegramAPIServer.from_base(job.base_url))
    return aiogram.Bot(job.token(), session=session)


async def send(job: Job) -> None:
    async with _bot(job) as bot:
        await bot.get_me()
        with job.measuring():
            await side_by_side(
                job.count, callers(job), lambda number: bot.send_message(1000 + number, TEXT)
            )


async def echo(job: Job) -> None:
    counted = Counted(job)
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message()
    async def answer(message: aiogram.types.Message) -> None:
        assert message.text is not None
        await message.answer(message.text)
        counted.one()

    async with _bot(job) as bot:
        polling = asyncio.create_task(
            dispatcher.start_polling(bot, handle_signals=False, polling_timeout=1)
        )
        await counted.all_done.wait()
        await dispatcher.stop_polling()
        await polling
