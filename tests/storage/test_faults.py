"""What the database refuses is told apart: a taken key, a fault that passes, a mistake of ours."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from community_bot.clock import StandingClock
from community_bot.errors import AlreadyDone, Invalid
from community_bot.people.roles import Role
from community_bot.people.rows import StaffRoleRow
from community_bot.storage.faults import is_passing, outlast
from community_bot.storage.rows import JournalRow, LeaseRow
from community_bot.storage.unit import Storage
from tests.handlers.network import free_port


async def give_a_role(storage: Storage, clock: StandingClock) -> None:
    async with storage.work() as unit:
        unit.session.add(StaffRoleRow(member_id=7, role=Role.MENTOR, given_at=clock.now()))
        await unit.commit()


async def test_a_taken_key_is_named_alike_on_both_databases(
    storage: Storage, clock: StandingClock
) -> None:
    await give_a_role(storage, clock)

    with pytest.raises(AlreadyDone) as refusal:
        await give_a_role(storage, clock)

    assert refusal.value.what == "uq_staff_roles_member_id_role"


async def test_a_taken_primary_key_is_named_too(storage: Storage, clock: StandingClock) -> None:
    lease = {"name": "courier", "owner": "a|1|x", "token": 1, "expires_at": clock.now()}
    insert = sa.insert(LeaseRow).values(**lease)
    async with storage.work() as unit:
        await unit.session.execute(insert)
        await unit.commit()

    with pytest.raises(AlreadyDone) as refusal:
        async with storage.work() as unit:
            await unit.session.execute(insert)

    assert refusal.value.what == "pk_leases"


async def test_a_missing_value_is_a_mistake_of_ours_and_not_something_done_already(
    storage: Storage, clock: StandingClock
) -> None:
    with pytest.raises(IntegrityError):
        async with storage.work() as unit:
            await unit.session.execute(
                sa.text("INSERT INTO journal (action, subject, subject_key) VALUES ('a', 'b', 'c')")
            )


async def test_a_number_no_row_can_have_finds_nothing_or_is_refused(storage: Storage) -> None:
    found, refused = None, False
    try:
        async with storage.read() as session:
            found = await session.get(JournalRow, 2**40)
    except Invalid as refusal:
        refused = refusal.field == "number"

    assert refused or found is None


async def test_a_mistake_in_a_query_does_not_pass_by_waiting(storage: Storage) -> None:
    with pytest.raises(DBAPIError) as fault:
        async with storage.read() as session:
            await session.execute(sa.text("SELECT * FROM nowhere"))

    assert not is_passing(fault.value)


async def test_a_text_the_database_cannot_keep_does_not_pass_by_waiting(
    postgres_url: str, clock: StandingClock
) -> None:
    storage = Storage.open(postgres_url)

    with pytest.raises(DBAPIError) as fault:
        async with storage.work() as unit:
            await unit.session.execute(sa.select(sa.literal("nought: \x00")))

    assert not is_passing(fault.value)
    await storage.close()


async def test_a_server_that_is_away_may_be_back_in_a_moment() -> None:
    storage = Storage.open(f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")

    with pytest.raises(DBAPIError) as fault:
        await storage.ping()

    assert is_passing(fault.value)
    await storage.close()


async def test_a_connection_that_the_server_ended_may_be_back_in_a_moment(
    postgres_url: str,
) -> None:
    storage = Storage.open(postgres_url)

    with pytest.raises(DBAPIError) as fault:
        async with storage.work() as unit:
            await unit.session.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))

    assert is_passing(fault.value)
    await storage.ping()
    await storage.close()


async def test_a_locked_file_may_be_free_in_a_moment(sqlite_url: str) -> None:
    one, other = Storage.open(sqlite_url), Storage.open(sqlite_url)
    async with other.engines.writing.connect() as impatient:
        await impatient.exec_driver_sql("PRAGMA busy_timeout=0")
    async with one.work():
        with pytest.raises(DBAPIError) as fault:
            async with other.work():
                pass

    assert is_passing(fault.value)
    await one.close()
    await other.close()


async def test_what_waits_for_the_database_is_done_once_it_answers() -> None:
    tries: list[int] = []

    async def act() -> str:
        tries.append(1)
        if len(tries) < 3:
            storage = Storage.open(f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")
            try:
                await storage.ping()
            finally:
                await storage.close()
        return "done"

    assert await outlast(act, "this test") == "done"
    assert len(tries) == 3


async def test_what_no_waiting_mends_is_not_waited_for() -> None:
    async def act() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await outlast(act, "this test")
