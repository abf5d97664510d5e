"""What becomes of a letter, whatever happens between us and Telegram."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from community_bot.clock import ShiftedClock, StandingClock
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Outcome
from community_bot.delivery.rules import DeliveryEvent, DeliveryState, Doubt
from community_bot.errors import Superseded
from community_bot.storage import journal, leases
from community_bot.storage.leases import TERM
from community_bot.storage.unit import Storage, Unit
from tests.delivery.posting import Office, posting, working

SENT, FAILED, UNKNOWN = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNKNOWN
UNREACHABLE, PENDING = DeliveryState.UNREACHABLE, DeliveryState.PENDING


@pytest.fixture
async def office(sqlite_storage: Storage) -> AsyncIterator[Office]:
    async with posting(sqlite_storage, ShiftedClock()) as opened:
        yield opened


async def test_sent_means_that_telegram_named_the_message(storage: Storage) -> None:
    async with posting(storage, ShiftedClock()) as office:
        wang = office.person("小王")
        await office.promise(wang.id, "课程群")

        async with working(office):
            await office.becomes(SENT)

        (row,) = await office.rows()
        (message,) = office.sandbox.world.history(wang.id)
        assert row.message_ids == [message.message_id]
        assert "课程群" in message.text


async def test_a_flood_limit_of_one_chat_holds_up_nobody_else_and_keeps_the_order(
    office: Office,
) -> None:
    wang, li = office.person("小王"), office.person("小李")
    office.sandbox.faults.flood(1, chat_id=wang.id)
    await office.promise(wang.id, "first", "second")
    await office.promise(li.id, "hello")

    async with working(office):
        await office.reads(li.id, "hello")
        early = office.read(wang.id)
        await office.reads(wang.id, "second")

    assert early == []
    assert ["first" in text for text in office.read(wang.id)] == [True, False]


async def test_who_has_blocked_us_gets_what_was_kept_on_their_return(storage: Storage) -> None:
    async with posting(storage, ShiftedClock()) as office:
        wang = office.person("小王")
        office.sandbox.world.block(wang)
        await office.promise(wang.id, "kept")
        await office.promise(wang.id, "gone stale", keep=False)

        async with working(office):
            await office.becomes(UNREACHABLE, 2)
            office.sandbox.world.unblock(wang)
            await office.community.reach_changed(wang.id, is_open=True)
            await office.reads(wang.id, "kept")

        states = [row.state for row in await office.rows()]
        assert states == [SENT, UNREACHABLE]


async def test_a_group_that_moved_is_renamed_and_gets_its_letter(storage: Storage) -> None:
    async with posting(storage, ShiftedClock()) as office:
        world = office.sandbox.world
        owner = next(iter(world.people.values()))
        group = world.add_group("学员群", owner)
        world.add_bot(owner, group)
        await office.promise(group.id, "first", "second")
        moved = world.migrate_group(group)

        async with working(office):
            await office.becomes(SENT, 2)

        texts = [text for text in office.read(moved.id) if text]
        assert ["first" in texts[-2], "second" in texts[-1]] == [True, True]
        assert {row.chat_id for row in await office.rows()} == {moved.id}


async def test_a_deleted_topic_is_made_again_once_for_all_its_letters(storage: Storage) -> None:
    async with posting(storage, ShiftedClock()) as office:
        world = office.sandbox.world
        owner = next(iter(world.people.values()))
        forum = world.add_supergroup("导师台", owner, forum=True)
        world.add_bot(owner, forum, ["can_manage_topics"])
        topic = world.create_topic(owner, forum, "提问 42")
        world.delete_topic(forum, topic.topic_id)
        gone = topic.topic_id
        await office.promise(forum.id, "one", "two", topic_id=gone, topic_name="提问 42")

        async with working(office):
            await office.becomes(SENT, 2)

        (made,) = [each for each in forum.topics.values() if each.name == "提问 42"]
        assert {row.topic_id for row in await office.rows()} == {made.topic_id}


async def test_a_topic_that_cannot_be_made_again_fails_and_the_courier_goes_on(
    office: Office,
) -> None:
    world = office.sandbox.world
    owner, wang = next(iter(world.people.values())), office.person("小王")
    forum = world.add_supergroup("导师台", owner, forum=True)
    world.add_bot(owner, forum, ["can_invite_users"])
    await office.promise(forum.id, "lost", topic_id=77, topic_name="提问 42")

    async with working(office):
        await office.becomes(FAILED)
        await office.promise(wang.id, "still working")
        await office.reads(wang.id, "still working")
        await office.becomes(SENT, 2)

    assert any(str(forum.id) in text for text in office.read(owner.id))


@pytest.mark.parametrize("trouble", ["drop_before", "drop_after", "server_error"])
async def test_what_may_have_arrived_goes_once_more_where_losing_it_would_be_worse(
    office: Office, trouble: str
) -> None:
    wang = office.person("小王")
    getattr(office.sandbox.faults, trouble)(chat_id=wang.id, times=1)
    await office.promise(wang.id, "receipt", doubt=Doubt.ONCE_MORE)

    async with working(office):
        await office.becomes(PENDING)
        await pass_a_while(office)
        await office.becomes(SENT)

    (row,) = await office.rows()
    assert (row.resent, row.attempts) == (1, 2)
    assert len(office.read(wang.id)) == (2 if trouble == "drop_after" else 1)


async def test_what_may_have_arrived_twice_is_not_sent_a_third_time(office: Office) -> None:
    wang = office.person("小王")
    office.sandbox.faults.drop_after(chat_id=wang.id, times=2)
    await office.promise(wang.id, "receipt", doubt=Doubt.ONCE_MORE)

    async with working(office):
        await pass_a_while(office)
        await office.becomes(UNKNOWN)

    assert len(office.read(wang.id)) == 2


@pytest.mark.parametrize("trouble", ["drop_before", "drop_after", "server_error", "hang"])
async def test_a_broadcast_that_may_have_arrived_is_unknown_and_the_owners_are_asked(
    office: Office, trouble: str
) -> None:
    owner, wang = next(iter(office.sandbox.world.people)), office.person("小王")
    faults = office.sandbox.faults
    if trouble == "hang":
        faults.hang_after(30, chat_id=wang.id)
    else:
        getattr(faults, trouble)(chat_id=wang.id)
    await office.promise(wang.id, "update", lane=Lane.BROADCAST)

    async with working(office):
        await office.becomes(UNKNOWN)
        await office.becomes(SENT)

    (card,) = office.sandbox.world.history(owner)
    assert [button["callback_data"] for row in card.buttons for button in row] == [
        "delivery:again:1",
        "delivery:dismiss:1",
    ]


async def test_bad_content_fails_once_and_the_owners_are_told_once(office: Office) -> None:
    owner, wang = next(iter(office.sandbox.world.people)), office.person("小王")
    office.sandbox.faults.refuse(
        400, "Bad Request: can't parse entities", chat_id=wang.id, times=None
    )
    await office.promise(wang.id, "broken")

    async with working(office):
        await office.becomes(FAILED)
        await office.becomes(SENT)
        await pass_a_while(office)

    assert len([call for call in office.sandbox.calls if call.chat_id == wang.id]) == 1
    assert len(office.read(owner)) == 1


async def test_an_answer_overtakes_a_broadcast(office: Office) -> None:
    people = [office.person(f"成员{n}") for n in range(120)]
    for person in people:
        await office.promise(person.id, "update", lane=Lane.BROADCAST)

    async with working(office):
        await office.until(lambda: any(one.method == "sendMessage" for one in office.sandbox.calls))
        await office.promise(people[-1].id, "answer", lane=Lane.DESK)
        await office.reads(people[-1].id, "answer")
        office.courier.stop()

    # Nobody says in which order a broadcast goes round, only that most of it had not gone yet.
    read = [person for person in people if office.read(person.id)]
    assert len(read) < len(people) - 20


async def test_an_answer_does_not_wait_for_a_broadcast_to_the_same_person(office: Office) -> None:
    wang = office.person("小王")
    office.pace.refused(-1, timedelta(seconds=120))
    await office.promise(wang.id, "update", lane=Lane.BROADCAST)

    async with working(office):
        await asyncio.sleep(0.05)
        await office.promise(wang.id, "answer", lane=Lane.DESK)
        await office.reads(wang.id, "answer")

    assert [row.state for row in await office.rows()] == [PENDING, SENT]


async def test_the_same_promise_is_kept_once(office: Office) -> None:
    wang = office.person("小王")
    for _ in range(3):
        await office.promise(wang.id, "receipt", once_key="receipt:17")

    async with working(office):
        await office.becomes(SENT)

    assert len(office.read(wang.id)) == 1
    assert len(await office.rows()) == 1


async def test_a_letter_does_not_go_before_its_time(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    async with posting(sqlite_storage, clock) as office:
        wang = office.person("小王")
        await office.promise(wang.id, "morning", not_before=clock.now() + timedelta(hours=8))
        await office.promise(wang.id, "now")

        async with working(office):
            await office.reads(wang.id, "now")
            early = office.read(wang.id)
            clock.pass_(timedelta(hours=8))
            office.courier.wake()
            await office.reads(wang.id, "morning")

        assert len(early) == 1


async def test_stopping_settles_what_is_in_hand_and_leaves_the_rest(office: Office) -> None:
    wang = office.person("小王")
    office.sandbox.faults.hang_after(0.2, chat_id=wang.id)
    await office.promise(wang.id, "in hand", "waits")

    async with working(office):
        await office.becomes(DeliveryState.SENDING)
        office.courier.stop()

    assert [row.state for row in await office.rows()] == [SENT, PENDING]


async def test_what_follows_is_in_the_same_transaction(storage: Storage) -> None:
    clock = ShiftedClock()

    async def note(unit: Unit, outcome: Outcome) -> None:
        await journal.record(
            unit,
            at=clock.now(),
            actor_id=None,
            action=outcome.event.value,
            subject="delivery",
            subject_key=outcome.letter.delivery_id,
        )

    async with posting(storage, clock, {"space_entered": note}) as office:
        wang = office.person("小王")
        await office.promise(wang.id, "one")
        async with working(office):
            await office.becomes(SENT)

        async with storage.read() as session:
            (entry,) = await journal.entries_of(session, "delivery", 1)
        assert entry.action == DeliveryEvent.ARRIVE.value


async def test_a_room_that_stumbles_over_an_outcome_does_not_undo_it(
    storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    async def stumble(unit: Unit, outcome: Outcome) -> None:
        await journal.record(
            unit,
            at=ShiftedClock().now(),
            actor_id=None,
            action="half done",
            subject="delivery",
            subject_key=1,
        )
        if outcome.letter.delivery_id == 1:
            raise ZeroDivisionError

    async with posting(storage, ShiftedClock(), {"space_entered": stumble}) as office:
        people = [office.person(f"成员{n}") for n in range(4)]
        for person in people:
            await office.promise(person.id, "letter")
        with caplog.at_level(logging.ERROR):
            async with working(office):
                await office.becomes(SENT, 4)

        async with storage.read() as session:
            entries = await journal.entries_of(session, "delivery", 1)
        assert len(entries) == 3
        assert "what follows from delivery 1" in caplog.text


async def test_a_frozen_courier_can_neither_begin_nor_settle(
    storage: Storage, clock: StandingClock
) -> None:
    async with posting(storage, clock) as office:
        wang = office.person("小王")
        office.sandbox.faults.hang_after(0.3, chat_id=wang.id)
        await office.promise(wang.id, "receipt", doubt=Doubt.ONCE_MORE)

        async def freeze() -> None:
            with pytest.raises(ExceptionGroup) as ended:
                await office.courier.run(office.lease)
            assert ended.value.subgroup(Superseded) is not None

        async with asyncio.TaskGroup() as group:
            group.create_task(freeze())
            await office.becomes(DeliveryState.SENDING)
            clock.pass_(TERM)
            await leases.take(storage, name="courier", owner="there|1|b", now=clock.now())

        (row,) = await office.rows()
        assert (row.state, row.message_ids) == (DeliveryState.SENDING, None)


async def test_what_a_dead_courier_had_in_hand_is_decided_by_the_next(
    storage: Storage, clock: StandingClock
) -> None:
    async with posting(storage, clock) as office:
        wang, li = office.person("小王"), office.person("小李")
        office.sandbox.faults.hang_before(5, times=2)
        await office.promise(wang.id, "receipt", doubt=Doubt.ONCE_MORE)
        await office.promise(li.id, "broadcast", lane=Lane.BROADCAST)
        async with asyncio.TaskGroup() as group:
            dying = group.create_task(office.courier.run(office.lease))
            await office.becomes(DeliveryState.SENDING, 2)
            dying.cancel()
        clock.pass_(TERM)
        lease = await leases.take(storage, name="courier", owner="there|1|b", now=clock.now())
        assert lease is not None

        successor = office.another()
        async with asyncio.TaskGroup() as group:
            group.create_task(successor.run(lease))
            await office.becomes(UNKNOWN)
            clock.pass_(timedelta(minutes=1))
            successor.wake()
            await office.reads(wang.id, "receipt")
            await office.becomes(SENT, 2)
            successor.stop()

        receipt, broadcast, *_ = await office.rows()
        assert (receipt.state, receipt.resent) == (SENT, 1)
        assert broadcast.state is UNKNOWN


async def pass_a_while(office: Office) -> None:
    """Let a minute go by, once what is in hand has been put off."""
    await asyncio.sleep(0.15)
    clock = office.community.clock
    assert isinstance(clock, ShiftedClock)
    clock.pass_(timedelta(minutes=1))
    office.courier.wake()
