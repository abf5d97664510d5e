"""The last look: at places open to others, at the library, and once more when it is time."""

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

import pytest

from community_bot.errors import Invalid
from community_bot.resources.content_rules import Button, Content
from community_bot.resources.facts import Composition, Place, Resource
from community_bot.resources.looks import NobodyLooks
from community_bot.resources.rules import CopyState, RunState
from community_bot.resources.schedule_rules import Missed, Rhythm, Schedule
from tests.resources.house import House, chats
from tests.resources.test_posts import finish

EVENING = Schedule(Rhythm.ONCE, time(20, 0), date(2026, 3, 2), "Asia/Shanghai")


@dataclass
class Street(NobodyLooks):
    """Places with public names, and channels with a discussion group."""

    public: set[int] = field(default_factory=set)
    groups: dict[int, int] = field(default_factory=dict)

    async def is_public(self, place: Place) -> bool:
        return place.chat_id in self.public

    async def discussed_in(self, place: Place) -> Place | None:
        group = self.groups.get(place.chat_id)
        return None if group is None else Place(group)


async def test_a_place_that_becomes_public_in_the_last_minutes_gets_nothing(house: House) -> None:
    await house.bind(-200, "members")
    await house.confirmed(to=None, places=(Place(-200),), least_tier="annual", schedule=EVENING)
    (post,) = await house.resources.posts.planned(house.admin)
    assert post.next_at is not None
    house.clock.pass_(post.next_at - timedelta(minutes=9) - house.clock.now())
    street = Street()
    await house.sweep(street)
    (ahead,) = await house.runs()

    street.public.add(-200)
    house.clock.pass_(timedelta(minutes=9))
    await house.sweep(street)
    (held,) = await house.runs()
    letters = await house.letters()
    street.public.clear()
    house.clock.pass_(timedelta(minutes=1))
    await house.sweep(street)

    assert ahead.state is RunState.PLANNED
    assert (held.state, held.troubles) == (RunState.PREFLIGHT_FAILED, ("public:-200",))
    assert letters == []
    assert chats(await house.letters()) == [-200]


async def test_what_a_person_lets_go_out_nevertheless_is_not_held_again(house: House) -> None:
    await house.bind(-200, "members")
    await house.confirmed(to=None, places=(Place(-200),), least_tier="annual")
    street = Street(public={-200})
    await house.sweep(street)
    (run,) = await house.runs()

    await house.resources.steering.send_nevertheless(house.admin, run_id=run.run_id)
    house.clock.pass_(timedelta(minutes=5))
    await house.sweep(street)

    assert chats(await house.letters()) == [-200]


@pytest.mark.parametrize(
    ("group", "is_public", "held"),
    [
        (-300, False, True),  # a group that nobody knows
        (-400, False, True),  # one into which everybody gets
        (-500, False, False),  # the members' own
        (-500, True, True),
    ],
)
async def test_what_a_channel_posts_is_seen_in_its_discussion_group(
    house: House, group: int, *, is_public: bool, held: bool
) -> None:
    for chat_id, role in ((-200, "members"), (-400, "lobby"), (-500, "members")):
        await house.bind(chat_id, role)
    await house.confirmed(to=None, places=(Place(-200),), least_tier="annual")
    await house.confirmed("随便看", to=None, places=(Place(-200),))

    await house.sweep(Street({group} if is_public else set(), {-200: group}))

    guarded, free = sorted(await house.runs(), key=lambda run: run.post_id)
    assert guarded.troubles == (("discussed:-200",) if held else ())
    assert free.troubles == ()


async def shelved(house: House, tier: str | None = None) -> Resource:
    made = await house.resources.library.make(
        house.admin, content=Content("选品打分表"), least_tier=tier
    )
    return await house.resources.library.publish(house.admin, resource_id=made.resource_id)


async def test_what_the_library_guards_higher_by_now_is_not_given_away(house: House) -> None:
    await house.people(2, tier="course")
    resource = await shelved(house, "course")
    begun = await house.resources.composing.from_resource(
        house.admin, resource_id=resource.resource_id
    )
    wanted = await house.draft(to="members")
    await house.confirm(
        await house.resources.composing.begin(
            house.admin,
            Composition(
                begun.composed.content,
                resource_id=resource.resource_id,
                audience=wanted.composed.audience,
            ),
        )
    )
    await house.resources.library.limit_to(
        house.admin, resource_id=resource.resource_id, least_tier="annual"
    )

    await finish(house)

    (run,) = await house.runs()
    assert (run.state, run.troubles) == (
        RunState.PREFLIGHT_FAILED,
        (f"guarded:{resource.resource_id}",),
    )


async def test_a_button_leads_to_what_is_in_the_library(house: House) -> None:
    await house.people(2)
    resource = await shelved(house)
    buttons = (Button("打开", resource_id=resource.resource_id),)
    wanted = (await house.draft(to="members")).composed.audience
    post = Composition(Content("有", buttons=buttons), audience=wanted)
    await house.confirm(await house.resources.composing.begin(house.admin, post))
    await house.resources.library.archive(house.admin, resource_id=resource.resource_id)

    await finish(house)

    (run,) = await house.runs()
    assert run.troubles == (f"button:{resource.resource_id}",)
    with pytest.raises(Invalid, match="no_resource"):
        await house.resources.composing.begin(
            house.admin, Composition(Content("无", buttons=(Button("打开", resource_id=999),)))
        )


async def places_of(house: House) -> dict[int, tuple[CopyState, str | None]]:
    (run,) = await house.runs()
    copies = await house.copies(run.run_id)
    return {one.chat_id: (one.state, one.reason) for one in copies if one.member_id is None}


async def test_a_place_that_became_public_while_a_run_was_held_gets_nothing(both: House) -> None:
    for chat_id in (-200, -210):
        await both.bind(chat_id, "members")
    await both.confirmed(to=None, places=(Place(-200), Place(-210)), least_tier="annual")
    await both.sweep()
    (run,) = await both.runs()
    await both.resources.steering.pause(both.admin, run_id=run.run_id)
    street = Street(groups={-210: -300})

    street.public.add(-200)
    await both.resources.steering.resume(both.admin, run_id=run.run_id)
    await both.sweep(street)

    assert await places_of(both) == {
        -200: (CopyState.SKIPPED, "public"),
        -210: (CopyState.SKIPPED, "discussed"),
    }


async def test_a_missed_time_is_not_sent_to_a_place_that_became_public(house: House) -> None:
    await house.bind(-200, "members")
    asking = replace(EVENING, missed=Missed.ASK)
    await house.confirmed(to=None, places=(Place(-200),), least_tier="annual", schedule=asking)
    house.clock.pass_(timedelta(days=1))
    await house.sweep()
    (asked,) = await house.runs()

    await house.resources.steering.send_nevertheless(house.admin, run_id=asked.run_id)
    await house.sweep(Street(public={-200}))

    assert asked.state is RunState.ASKING
    assert await places_of(house) == {-200: (CopyState.SKIPPED, "public")}
    assert await house.letters() == []


async def test_what_was_forced_for_one_fault_is_not_shown_to_the_world(house: House) -> None:
    await house.bind(-200, "members")
    await house.confirmed(to=None, places=(Place(-200),), least_tier="annual")
    await house.sweep(Street(groups={-200: -300}))
    (run,) = await house.runs()

    await house.resources.steering.send_nevertheless(house.admin, run_id=run.run_id)
    await house.sweep(Street({-200}, {-200: -300}))

    assert await places_of(house) == {-200: (CopyState.SKIPPED, "public")}


async def test_new_words_do_not_go_to_a_place_that_became_public(house: House) -> None:
    await house.bind(-200, "members")
    await house.confirmed(to=None, places=(Place(-200),), least_tier="annual")
    await finish(house)
    (run,) = await house.runs()

    await house.resources.mending.correct(
        house.admin, run_id=run.run_id, content=Content("更正后的选品")
    )
    await house.sweep(Street(public={-200}))

    report = await house.resources.reporting.report(house.admin, run_id=run.run_id)
    assert await house.letters("post_correction") == []
    assert report.not_mended == 1
