import pytest

from community_bot.errors import Invalid, NotAllowed, NotFound
from community_bot.membership import space_queries
from community_bot.membership.spaces import DESK, MEMBERS
from tests.billing.shop import WANG, Shop

GROUP, SUPERGROUP = -1001, -1001000000002


async def bind(shop: Shop, role: str = MEMBERS) -> None:
    await shop.spaces.bind(shop.owner, chat_id=GROUP, role=role, title="年费群", is_forum=False)


async def present(shop: Shop, chat_id: int) -> list[int]:
    async with shop.storage.read() as session:
        return await space_queries.present(session, chat_id)


async def test_a_space_is_bound_and_found(shop: Shop) -> None:
    await bind(shop)

    assert [space.title for space in await shop.spaces.all()] == ["年费群"]
    assert (await shop.spaces.one(GROUP)).role == MEMBERS
    with pytest.raises(NotFound):
        await shop.spaces.one(SUPERGROUP)


async def test_a_space_may_get_another_role(shop: Shop) -> None:
    await bind(shop)
    await bind(shop, DESK)

    (space,) = await shop.spaces.all()
    assert space.role == DESK


async def test_a_group_that_became_a_supergroup_keeps_who_was_in_it(shop: Shop) -> None:
    await bind(shop)
    await shop.doors.seen(chat_id=GROUP, member_id=WANG, is_in=True)

    async with shop.storage.work() as unit:
        moved = [await shop.spaces.rename_in(unit, GROUP, SUPERGROUP) for _ in range(2)]
        await unit.commit()

    assert moved == [True, False]
    assert await present(shop, SUPERGROUP) == [WANG]


async def test_only_admins_bind(shop: Shop) -> None:
    with pytest.raises(NotAllowed):
        await shop.spaces.bind(shop.wang, chat_id=GROUP, role=MEMBERS, title="?", is_forum=False)
    with pytest.raises(Invalid):
        await bind(shop, "Members Group!")


async def test_who_left_is_in_no_space(shop: Shop) -> None:
    await bind(shop)
    await shop.doors.seen(chat_id=GROUP, member_id=WANG, is_in=True)
    await shop.doors.seen(chat_id=GROUP, member_id=WANG, is_in=False)
    await shop.doors.seen(chat_id=-5, member_id=WANG, is_in=True)

    assert await present(shop, GROUP) == []
