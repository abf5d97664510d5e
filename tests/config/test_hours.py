"""Working hours as owners write them; what cannot be meant is refused in one sentence."""

import pytest

from community_bot.config.hours import in_words, intervals
from community_bot.config.loading import parse
from community_bot.errors import ConfigError, Invalid

REST = {
    "telegram": {"token": "123456789:a_token_that_only_has_the_shape_of_one"},
    "community": {"name": "同行会", "owners": [1]},
}


def test_intervals_come_in_order_whatever_the_keyboard() -> None:
    hours = intervals(["13:30－18:30", "9：30 - 12:00"])

    assert hours == ((570, 720), (810, 1110))
    assert in_words(hours) == ("09:30-12:00", "13:30-18:30")


def test_a_day_may_last_until_midnight_and_begin_there() -> None:
    assert intervals(["00:00-24:00"]) == ((0, 1440),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12:00-09:30", "order"),
        ("09:00-09:00", "order"),
        ("24:00-24:00", "form"),
        ("9h-12h", "form"),
        ("09:60-12:00", "form"),
        ("09:00-25:00", "form"),
        ("09:00-24:01", "form"),
        ("", "form"),
    ],
)
def test_an_odd_interval_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        intervals([text])

    assert (refused.value.reason, refused.value.facts["given"]) == (reason, text)


@pytest.mark.parametrize(
    ("calendar", "key", "wanted"),
    [
        ({"hours": ["12:00-09:30"]}, "calendar.hours", '"12:00-09:30" ends before it begins'),
        ({"hours": ["9h-12h"]}, "calendar.hours", 'is written like "09:30-12:00"'),
        ({"hours": ["09:00-12:00", "11:00-13:00"]}, "calendar.hours", "overlaps"),
        ({"hours": []}, "calendar.hours", "give at least one"),
        ({"other_hours": {"sat": ["x"]}}, "calendar.other_hours.sat", "is written like"),
        ({"other_hours": {"saturday": []}}, "calendar.other_hours.saturday", "'sat'"),
        ({"weekdays": []}, "calendar", "name one at least"),
        ({"weekdays": ["monday"]}, "calendar.weekdays", "'mon'"),
        ({"holidays": "germany"}, "calendar.holidays", "'china' or 'none'"),
    ],
)
def test_odd_hours_are_one_sentence_that_names_the_key(
    calendar: dict[str, object], key: str, wanted: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        parse({**REST, "calendar": calendar})

    assert refused.value.key.startswith(key)
    assert wanted in refused.value.wanted


def test_a_community_may_work_on_saturdays_alone() -> None:
    calendar = {"weekdays": [], "other_hours": {"sat": ["10:00-12:00"]}, "holidays": "none"}

    assert parse({**REST, "calendar": calendar}).calendar.other_hours == {"sat": ("10:00-12:00",)}
