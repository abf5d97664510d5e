"""Random orders of events, over SQLite and over PostgreSQL."""

import asyncio
import itertools
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import _named, _run
from tests.tickets.any_order import Questions

_CALM = [HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.mark.timeout(600)
def test_no_order_of_events_loses_a_question(sqlite_template: Path, tmp_path: Path) -> None:
    numbers = itertools.count()

    class OnSqlite(Questions):
        @staticmethod
        def open_database() -> str:
            copy = tmp_path / f"{next(numbers)}.db"
            shutil.copyfile(sqlite_template, copy)
            return f"sqlite:///{copy}"

    run_state_machine_as_test(
        OnSqlite,
        settings=settings(
            max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=_CALM
        ),
    )


@pytest.mark.postgres
@pytest.mark.timeout(600)
def test_the_same_on_postgres(postgres_server: str, postgres_template: str) -> None:
    numbers = itertools.count()

    class OnPostgres(Questions):
        @staticmethod
        def open_database() -> str:
            name = f"{postgres_template}_questions_{next(numbers)}"
            asyncio.run(_run(postgres_server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            asyncio.run(
                _run(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
            )
            return _named(postgres_server, name)

    run_state_machine_as_test(
        OnPostgres,
        settings=settings(
            max_examples=3, stateful_step_count=15, deadline=None, suppress_health_check=_CALM
        ),
    )
