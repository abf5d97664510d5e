"""The audit is done once a night, and what it finds is told to those who look after money."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from community_bot.billing.audit_notices import AuditFound
from community_bot.billing.auditor import Finding
from community_bot.clock import StandingClock
from community_bot.community import Community
from community_bot.config.loading import parse
from community_bot.delivery.contents import unpack
from community_bot.delivery.rows import DeliveryRow
from community_bot.ids import CountingIds
from community_bot.people.roles import Actor, Role
from community_bot.people.service import Person
from community_bot.scheduling.audits import INVARIANTS, NAMED, Audits, night_of
from community_bot.storage.unit import Storage
from handlers.texts import audit as texts
from handlers.texts.words import words

OWNER, FINANCE, ADMIN = 1, 2, 3
HALF_PAST_THREE = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)  # on the third of March in Shanghai


@pytest.fixture
async def community(storage: Storage, clock: StandingClock) -> Community:
    config = parse(
        {
            "telegram": {"token": "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
            "community": {"name": "同行会", "owners": [OWNER]},
            "tiers": [
                {"code": "guest", "name": {"zh": "访客", "en": "Guest"}, "rank": 0},
                {"code": "annual", "name": {"zh": "年费", "en": "Annual"}, "rank": 20, "seats": 99},
            ],
        }
    )
    opened = Community(config, storage=storage, clock=clock, ids=CountingIds())
    await opened.tiers.apply(config.tiers)
    owner = Actor(OWNER, frozenset({Role.OWNER}))
    for member_id, role in ((FINANCE, Role.FINANCE), (ADMIN, Role.ADMIN)):
        await opened.people.meet(Person(member_id, str(member_id), None, "zh"))
        await opened.people.give_role(owner, member_id=member_id, role=role)
    return opened


async def taken_over(community: Community, people: int = 1) -> None:
    """Let so many members be imported."""
    lines = [f"{1000 + number},,annual,2999-12-31," for number in range(people)]
    text = "\n".join(["member_id,claim,tier,until,note", *lines])
    await community.imports.take_over(Actor(OWNER, frozenset({Role.OWNER})), text=text)


async def broken(community: Community, damage: str) -> None:
    async with community.storage.work() as unit:
        await unit.session.execute(sa.text(damage))
        await unit.commit()


async def told(community: Community) -> list[tuple[int, object]]:
    async with community.storage.read() as session:
        rows = await session.execute(
            sa.select(DeliveryRow.chat_id, DeliveryRow.kind, DeliveryRow.facts)
            .where(DeliveryRow.kind == "audit_found")
            .order_by(DeliveryRow.delivery_id)
        )
        return [(row.chat_id, unpack(row.kind, row.facts)) for row in rows]


async def test_a_finding_is_told_to_owners_and_finance_and_to_nobody_else(
    community: Community,
) -> None:
    await taken_over(community)
    await broken(community, "UPDATE tiers SET seats = 0 WHERE code = 'annual'")

    findings = await Audits(community).nightly()

    found = AuditFound("seats_are_never_more_than_there_are", "tier", ("annual",), 1)
    assert findings == [Finding("seats_are_never_more_than_there_are", "annual")]
    assert await told(community) == [(OWNER, found), (FINANCE, found)]


async def test_a_night_is_audited_once_however_often_the_program_starts(
    community: Community, clock: StandingClock
) -> None:
    await taken_over(community)
    await broken(community, "UPDATE entitlements SET reason = NULL")

    nights = [await Audits(community).nightly() for _ in range(3)]
    clock.pass_(HALF_PAST_THREE - clock.now() - timedelta(seconds=1))
    nights.append(await Audits(community).nightly())
    clock.pass_(timedelta(seconds=1))
    nights.append(await Audits(community).nightly())

    assert [night is not None for night in nights] == [True, False, False, False, True]
    assert len(await told(community)) == 2 * 2


async def test_many_findings_of_one_kind_are_one_notice(community: Community) -> None:
    await taken_over(community, people=NAMED + 5)
    await broken(community, "UPDATE entitlements SET reason = NULL")

    await Audits(community).nightly()

    (_, found), _ = await told(community)
    assert isinstance(found, AuditFound)
    assert (len(found.keys), found.count) == (NAMED, NAMED + 5)


async def test_a_quiet_night_is_told_to_nobody(community: Community) -> None:
    assert await Audits(community).nightly() == []
    assert await told(community) == []


def test_the_night_begins_at_half_past_three() -> None:
    day = datetime(2026, 3, 3, tzinfo=UTC)

    assert night_of(day.replace(hour=3, minute=29)) == day.date() - timedelta(days=1)
    assert night_of(day.replace(hour=3, minute=30)) == day.date()


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_every_invariant_has_words(locale: str) -> None:
    assert set(texts.invariants(words(locale))) == set(INVARIANTS)
