"""What could not be handled waits for a person, who has it handled once more or lets it be."""

import pytest

from community_bot.clock import StandingClock
from community_bot.errors import AlreadyDone
from community_bot.inbox.received import Received
from community_bot.inbox.rules import UpdateState
from community_bot.inbox.second_tries import SecondTries
from community_bot.inbox.service import KEPT, Inbox
from community_bot.storage import journal
from community_bot.storage.unit import Cause, Storage
from tests.inbox.working import dispatching, settled, update


class Stumbling:
    """Gives an update up until it is mended."""

    def __init__(self) -> None:
        self.is_mended = False
        self.handled: list[int] = []

    async def handle(self, received: Received, _cause: Cause) -> str | None:
        if received.update_id == 1 and not self.is_mended:
            return "K7Q2"
        self.handled.append(received.update_id)
        return None


async def test_it_is_handled_once_more_and_only_once(
    storage: Storage, clock: StandingClock
) -> None:
    inbox, tries, stumbling = Inbox(storage, clock), SecondTries(storage, clock), Stumbling()
    async with dispatching(inbox, stumbling.handle) as dispatcher:
        dispatcher.offer(await inbox.keep([update(1), update(2)]))
        await settled(inbox, UpdateState.FAILED, 1)
        waiting = await tries.waiting()
        stumbling.is_mended = True

        await tries.retry(update_id=1, actor_id=7)
        with pytest.raises(AlreadyDone):
            await tries.retry(update_id=1)
        await settled(inbox, UpdateState.DONE, 2)

    assert [(one.update_id, one.incident) for one in waiting] == [(1, "K7Q2")]
    assert stumbling.handled == [2, 1]
    async with storage.read() as session:
        (entry,) = await journal.entries_of(session, "update", 1)
    assert (entry.action, entry.actor_id, entry.before) == ("retry", 7, {"incident": "K7Q2"})


async def test_a_second_try_comes_before_what_its_chat_has_waiting(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    inbox, tries = Inbox(sqlite_storage, clock), SecondTries(sqlite_storage, clock)
    stumbling = Stumbling()
    async with dispatching(inbox, stumbling.handle) as dispatcher:
        dispatcher.offer(await inbox.keep([update(1)]))
        await settled(inbox, UpdateState.FAILED, 1)
        dispatcher.stop()
        await inbox.keep([update(2), update(3)])
    await tries.retry(update_id=1)
    stumbling.is_mended = True

    async with dispatching(inbox, stumbling.handle):
        await settled(inbox, UpdateState.DONE, 3)

    assert stumbling.handled == [1, 2, 3]


async def test_what_is_let_be_is_not_handled_and_forgotten_in_time(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    inbox, tries = Inbox(sqlite_storage, clock), SecondTries(sqlite_storage, clock)
    async with dispatching(inbox, Stumbling().handle) as dispatcher:
        dispatcher.offer(await inbox.keep([update(1)]))
        await settled(inbox, UpdateState.FAILED, 1)

        await tries.dismiss(update_id=1)
        let_be = await inbox.counts()
        clock.pass_(2 * KEPT)
        await inbox.purge()

    assert let_be == {UpdateState.DISMISSED: 1}
    assert await inbox.counts() == {}
    assert await tries.waiting() == []


async def test_an_edit_that_came_first_is_handled_again_after_its_message(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    inbox, tries = Inbox(sqlite_storage, clock), SecondTries(sqlite_storage, clock)
    stumbling = Stumbling()
    asked = Received(1, 1, "message", urgent=False, body='{"message":{"message_id":7}}')
    edits = [
        Received(
            n, 1, "edited_message", urgent=False, body=f'{{"edited_message":{{"message_id":{of}}}}}'
        )
        for n, of in ((2, 7), (3, 8))
    ]
    async with dispatching(inbox, stumbling.handle) as dispatcher:
        dispatcher.offer(await inbox.keep([asked, *edits]))
        await settled(inbox, UpdateState.FAILED, 1)
        await settled(inbox, UpdateState.DONE, 2)
        clock.pass_(2 * KEPT)
        await inbox.purge()
        stumbling.is_mended = True

        await tries.retry(update_id=1)
        await settled(inbox, UpdateState.DONE, 3)
        clock.pass_(2 * KEPT)
        await inbox.purge()

    assert stumbling.handled == [2, 3, 1, 2]
    assert await inbox.counts() == {}


async def test_there_is_nothing_to_decide_about_what_was_handled(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    tries = SecondTries(sqlite_storage, clock)

    with pytest.raises(AlreadyDone):
        await tries.retry(update_id=404)
    with pytest.raises(AlreadyDone):
        await tries.dismiss(update_id=404)
