"""aiogram, bare: the fastest of the usual frameworks."""

import asyncio

import aiogram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from tests.benchmarks.variants import TEXT, Counted, Job, callers, side_by_side


def _bot(job: Job, token: str) -> aiogram.Bot:
    return aiogram.Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(job.base_url)))


async def send(job: Job) -> None:
    async with _bot(job, job.token()) as bot:
        await bot.get_me()
        with job.measuring():
            await side_by_side(
                job.count, callers(job), lambda number: bot.send_message(1000 + number, TEXT)
            )


async def echo(job: Job) -> None:
    counted = Counted(job.count)
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message()
    async def answer(message: aiogram.types.Message) -> None:
        assert message.text is not None
        await message.answer(message.text)
        counted.one()

    async with _bot(job, job.token(updates=job.count)) as bot:
        with job.measuring():
            polling = asyncio.create_task(
                dispatcher.start_polling(bot, handle_signals=False, polling_timeout=1)
            )
            await counted.all_done.wait()
        await dispatcher.stop_polling()
        await polling
