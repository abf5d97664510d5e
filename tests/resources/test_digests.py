"""Digests: what is new, as often and when its reader likes, and nothing where nothing is new."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from community_bot.errors import Invalid
from community_bot.people.roles import Actor
from community_bot.resources.content_rules import Content
from community_bot.resources.digest_rules import Pace, hours_of, next_digest
from tests.resources.house import House, chats

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
MONDAY_TEN = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # in Shanghai


async def published(house: House, text: str, *topics: str, least_tier: str | None = None) -> int:
    made = await house.resources.library.make(
        house.admin, content=Content(text), topics=topics, least_tier=least_tier
    )
    await house.resources.library.publish(house.admin, resource_id=made.resource_id)
    return made.resource_id


async def follower(house: House, *, tier: str = "annual", first: int = 1000) -> Actor:
    """Let a member follow what there is about the UK, and be noticed by the chore."""
    (number,) = await house.people(1, tier=tier, first=first)
    actor = house.actor(number)
    (topic,) = await house.resources.reading.topics(actor)
    await house.resources.reading.follow(actor, topic_id=topic.topic_id)
    await sweep(house)
    house.clock.pass_(timedelta(minutes=1))
    return actor


async def sweep(house: House) -> int:
    return await house.resources.digests.sweep(house.clock.now())


@pytest.mark.parametrize(
    ("pace", "zone", "expected"),
    [
        (Pace.DAILY, SHANGHAI, datetime(2026, 3, 3, 1, 0, tzinfo=UTC)),
        (Pace.WEEKLY, SHANGHAI, datetime(2026, 3, 9, 1, 0, tzinfo=UTC)),
        (Pace.WEEKLY, NEW_YORK, datetime(2026, 3, 2, 14, 0, tzinfo=UTC)),
        (Pace.NEVER, SHANGHAI, None),
    ],
)
def test_a_digest_is_due_at_nine_where_its_reader_lives(
    pace: Pace, zone: ZoneInfo, expected: datetime | None
) -> None:
    assert next_digest(pace, zone, MONDAY_TEN) == expected


def test_nine_stays_nine_when_the_clocks_change() -> None:
    saturday = datetime(2026, 3, 7, 14, 0, tzinfo=UTC)  # nine in New York, still in winter

    assert next_digest(Pace.DAILY, NEW_YORK, saturday) == datetime(2026, 3, 8, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("22:30-7:00", (1350, 420)), (" 22：30 – 07：00 ", (1350, 420)), ("0:00至8:30", (0, 510))],
)
def test_quiet_hours_are_read_as_people_type_them(typed: str, expected: tuple[int, int]) -> None:
    assert hours_of(typed) == expected


@pytest.mark.parametrize("typed", ["", "at night", "22-7", "25:00-7:00", "22:60-7:00"])
def test_hours_that_no_clock_shows_are_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        hours_of(typed)


async def test_who_follows_hears_on_monday_of_what_is_new_and_only_once(both: House) -> None:
    old = await published(both, "旧的英国资料", "UK")
    member = await follower(both)
    new = await published(both, "英国站新政策", "UK", "政策")
    await published(both, "印尼直播", "ID")

    before = await sweep(both)
    both.clock.pass_(timedelta(days=7))
    sent = await sweep(both)
    again = await sweep(both)
    both.clock.pass_(timedelta(days=7))
    empty = await sweep(both)

    (letter,) = await both.letters("topic_digest")
    assert (before, sent, again, empty) == (0, 1, 0, 0)
    assert letter.chat_id == member.member_id
    assert [line["resource_id"] for line in letter.facts["lines"]] == [new]
    assert [topic["code"] for topic in letter.facts["topics"]] == ["UK"]
    assert old != new


async def test_what_is_locked_or_was_opened_already_is_left_out(both: House) -> None:
    await published(both, "英国", "UK")
    member = await follower(both, tier="course")
    await published(both, "年度会员专享", "UK", least_tier="annual")
    read = await published(both, "读过的", "UK")
    await both.resources.reading.open(member, resource_id=read)

    both.clock.pass_(timedelta(days=7))

    assert await sweep(both) == 0
    assert await both.letters("topic_digest") == []


async def test_daily_weekly_and_never_are_chosen_by_one_tap(house: House) -> None:
    await published(house, "英国", "UK")
    member = await follower(house)

    daily = await house.resources.digests.choose(member, pace=Pace.DAILY)
    await published(house, "第一天", "UK")
    house.clock.pass_(timedelta(days=1))
    first = await sweep(house)
    never = await house.resources.digests.choose(member, pace=Pace.NEVER)
    await published(house, "第二天", "UK")
    house.clock.pass_(timedelta(days=14))
    after = await sweep(house)

    assert daily.next_at == datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    assert never.next_at is None
    assert (first, after) == (1, 0)


async def test_a_topic_that_is_followed_no_more_is_not_told_of(house: House) -> None:
    await published(house, "英国", "UK")
    member = await follower(house)
    (topic,) = (await house.resources.digests.of(member)).topics
    await published(house, "新的", "UK")

    await house.resources.digests.hear_less(member, topic_id=topic.topic_id)
    house.clock.pass_(timedelta(days=7))

    assert await sweep(house) == 0
    assert (await house.resources.digests.of(member)).next_at is None


async def test_quiet_hours_put_a_digest_off_until_they_end(both: House) -> None:
    await published(both, "英国", "UK")
    member = await follower(both)
    await both.resources.digests.rest(member, from_minute=22 * 60, until_minute=10 * 60)
    await published(both, "新的", "UK")

    both.clock.pass_(datetime(2026, 3, 9, 1, 0, tzinfo=UTC) - both.clock.now())
    asleep = await sweep(both)
    both.clock.pass_(timedelta(hours=1))
    awake = await sweep(both)

    assert (asleep, awake) == (0, 1)
    assert chats(await both.letters("topic_digest")) == [member.member_id]


async def test_it_is_the_clock_of_the_reader_that_counts(house: House) -> None:
    await published(house, "英国", "UK")
    member = await follower(house)

    there = await house.resources.digests.live_in(member, zone="America/New_York")
    with pytest.raises(Invalid):
        await house.resources.digests.live_in(member, zone="Moon/Base")
    kept = await house.resources.digests.of(member)

    assert there.next_at == datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    assert (kept.zone.key, kept.quiet_from, kept.quiet_until) == ("America/New_York", 0, 0)


async def test_a_long_digest_names_eight_and_counts_the_rest(house: House) -> None:
    await published(house, "英国", "UK")
    await follower(house)
    for number in range(11):
        await published(house, f"资料 {number}", "UK")

    house.clock.pass_(timedelta(days=7))
    await sweep(house)

    (letter,) = await house.letters("topic_digest")
    assert (len(letter.facts["lines"]), letter.facts["more"]) == (8, 3)
