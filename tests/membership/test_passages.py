"""Who was let in or taken out hears of it once Telegram has done it, and not before."""

from datetime import timedelta

import pytest

from community_bot.delivery.acts import Remove
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Outcome
from community_bot.delivery.queries import due
from community_bot.delivery.rules import DeliveryEvent
from community_bot.membership import space_queries
from community_bot.membership.notices import RemovedFromSpace, SpaceEntered, SpaceStuck
from community_bot.membership.passages import Passages
from community_bot.membership.rules import Source
from tests.billing.shop import ADMIN, LI, WANG, Shop

GROUP = -1001000000001


async def everybody_is_in(_chat_id: int, _member_id: int) -> bool | None:
    return True


@pytest.fixture
async def passages(shop: Shop) -> Passages:
    await shop.spaces.bind(
        shop.owner, chat_id=GROUP, role="members", title="年费群", is_forum=False
    )
    return Passages(shop.clock, outbox=shop.outbox, people=shop.people)


async def settle(shop: Shop, passages: Passages, event: DeliveryEvent, error: str = "") -> None:
    """Let what was promised to be done in the group come to an end."""
    async with shop.storage.read() as session:
        letters = await due(
            session, lanes=list(Lane), now=shop.clock.now(), most=100, besides=(), resting=()
        )
    async with shop.storage.work() as unit:
        for letter in letters:
            if letter.kind in passages.aftermaths:
                outcome = Outcome(letter, event, error=error or None)
                await passages.aftermaths[letter.kind](unit, outcome)
        await unit.commit()


async def to_be_removed(shop: Shop) -> None:
    """Let somebody without a right be warned, and their day be over."""
    await shop.doors.seen(chat_id=GROUP, member_id=LI, is_in=True)
    await shop.removals.sweep(shop.clock.now(), everybody_is_in)
    await shop.delivered()
    shop.clock.pass_(timedelta(days=1))
    await shop.removals.sweep(shop.clock.now(), everybody_is_in)


async def heard(shop: Shop, member_id: int, kind: type) -> list[object]:
    return [word for word in await shop.told(member_id) if isinstance(word, kind)]


async def test_who_may_enter_is_welcomed_when_the_door_is_open(
    shop: Shop, passages: Passages
) -> None:
    await shop.bought(shop.wang, "annual")
    await shop.doors.asked_to_join(chat_id=GROUP, member_id=WANG, reply_chat_id=WANG)
    before = await heard(shop, WANG, SpaceEntered)

    await settle(shop, passages, DeliveryEvent.ARRIVE)

    assert before == []
    assert await heard(shop, WANG, SpaceEntered) == [SpaceEntered(GROUP, "年费群")]


async def test_who_is_taken_out_hears_of_it_afterwards(shop: Shop, passages: Passages) -> None:
    await to_be_removed(shop)
    before = await heard(shop, LI, RemovedFromSpace)

    await settle(shop, passages, DeliveryEvent.ARRIVE)

    assert before == []
    assert await heard(shop, LI, RemovedFromSpace) == [RemovedFromSpace(GROUP, "年费群")]
    async with shop.storage.read() as session:
        assert await space_queries.present(session, GROUP) == []


async def test_a_removal_that_failed_is_told_to_admins_and_never_as_done(
    shop: Shop, passages: Passages
) -> None:
    await to_be_removed(shop)

    await settle(shop, passages, DeliveryEvent.REFUSE, "not enough rights")

    assert await heard(shop, LI, RemovedFromSpace) == []
    (stuck,) = await heard(shop, ADMIN, SpaceStuck)
    assert stuck == SpaceStuck(GROUP, "年费群", "李强", is_removal=True, reason="not enough rights")


async def test_a_removal_leaves_no_more_once_there_is_a_right_again(
    shop: Shop, passages: Passages
) -> None:
    await to_be_removed(shop)
    assert await shop.told(GROUP) == [Remove(GROUP, LI)]

    async with shop.storage.work() as unit:
        await shop.memberships.grant_until(
            unit,
            member_id=LI,
            tier_code="annual",
            plan_version_id=None,
            starts_at=shop.clock.now(),
            ends_at=None,
            source=Source.IMPORT,
            source_key="again",
            actor_id=ADMIN,
        )
        await unit.commit()

    async with shop.storage.read() as session:
        left = await due(
            session, lanes=list(Lane), now=shop.clock.now(), most=100, besides=(), resting=()
        )
    assert "remove" not in {letter.kind for letter in left}
