import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from community_bot.billing.open_business import money_is_open
from community_bot.delivery.acts import Remove
from community_bot.errors import AlreadyDone, Invalid, NotAllowed
from community_bot.membership.leaving import Leaving
from community_bot.people.forgetting_queries import BLANKED, BLANKED_BELOW, DELETED, PEOPLE
from community_bot.people.notices import DataErased, DeletionAsked, DeletionDeclined
from community_bot.people.privacy import Privacy
from community_bot.people.roles import Role
from community_bot.people.service import Person
from community_bot.storage.unit import Storage
from community_bot.tables import METADATA
from tests.billing.shop import OWNER, Shop

MEMBER = 7_300_000_011  # a number that stands for nothing else
NAME = "独一无二的名字"
GROUP = -1001000000001
# Numbers that are no people, by the names of their columns.
OTHERS = {
    *("message_id", "update_id", "topic_id", "forum_topic_id", "desk_chat_id", "group_chat_id"),
    *("group_message_id", "reply_to", "token", "moved_to", "archive_chat_id"),
}


def opened(shop: Shop) -> Privacy:
    privacy = Privacy(
        shop.storage, shop.clock, outbox=shop.outbox, people=shop.people, contact="@owner"
    )
    leaving = Leaving(outbox=shop.outbox, memberships=shop.memberships)
    privacy.rooms.endings.append(leaving.leave)
    privacy.rooms.blockers.append(money_is_open)
    return privacy


async def lived(shop: Shop) -> Any:
    """Let somebody have a whole life in the community; return them."""
    await shop.people.meet(Person(MEMBER, NAME, "unique_name", "zh"))
    member = type(shop.wang)(MEMBER, frozenset({Role.MEMBER}))
    order = await shop.orders.place(member, plan_code="annual")
    await shop.proofs.submit(
        member, order_id=order.order_id, reference="4200002026030211", file_id="photo-of-mine"
    )
    order = await shop.orders.one(member, order_id=order.order_id)
    for by in (shop.finance, shop.admin):
        await shop.approve(by, order, "8888")
    await shop.spaces.bind(
        shop.owner, chat_id=GROUP, role="members", title="年费群", is_forum=False
    )
    await shop.doors.seen(chat_id=GROUP, member_id=MEMBER, is_in=True)
    return member


async def everything(storage: Storage) -> str:
    """Return every row of the database as text, but for letters that are still to leave."""
    said: list[str] = []
    async with storage.read() as session:
        for table in METADATA.sorted_tables:
            if table.name != "deliveries":
                rows = await session.execute(sa.select(table))
                said += [f"{table.name} {_as_text(row._asdict())}" for row in rows]
    return "\n".join(said)


def _as_text(row: dict[str, Any]) -> str:
    return json.dumps(row, default=str, ensure_ascii=False)


async def wish(privacy: Privacy, member: Any, shop: Shop) -> int:
    await privacy.ask_deletion(member)
    (found,) = await privacy.waiting(shop.owner)
    return found.erasure.erasure_id


async def test_nothing_of_a_forgotten_person_is_left_and_the_books_balance(shop: Shop) -> None:
    privacy = opened(shop)
    member = await lived(shop)
    number = await wish(privacy, member, shop)
    assert str(MEMBER) in await everything(shop.storage)

    await privacy.erase(shop.owner, erasure_id=number)

    left = await everything(shop.storage)
    assert [line for line in left.splitlines() if str(MEMBER) in line or NAME in line] == []
    assert "photo-of-mine" not in left
    assert "4200002026030211" in left  # the books keep the transfer's number
    assert not (await shop.memberships.standing(-number)).is_member
    assert await shop.told(MEMBER) == [DataErased("@owner")]
    assert Remove(GROUP, MEMBER) in await shop.told(GROUP)
    assert await shop.auditor.audit() == []


async def test_a_forgotten_person_can_come_back_as_somebody_new(shop: Shop) -> None:
    privacy = opened(shop)
    member = await lived(shop)
    await privacy.erase(shop.owner, erasure_id=await wish(privacy, member, shop))

    await shop.people.meet(Person(MEMBER, "新人", None, "zh"))

    assert (await shop.people.find(MEMBER)).name == "新人"
    assert (await shop.memberships.standing(MEMBER)).entitlements == ()


async def test_open_money_and_roles_are_settled_first(shop: Shop) -> None:
    privacy = opened(shop)
    member = await lived(shop)
    await shop.people.give_role(shop.owner, member_id=MEMBER, role=Role.MENTOR)
    renewal = await shop.orders.place(member, plan_code="annual")
    await shop.proofs.submit(member, order_id=renewal.order_id, reference="4200002026030299")
    number = await wish(privacy, member, shop)

    found = await privacy.one(shop.owner, erasure_id=number)

    assert found.blocked == ("money_open", "staff")
    with pytest.raises(Invalid):
        await privacy.erase(shop.owner, erasure_id=number)
    assert (await shop.people.find(MEMBER)).name == NAME


async def test_a_proof_for_a_cancelled_order_is_open_money_too(shop: Shop) -> None:
    privacy = opened(shop)
    member = await lived(shop)
    late = await shop.orders.place(member, plan_code="annual")
    await shop.orders.cancel(member, order_id=late.order_id)
    await shop.proofs.submit(member, order_id=late.order_id, reference="4200002026030299")
    number = await wish(privacy, member, shop)

    assert (await privacy.one(shop.owner, erasure_id=number)).blocked == ("money_open",)
    with pytest.raises(Invalid):
        await privacy.erase(shop.owner, erasure_id=number)


async def test_an_owner_may_decline_with_a_reason(shop: Shop) -> None:
    privacy = opened(shop)
    member = await lived(shop)
    number = await wish(privacy, member, shop)

    with pytest.raises(Invalid):
        await privacy.decline(shop.owner, erasure_id=number, reason=" ")
    await privacy.decline(shop.owner, erasure_id=number, reason="法院要求保留")

    assert DeletionDeclined("法院要求保留") in await shop.told(MEMBER)
    with pytest.raises(AlreadyDone):
        await privacy.erase(shop.owner, erasure_id=number)


async def test_owners_are_told_once_and_reminded_a_week_before_the_month_is_over(
    shop: Shop,
) -> None:
    privacy = opened(shop)
    member = await lived(shop)
    await privacy.ask_deletion(member)
    await privacy.ask_deletion(member)

    assert await privacy.sweep(shop.clock.now()) == 0
    shop.clock.pass_(timedelta(days=24))
    await privacy.sweep(shop.clock.now())
    await privacy.sweep(shop.clock.now())

    told = [word for word in await shop.told(OWNER) if isinstance(word, DeletionAsked)]
    assert len(told) == 2


async def test_only_owners_forget(shop: Shop) -> None:
    privacy = opened(shop)
    number = await wish(privacy, await lived(shop), shop)

    with pytest.raises(NotAllowed):
        await privacy.erase(shop.admin, erasure_id=number)


async def test_what_is_owned_is_all_there_and_nothing_of_others(shop: Shop) -> None:
    privacy = opened(shop)
    member = await lived(shop)
    await shop.bought(shop.li, "monthly", "4200002026030777")

    rows = await privacy.owned(member)

    assert {"members", "orders", "entitlements", "presences", "journal"} <= rows.keys()
    assert "4200002026030777" not in json.dumps(rows)
    assert [row["name"] for row in rows["members"]] == [NAME]


def test_every_number_of_a_person_is_known_as_such() -> None:
    unknown = {
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.BigInteger)
        and column.name not in PEOPLE | OTHERS
        and not column.name.endswith("_minor")
    }

    assert unknown == set(), "say in people/forgetting_queries.py whether it is a person"


def test_what_is_forgotten_exists() -> None:
    named = {*DELETED, *BLANKED, *(name for name, _, _ in BLANKED_BELOW)}

    assert named - METADATA.tables.keys() == set()
    for name, values in BLANKED.items():
        assert values.keys() <= set(METADATA.tables[name].columns.keys()), name
