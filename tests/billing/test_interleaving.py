"""No order of events breaks an invariant: a few tries each time, many behind the torture marker."""

import asyncio
import itertools
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.billing.interleaving import Trade
from tests.conftest import _named, _run

CALM = [HealthCheck.too_slow, HealthCheck.data_too_large]
EXAMPLES = int(os.environ.get("COMMUNITY_BOT_TORTURE_EXAMPLES", "150"))
LONG = pytest.param(EXAMPLES, 60, marks=[pytest.mark.torture, pytest.mark.timeout(7200)])


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("examples", "steps"), [(10, 25), LONG])
def test_no_order_of_events_breaks_an_invariant(
    sqlite_template: Path, tmp_path: Path, examples: int, steps: int
) -> None:
    numbers = itertools.count()

    class OnSqlite(Trade):
        @staticmethod
        def open_database() -> str:
            copy = tmp_path / f"{next(numbers)}.db"
            shutil.copyfile(sqlite_template, copy)
            return f"sqlite:///{copy}"

    run(OnSqlite, examples, steps)


@pytest.mark.postgres
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("examples", "steps"), [(3, 15), LONG])
def test_the_same_on_postgres(
    postgres_server: str, postgres_template: str, examples: int, steps: int
) -> None:
    numbers = itertools.count()

    class OnPostgres(Trade):
        @staticmethod
        def open_database() -> str:
            name = f"{postgres_template}_trade_{next(numbers)}"
            asyncio.run(_run(postgres_server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            asyncio.run(
                _run(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
            )
            return _named(postgres_server, name)

    run(OnPostgres, examples, steps)


def run(trade: type[Trade], examples: int, steps: int) -> None:
    run_state_machine_as_test(
        trade,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=CALM,
        ),
    )
