"""Who holds, who came and who left: reckoned from rights alone."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from community_bot.insight.overview_rules import Right, month_starts, movement, series

DAY = timedelta(days=1)
NOW = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)
THEN = NOW - 30 * DAY
DAYS = st.integers(-400, 400)


def right(member_id: int, begin: int, end: int | None, tier: str = "annual") -> Right:
    """Give somebody a tier from one day to another, counted from now."""
    rank = {"course": 10, "annual": 20}[tier]
    ends_at = None if end is None else NOW + end * DAY
    return Right(member_id, tier, rank, NOW + begin * DAY, ends_at)


@given(
    st.lists(
        st.builds(
            right,
            st.integers(1, 6),
            DAYS,
            DAYS | st.none(),
            st.sampled_from(("course", "annual")),
        ),
        max_size=20,
    )
)
def test_who_came_and_who_left_explains_every_change(rights: list[Right]) -> None:
    moved = movement(rights, since=THEN, until=NOW)

    assert moved.members == moved.before + moved.joined + moved.returned - moved.left
    assert sum(held for _, held in moved.tiers) == moved.members
    assert series(rights, (THEN, NOW)) == (moved.before, moved.members)
    assert moved.ending <= moved.members


def test_each_way_of_coming_and_going_is_its_own() -> None:
    rights = [
        right(1, -200, 100),  # stayed
        right(2, -10, 300),  # joined
        right(3, -400, -100),
        right(3, -5, 300),  # came back
        right(4, -200, -3),  # left
        right(5, -20, -10),  # came and went
        right(6, -300, 10),  # ends soon
        right(7, -300, 10),
        right(7, 10, 375),  # renewed in time: it does not end soon
        right(8, -50, None, "course"),  # for ever
        right(8, -50, 200),  # and the higher tier counts
        right(9, -50, None, "course"),
    ]

    moved = movement(rights, since=THEN, until=NOW)

    assert (moved.members, moved.before) == (7, 6)
    assert (moved.joined, moved.returned, moved.left, moved.ending) == (1, 1, 1, 1)
    assert moved.tiers == (("annual", 6), ("course", 1))


def test_months_begin_with_their_first_moment() -> None:
    starts = month_starts(datetime(2026, 2, 28, 9, 30, tzinfo=UTC), months=3)

    assert [start.isoformat() for start in starts] == [
        "2025-12-01T00:00:00+00:00",
        "2026-01-01T00:00:00+00:00",
        "2026-02-01T00:00:00+00:00",
    ]
