"""Meeting people: whoever writes for the first time is known from then on."""

import asyncio

from community_bot.clock import StandingClock
from community_bot.delivery.service import Outbox
from community_bot.people.service import People, Person
from community_bot.storage.unit import Storage


async def test_somebody_who_writes_in_two_chats_at_once_is_met_once(
    storage: Storage, clock: StandingClock
) -> None:
    people = People(
        storage, clock, outbox=Outbox(storage, clock), owners=[1], default_locale="zh_CN"
    )
    wang = Person(5_000_000_001, "小王", None, "zh-hans")

    met = await asyncio.gather(*(people.meet(wang) for _ in range(6)))

    assert {member.member_id for member in met} == {wang.member_id}
    assert (await people.find(wang.member_id)).name == "小王"


async def test_a_username_belongs_to_whoever_was_seen_with_it_last(
    storage: Storage, clock: StandingClock
) -> None:
    people = People(
        storage, clock, outbox=Outbox(storage, clock), owners=[1], default_locale="zh_CN"
    )
    before, after = Person(1001, "小王", "seller", "zh"), Person(1002, "小李", "Seller", "zh")
    await people.meet(before)

    await people.meet(after)

    assert (await people.find_by_username("@seller")).member_id == 1002
    assert (await people.find(1001)).username is None
    await people.meet(before)
    assert (await people.find_by_username("@seller")).member_id == 1001
