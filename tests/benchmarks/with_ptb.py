"""python-telegram-bot: on its default transport, and on ours."""

from typing import Any

from telegram import Bot, Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest, HTTPXRequest

from handlers.transport import AiohttpRequest
from tests.benchmarks.variants import TEXT, Counted, Job, callers, side_by_side


async def send_over_aiohttp(job: Job) -> None:
    await _send(AiohttpRequest(), job)


async def send_by_default(job: Job) -> None:
    await _send(HTTPXRequest(connection_pool_size=256), job)


async def _send(request: BaseRequest, job: Job) -> None:
    bot = Bot(job.token(), base_url=f"{job.base_url}/bot", request=request)
    async with bot:
        with job.measuring():
            await side_by_side(
                job.count, callers(job), lambda number: bot.send_message(1000 + number, TEXT)
            )


async def echo_by_default(job: Job) -> None:
    await _echo(job, ApplicationBuilder())


async def echo_concurrently(job: Job) -> None:
    await _echo(job, ApplicationBuilder().concurrent_updates(True))  # noqa: FBT003  PTB's own


async def _echo(job: Job, builder: Any) -> None:
    counted = Counted(job)

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        assert update.effective_message.text is not None
        await update.effective_message.reply_text(update.effective_message.text)
        counted.one()

    application = builder.token(job.token()).base_url(f"{job.base_url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    async with application:
        await application.start()
        await application.updater.start_polling()
        await counted.all_done.wait()
        await application.updater.stop()
        await application.stop()
