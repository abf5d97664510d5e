"""A bot in a process of its own, to be killed: python -m tests.torture.runner, facts as JSON.

Beside the bot's own areas it writes down each language choice in the journal, in the unit of
work that marks the update done, and promises two letters about it: an answer and a broadcast.
"""

import asyncio
import json
import sys
from datetime import timedelta

from telegram.ext import MessageHandler, filters

from community_bot import log
from community_bot.clock import SystemClock
from community_bot.community import Community
from community_bot.config.loading import parse
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.ids import SecureIds
from community_bot.membership.notices import SpaceEntered
from community_bot.storage import journal
from community_bot.storage.unit import Storage
from handlers import app
from handlers.context import Context, Inbound, guarded
from handlers.program import Program


async def count(inbound: Inbound, context: Context) -> None:
    """Do what can be counted afterwards: one entry, two letters."""
    community, number = context.community, inbound.text
    async with community.storage.work(inbound.actor.cause) as unit:
        await journal.record(
            unit,
            at=community.clock.now(),
            actor_id=inbound.actor.member_id,
            action="count",
            subject="torture",
            subject_key=number,
        )
        for lane, doubt in ((Lane.DESK, Doubt.ONCE_MORE), (Lane.BROADCAST, Doubt.ASK)):
            letter = SpaceEntered(chat_id=1, title=f"{lane}-{number}.")
            await community.outbox.put(
                unit, Promise(letter, inbound.chat_id, lane, doubt=doubt, keep=True)
            )
        await unit.commit()


async def main() -> None:
    given = json.loads(sys.argv[1])
    config = parse(given["config"])
    community = Community(
        config, storage=Storage.open(config.database.url), clock=SystemClock(), ids=SecureIds()
    )
    app.AREAS = ((MessageHandler(filters.Regex(r"^n\d+$"), guarded(count)),), *app.AREAS)
    program = Program(community, term=timedelta(seconds=given["term"]))
    await program.run(asyncio.Event())


log.set_up("WARNING")
asyncio.run(main())
