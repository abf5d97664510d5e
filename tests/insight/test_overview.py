"""The community in figures: counted anew from what is stored, on both databases."""

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from community_bot.clock import StandingClock
from community_bot.errors import Invalid, NotAllowed
from community_bot.insight import growth
from community_bot.insight.overview import Overviews
from community_bot.insight.overview_facts import Month
from community_bot.money import Money
from community_bot.people.roles import Actor, Role
from community_bot.storage.unit import Storage
from tests.tickets.staffing import ADMIN, LEO, OWNER, WANG, Staffed, staffed

FINANCE = Actor(3, frozenset({Role.FINANCE}))


@pytest.fixture
async def desk(storage: Storage, clock: StandingClock) -> Staffed:
    return await staffed(storage, clock)


async def granted(desk: Staffed, member_id: int) -> None:
    await desk.community.grants.give(
        OWNER, member_id=member_id, plan_code="annual_year", reason="老会员"
    )


async def test_members_questions_and_searches_are_counted(desk: Staffed) -> None:
    await granted(desk, WANG)
    number = await desk.asks()
    await desk.claiming.claim(LEO, ticket_id=number)
    desk.clock.pass_(timedelta(minutes=30))
    await desk.answers(LEO, number)
    await desk.asks()
    desk.clock.pass_(timedelta(minutes=1))

    month = await Overviews(desk.community).over(FINANCE, days=30)
    desk.clock.pass_(timedelta(days=2))
    day = await Overviews(desk.community).over(ADMIN, days=1)

    assert (month.movement.members, month.movement.joined) == (1, 1)
    assert [(one.code, one.members) for one in month.tiers] == [("annual", 1)]
    assert (month.desk.opened, month.desk.first_answers) == (2, 1)
    assert (month.cash, month.orders_paid, month.orders_waiting) == ((), 0, 0)
    assert (day.movement.joined, day.movement.before, day.desk.opened) == (0, 1, 0)


async def test_figures_are_for_those_who_run_the_community(desk: Staffed) -> None:
    overviews = Overviews(desk.community)

    with pytest.raises(NotAllowed):
        await overviews.over(LEO, days=30)
    with pytest.raises(NotAllowed):
        await overviews.months(LEO)
    for days in (0, -1, 367):
        with pytest.raises(Invalid):
            await overviews.over(ADMIN, days=days)


async def test_twelve_months_end_with_this_one(desk: Staffed) -> None:
    await granted(desk, WANG)

    months = await Overviews(desk.community).months(ADMIN)

    assert [month.first_day for month in months[-2:]] == [date(2026, 2, 1), date(2026, 3, 1)]
    assert [month.members for month in months] == [0] * 11 + [1]
    assert months[-1].cash == Money(0, "CNY")


@pytest.mark.parametrize("minor", [0, 888_800, 10**11, -269_900])
def test_any_year_becomes_a_picture(minor: int) -> None:
    months = [
        Month(date(2025 + (month > 8), (month + 3) % 12 + 1, 1), 40 * month, Money(minor, "CNY"))
        for month in range(12)
    ]

    picture = Image.open(io.BytesIO(growth.draw(months)))

    assert picture.size == (960, 640)
    assert len(picture.getcolors(10**6) or []) > 20


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "0"), (8888, "8,888"), (12_400, "12.4k"), (50_000, "50k"), (1_234_567, "1,234.6k")],
)
def test_large_numbers_are_written_short(number: int, written: str) -> None:
    assert growth.short(number) == written
