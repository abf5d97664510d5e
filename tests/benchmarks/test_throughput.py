from statistics import quantiles

import pytest

from tests.benchmarks import variants
from tests.benchmarks.rounds import Target, run_suite, table

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]


@pytest.mark.parametrize("round_trip", [0, 60])
def test_sending(round_trip: int, postgres_server: str) -> None:
    figures = run_suite("sending", count=1000, round_trip=round_trip, postgres=postgres_server)

    ours = variants.OURS_SENDING
    targets = (
        Target(ours, "aiogram", 0.9),
        Target(ours, "PTB default", 5),
        Target(variants.OURS_ON_SQLITE, ours, 0.6),
        Target(variants.OURS_ON_POSTGRES, ours, 0.33),
    )
    print(table(f"Sending, {round_trip} ms round trip", figures, *targets))


@pytest.mark.parametrize("round_trip", [0, 60])
def test_echoing(round_trip: int) -> None:
    figures = run_suite("echoing", count=500, round_trip=round_trip)

    ours = variants.OURS_ECHOING
    far = (Target(ours, "PTB concurrent", 10),) if round_trip else ()
    targets = (Target(ours, "aiogram", 1), *far)
    print(table(f"Echo bots, {round_trip} ms round trip", figures, *targets))


@pytest.mark.parametrize("round_trip", [0, 60])
def test_an_answer_to_me(round_trip: int) -> None:
    figures = run_suite("me", count=100, round_trip=round_trip)

    waits = [wait for run in figures[variants.OUR_WHOLE_BOT] for wait in run.latencies]
    cuts = quantiles(waits, n=100)
    print(
        f"\nAnswer to /me, {round_trip} ms round trip: p50 {1000 * cuts[49]:.0f} ms,"
        f" p99 {1000 * cuts[98]:.0f} ms"
    )
