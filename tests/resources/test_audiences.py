"""Audiences: as typed, as SQL, and one by one."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_bot.errors import Invalid
from community_bot.resources import audience_queries
from community_bot.resources.audience_rules import (
    Audience,
    Known,
    named,
    parse,
    spelled,
    toggled,
    without,
)
from community_bot.resources.content_rules import Content
from community_bot.resources.facts import Composition
from community_bot.tickets.asker_queries import has_asked
from tests.resources.house import House

WORDS = st.sampled_from(
    [
        "all",
        "members",
        "lapsed",
        "never-asked",
        "never-opened",
        "tier:annual,course",
        "topic:UK,开店",
        "role:mentor,admin",
        "expiring:14",
        "joined:2026-01-01..2026-02-01",
        "joined:..2026-02-01",
        "people:1,2,3",
    ]
)


@given(st.lists(WORDS, min_size=1), st.lists(WORDS))
def test_an_audience_is_written_as_it_is_read(include: list[str], exclude: list[str]) -> None:
    typed = " ".join([*include, *(f"-{word}" for word in exclude)])

    assert spelled(parse(typed)) == typed
    assert parse(spelled(parse(typed))) == parse(typed)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        ("-members", "empty"),
        ("everyone", "unknown"),
        ("tier:", "malformed"),
        ("expiring:soon", "malformed"),
        ("expiring:0", "malformed"),
        ("joined:2026-13-01..", "malformed"),
        ("joined:2026-13", "malformed"),
        ("joined:spring", "malformed"),
        ("joined:2026-02-01..2026-01-01", "malformed"),
        ("people:a", "malformed"),
    ],
)
def test_what_is_no_audience_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(typed)

    assert refused.value.reason == reason


async def people_of(house: House, audience: Audience) -> int:
    async with house.storage.read() as session:
        heads = await audience_queries.head_count(
            session, audience, house.resources.composing._around.eyes(), None
        )
    return heads.people


async def test_criteria_select_whom_they_name(both: House) -> None:
    annual = await both.people(4)
    await both.people(3, tier="course", first=2000, days=5)
    await both.people(2, tier=None, first=3000)
    await both.people(1, tier="course", first=4000, days=-9)  # over, and past its grace
    resource = await both.resources.library.make(both.admin, content=Content("UK"), topics=["UK"])
    await both.resources.library.publish(both.admin, resource_id=resource.resource_id)
    (topic,) = await both.resources.reading.topics(both.actor(annual[0]))
    await both.resources.reading.follow(both.actor(annual[0]), topic_id=topic.topic_id)

    found = {
        typed: await people_of(both, parse(typed))
        for typed in (
            "all",
            "members",
            "tier:annual",
            "tier:course",
            "tier:guest",
            "expiring:14",
            "lapsed",
            "topic:uk",
            "never-asked",
            "role:admin",
            "role:owner",
            "members -tier:annual",
            "all -people:1000,1001",
            "joined:2026-02-01..2026-02-28",
            "joined:..2026-02-19",
        )
    }

    assert found == {
        "all": 13,  # three of them are staff
        "members": 7,
        "tier:annual": 4,
        "tier:course": 3,
        "tier:guest": 6,
        "expiring:14": 3,
        "lapsed": 1,
        "topic:uk": 1,
        "never-asked": 7,
        "role:admin": 2,
        "role:owner": 1,
        "members -tier:annual": 3,
        "all -people:1000,1001": 11,
        "joined:2026-02-01..2026-02-28": 8,
        "joined:..2026-02-19": 0,
    }


async def test_in_grace_somebody_is_a_member_still(both: House) -> None:
    await both.people(1, days=1)
    both.clock.pass_(timedelta(days=3))
    in_grace = await people_of(both, parse("members"))
    both.clock.pass_(timedelta(days=7))

    assert (in_grace, await people_of(both, parse("members"))) == (1, 0)
    assert has_asked is both.resources.composing._around.has_asked


@pytest.mark.parametrize(
    ("before", "tapped", "after"),
    [
        (None, "members", "members"),
        ("all", "members", "members"),
        ("members", "all", "all"),
        ("all", "all", None),
        ("members", "members", None),
        ("tier:annual", "tier:course", "tier:annual,course"),
        ("tier:annual,course", "tier:annual", "tier:course"),
        ("members expiring:30", "expiring:14", "members expiring:14"),
        ("members -role:mentor", "lapsed", "members lapsed -role:mentor"),
    ],
)
def test_a_tap_adds_to_an_audience_or_takes_away(
    before: str | None, tapped: str, after: str | None
) -> None:
    (one,) = parse(tapped).include

    found = toggled(parse(before) if before else None, one)

    assert (found and spelled(found)) == after


def test_a_tap_leaves_people_out_and_lets_them_in_again() -> None:
    (mentors,) = parse("role:mentor").include

    out = without(parse("members"), mentors)

    assert spelled(out) == "members -role:mentor"
    assert without(out, mentors) == parse("members")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("等级：年度会员 -角色：导师", "tier:annual -role:mentor"),
        ("tier:Annual，guest", "tier:annual,guest"),
        ("会员 从未提问 不含角色:管理员", "members never-asked -role:admin"),
        ("到期:14 主题:us", "expiring:14 topic:US"),
        ("加入：2026年2月", "joined:2026-02-01..2026-02-28"),
        ("cohort:2026-02", "joined:2026-02-01..2026-02-28"),
    ],
)
def test_an_audience_is_typed_in_chinese_and_by_the_names_of_tiers(typed: str, meant: str) -> None:
    tiers = {"annual": "annual", "年度会员": "annual", "guest": "guest", "访客": "guest"}

    known = Known(tiers, topics={"us": "US"}, roles={"mentor": "mentor", "admin": "admin"})

    assert named(parse(typed), known) == parse(meant)


@pytest.mark.parametrize(
    ("typed", "word", "known"),
    [
        ("tier:bogus", "bogus", "annual, course, guest"),
        ("topic:uk,bogus", "bogus", "UK, 开店"),
        ("members -topic:bogus", "bogus", "UK, 开店"),
        ("role:chief", "chief", "admin, finance, mentor, owner"),
    ],
)
async def test_what_does_not_exist_is_no_audience_and_what_does_is_named(
    both: House, typed: str, word: str, known: str
) -> None:
    await both.people(1)
    await both.resources.library.make(both.admin, content=Content("UK"), topics=["UK", "开店"])
    composing = both.resources.composing
    composed = Composition(Content("费用"), audience=parse(typed))

    with pytest.raises(Invalid) as refused:
        await composing.begin(both.admin, composed)

    facts = refused.value.facts
    assert (refused.value.reason, facts["word"], facts["known"]) == ("no_such", word, known)
    assert await composing.drafts(both.admin) == []


@pytest.mark.parametrize("typed", ["joined:2025-03", "joined:..2026-01-31", "all -joined:2025-03"])
async def test_days_on_which_nobody_joined_are_no_audience(both: House, typed: str) -> None:
    await both.people(1)

    with pytest.raises(Invalid) as refused:
        await both.draft(to=typed)

    assert (refused.value.reason, refused.value.facts["known"]) == ("no_cohort", "2026-02")


async def test_a_topic_is_refused_where_there_is_none_yet(house: House) -> None:
    with pytest.raises(Invalid) as refused:
        await house.draft(to="topic:US")

    assert refused.value.reason == "none_such"


async def test_a_cohort_that_is_still_to_come_may_be_meant(house: House) -> None:
    post = await house.draft(to="joined:2026-03-01..2027-12-31")

    assert post.composed.audience == parse("joined:2026-03-01..2027-12-31")
