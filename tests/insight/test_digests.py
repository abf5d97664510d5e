"""The week at the desk is told once, on Monday morning, in words that fit under its chart."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from PIL import Image

from community_bot.clock import StandingClock
from community_bot.delivery.rows import DeliveryRow
from community_bot.errors import NotAllowed
from community_bot.insight import charts
from community_bot.insight.digests import Digests, monday_of
from community_bot.insight.notices import DayFigures, DeskDigest, MentorLine
from community_bot.sandbox.entities import utf16_length
from community_bot.storage.unit import Storage
from handlers.texts.weekly import desk_digest
from handlers.texts.words import words
from tests.house.sentences import LOCALES, shown
from tests.tickets.staffing import ADMIN, LEO, OWNER, Staffed, staffed
from tests.town import living

NINE = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)  # on Monday the ninth, in Shanghai
MINUTE = timedelta(minutes=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
MOST_OF_A_CAPTION = 1024  # core.telegram.org/bots/api#sendphoto
DIGEST = DeskDigest(
    first_day=date(2026, 3, 2),
    last_day=date(2026, 3, 8),
    opened=58,
    opened_before=41,
    first_answers=55,
    first_median=68 * MINUTE,
    first_p90=180 * MINUTE,
    on_time=0.93,
    on_time_before=0.9,
    resolved=50,
    escalated=2,
    rated=30,
    praised=0.92,
    waiting=4,
    overdue=1,
    fairness=0.5,
    days=tuple(DayFigures(date(2026, 3, 2 + day), 3 * day, 2 * day) for day in range(7)),
    mentors=tuple(
        MentorLine("李" * 128, 10**6, 1234 * MINUTE, 1.0, 1.0, 1.0, 10**6) for _ in range(40)
    ),
)


@pytest.fixture
async def desk(storage: Storage, clock: StandingClock) -> Staffed:
    return await staffed(storage, clock)


async def one_answered(desk: Staffed) -> None:
    """Let a question be asked on Monday and answered within half an hour, and another wait."""
    number = await desk.asks()
    await desk.claiming.claim(LEO, ticket_id=number)
    desk.clock.pass_(30 * MINUTE)
    await desk.answers(LEO, number)
    await desk.asks()


async def test_the_week_is_told_to_admins_and_owners_once(desk: Staffed) -> None:
    await one_answered(desk)
    digests = Digests(desk.community)
    assert await digests.weekly(NINE - MINUTE) is None  # of the week before: nothing was asked

    told = await digests.weekly(NINE)
    assert await digests.weekly(NINE + 10 * MINUTE) is None

    assert told is not None
    for person in (ADMIN, OWNER):
        assert await desk.told(person.member_id, DeskDigest) == [told]
    assert await desk.told(LEO.member_id, DeskDigest) == []
    assert (told.first_day, told.last_day) == (date(2026, 3, 2), date(2026, 3, 8))
    assert (told.opened, told.first_answers, told.first_median) == (2, 1, 30 * MINUTE)
    assert (told.on_time, told.on_time_before, told.overdue) == (1.0, None, 1)
    assert [(day.opened, day.answered) for day in told.days] == [(2, 1), *[(0, 0)] * 6]
    assert [(one.name, one.answered) for one in told.mentors] == [("Leo", 1), ("Amy", 0)]


async def test_a_digest_that_was_missed_is_told_later_and_not_twice(desk: Staffed) -> None:
    await one_answered(desk)
    digests = Digests(desk.community)

    assert await digests.weekly(NINE + timedelta(days=3)) is not None
    assert await digests.weekly(NINE + timedelta(days=4)) is None
    assert await digests.weekly(NINE + timedelta(days=7)) is not None  # one still waits


async def test_a_quiet_desk_says_nothing(desk: Staffed) -> None:
    assert await Digests(desk.community).weekly(NINE) is None

    async with desk.storage.read() as session:
        kinds = await session.scalars(sa.select(DeliveryRow.kind))
    assert "desk_digest" not in set(kinds)


async def test_admins_look_at_any_time(desk: Staffed) -> None:
    await one_answered(desk)
    digests = Digests(desk.community)
    now = desk.clock.now()

    week = await digests.week(ADMIN)
    today = await digests.figures(ADMIN, since=now - timedelta(hours=2), until=now + MINUTE)

    assert (week.opened, week.last_day) == (2, date(2026, 3, 2))
    assert (today.opened, today.waiting) == (2, 1)
    with pytest.raises(NotAllowed):
        await digests.week(LEO)
    with pytest.raises(NotAllowed):
        await digests.figures(LEO, since=now, until=now)


@pytest.mark.parametrize(
    ("local", "monday"),
    [
        (datetime(2026, 3, 9, 8, 59, tzinfo=SHANGHAI), 2),
        (datetime(2026, 3, 9, 9, 0, tzinfo=SHANGHAI), 9),
        (datetime(2026, 3, 15, 23, 0, tzinfo=SHANGHAI), 9),
        (datetime(2026, 3, 10, 3, 0, tzinfo=SHANGHAI), 9),
    ],
)
def test_the_digest_is_due_on_monday_at_nine(local: datetime, monday: int) -> None:
    assert monday_of(local) == date(2026, 3, monday)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_longest_week_fits_under_a_picture(locale: str) -> None:
    said = desk_digest(words(locale), DIGEST, SHANGHAI)

    assert utf16_length(shown(said)) <= MOST_OF_A_CAPTION


def test_the_chart_is_a_picture_that_shows_both_numbers_of_each_day() -> None:
    picture = Image.open(io.BytesIO(charts.week(DIGEST)))

    assert (picture.format, picture.size) == ("PNG", (charts.WIDTH, charts.HEIGHT))
    colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or []}
    assert {(47, 109, 246), (34, 176, 125)} <= colours


def test_a_week_without_anything_can_be_drawn() -> None:
    nothing = tuple(DayFigures(day.day, 0, 0) for day in DIGEST.days)

    assert charts.week(replace(DIGEST, days=nothing, opened=0, on_time=None)).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("highest", "top", "step"),
    [(0, 1, 1), (5, 5, 1), (6, 6, 2), (11, 15, 5), (26, 30, 10), (99, 100, 20), (1234, 1500, 500)],
)
def test_a_scale_has_few_round_numbers(highest: int, top: int, step: int) -> None:
    scale = charts.scale_of([highest])

    assert (scale.top, scale.step) == (top, step)


async def test_the_digest_arrives_as_a_chart_with_words_under_it(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        await town.says(town.owner, "/start")
        async with town.community.storage.work() as unit:
            digest = replace(DIGEST, mentors=DIGEST.mentors[:2])
            await Digests(town.community)._tell(unit, digest, date(2026, 3, 9))
            await unit.commit()

        message = await town.told(town.owner, "58")

        assert "photo" in message.content
        assert "93%" in message.content["caption"]
