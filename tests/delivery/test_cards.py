"""Cards: messages that live on, and only ever show the newest facts."""

from datetime import timedelta

import pytest

from community_bot.clock import ShiftedClock
from community_bot.delivery.letters import Shown
from community_bot.delivery.rules import DeliveryState, Doubt
from community_bot.storage.unit import Storage
from tests.delivery.posting import Office, posting, working

SENT, CANCELLED, PENDING = DeliveryState.SENT, DeliveryState.CANCELLED, DeliveryState.PENDING
CARD = "ticket:42"


async def card_of(office: Office) -> Shown | None:
    async with office.community.storage.read() as session:
        return await office.community.outbox.card_of(session, CARD)


async def test_a_card_is_edited_in_place(storage: Storage) -> None:
    async with posting(storage, ShiftedClock()) as office:
        wang = office.person("小王")
        await office.promise(wang.id, "waiting", card=CARD)

        async with working(office):
            await office.becomes(SENT)
            await office.promise(wang.id, "claimed", card=CARD)
            await office.becomes(SENT, 2)

        (message,) = office.sandbox.world.history(wang.id)
        assert "claimed" in message.text
        assert await card_of(office) == Shown(wang.id, message.message_id)
        assert [row.message_ids for row in await office.rows()] == [[message.message_id]] * 2


async def test_of_the_letters_that_wait_only_the_newest_is_told(storage: Storage) -> None:
    async with posting(storage, ShiftedClock()) as office:
        wang, li = office.person("小王"), office.person("小李")
        for news in ("one", "two", "three"):
            await office.promise(wang.id, news, card=CARD)
        await office.promise(li.id, "another chat", card=CARD)
        await office.promise(wang.id, "another card", card="ticket:43")

        async with working(office):
            await office.becomes(SENT, 3)

        states = [row.state for row in await office.rows()]
        assert states == [CANCELLED, CANCELLED, SENT, SENT, SENT]
        assert ["three" in text for text in office.read(wang.id)] == [True, False]


async def test_the_same_promise_of_a_card_again_replaces_nothing(sqlite_storage: Storage) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        wang = office.person("小王")
        for _ in range(2):
            await office.promise(wang.id, "waiting", card=CARD, once_key="card:42:1")

        assert [row.state for row in await office.rows()] == [PENDING]


async def test_an_older_letter_that_comes_back_gives_way_to_a_newer_one(
    storage: Storage,
) -> None:
    async with posting(storage, ShiftedClock()) as office:
        wang = office.person("小王")
        office.sandbox.faults.server_error(chat_id=wang.id, times=1)
        office.sandbox.faults.hang_before(0.2, chat_id=wang.id, times=1)
        await office.promise(wang.id, "old", card=CARD, doubt=Doubt.ONCE_MORE)

        async with working(office):
            await office.becomes(DeliveryState.SENDING)
            await office.promise(wang.id, "new", card=CARD)
            await office.reads(wang.id, "new")
            await office.becomes(SENT)

        texts = office.read(wang.id)
        assert [row.state for row in await office.rows()][-1] is SENT
        assert "new" in texts[-1]
        assert not any("old" in text for text in texts[1:])


async def test_an_edit_that_changes_nothing_has_arrived(sqlite_storage: Storage) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        wang = office.person("小王")

        async with working(office):
            for count in (1, 2):
                await office.promise(wang.id, "the same", card=CARD)
                await office.becomes(SENT, count)

        assert len(office.read(wang.id)) == 1


@pytest.mark.parametrize("refusal", ["message to edit not found", "message can't be edited"])
async def test_a_card_that_is_gone_is_sent_anew_and_found_again(
    storage: Storage, refusal: str
) -> None:
    async with posting(storage, ShiftedClock()) as office:
        wang = office.person("小王")

        async with working(office):
            await office.promise(wang.id, "waiting", card=CARD)
            await office.becomes(SENT)
            office.sandbox.faults.refuse(
                400, f"Bad Request: {refusal}", method="editMessageText", times=1
            )
            await office.promise(wang.id, "claimed", card=CARD)
            await office.becomes(SENT, 2)

        first, second = office.sandbox.world.history(wang.id)
        assert ("waiting" in first.text, "claimed" in second.text) == (True, True)
        assert await card_of(office) == Shown(wang.id, second.message_id)


async def test_an_edit_that_may_have_arrived_is_simply_done_again(
    sqlite_storage: Storage,
) -> None:
    clock = ShiftedClock()
    async with posting(sqlite_storage, clock) as office:
        wang = office.person("小王")

        async with working(office):
            await office.promise(wang.id, "waiting", card=CARD)
            await office.becomes(SENT)
            office.sandbox.faults.drop_before(chat_id=wang.id, times=3)
            await office.promise(wang.id, "claimed", card=CARD, doubt=Doubt.ASK)
            for tries in (1, 2, 3):
                await office.tried(tries, letter=1)
                await office.becomes(PENDING)
                clock.pass_(timedelta(minutes=1))
                office.courier.wake()
            await office.becomes(SENT, 2)

        assert len(office.read(wang.id)) == 1


async def test_a_forgotten_card_comes_again_as_a_message_below(storage: Storage) -> None:
    async with posting(storage, ShiftedClock()) as office:
        wang = office.person("小王")

        async with working(office):
            await office.promise(wang.id, "above", card=CARD)
            await office.becomes(SENT)
            async with office.community.storage.work() as unit:
                await office.community.outbox.forget_card(unit, CARD)
                await unit.commit()
            await office.promise(wang.id, "below", card=CARD)
            await office.becomes(SENT, 2)

        assert ["below" in text for text in office.read(wang.id)] == [False, True]


async def test_a_card_of_a_group_that_moved_is_a_new_message_there(storage: Storage) -> None:
    async with posting(storage, ShiftedClock()) as office:
        world = office.sandbox.world
        owner = next(iter(world.people.values()))
        group = world.add_group("导师台", owner)
        world.add_bot(owner, group)

        async with working(office):
            await office.promise(group.id, "waiting", card=CARD)
            await office.becomes(SENT)
            moved = world.migrate_group(group)
            await office.promise(group.id, "claimed", card=CARD)
            await office.becomes(SENT, 2)

        shown = await card_of(office)
        assert shown is not None
        assert shown.chat_id == moved.id
        assert "claimed" in office.read(moved.id)[-1]
