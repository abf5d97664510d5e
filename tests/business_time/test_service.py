"""The calendar of a community: what admins set above the holidays, and what owners are told."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from community_bot.business_time.facts import Day, Origin
from community_bot.business_time.notices import HolidaysUnknown
from community_bot.clock import StandingClock
from community_bot.community import Community
from community_bot.config.loading import parse
from community_bot.delivery.contents import unpack
from community_bot.delivery.rows import DeliveryRow
from community_bot.errors import Invalid, NotAllowed, NotFound
from community_bot.ids import CountingIds
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.unit import Storage

OWNER = 1
ADMIN = Actor(2, frozenset({Role.ADMIN}))
MENTOR = Actor(3, frozenset({Role.MENTOR}))
HOUR = timedelta(hours=1)
TODAY = date(2026, 3, 2)  # a Monday
SATURDAY = date(2026, 3, 7)


def opened(storage: Storage, clock: StandingClock, **calendar: object) -> Community:
    config = parse(
        {
            "telegram": {"token": "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
            "community": {"name": "同行会", "owners": [OWNER]},
            "calendar": calendar,
        }
    )
    return Community(config, storage=storage, clock=clock, ids=CountingIds())


async def told(storage: Storage) -> list[object]:
    async with storage.read() as session:
        rows = await session.scalars(sa.select(DeliveryRow).order_by(DeliveryRow.delivery_id))
        return [unpack(row.kind, row.facts) for row in rows]


async def test_a_day_can_be_closed_given_hours_and_restored(
    storage: Storage, clock: StandingClock
) -> None:
    time = opened(storage, clock).business_time

    await time.close(ADMIN, day=TODAY, note="  公司 团建 ")
    await time.open(ADMIN, day=SATURDAY, hours="10：00-12：00， 14:00-15:00", note="补班")
    month = await time.month(year=2026, month=3)

    assert month.days[1] == Day(TODAY, (), Origin.SET, "公司 团建")
    assert month.days[6] == Day(SATURDAY, ((600, 720), (840, 900)), Origin.SET, "补班")
    calendar = await time.calendar()
    assert calendar.next_opening(clock.now()) == datetime(2026, 3, 3, 1, 30, tzinfo=UTC)
    await time.restore(ADMIN, day=TODAY)
    assert (await time.calendar()).is_open(clock.now())
    async with storage.read() as session:
        entries = await journal.entries_of(session, "calendar", TODAY.isoformat())
    assert [entry.action for entry in entries] == ["set_day", "restore_day"]


async def test_another_process_sees_what_was_set(storage: Storage, clock: StandingClock) -> None:
    here, there = opened(storage, clock).business_time, opened(storage, clock).business_time
    before = await there.calendar()

    await here.close(ADMIN, day=TODAY)

    assert await there.calendar() is not before
    assert await there.calendar() is await there.calendar()
    assert not (await there.calendar()).is_open(clock.now())


async def test_only_admins_set_days_and_only_in_the_time_ahead(
    storage: Storage, clock: StandingClock
) -> None:
    time = opened(storage, clock).business_time
    yesterday = TODAY - timedelta(days=1)

    with pytest.raises(NotAllowed):
        await time.close(MENTOR, day=TODAY)
    with pytest.raises(Invalid, match="past"):
        await time.close(ADMIN, day=yesterday)
    with pytest.raises(Invalid, match="far"):
        await time.close(ADMIN, day=date(2062, 3, 2))
    for hours in ("", "，", "morning", "12:00-09:00", "09:00-12:00, 11:00-13:00"):
        with pytest.raises(Invalid, match="hours"):
            await time.open(ADMIN, day=TODAY, hours=hours)
    with pytest.raises(NotFound):
        await time.restore(ADMIN, day=TODAY)
    assert (await time.calendar()).is_open(clock.now())


async def test_holidays_and_make_up_days_are_shown_for_what_they_are(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    time = opened(sqlite_storage, clock).business_time

    october = await time.month(year=2026, month=10)

    assert october.is_known
    assert october.days[0] == Day(date(2026, 10, 1), (), Origin.HOLIDAY)
    assert october.days[9] == Day(date(2026, 10, 10), ((570, 720), (810, 1110)), Origin.MADE_UP)
    assert october.days[10] == Day(date(2026, 10, 11), (), Origin.WEEKDAY)
    assert october.working_days == 18
    assert not (await time.month(year=2027, month=1)).is_known


async def test_weekdays_may_have_hours_of_their_own(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    other = {"fri": ["09:00-12:00"], "sat": ["10:00-24:00"]}
    time = opened(
        sqlite_storage, clock, hours=["09:00-17:00"], holidays="none", other_hours=other
    ).business_time

    calendar = await time.calendar()

    assert [calendar.hours_of(TODAY + timedelta(days=number)) for number in range(7)] == [
        *[((540, 1020),)] * 4,
        ((540, 720),),
        ((600, 1440),),
        (),
    ]


@pytest.mark.parametrize(
    ("now", "years"),
    [
        (datetime(2026, 10, 31, 15, tzinfo=UTC), []),
        (datetime(2026, 10, 31, 16, tzinfo=UTC), [2027]),  # November has begun in Shanghai
        (datetime(2026, 12, 31, 15, tzinfo=UTC), [2027]),
        (datetime(2027, 5, 3, 4, tzinfo=UTC), [2027]),
        (datetime(2027, 11, 3, 4, tzinfo=UTC), [2027, 2028]),
    ],
)
async def test_owners_are_told_of_years_without_holidays(
    sqlite_storage: Storage, clock: StandingClock, now: datetime, years: list[int]
) -> None:
    time = opened(sqlite_storage, clock).business_time

    assert await time.warn_ahead(now) == years
    assert await time.warn_ahead(now + HOUR / 2) == years

    assert await told(sqlite_storage) == [HolidaysUnknown(year, 0) for year in years]


async def test_who_entered_the_year_by_hand_is_left_in_peace(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    time = opened(sqlite_storage, clock).business_time
    november = datetime(2026, 11, 5, tzinfo=UTC)
    for number in range(1, 7):
        await time.close(ADMIN, day=date(2027, 10, number), note="国庆")
    await time.warn_ahead(november)

    await time.close(ADMIN, day=date(2027, 10, 7), note="国庆")

    assert await time.warn_ahead(november + timedelta(days=30)) == []
    assert await told(sqlite_storage) == [HolidaysUnknown(2027, 6)]


async def test_a_community_without_holidays_is_told_nothing(
    sqlite_storage: Storage, clock: StandingClock
) -> None:
    time = opened(sqlite_storage, clock, holidays="none").business_time

    assert await time.warn_ahead(datetime(2026, 12, 5, tzinfo=UTC)) == []
    assert (await time.calendar()).is_open(datetime(2026, 10, 1, 2, tzinfo=UTC))
