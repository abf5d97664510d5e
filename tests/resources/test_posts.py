"""Posts from the draft to the last recipient, as the ledger and the outbox tell it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from community_bot.clock import StandingClock
from community_bot.delivery.letters import Letter, Outcome, Receipt
from community_bot.delivery.rows import DeliveryRow
from community_bot.delivery.rules import DeliveryEvent, DeliveryState
from community_bot.errors import AlreadyDone, IllegalTransition, Invalid, NotAllowed
from community_bot.people.roles import Actor, Role
from community_bot.resources.audience_rules import parse
from community_bot.resources.content_rules import Button, Content
from community_bot.resources.facts import Place, Post, Resource, TopicReach
from community_bot.resources.looks import NobodyLooks
from community_bot.resources.quiet_rules import QuietHours
from community_bot.resources.rules import CopyState, PostState, RunState
from community_bot.resources.schedule_rules import Missed, Rhythm, Schedule
from community_bot.storage.unit import Storage
from tests.resources.house import ADMIN, FIRST, OTHER, OWNER, House, chats, posting

ONCE = Schedule(Rhythm.ONCE, time(20, 0), date(2026, 3, 2), "Asia/Shanghai")
DAILY = Schedule(Rhythm.DAYS, time(9, 0), date(2026, 3, 3), "Asia/Shanghai")
MONDAY_TEN = "2026-03-02T02:00:00+00:00"


async def settle(
    house: House,
    event: DeliveryEvent = DeliveryEvent.ARRIVE,
    *,
    most: int = 10_000,
    kind: str = "post",
) -> int:
    """Let letters that wait become what a courier would make of them; return how many."""
    waiting = [one for one in await house.letters(kind) if one.state is DeliveryState.PENDING]
    for row in waiting[:most]:
        await settle_one(house, row, event)
    return len(waiting[:most])


async def settle_one(house: House, row: DeliveryRow, event: DeliveryEvent) -> None:
    states = {
        DeliveryEvent.ARRIVE: DeliveryState.SENT,
        DeliveryEvent.REFUSE: DeliveryState.FAILED,
        DeliveryEvent.BLOCK: DeliveryState.UNREACHABLE,
        DeliveryEvent.LOSE: DeliveryState.UNKNOWN,
        DeliveryEvent.PUT_OFF: DeliveryState.PENDING,
    }
    letter = Letter(
        row.delivery_id,
        row.kind,
        row.lane,
        row.chat_id,
        row.topic_id,
        row.topic_name,
        row.member_id,
        row.facts,
        row.doubt,
        1,
        0,
        row.keep,
        row.card,
        row.about,
    )
    receipt = Receipt((7000 + row.delivery_id,)) if event is DeliveryEvent.ARRIVE else Receipt()
    error = None if event is DeliveryEvent.ARRIVE else event.value
    async with house.storage.work() as unit:
        found = await unit.session.get(DeliveryRow, row.delivery_id)
        assert found is not None
        found.state = states[event]
        await unit.session.flush()
        aftermath = house.community.aftermaths[row.kind]
        await aftermath(unit, Outcome(letter, event, receipt, error))
        await unit.commit()


async def finish(house: House) -> None:
    """Let everything that waits arrive until nothing waits any more."""
    await house.sweep()
    while await settle(house):
        await house.sweep()
    await house.sweep()


async def test_a_post_goes_to_everybody_it_is_meant_for_once(both: House) -> None:
    members = await both.people(30)
    await both.people(5, tier=None, first=3000)

    post = await both.confirmed(to="members")
    await finish(both)
    await finish(both)

    (run,) = await both.runs()
    assert (run.state, run.tally.sent, run.tally.all) == (RunState.DONE, 30, 30)
    assert chats(await both.letters()) == members
    assert (await both.resources.composing.one(both.admin, post_id=post.post_id)).state is (
        PostState.DONE
    )


async def test_the_first_twenty_get_it_before_anybody_else(both: House) -> None:
    await both.people(50)
    await both.confirmed(to="members")

    await both.sweep()
    first = len(await both.letters())
    await settle(both)
    await both.sweep()  # the canary is over
    await both.sweep()

    assert first == 20
    assert len(await both.letters()) == 50


async def test_three_refusals_at_the_beginning_stop_the_run(both: House) -> None:
    await both.people(50)
    await both.confirmed(to="members")
    await both.sweep()

    await settle(both, DeliveryEvent.REFUSE, most=3)
    await both.sweep()

    (run,) = await both.runs()
    (told,) = await both.letters("run_stopped")
    assert (run.state, run.reason, run.tally.failed, run.tally.waiting) == (
        RunState.PAUSED,
        "faults",
        3,
        47,
    )
    assert (told.chat_id, told.facts["failed"], told.facts["waiting"]) == (ADMIN, 3, 47)
    assert await settle(both) == 0


async def test_a_held_run_goes_on_exactly_where_it_was(both: House) -> None:
    members = await both.people(60)
    await both.confirmed(to="members")
    await both.sweep()
    await settle(both, most=7)
    (run,) = await both.runs()

    await both.resources.steering.pause(both.admin, run_id=run.run_id)
    await both.sweep()
    held = await settle(both)
    await both.resources.steering.resume(both.admin, run_id=run.run_id)
    await finish(both)

    (run,) = await both.runs()
    sent = [one for one in await both.letters() if one.state is DeliveryState.SENT]
    assert held == 0
    assert (run.state, run.tally.sent) == (RunState.DONE, 60)
    assert sorted(chats(sent)) == members


async def test_what_comes_back_from_the_air_waits_with_a_held_run(house: House) -> None:
    await house.people(30)
    await house.confirmed(to="members")
    await house.sweep()
    flying = (await house.letters())[0]
    async with house.storage.work() as unit:
        row = await unit.session.get(DeliveryRow, flying.delivery_id)
        assert row is not None
        row.state = DeliveryState.SENDING
        await unit.commit()
    (run,) = await house.runs()
    await house.resources.steering.pause(house.admin, run_id=run.run_id)

    await settle_one(house, flying, DeliveryEvent.PUT_OFF)

    states = {one.state for one in await house.copies(run.run_id)}
    assert states == {CopyState.WAITING}
    assert await settle(house) == 0


async def test_a_cancelled_run_reaches_nobody_else(both: House) -> None:
    await both.people(30)
    await both.confirmed(to="members")
    await both.sweep()
    await settle(both, most=4)
    (run,) = await both.runs()

    await both.resources.steering.cancel(both.admin, run_id=run.run_id)
    await finish(both)

    (run,) = await both.runs()
    assert (run.state, run.tally.sent, run.tally.cancelled) == (RunState.CANCELLED, 4, 26)


async def test_who_is_out_of_reach_or_below_the_tier_is_accounted_for(both: House) -> None:
    annual = await both.people(4)
    await both.people(3, tier="course", first=2000)
    async with both.storage.work() as unit:
        await both.community.outbox.closed(unit, annual[0], "blocked")
        await unit.commit()

    await both.confirmed(to="members", least_tier="annual")
    await finish(both)

    (run,) = await both.runs()
    assert (run.tally.sent, run.tally.unreachable, run.tally.skipped) == (3, 1, 3)


async def test_who_loses_the_tier_before_their_turn_does_not_get_it(house: House) -> None:
    await house.people(20)
    late = await house.people(1, first=5000, days=1)
    await house.confirmed(to="members", least_tier="annual")
    await house.sweep()
    (run,) = await house.runs()
    await house.resources.steering.pause(house.admin, run_id=run.run_id)
    house.clock.pass_(timedelta(days=20))

    await house.resources.steering.resume(house.admin, run_id=run.run_id)
    await finish(house)

    why = await house.resources.reporting.why(house.admin, run_id=run.run_id, member_id=late[0])
    assert (why.state, why.reason, why.is_entitled) == (CopyState.SKIPPED, "below_tier", False)
    assert [(one.criterion, one.is_true) for one in why.because] == [("members", False)]


async def test_what_was_promised_is_called_back_from_who_loses_the_tier(both: House) -> None:
    (late,) = await both.people(1, days=1)
    await both.people(3, first=5000)
    await both.confirmed(to="members", least_tier="annual")
    await both.sweep()
    (run,) = await both.runs()
    both.clock.pass_(timedelta(days=20))

    await both.sweep()
    await finish(both)

    states = {one.chat_id: one.state for one in await both.copies(run.run_id)}
    assert states.pop(late) is CopyState.SKIPPED
    assert set(states.values()) == {CopyState.SENT}
    assert (await both.runs())[0].state is RunState.DONE


@pytest.mark.parametrize("to", ["tier:annual", "tier:course,annual", "members", "never-asked"])
async def test_who_is_refunded_after_the_list_was_made_does_not_get_it(
    both: House, to: str
) -> None:
    people = await both.people(30)
    await both.confirmed(to=to)
    await both.sweep()
    promised, waiting = people[0], people[-1]

    await both.revoke(promised, waiting)
    await finish(both)  # the canary
    await finish(both)

    (run,) = await both.runs()
    copies = {one.chat_id: (one.state, one.reason) for one in await both.copies(run.run_id)}
    assert copies.pop(promised) == copies.pop(waiting) == (CopyState.SKIPPED, "below_tier")
    assert set(copies.values()) == {(CopyState.SENT, None)}


async def test_who_rises_after_the_list_was_made_gets_it_all_the_same(house: House) -> None:
    (risen, *_) = await house.people(30, tier="course")
    await house.confirmed(to="tier:course")
    await house.sweep()

    await house.revoke(risen)
    await house.renew(risen)
    await finish(house)  # the canary
    await finish(house)

    (run,) = await house.runs()
    assert {one.state for one in await house.copies(run.run_id)} == {CopyState.SENT}


async def test_quiet_hours_of_a_member_put_it_off(house: House) -> None:
    first, second = await house.people(2)
    hours = QuietHours("Asia/Shanghai", 9 * 60, 11 * 60)  # it is ten in the morning there
    await house.resources.quiet.choose(house.actor(first), hours)

    await house.confirmed(to="members")
    await finish(house)
    early = chats(await house.letters())
    house.clock.pass_(timedelta(hours=1))
    await finish(house)

    (run,) = await house.runs()
    assert early == [second]
    assert chats(await house.letters()) == [second, first]
    assert run.state is RunState.DONE


async def test_the_card_says_who_waits_for_the_morning(house: House) -> None:
    (sleeper,) = await house.people(1)
    hours = QuietHours("Asia/Shanghai", 9 * 60, 11 * 60)  # it is ten in the morning there
    await house.resources.quiet.choose(house.actor(sleeper), hours)
    await house.confirmed(to="members")
    await finish(house)

    await house.resources.showing.sweep(house.clock.now())

    card = (await house.letters("run_progress"))[-1].facts
    assert (card["waiting"], card["resting"], card["time_left"]) == (1, 1, None)


async def test_who_confirms_what_another_began_sees_how_far_it_is(house: House) -> None:
    await house.people(1)
    post = await house.draft(to="members")
    preview = await house.resources.composing.preview(house.other, post_id=post.post_id)
    await house.resources.posts.confirm(house.other, post_id=post.post_id, mark=preview.mark)
    await finish(house)

    await house.resources.showing.sweep(house.clock.now())

    assert set(chats(await house.letters("run_progress"))) == {ADMIN, OTHER}


async def test_of_a_post_whose_author_is_no_admin_any_more_the_others_hear(house: House) -> None:
    await house.people(1)
    every = replace(DAILY, missed=Missed.ASK)
    await house.confirmed(to="members", schedule=every)
    owner = Actor(OWNER, frozenset({Role.OWNER}))
    await house.community.people.take_role(owner, member_id=ADMIN, role=Role.ADMIN)
    house.clock.pass_(timedelta(days=3))

    await house.sweep()
    asked = await house.letters("time_missed")
    other = Actor(OTHER, frozenset({Role.ADMIN}))
    for run in await house.resources.steering.newest(other):
        if run.state is RunState.ASKING:
            await house.resources.steering.send_nevertheless(other, run_id=run.run_id)
    await finish(house)
    await house.resources.showing.sweep(house.clock.now())

    assert set(chats(asked)) == {OWNER, OTHER}
    assert set(chats(await house.letters("run_progress"))) == {OWNER, OTHER}


async def test_paid_material_is_kept_from_a_place_that_others_see(house: House) -> None:
    await house.bind(-100, "lobby")
    await house.bind(-200, "members")
    good = await house.confirmed(to=None, places=(Place(-200),), least_tier="annual")
    wrong = await house.draft(to=None, places=(Place(-100),), least_tier="annual")

    with pytest.raises(Invalid, match="below_tier"):
        await house.confirm(wrong)
    teaser = replace(wrong.composed, is_teaser=True)
    await house.resources.composing.change(
        house.admin, post_id=wrong.post_id, revision=wrong.revision, composed=teaser
    )
    await house.confirm(wrong)
    await finish(house)

    assert good.state is PostState.SCHEDULED
    assert sorted(chats(await house.letters())) == [-200, -100]


async def test_a_place_that_became_another_while_a_run_was_held_gets_nothing(house: House) -> None:
    await house.bind(-200, "members")
    await house.people(1)
    await house.confirmed(to="members", places=(Place(-200),), least_tier="annual")
    await house.sweep()
    (run,) = await house.runs()
    await house.resources.steering.pause(house.admin, run_id=run.run_id)
    await house.bind(-200, "lobby")

    await house.resources.steering.resume(house.admin, run_id=run.run_id)
    await finish(house)

    copies = {one.chat_id: (one.state, one.reason) for one in await house.copies(run.run_id)}
    assert copies == {-200: (CopyState.SKIPPED, "below_tier"), FIRST: (CopyState.SENT, None)}


@pytest.mark.parametrize(
    ("to", "seen"), [("members", 1), ("tier:annual", 1), ("all", 0), ("never-opened", 0), (None, 0)]
)
async def test_what_members_alone_get_in_private_is_not_put_in_the_open_unsaid(
    house: House, to: str | None, seen: int
) -> None:
    await house.bind(-100, "lobby")
    await house.bind(-200, "members")
    post = await house.draft(to=to, places=(Place(-100), Place(-200)))

    preview = await house.resources.composing.preview(house.admin, post_id=post.post_id)

    assert preview.open_places == (Place(-100),) * seen


async def test_a_place_with_a_public_name_holds_what_is_for_a_tier(house: House) -> None:
    class Public(NobodyLooks):
        async def is_public(self, place: Place) -> bool:
            return place.chat_id == -200

    await house.bind(-200, "members")
    await house.confirmed(to=None, places=(Place(-200),), least_tier="annual")
    await house.confirmed(to=None, places=(Place(-200),))

    await house.sweep(Public())

    held, free = sorted(await house.runs(), key=lambda run: run.post_id)
    (told, *_) = await house.letters("preflight_trouble")
    assert (held.state, held.troubles) == (RunState.PREFLIGHT_FAILED, ("public:-200",))
    assert free.troubles == ()
    assert told.facts["troubles"] == ["public:members"]


@pytest.mark.parametrize("protects", [True, False])
async def test_posts_are_protected_where_that_is_configured(
    sqlite_storage: Storage, clock: StandingClock, *, protects: bool
) -> None:
    delivery = {"protect_content": protects}
    async with posting(sqlite_storage, clock, delivery=delivery) as house:
        await house.people(1)
        post = await house.draft(to="members")
        await house.resources.trying.try_on(house.admin, post_id=post.post_id)
        preview = await house.resources.composing.preview(house.admin, post_id=post.post_id)
        await house.confirm(post)
        await house.sweep()

        letters = await house.letters()
        assert [one.facts["protect"] for one in letters] == [protects, protects]
        assert preview.is_protected is protects


async def test_a_post_for_many_needs_a_second_person_who_saw_exactly_this(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    async with posting(sqlite_storage, clock, posts={"two_person_from": 10}) as house:
        await house.people(12)
        post = await house.confirmed(to="members")
        (asked,) = [one for one in await house.letters("post_waiting") if one.chat_id != 1]
        mark = asked.facts["mark"]

        with pytest.raises(NotAllowed):
            await house.resources.posts.approve(house.admin, post_id=post.post_id, mark=mark)
        changed = replace(post.composed, content=Content("别的内容"))
        await house.resources.composing.change(
            house.admin, post_id=post.post_id, revision=post.revision, composed=changed
        )
        with pytest.raises(AlreadyDone):
            await house.resources.posts.approve(house.other, post_id=post.post_id, mark=mark)
        await house.confirm(post)
        with pytest.raises(Invalid, match="changed"):
            await house.resources.posts.approve(house.other, post_id=post.post_id, mark=mark)
        preview = await house.resources.composing.preview(house.other, post_id=post.post_id)
        agreed = await house.resources.posts.approve(
            house.other, post_id=post.post_id, mark=preview.mark
        )

        assert post.state is PostState.WAITING_APPROVAL
        assert (agreed.state, agreed.approved_by) == (PostState.SCHEDULED, house.other.member_id)


async def test_what_was_confirmed_is_replaced_and_never_changed(house: House) -> None:
    await house.people(2)
    post = await house.confirmed(to="members", schedule=ONCE)

    with pytest.raises(Invalid, match="confirmed"):
        await house.resources.composing.change(
            house.admin, post_id=post.post_id, revision=post.revision, composed=post.composed
        )
    other = await house.resources.composing.duplicate(
        house.admin, post_id=post.post_id, is_replacing=True
    )
    still = await house.resources.composing.one(house.admin, post_id=post.post_id)
    await house.confirm(other)

    ended = await house.resources.composing.one(house.admin, post_id=post.post_id)
    assert (still.state, ended.state) == (PostState.SCHEDULED, PostState.CANCELLED)


async def test_two_admins_do_not_overwrite_each_other(house: House) -> None:
    post = await house.draft()
    first = replace(post.composed, content=Content("甲"))
    second = replace(post.composed, content=Content("乙"))
    await house.resources.composing.change(
        house.admin, post_id=post.post_id, revision=post.revision, composed=first
    )

    with pytest.raises(Invalid, match="changed"):
        await house.resources.composing.change(
            house.other, post_id=post.post_id, revision=post.revision, composed=second
        )


async def test_a_time_comes_once_for_two_ticks_and_a_clock_that_goes_back(both: House) -> None:
    await both.people(2)
    await both.confirmed(to="members", schedule=DAILY)
    at = both.clock.now()

    for moved in (0, 24, 48, 12, 48):
        both.clock.pass_(at + timedelta(hours=moved) - both.clock.now())
        await both.sweep()
        await both.sweep()

    assert [run.due_at for run in await both.runs()] == [
        datetime.fromisoformat("2026-03-03T01:00:00+00:00"),
        datetime.fromisoformat("2026-03-04T01:00:00+00:00"),
    ]


@pytest.mark.parametrize(
    ("policy", "last"),
    [
        (Missed.LATE, RunState.DONE),
        (Missed.SKIP, RunState.SKIPPED),
        (Missed.ASK, RunState.ASKING),
    ],
)
async def test_after_three_days_away_the_last_time_follows_its_policy(
    house: House, policy: Missed, last: RunState
) -> None:
    await house.people(1)
    await house.confirmed(to="members", schedule=replace(DAILY, missed=policy))

    house.clock.pass_(timedelta(days=3))  # Thursday, ten in the morning
    await finish(house)

    runs = await house.runs()
    notes = await house.letters("post_late")
    assert [run.state for run in runs] == [RunState.SKIPPED, RunState.SKIPPED, last]
    assert len(notes) == (policy is Missed.LATE)
    if policy is Missed.ASK:
        await house.resources.steering.send_nevertheless(house.admin, run_id=runs[-1].run_id)
        await finish(house)
        assert (await house.runs())[-1].state is RunState.DONE


async def test_a_preflight_tells_ten_minutes_ahead_and_lets_through_what_is_mended(
    house: House,
) -> None:
    await house.people(1)
    await house.bind(-200, "members")
    await house.confirmed(to="members", places=(Place(-200),), schedule=ONCE)
    house.clock.pass_(timedelta(hours=9, minutes=51))  # 19:51 in Shanghai

    class NoRight(NobodyLooks):
        trouble: str | None = "right"

        async def at_place(self, place: Place) -> str | None:
            return self.trouble

        async def is_public(self, place: Place) -> bool:
            return False

        async def at_file(self, media: object) -> str | None:
            return None

    looks = NoRight()
    await house.sweep(looks)
    (failed,) = await house.runs()
    told = await house.letters("preflight_trouble")
    looks.trouble = None
    house.clock.pass_(timedelta(minutes=10))
    await house.sweep(looks)
    await finish(house)

    (run,) = await house.runs()
    assert (failed.state, failed.troubles) == (RunState.PREFLIGHT_FAILED, ("right:-200",))
    assert {one.chat_id for one in told} == {1, 2, 3}
    assert (run.state, run.tally.sent) == (RunState.DONE, 2)


async def test_what_is_uncertain_is_sent_again_only_when_somebody_says_so(both: House) -> None:
    await both.people(3)
    await both.confirmed(to="members")
    await both.sweep()
    await settle(both, DeliveryEvent.LOSE, most=1)
    await finish(both)
    (run,) = await both.runs()

    again = await both.resources.steering.send_again(
        both.admin, run_id=run.run_id, state=CopyState.UNKNOWN
    )
    await finish(both)

    second = await both.resources.steering.one(both.admin, run_id=again)
    assert (run.tally.sent, run.tally.uncertain) == (2, 1)
    assert (second.state, second.tally.sent, second.tally.all) == (RunState.DONE, 1, 1)
    assert (await both.letters())[-1].chat_id == FIRST
    with pytest.raises(AlreadyDone):
        await both.resources.steering.send_again(
            both.admin, run_id=run.run_id, state=CopyState.UNKNOWN
        )


async def test_what_was_sent_is_corrected_everywhere(both: House) -> None:
    await both.people(3)
    await both.confirmed(to="members")
    await finish(both)
    (run,) = await both.runs()

    await both.resources.mending.correct(
        both.admin, run_id=run.run_id, content=Content("更正：周五截止")
    )
    await both.sweep()
    await settle(both, kind="post_correction")
    await both.sweep()

    edits = await both.letters("post_correction")
    (run,) = await both.runs()
    assert [(one.facts["text"], one.facts["message_id"]) for one in edits] == [
        ("更正：周五截止", copy.message_ids[0] if copy.message_ids else None)
        for copy in await both.copies(run.run_id)
    ]
    assert (run.mending, run.state) == (None, RunState.DONE)


async def test_what_was_sent_is_withdrawn_where_telegram_still_allows_it(both: House) -> None:
    await both.people(3)
    await both.confirmed(to="members")
    await both.sweep()
    await settle(both, most=1)
    both.clock.pass_(timedelta(hours=47))
    await finish(both)
    both.clock.pass_(timedelta(hours=2))
    (run,) = await both.runs()

    await both.resources.mending.withdraw(both.admin, run_id=run.run_id)
    await both.sweep()
    await settle(both, kind="post_withdrawal")
    await both.sweep()

    copies = await both.copies(run.run_id)
    (run,) = await both.runs()
    assert [(one.is_withdrawn, one.mend_error) for one in copies] == [
        (False, "too_late"),
        (True, None),
        (True, None),
    ]
    assert run.state is RunState.WITHDRAWN


async def test_a_correction_keeps_the_shape_of_what_was_sent(house: House) -> None:
    await house.people(1)
    await house.confirmed(to="members")
    await house.sweep()
    (run,) = await house.runs()

    with pytest.raises(Invalid, match="empty"):
        await house.resources.mending.correct(house.admin, run_id=run.run_id, content=Content(" "))
    with pytest.raises(IllegalTransition):
        await house.resources.steering.resume(house.admin, run_id=run.run_id)


async def about_a_resource(house: House) -> tuple[Resource, Post]:
    """Compose a post that leads to a resource of the library."""
    library, composing = house.resources.library, house.resources.composing
    made = await library.make(
        house.admin, content=Content("开店清单"), topics=["UK", "开店"], least_tier="annual"
    )
    resource = await library.publish(house.admin, resource_id=made.resource_id)
    post = await composing.from_resource(house.admin, resource_id=resource.resource_id)
    button = Button("打开", resource_id=resource.resource_id)
    content = replace(post.composed.content, buttons=(button,))
    composed = replace(post.composed, audience=parse("members"), content=content)
    post = await composing.change(
        house.admin, post_id=post.post_id, revision=post.revision, composed=composed
    )
    return resource, post


async def test_the_report_says_why_and_who_opened_what(both: House) -> None:
    first, second, _ = await both.people(3)
    resource, post = await about_a_resource(both)
    await both.confirm(post)
    await both.sweep()
    await settle(both, DeliveryEvent.BLOCK, most=1)
    await finish(both)
    (run,) = await both.runs()

    view = await both.resources.reading.open(both.actor(second), resource_id=resource.resource_id)
    leads = await both.resources.reading.pressed(both.actor(second), run_id=run.run_id, button=0)
    await both.resources.reading.pressed(both.actor(second), run_id=run.run_id, button=0)
    report = await both.resources.reporting.report(both.admin, run_id=run.run_id)
    table = await both.resources.reporting.table(both.admin, run_id=run.run_id)

    assert view.parts[0].text == "开店清单"
    assert report.reasons == ((CopyState.UNREACHABLE, "block", 1),)
    assert (report.opened, report.run.tally.sent) == (1, 2)
    assert (report.opened_by_button, report.opened_by_tier) == ({0: 1}, {"annual": 1})
    assert leads.resource_id == resource.resource_id
    assert await both.resources.reporting.topics(both.admin) == [
        TopicReach("UK", 2, 1),
        TopicReach("开店", 2, 1),
    ]
    assert table.splitlines()[1].startswith(f"{run.run_id},{first},0,{first},成员{first},0,")
    assert len(table.splitlines()) == 4


async def test_the_progress_card_is_renewed_while_there_is_something_new(house: House) -> None:
    await house.people(3)
    await house.confirmed(to="members")
    await house.sweep()

    showing = house.resources.showing
    shown = [await showing.sweep(house.clock.now())]
    house.clock.pass_(timedelta(seconds=1))
    await finish(house)
    shown.append(await showing.sweep(house.clock.now()))
    house.clock.pass_(timedelta(seconds=3))
    shown.append(await showing.sweep(house.clock.now()))
    house.clock.pass_(timedelta(minutes=5))
    shown.append(await showing.sweep(house.clock.now()))

    card = (await house.letters("run_progress"))[-1]
    assert shown == [1, 0, 1, 0]
    assert (card.chat_id, card.facts["sent"], card.facts["state"]) == (ADMIN, 3, "done")


async def test_the_end_is_shown_however_late_somebody_looks(house: House) -> None:
    await house.people(3)
    await house.confirmed(to="members")
    await house.sweep()
    showing = house.resources.showing
    await showing.sweep(house.clock.now())
    house.clock.pass_(timedelta(seconds=1))
    await finish(house)

    house.clock.pass_(timedelta(days=2))
    shown = [await showing.sweep(house.clock.now())]
    house.clock.pass_(timedelta(minutes=5))
    shown.append(await showing.sweep(house.clock.now()))

    assert shown == [1, 0]
    assert (await house.letters("run_progress"))[-1].facts["state"] == "done"
