"""The directory: who sees what of a partner, and how a wish to meet one is seen to."""

from datetime import timedelta

import pytest

from community_bot.errors import AlreadyDone, Invalid, LimitReached, NotAllowed, NotFound
from community_bot.people.roles import Actor, Role
from community_bot.resources.introduction_rules import IntroductionState
from community_bot.resources.partner_facts import Introduction, Partner
from community_bot.resources.partner_rules import PartnerKind
from tests.resources.house import ADMIN, OTHER, OWNER, House, chats

WISH = "每月两个货柜到费利克斯托，想问清关和尾程"
CONTACT = "微信 haiyun-li"


async def listed(house: House, name: str = "海运通", **more: str | None) -> Partner:
    """Let an admin write a partner down and list it."""
    keeping = house.resources.partner_keeping
    made = await keeping.add(
        house.admin,
        kind=PartnerKind.LOGISTICS,
        name=name,
        tags=["uk", "海运"],
        contact=CONTACT,
        about="英国专线，双清包税",
    )
    if more.get("least_tier"):
        await keeping.set_tier(
            house.admin, partner_id=made.partner_id, least_tier=more["least_tier"]
        )
    return await keeping.list(house.admin, partner_id=made.partner_id)


async def wished(house: House, member_id: int, partner: Partner) -> Introduction:
    return await house.resources.introductions.ask(
        house.actor(member_id), partner_id=partner.partner_id, wish=WISH
    )


async def test_a_locked_partner_shows_its_name_and_the_way_up_alone(both: House) -> None:
    (annual,) = await both.people(1)
    (course,) = await both.people(1, tier="course", first=2000)
    partner = await listed(both, least_tier="annual")

    locked = await both.resources.partners.open(both.actor(course), partner_id=partner.partner_id)
    opened = await both.resources.partners.open(both.actor(annual), partner_id=partner.partner_id)
    with pytest.raises(NotAllowed):
        await wished(both, course, partner)

    assert (locked.is_locked, locked.name, locked.about, locked.tags) == (True, "海运通", "", ())
    assert locked.level is not None
    assert locked.level.code == "annual"
    assert opened.about == "英国专线，双清包税"
    assert {tag.code for tag in opened.tags} == {"UK", "海运"}
    assert CONTACT not in repr((locked, opened))


async def test_partners_are_found_by_kind_and_by_tag(house: House) -> None:
    (member,) = await house.people(1)
    partner = await listed(house)
    reading, actor = house.resources.partners, house.actor(member)

    front = await reading.directory()
    by_kind = await reading.page(actor, kind=PartnerKind.LOGISTICS)
    other = await reading.page(actor, kind=PartnerKind.INFLUENCERS)
    by_tag = await reading.page(actor, topic_id=front.tags[0][0].topic_id, number=7)

    assert front.kinds == ((PartnerKind.LOGISTICS, 1),)
    assert [line.partner_id for line in by_kind.lines] == [partner.partner_id]
    assert other.lines == ()
    assert (len(by_tag.lines), by_tag.number) == (1, 0)


async def test_what_is_not_listed_is_found_by_nobody(house: House) -> None:
    (member,) = await house.people(1)
    partner = await listed(house)
    keeping = house.resources.partner_keeping
    await keeping.take_off(house.admin, partner_id=partner.partner_id)

    with pytest.raises(NotFound):
        await house.resources.partners.open(house.actor(member), partner_id=partner.partner_id)
    with pytest.raises(NotFound):
        await wished(house, member, partner)
    with pytest.raises(AlreadyDone):
        await keeping.take_off(house.admin, partner_id=partner.partner_id)

    assert (await house.resources.partners.directory()).partners == 0
    assert [one.name for one in await keeping.all(house.admin)] == ["海运通"]


@pytest.mark.parametrize(
    ("name", "contact", "about", "field"),
    [
        ("", "c", "a", "partner_name"),
        ("长" * 81, "c", "a", "partner_name"),
        ("n", " ", "a", "partner_contact"),
        ("n", "c", "", "partner_about"),
    ],
)
async def test_a_partner_needs_a_name_a_contact_and_words(
    house: House, name: str, contact: str, about: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await house.resources.partner_keeping.add(
            house.admin,
            kind=PartnerKind.OTHER,
            name=name,
            tags=[],
            contact=contact,
            about=about,
        )

    assert refused.value.field == field
    assert await house.resources.partner_keeping.all(house.admin) == []


async def test_only_admins_keep_the_directory_and_see_to_cases(house: House) -> None:
    (member,) = await house.people(1)
    case = await wished(house, member, await listed(house))
    mentor = Actor(9, frozenset({Role.MENTOR}))

    with pytest.raises(NotAllowed):
        await house.resources.partner_keeping.all(mentor)
    with pytest.raises(NotAllowed):
        await house.resources.introductions.take(mentor, introduction_id=case.introduction_id)
    with pytest.raises(NotAllowed):
        await house.resources.introductions.ask(
            Actor(10, frozenset({Role.GUEST})), partner_id=case.partner_id, wish=WISH
        )


async def test_a_wish_becomes_a_case_that_is_told_on_both_ends(both: House) -> None:
    (member,) = await both.people(1)
    service = both.resources.introductions

    case = await wished(both, member, await listed(both))
    number = case.introduction_id
    asked = await both.letters("introduction_card")
    taken = await service.take(both.admin, introduction_id=number)
    with pytest.raises(AlreadyDone) as late:
        await service.take(both.other, introduction_id=number)
    made = await service.make(both.other, introduction_id=number)

    assert chats(asked) == [OWNER, ADMIN, OTHER]
    assert taken.taken_by_name == "艾管"
    assert late.value.by == "艾管"
    assert made.introduction.state is IntroductionState.MADE
    assert chats(await both.letters("introduction_taken")) == [member]
    (letter,) = await both.letters("introduction_made")
    assert (letter.chat_id, letter.facts["words"]) == (member, CONTACT)
    (mine,) = await service.mine(both.actor(member))
    assert (mine.state, mine.reply) == (IntroductionState.MADE, CONTACT)


async def test_what_is_declined_says_why_and_can_be_asked_again(house: House) -> None:
    (member,) = await house.people(1)
    partner = await listed(house)
    case = await wished(house, member, partner)

    with pytest.raises(Invalid):
        await house.resources.introductions.decline(
            house.admin, introduction_id=case.introduction_id, reason=" "
        )
    await house.resources.introductions.decline(
        house.admin, introduction_id=case.introduction_id, reason="本月仓位已满"
    )
    again = await wished(house, member, partner)

    (letter,) = await house.letters("introduction_declined")
    assert letter.facts["reason"] == "本月仓位已满"
    assert again.introduction_id != case.introduction_id


async def test_the_same_two_are_introduced_once_at_a_time(both: House) -> None:
    (member,) = await both.people(1)
    partner = await listed(both)
    case = await wished(both, member, partner)

    with pytest.raises(AlreadyDone):
        await wished(both, member, partner)
    await both.resources.introductions.withdraw(
        both.actor(member), introduction_id=case.introduction_id
    )

    assert (await wished(both, member, partner)).state is IntroductionState.ASKED


async def test_nobody_has_more_than_three_open_wishes(house: House) -> None:
    (member,) = await house.people(1)
    for name in ("甲", "乙", "丙"):
        await wished(house, member, await listed(house, name))

    with pytest.raises(LimitReached):
        await wished(house, member, await listed(house, "丁"))


async def test_a_case_of_somebody_else_does_not_exist(house: House) -> None:
    member, stranger = await house.people(2)
    case = await wished(house, member, await listed(house))

    with pytest.raises(NotFound):
        await house.resources.introductions.own(
            house.actor(stranger), introduction_id=case.introduction_id
        )
    with pytest.raises(NotFound):
        await house.resources.introductions.withdraw(
            house.actor(stranger), introduction_id=case.introduction_id
        )


async def test_the_clock_counts_working_time_and_lateness_is_owned_up_to(both: House) -> None:
    (member,) = await both.people(1)
    case = await wished(both, member, await listed(both))
    clock = both.resources.introduction_clock

    await clock.sweep(both.clock.now())
    too_early = await both.letters("introduction_near")
    both.clock.pass_(timedelta(days=1, hours=1))
    await clock.sweep(both.clock.now())
    await clock.sweep(both.clock.now())
    near = await both.letters("introduction_near")
    both.clock.pass_(case.due_at - both.clock.now())
    await clock.sweep(both.clock.now())
    await clock.sweep(both.clock.now())

    assert too_early == []
    assert chats(near) == [OWNER, ADMIN, OTHER]
    assert chats(await both.letters("introduction_late")) == [OWNER, ADMIN, OTHER]
    assert chats(await both.letters("introduction_delayed")) == [member]


async def test_whoever_has_taken_a_case_is_reminded_alone(house: House) -> None:
    (member,) = await house.people(1)
    case = await wished(house, member, await listed(house))
    await house.resources.introductions.take(house.other, introduction_id=case.introduction_id)

    house.clock.pass_(timedelta(days=1, hours=1))
    await house.resources.introduction_clock.sweep(house.clock.now())

    assert chats(await house.letters("introduction_near")) == [OTHER]


async def test_ratings_are_of_those_who_were_introduced_and_shown_from_three_on(
    both: House,
) -> None:
    members = await both.people(4)
    partner = await listed(both)
    for member in members[:3]:
        case = await wished(both, member, partner)
        await both.resources.introductions.make(
            both.admin, introduction_id=case.introduction_id, words="已拉群"
        )
    rate, number = both.resources.partners.rate, partner.partner_id

    await rate(both.actor(members[0]), partner_id=number, stars=1)
    await rate(both.actor(members[0]), partner_id=number, stars=4)
    few = await rate(both.actor(members[1]), partner_id=number, stars=5)
    enough = await rate(both.actor(members[2]), partner_id=number, stars=5)
    with pytest.raises(NotAllowed):
        await rate(both.actor(members[3]), partner_id=number, stars=5)
    with pytest.raises(Invalid):
        await rate(both.actor(members[0]), partner_id=number, stars=6)

    assert (few.ratings, few.rating) == (2, None)
    assert (enough.ratings, enough.rating, enough.own_stars) == (3, 4.7, 5)


async def test_a_week_after_an_introduction_the_member_is_asked_how_it_was(house: House) -> None:
    (member,) = await house.people(1)
    case = await wished(house, member, await listed(house))
    await house.resources.introductions.make(house.admin, introduction_id=case.introduction_id)
    clock = house.resources.introduction_clock

    house.clock.pass_(timedelta(days=6))
    await clock.sweep(house.clock.now())
    early = await house.letters("partner_rating_wanted")
    house.clock.pass_(timedelta(days=1))
    await clock.sweep(house.clock.now())
    await clock.sweep(house.clock.now())

    assert early == []
    assert chats(await house.letters("partner_rating_wanted")) == [member]


async def test_whoever_is_forgotten_waits_for_nobody_any_more(house: House) -> None:
    (member,) = await house.people(1)
    case = await wished(house, member, await listed(house))

    async with house.storage.work() as unit:
        await house.resources.introductions.leave(unit, house.admin, member)
        await unit.commit()

    found = await house.resources.introductions.one(
        house.admin, introduction_id=case.introduction_id
    )
    assert found.introduction.state is IntroductionState.WITHDRAWN
