"""A search that is typed letter by letter is answered as far as there are places."""

import asyncio

from community_bot.inbox.received import Received
from community_bot.storage.unit import Cause
from handlers.fleeting import MOST, PLACES, Fleeting


def typed(update_id: int, person: int) -> Received:
    return Received(update_id, person, "inline_query", urgent=True, body="{}")


class Answering:
    """Remembers what was answered, and how many at once; answers only when it may."""

    def __init__(self) -> None:
        self.answered: list[int] = []
        self.at_once = self.most_at_once = 0
        self.may_go_on = asyncio.Event()

    async def handle(self, received: Received, _cause: Cause) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.may_go_on.wait()
        self.at_once -= 1
        self.answered.append(received.update_id)


async def played(answering: Answering, *offers: Received) -> None:
    """Offer everything before anything is answered, then let it be answered."""
    fleeting = Fleeting(answering.handle)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(fleeting.run())
        for offer in offers:
            fleeting.offer(offer)
        await asyncio.sleep(0.01)
        answering.may_go_on.set()
        await asyncio.sleep(0.05)
        running.cancel()


async def test_of_one_person_only_the_newest_is_answered() -> None:
    answering = Answering()

    await played(answering, typed(1, person=7), typed(2, person=8), typed(3, person=7))

    assert answering.answered == [2, 3]


async def test_a_flood_is_answered_a_few_at_once_and_the_oldest_go_unanswered() -> None:
    answering = Answering()
    flood = [typed(number, person=number) for number in range(MOST + 40)]

    await played(answering, *flood)

    assert answering.most_at_once == PLACES
    assert sorted(answering.answered) == list(range(40, MOST + 40))
