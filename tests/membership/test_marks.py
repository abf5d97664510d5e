from datetime import timedelta

import pytest

from community_bot.config.loading import parse
from community_bot.delivery.acts import Mute, Tag, TagRole, Unmute
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Letter, Outcome, Receipt
from community_bot.delivery.queries import due
from community_bot.delivery.rules import DeliveryEvent
from community_bot.membership import access_queries
from community_bot.membership.mark_rules import tag_of
from community_bot.membership.marks import Marks
from community_bot.people.roles import Role
from tests.billing.shop import ADMIN, LI, WANG, Shop

GROUP, CHANNEL = -1001000000001, -1001000000002
YEAR_OVER = timedelta(days=366)


@pytest.fixture
async def marks(shop: Shop) -> Marks:
    config = parse(
        {
            "telegram": {"token": "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ-marks"},
            "community": {"name": "同行会", "owners": [1]},
        }
    )
    made = Marks(
        shop.storage,
        shop.clock,
        outbox=shop.outbox,
        people=shop.people,
        config=config,
    )
    shop.memberships.changed = made.changed_in
    await shop.spaces.bind(
        shop.owner, chat_id=GROUP, role="members", title="年费群", is_forum=False
    )
    await shop.spaces.bind(
        shop.owner,
        chat_id=CHANNEL,
        role="members",
        title="年费频道",
        is_forum=False,
        is_channel=True,
    )
    return made


async def come_in(shop: Shop, *member_ids: int) -> None:
    for member_id in member_ids:
        for chat_id in (GROUP, CHANNEL):
            await shop.doors.seen(chat_id=chat_id, member_id=member_id, is_in=True)


async def settle(shop: Shop, marks: Marks, event: DeliveryEvent = DeliveryEvent.ARRIVE) -> None:
    """Let what was promised to be done in the group come to an end."""
    async with shop.storage.read() as session:
        letters: list[Letter] = await due(
            session, lanes=list(Lane), now=shop.clock.now(), most=100, besides=(), resting=()
        )
    async with shop.storage.work() as unit:
        for letter in letters:
            if letter.kind in marks.aftermaths:
                outcome = Outcome(letter, event, Receipt())
                await marks.aftermaths[letter.kind](unit, outcome)
        await unit.commit()
    await shop.delivered()


async def test_a_member_wears_the_tier_from_the_day_they_come_in(shop: Shop, marks: Marks) -> None:
    await shop.bought(shop.wang, "annual")

    await come_in(shop, WANG)

    assert await shop.told(GROUP) == [Tag(GROUP, WANG, "年费会员")]
    assert await shop.told(CHANNEL) == []


async def test_a_higher_tier_is_shown_at_once(shop: Shop, marks: Marks) -> None:
    await shop.bought(shop.wang, "monthly")
    await come_in(shop, WANG)
    await settle(shop, marks)

    await shop.bought(shop.wang, "annual", "4200002026030299")

    assert await shop.told(GROUP) == [
        Tag(GROUP, WANG, "月费会员"),
        Tag(GROUP, WANG, "年费会员"),
    ]


async def test_admins_and_mentors_wear_their_role(shop: Shop, marks: Marks) -> None:
    await shop.people.give_role(shop.owner, member_id=LI, role=Role.MENTOR)

    await come_in(shop, ADMIN, LI)

    assert await shop.told(GROUP) == [TagRole(GROUP, ADMIN, "admin"), TagRole(GROUP, LI, "mentor")]


async def test_whoever_runs_the_group_is_left_as_they_are(shop: Shop, marks: Marks) -> None:
    await shop.people.give_role(shop.owner, member_id=LI, role=Role.MENTOR)

    await shop.doors.seen(chat_id=GROUP, member_id=LI, is_in=True, is_in_charge=True)
    swept = await marks.sweep(shop.clock.now())
    asked = await shop.told(GROUP)
    await shop.doors.seen(chat_id=GROUP, member_id=LI, is_in=True)

    assert (swept, asked) == (0, [])
    assert await shop.told(GROUP) == [TagRole(GROUP, LI, "mentor")]


async def test_in_grace_a_member_reads_without_writing_and_after_it_wears_nothing(
    shop: Shop, marks: Marks
) -> None:
    await shop.bought(shop.wang, "annual")
    await come_in(shop, WANG)
    await settle(shop, marks)

    shop.clock.pass_(YEAR_OVER)
    await marks.sweep(shop.clock.now())
    await settle(shop, marks)
    shop.clock.pass_(timedelta(days=8))
    await marks.sweep(shop.clock.now())

    assert await shop.told(GROUP) == [
        Tag(GROUP, WANG, "年费会员"),
        Mute(GROUP, WANG),
        Tag(GROUP, WANG, ""),
        Unmute(GROUP, WANG),
    ]
    assert await shop.told(CHANNEL) == []


async def test_who_renews_writes_again_at_once(shop: Shop, marks: Marks) -> None:
    await shop.bought(shop.wang, "annual")
    await come_in(shop, WANG)
    shop.clock.pass_(YEAR_OVER)
    await marks.sweep(shop.clock.now())
    await settle(shop, marks)

    await shop.bought(shop.wang, "annual", "4200002027030311")

    assert (await shop.told(GROUP))[-1] == Unmute(GROUP, WANG)


async def test_silence_that_was_overtaken_is_lifted_again(shop: Shop, marks: Marks) -> None:
    await shop.bought(shop.wang, "annual")
    await come_in(shop, WANG)
    shop.clock.pass_(YEAR_OVER)
    await marks.sweep(shop.clock.now())
    await shop.bought(shop.wang, "annual", "4200002027030311")

    await settle(shop, marks)

    assert (await shop.told(GROUP)).count(Unmute(GROUP, WANG)) == 2


@pytest.mark.parametrize("why", ["role", "grant", "dispute", "outage"])
async def test_some_are_never_silenced(shop: Shop, marks: Marks, why: str) -> None:
    if why == "grant":
        await shop.grants.give(shop.admin, member_id=WANG, plan_code="annual", reason="嘉宾")
    else:
        await shop.bought(shop.wang, "annual")
    await come_in(shop, WANG)
    if why == "role":
        await shop.people.give_role(shop.owner, member_id=WANG, role=Role.MENTOR)
    shop.clock.pass_(YEAR_OVER)
    now = shop.clock.now()
    if why == "dispute":
        async with shop.storage.work() as unit:
            await access_queries.hold(unit.session, WANG, "case:1", now=now)
            await unit.commit()
    if why == "outage":
        await shop.nobody_is_removed(until=now + timedelta(days=1))

    await marks.sweep(now)

    assert Mute(GROUP, WANG) not in await shop.told(GROUP)


async def test_nobody_is_silent_where_another_right_of_theirs_opens(
    shop: Shop, marks: Marks
) -> None:
    course = -1001000000003
    await shop.spaces.bind(
        shop.owner, chat_id=course, role="course", title="课程群", is_forum=False
    )
    await shop.bought(shop.wang, "course", "4200002026030201")
    await shop.bought(shop.wang, "annual", "4200002026030202")
    await come_in(shop, WANG)
    await shop.doors.seen(chat_id=course, member_id=WANG, is_in=True)
    shop.clock.pass_(YEAR_OVER)

    await marks.sweep(shop.clock.now())

    assert Mute(GROUP, WANG) in await shop.told(GROUP)
    assert Mute(course, WANG) not in await shop.told(course)


async def test_a_refusal_is_quiet_and_tried_again_the_next_day(shop: Shop, marks: Marks) -> None:
    await shop.bought(shop.wang, "annual")
    await come_in(shop, WANG)
    await settle(shop, marks, DeliveryEvent.REFUSE)

    await marks.sweep(shop.clock.now())
    at_once = await shop.told(GROUP)
    shop.clock.pass_(timedelta(days=1, minutes=1))
    await marks.sweep(shop.clock.now())

    assert len(at_once) == 1
    assert await shop.told(GROUP) == [Tag(GROUP, WANG, "年费会员")] * 2


async def test_a_missing_right_is_found_by_three_and_spares_the_rest(
    shop: Shop, marks: Marks
) -> None:
    await shop.people.give_role(shop.owner, member_id=LI, role=Role.MENTOR)
    await come_in(shop, ADMIN, LI, 1)
    await settle(shop, marks, DeliveryEvent.REFUSE)
    await shop.grants.give(shop.admin, member_id=WANG, plan_code="annual", reason="嘉宾")
    shop.memberships.changed = _nobody
    await come_in(shop, WANG)

    assert await marks.sweep(shop.clock.now()) == 0


async def test_a_tag_goes_with_who_leaves_and_comes_back_with_them(
    shop: Shop, marks: Marks
) -> None:
    await shop.bought(shop.wang, "annual")
    await come_in(shop, WANG)
    await settle(shop, marks)

    await shop.doors.seen(chat_id=GROUP, member_id=WANG, is_in=False)
    await come_in(shop, WANG)

    assert await shop.told(GROUP) == [Tag(GROUP, WANG, "年费会员")] * 2


async def _nobody(_unit: object, _member_id: int) -> None:
    """Follow nothing."""


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("年度会员", "年度会员"),
        ("💎 Annual member of the house", "Annual member of"),
        ("⭐️ VIP", "VIP"),
        ("🚀", ""),
    ],
)
def test_a_tag_has_no_emoji_and_is_short(name: str, tag: str) -> None:
    assert tag_of(name) == tag
