"""The calendar of the weeks, what meets in it, and what is missed while away."""

from datetime import date, datetime, time, timedelta

import pytest

from community_bot.errors import Invalid
from community_bot.resources.facts import Place, Post
from community_bot.resources.rules import PostState, RunState
from community_bot.resources.schedule_rules import Rhythm, Schedule
from tests.resources.house import ADMIN, House
from tests.resources.test_posts import DAILY, finish, settle

ZONE = "Asia/Shanghai"


def on(day: date, at: time) -> Schedule:
    return Schedule(Rhythm.ONCE, at, day, ZONE)


async def test_the_calendar_shows_what_meets_and_what_is_empty(both: House) -> None:
    await both.people(1)
    await both.bind(-200, "members")
    await both.confirmed("早", to="members", schedule=on(date(2026, 3, 10), time(9)))
    await both.confirmed("晚", to="members", schedule=on(date(2026, 3, 10), time(9, 20)))
    await both.confirmed(
        "群", to=None, places=(Place(-200),), schedule=on(date(2026, 3, 25), time(9, 10))
    )

    shown = await both.resources.planning.calendar(both.admin, weeks=4)

    assert shown.from_ == date(2026, 3, 2)
    assert [one.title for one in shown.planned] == ["早", "晚", "群"]
    assert [(first.title, second.title) for first, second in shown.clashes] == [("早", "晚")]
    assert shown.empty == (date(2026, 3, 2), date(2026, 3, 16))


async def test_a_preview_says_what_else_rings_close_by(house: House) -> None:
    await house.people(3)
    await house.confirmed("早", to="members", schedule=on(date(2026, 3, 10), time(9)))
    draft = await house.draft("晚", to="members", schedule=on(date(2026, 3, 10), time(9, 20)))

    preview = await house.resources.composing.preview(house.admin, post_id=draft.post_id)

    assert [one.title for one in preview.clashes] == ["早"]
    assert (preview.people, preview.messages, preview.needs_second) == (3, 3, False)
    assert preview.next_times == (datetime.fromisoformat("2026-03-10T01:20:00+00:00"),)


async def test_repeated_posts_stand_in_the_calendar_as_often_as_they_come(house: House) -> None:
    await house.people(1)
    weekly = Schedule(Rhythm.WEEKS, time(20), date(2026, 3, 2), ZONE, weekdays=(2,), times=3)
    await house.confirmed("每周", to="members", schedule=weekly)

    shown = await house.resources.planning.calendar(house.admin, weeks=4)

    assert len(shown.planned) == 3
    assert shown.empty == (date(2026, 3, 23),)


async def test_who_comes_back_hears_of_what_went_out_meanwhile(both: House) -> None:
    (member,) = await both.people(1)
    (away,) = await both.people(1, tier=None, first=5000)
    left_at = both.clock.now()
    both.clock.pass_(timedelta(days=1))
    await both.confirmed("你没收到的", to="members")
    await finish(both)
    both.clock.pass_(timedelta(days=1))
    await both.renew(away)
    reading, now = both.resources.reading, both.clock.now()

    missed = await reading.missed(away, since=left_at, until=now)

    assert [one.title for one in missed] == ["你没收到的"]
    assert await reading.missed(member, since=left_at, until=now) == []


async def test_who_renews_after_a_while_is_told_once(both: House) -> None:
    (member,) = await both.people(1, days=1)
    await both.people(1, first=6000)
    both.clock.pass_(timedelta(days=20))
    await both.confirmed("直播复盘", to="members")
    await finish(both)
    both.clock.pass_(timedelta(days=1))
    await both.renew(member)
    welcoming, now = both.resources.welcoming, both.clock.now()

    await welcoming.sweep(now)
    await welcoming.sweep(now)

    (told,) = await both.letters("missed_meanwhile")
    assert (told.chat_id, told.facts["titles"], told.facts["posts"]) == (member, ["直播复盘"], 1)


async def test_who_comes_back_reads_no_title_that_was_never_meant_for_them(both: House) -> None:
    (member,) = await both.people(1, tier="course", days=1)
    await both.people(1, tier="course", first=6000)
    both.clock.pass_(timedelta(days=20))
    await both.confirmed("导师周会", to="role:admin")
    await both.confirmed("给一个人的退款说明", to=f"people:{ADMIN}")
    await both.confirmed("年度会员闭门会", to="all", least_tier="annual")
    await both.confirmed("回来吧", to="lapsed")
    await both.confirmed("课程更新", to="tier:course,annual")
    await finish(both)
    both.clock.pass_(timedelta(days=1))
    await both.renew(member, tier="course")

    await both.resources.welcoming.sweep(both.clock.now())

    (told,) = await both.letters("missed_meanwhile")
    assert (told.facts["titles"], told.facts["posts"]) == (["课程更新"], 1)


async def test_a_place_that_moves_keeps_its_posts(house: House) -> None:
    await house.bind(-200, "members")
    post = await house.confirmed(
        "群", to=None, places=(Place(-200, 7, "公告"),), schedule=on(date(2026, 3, 10), time(9))
    )
    async with house.storage.work() as unit:
        await house.community.moved(unit, -200, -100200)
        await house.community.topic_remade(unit, -100200, 7, 9)
        await unit.commit()

    house.clock.pass_(timedelta(days=8))
    await finish(house)

    (letter,) = await house.letters()
    moved = await house.resources.composing.one(house.admin, post_id=post.post_id)
    assert moved.composed.places == (Place(-100200, 9, "公告"),)
    assert (letter.chat_id, letter.topic_id, letter.topic_name) == (-100200, 9, "公告")


async def test_a_held_plan_makes_up_for_nothing(house: House) -> None:
    await house.people(1)
    daily = Schedule(Rhythm.DAYS, time(9), date(2026, 3, 3), ZONE)
    post = await house.confirmed("每天", to="members", schedule=daily)
    await house.resources.posts.pause(house.admin, post_id=post.post_id)
    house.clock.pass_(timedelta(days=5))
    await finish(house)

    resumed = await house.resources.posts.resume(house.admin, post_id=post.post_id)

    assert await house.runs() == []
    assert resumed.next_at == datetime.fromisoformat("2026-03-08T01:00:00+00:00")


async def test_a_late_run_of_a_plan_without_schedule_is_on_time(house: House) -> None:
    await house.people(1)
    await house.confirmed("现在", to="members")
    house.clock.pass_(timedelta(minutes=3))
    await finish(house)

    (run,) = await house.runs()
    assert (run.state, run.is_late) == (RunState.DONE, False)


@pytest.mark.parametrize("schedule", [on(date(2026, 3, 3), time(9)), DAILY])
@pytest.mark.parametrize("what", ["cancel", "pause"])
async def test_what_is_called_off_in_the_last_minutes_does_not_go_out(
    both: House, what: str, schedule: Schedule
) -> None:
    await both.people(1)
    post = await minutes_before(both, schedule)

    await getattr(both.resources.posts, what)(both.admin, post_id=post.post_id)
    both.clock.pass_(timedelta(minutes=6))
    await finish(both)

    (run,) = await both.runs()
    assert await both.letters() == []
    assert run.state in (RunState.CANCELLED, RunState.SKIPPED)


async def test_what_is_held_and_let_go_on_in_time_goes_out(both: House) -> None:
    await both.people(1)
    post = await minutes_before(both, on(date(2026, 3, 3), time(9)))

    await both.resources.posts.pause(both.admin, post_id=post.post_id)
    await both.resources.posts.resume(both.admin, post_id=post.post_id)
    both.clock.pass_(timedelta(minutes=6))
    await finish(both)

    ended = await both.resources.composing.one(both.admin, post_id=post.post_id)
    assert len(await both.letters()) == 1
    assert ended.state is PostState.DONE


async def test_what_was_held_past_its_only_time_has_none_to_come(house: House) -> None:
    await house.people(1)
    post = await minutes_before(house, on(date(2026, 3, 3), time(9)))
    await house.resources.posts.pause(house.admin, post_id=post.post_id)
    house.clock.pass_(timedelta(minutes=6))
    await house.sweep()

    with pytest.raises(Invalid, match="over"):
        await house.resources.posts.resume(house.admin, post_id=post.post_id)


async def test_what_replaces_a_post_in_the_last_minutes_goes_out_alone(house: House) -> None:
    await house.people(1)
    post = await minutes_before(house, DAILY)
    other = await house.resources.composing.duplicate(
        house.admin, post_id=post.post_id, is_replacing=True
    )

    await house.confirm(other)
    house.clock.pass_(timedelta(minutes=6))
    await finish(house)

    assert len(await house.letters()) == 1


async def test_what_is_called_off_while_it_goes_out_reaches_nobody_else(both: House) -> None:
    await both.people(30)
    post = await both.confirmed(to="members", schedule=DAILY)
    assert post.next_at is not None
    both.clock.pass_(post.next_at - both.clock.now())
    await both.sweep()
    await settle(both, most=4)

    await both.resources.posts.cancel(both.admin, post_id=post.post_id)
    await finish(both)

    (run,) = await both.runs()
    assert (run.state, run.tally.sent, run.tally.cancelled) == (RunState.CANCELLED, 4, 26)


async def minutes_before(house: House, schedule: Schedule) -> Post:
    """Plan a post, and let the time come at which its run is made ahead."""
    post = await house.confirmed(to="members", schedule=schedule)
    assert post.next_at is not None
    house.clock.pass_(post.next_at - timedelta(minutes=5) - house.clock.now())
    await house.sweep()
    return post


async def on_its_way(house: House) -> Post:
    """Let a plan that comes every day be on its way to thirty people; four have got it."""
    await house.people(30)
    post = await house.confirmed(to="members", schedule=DAILY)
    assert post.next_at is not None
    house.clock.pass_(post.next_at - house.clock.now())
    await house.sweep()
    await settle(house, most=4)
    return post


async def test_what_is_on_its_way_is_held_with_its_plan_and_goes_on_with_it(both: House) -> None:
    post = await on_its_way(both)

    await both.resources.posts.pause(both.admin, post_id=post.post_id)
    await finish(both)
    (held,) = await both.runs()
    await both.resources.posts.resume(both.admin, post_id=post.post_id)
    await finish(both)

    (run,) = await both.runs()
    assert (held.state, held.reason, held.tally.sent) == (RunState.PAUSED, "with_plan", 4)
    assert (run.state, run.reason, run.tally.sent) == (RunState.DONE, None, 30)


async def test_what_was_held_by_itself_stays_held_when_its_plan_goes_on(house: House) -> None:
    post = await on_its_way(house)
    (run,) = await house.runs()
    await house.resources.steering.pause(house.admin, run_id=run.run_id)

    await house.resources.posts.pause(house.admin, post_id=post.post_id)
    await house.resources.posts.resume(house.admin, post_id=post.post_id)
    await finish(house)

    (run,) = await house.runs()
    assert (run.state, run.reason, run.tally.sent) == (RunState.PAUSED, "by_hand", 4)


async def test_a_plan_held_at_the_moment_it_begins_reaches_nobody_until_it_goes_on(
    both: House,
) -> None:
    await both.people(3)
    post = await minutes_before(both, DAILY)
    both.clock.pass_(timedelta(minutes=6))
    await both.resources.ticking.begin(both.clock.now())

    await both.resources.posts.pause(both.admin, post_id=post.post_id)
    await finish(both)
    held = await both.letters()
    await both.resources.posts.resume(both.admin, post_id=post.post_id)
    await finish(both)

    (run,) = await both.runs()
    assert held == []
    assert (run.state, run.tally.sent) == (RunState.DONE, 3)


async def test_the_last_time_of_a_plan_goes_on_though_no_other_is_to_come(house: House) -> None:
    await house.people(30)
    until = Schedule(Rhythm.DAYS, time(9), date(2026, 3, 3), ZONE, until=date(2026, 3, 4))
    post = await minutes_before(house, until)
    house.clock.pass_(timedelta(minutes=6))
    await house.sweep()
    await house.resources.posts.pause(house.admin, post_id=post.post_id)
    house.clock.pass_(timedelta(days=3))
    await finish(house)

    await house.resources.posts.resume(house.admin, post_id=post.post_id)
    await finish(house)

    (run,) = await house.runs()
    ended = await house.resources.composing.one(house.admin, post_id=post.post_id)
    assert (run.state, run.tally.sent, ended.state) == (RunState.DONE, 30, PostState.DONE)


async def test_what_replaces_a_held_plan_ends_what_was_held_of_it(house: House) -> None:
    post = await on_its_way(house)
    await house.resources.posts.pause(house.admin, post_id=post.post_id)
    other = await house.resources.composing.duplicate(
        house.admin, post_id=post.post_id, is_replacing=True
    )

    await house.confirm(other)
    await finish(house)

    (run,) = await house.runs()
    assert (run.state, run.tally.sent, run.tally.cancelled) == (RunState.CANCELLED, 4, 26)
