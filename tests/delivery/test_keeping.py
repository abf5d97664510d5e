"""What is decided about letters, called off, counted, and not kept for ever."""

from datetime import timedelta

import pytest

from community_bot.clock import ShiftedClock, StandingClock
from community_bot.delivery.acts import Remove
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Outcome, Promise
from community_bot.delivery.rules import DeliveryState, Doubt
from community_bot.errors import AlreadyDone
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit
from tests.delivery.posting import posting, working

SENT, FAILED, CANCELLED = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.CANCELLED
PENDING = DeliveryState.PENDING
RIGHT = "缺少的权限"


async def test_whoever_decides_about_a_letter_stands_in_the_journal(storage: Storage) -> None:
    async with posting(storage, ShiftedClock()) as office:
        wang = office.person("小王")
        office.sandbox.faults.refuse(400, "Bad Request: broken", chat_id=wang.id, times=2)
        await office.promise(wang.id, "one")

        async with working(office):
            await office.becomes(FAILED)
            await office.community.outbox.send_again(delivery_id=1, actor_id=7)
            await office.tried(2)
            await office.becomes(FAILED)
            await office.community.outbox.dismiss(delivery_id=1, actor_id=8)

        async with storage.read() as session:
            entries = await journal.entries_of(session, "delivery", 1)
        assert [(one.actor_id, one.action) for one in entries] == [
            (7, "send_again"),
            (8, "dismiss"),
        ]


async def test_what_has_gone_stale_is_never_sent_again(sqlite_storage: Storage) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        wang = office.person("小王")
        office.sandbox.faults.refuse(400, "Bad Request: broken", chat_id=wang.id)
        await office.promise(wang.id, "you may enter now", keep=False)

        async with working(office):
            await office.becomes(FAILED)
            await office.becomes(SENT)

        (card,) = office.sandbox.world.history(office.owner)
        assert card.buttons == []
        with pytest.raises(AlreadyDone):
            await office.community.outbox.send_again(delivery_id=1, actor_id=7)


async def test_a_missing_right_is_told_once_a_day_and_not_for_every_member(
    sqlite_storage: Storage,
) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        world = office.sandbox.world
        owner = next(iter(world.people.values()))
        group = world.add_supergroup("学员群", owner)
        world.add_bot(owner, group, ["can_invite_users"])
        people = [office.person(f"成员{n}") for n in range(5)]
        for person in people:
            world.join(person, group)
        await office.put(
            *(
                Promise(Remove(group.id, one.id), group.id, doubt=Doubt.REPEAT, keep=False)
                for one in people
            )
        )

        async with working(office):
            await office.becomes(FAILED, 5)
            await office.reads(owner.id, RIGHT)
            await office.becomes(SENT)

        assert len(office.read(owner.id)) == 1


async def test_the_rooms_own_ear_does_not_stop_the_owners_from_hearing(
    sqlite_storage: Storage,
) -> None:
    heard: list[str] = []

    async def by_kind(_unit: Unit, outcome: Outcome) -> None:
        heard.append(f"kind {outcome.event}")

    async def by_matter(_unit: Unit, outcome: Outcome) -> None:
        heard.append(f"matter {outcome.event}")

    ears = {"space_entered": by_kind, "run:": by_matter}
    async with posting(sqlite_storage, ShiftedClock(), ears) as office:
        wang = office.person("小王")
        office.sandbox.faults.refuse(400, "Bad Request: broken", chat_id=wang.id)
        await office.promise(wang.id, "one", about="run:7")

        async with working(office):
            await office.becomes(FAILED)
            await office.becomes(SENT)

        assert heard == ["kind refuse", "matter refuse"]
        assert len(office.read(office.owner)) == 1


async def test_the_same_fault_of_a_broadcast_is_told_once(sqlite_storage: Storage) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        people = [office.person(f"成员{n}") for n in range(5)]
        for person in people:
            office.sandbox.faults.refuse(400, "Bad Request: broken", chat_id=person.id)
            await office.promise(person.id, "update", lane=Lane.BROADCAST, about="run:7")

        async with working(office):
            await office.becomes(FAILED, 5)
            await office.becomes(SENT)

        assert len(office.read(office.owner)) == 1


async def test_what_is_called_off_does_not_leave(storage: Storage) -> None:
    async with posting(storage, ShiftedClock()) as office:
        wang = office.person("小王")
        await office.promise(wang.id, "one", "two", about="run:7")
        await office.promise(wang.id, "three", about="run:8")
        async with storage.work() as unit:
            called_off = await office.community.outbox.call_off(unit, about="run:7")
            await unit.commit()

        async with working(office):
            await office.becomes(SENT)

        assert called_off == 2
        async with storage.read() as session:
            tally = await office.community.outbox.tally(session, about="run:7")
        assert tally == {CANCELLED: 2}


async def test_what_was_settled_long_ago_is_forgotten_and_what_is_in_doubt_is_not(
    storage: Storage, clock: StandingClock
) -> None:
    async with posting(storage, clock) as office:
        wang = office.person("小王")
        faults = office.sandbox.faults
        await office.promise(wang.id, "old")
        await office.promise(wang.id, "remembered by its key", once_key="reminder:1")
        async with working(office):
            await office.becomes(SENT, 2)
        faults.drop_after(chat_id=wang.id)
        await office.promise(wang.id, "in doubt")
        async with working(office, office.another()):
            await office.becomes(DeliveryState.UNKNOWN)
            await office.becomes(SENT, 3)  # the owners' card
        clock.pass_(timedelta(days=31))
        await office.promise(wang.id, "new")

        purged = await office.community.outbox.purge()

        assert purged == 1
        assert [row.delivery_id for row in await office.rows()][:2] == [2, 3]
        assert [row.state for row in await office.rows()][-1] is PENDING
