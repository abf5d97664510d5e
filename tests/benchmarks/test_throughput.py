import pytest

from tests.benchmarks.rounds import Target, run_suite, table
from tests.benchmarks.variants import OURS_SENDING

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]


@pytest.mark.parametrize("round_trip", [0, 60])
def test_sending(round_trip: int) -> None:
    figures = run_suite("sending", count=1000, round_trip=round_trip)

    targets = [Target(OURS_SENDING, "aiogram", 0.9), Target(OURS_SENDING, "PTB default", 5)]
    print(table(f"Sending, {round_trip} ms round trip", figures, *targets))


@pytest.mark.parametrize("round_trip", [0, 60])
def test_echoing(round_trip: int) -> None:
    figures = run_suite("echoing", count=600, round_trip=round_trip)

    print(table(f"Echo bots, {round_trip} ms round trip", figures))
