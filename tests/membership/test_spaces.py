import pytest

from community_bot.errors import Invalid, NotAllowed, NotFound
from community_bot.membership.spaces import DESK, MEMBERS
from tests.billing.shop import WANG, Shop

GROUP, SUPERGROUP = -1001, -1001000000002


async def bind(shop: Shop, role: str = MEMBERS) -> None:
    await shop.spaces.bind(shop.owner, chat_id=GROUP, role=role, title="年费群", is_forum=False)


async def test_a_space_is_bound_found_by_its_role_and_let_go(shop: Shop) -> None:
    await bind(shop)

    assert [space.title for space in await shop.spaces.with_role(MEMBERS)] == ["年费群"]
    await shop.spaces.unbind(shop.admin, chat_id=GROUP)
    assert await shop.spaces.all() == []
    with pytest.raises(NotFound):
        await shop.spaces.unbind(shop.admin, chat_id=GROUP)


async def test_a_space_may_get_another_role(shop: Shop) -> None:
    await bind(shop)
    await bind(shop, DESK)

    (space,) = await shop.spaces.all()
    assert space.role == DESK


async def test_a_group_that_became_a_supergroup_keeps_who_was_in_it(shop: Shop) -> None:
    await bind(shop)
    await shop.doors.seen(chat_id=GROUP, member_id=WANG, is_in=True)

    assert await shop.spaces.rename(GROUP, SUPERGROUP)
    assert not await shop.spaces.rename(GROUP, SUPERGROUP)

    assert [space.chat_id for space in await shop.spaces.with_member(WANG)] == [SUPERGROUP]


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

    assert await shop.spaces.with_member(WANG) == []
