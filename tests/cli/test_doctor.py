"""`community-bot doctor` finds what is wrong, says what to do, and exits 1 for it."""

import json
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta

import pytest

from community_bot.cli import checks_community, checks_telegram
from community_bot.cli.calling import Answer, Caller, calling
from community_bot.cli.doctor import examine
from community_bot.cli.findings import Finding, Health
from community_bot.clock import StandingClock
from community_bot.community import Community
from community_bot.config import loading
from community_bot.config.loading import Config
from community_bot.ids import CountingIds
from community_bot.people.roles import Actor, Role
from community_bot.people.service import Person
from community_bot.sandbox.facts import Chat
from community_bot.sandbox.server import Sandbox
from community_bot.storage import schema
from community_bot.storage.unit import Storage
from handlers.texts.places import WANTED
from tests.cli.conftest import TOKEN, Folder

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
OWNER = Actor(1, frozenset({Role.OWNER}))
SELLS = """
[[tiers]]
code = "annual"
rank = 10
name = { zh = "年", en = "Annual" }
plans = [{ code = "year", price = "8888.00", years = 1 }]
"""
PAYEE = """
[[payments.manual.payees]]
method = "alipay"
name = "Sellers Ltd"
account = "pay@example.com"
"""


def configured(folder: Folder, sandbox: Sandbox, rest: str = "", telegram: str = "") -> Config:
    base = f'base_url = "{sandbox.base_url}"\n{telegram}'
    return loading.load(folder.configure(telegram=base, rest=f"\n{rest}"))


async def migrate(config: Config) -> None:
    storage = Storage.open(config.database.url)
    await schema.upgrade(storage.engines)
    await storage.close()


async def bind(config: Config, chat: Chat, role: str) -> None:
    storage = Storage.open(config.database.url)
    community = Community(config, storage=storage, clock=StandingClock(NOW), ids=CountingIds())
    await community.spaces.bind(
        OWNER, chat_id=chat.id, role=role, title=chat.title or "", is_forum=chat.is_forum
    )
    await storage.close()


async def give_finance(config: Config, member_id: int) -> None:
    storage = Storage.open(config.database.url)
    community = Community(config, storage=storage, clock=StandingClock(NOW), ids=CountingIds())
    await community.people.meet(Person(member_id, "Han", None, "zh"))
    await community.people.give_role(OWNER, member_id=member_id, role=Role.FINANCE)
    await storage.close()


async def found(config: Config, what: str) -> Finding:
    """Return what is found of one thing."""
    return next(one for one in await examine(config) if one.what.startswith(what))


async def test_everything_that_is_right_is_said_to_be(folder: Folder, sandbox: Sandbox) -> None:
    config = configured(folder, sandbox, rest=SELLS + PAYEE)
    await migrate(config)
    await give_finance(config, 2)

    findings = {one.what: one.health for one in await examine(config)}

    findings.pop("calendar")  # depends on the day of the test
    assert findings == dict.fromkeys(
        ["telegram", "token", "clock", "webhook", "database", "approvals", "payments"], Health.OK
    )


async def test_a_token_that_telegram_does_not_know_is_wrong(
    folder: Folder, sandbox: Sandbox
) -> None:
    unknown = TOKEN.replace("123456789", "987654321")
    config = configured(folder, sandbox, telegram=f'token = "{unknown}"')

    token = await found(config, "token")

    assert token.health is Health.WRONG
    assert "@BotFather" in token.advice


async def test_a_telegram_out_of_reach_is_wrong_and_the_rest_is_still_looked_at(
    folder: Folder,
) -> None:
    config = loading.load(folder.configure(telegram='base_url = "http://127.0.0.1:1/bot"'))

    findings = {one.what: one.health for one in await examine(config)}

    assert findings["telegram"] is Health.WRONG
    assert {"database", "payments", "calendar"} <= findings.keys()


async def test_a_page_instead_of_telegram_is_wrong(folder: Folder, sandbox: Sandbox) -> None:
    config = configured(folder, sandbox)
    sandbox.faults.server_error(502, times=None)

    telegram = await found(config, "telegram")

    assert (telegram.health, telegram.seen) == (
        Health.WRONG,
        "cannot be reached: what answers is no Bot API",
    )


@pytest.mark.parametrize(
    ("skew", "health"), [(timedelta(seconds=5), Health.OK), (timedelta(minutes=2), Health.WRONG)]
)
def test_a_clock_that_is_off_is_wrong(skew: timedelta, health: Health) -> None:
    clock = checks_telegram.clock(Answer({}, NOW + skew), NOW)

    assert clock.health is health


async def test_an_empty_database_is_wrong(folder: Folder, sandbox: Sandbox) -> None:
    database = await found(configured(folder, sandbox), "database")

    assert database.health is Health.WRONG
    assert "db upgrade" in database.advice


async def test_a_webhook_under_polling_is_a_warning(folder: Folder, sandbox: Sandbox) -> None:
    config = configured(folder, sandbox)
    async with caller(config) as call:
        await call("setWebhook", url="http://127.0.0.1:9/elsewhere")

        webhook = await checks_telegram.webhook(call, config.telegram)

    assert webhook.health is Health.WARNING


async def test_a_missing_right_in_a_space_is_wrong_and_named(
    folder: Folder, sandbox: Sandbox
) -> None:
    config = configured(folder, sandbox)
    await migrate(config)
    world = sandbox.world
    owner, bot = world.add_person("Su"), world.bots[TOKEN]
    group = world.add_supergroup("Members", owner)
    desk = world.add_supergroup("Desk", owner, forum=True)
    channel = world.add_channel("News", owner)
    world.add_bot(owner, group, ["can_restrict_members", "can_delete_messages"], bot)
    world.add_bot(owner, desk, WANTED["desk"], bot)
    for chat, role in ((group, "members"), (desk, "desk"), (channel, "announcements")):
        await bind(config, chat, role)

    findings = {one.what: one for one in await examine(config) if one.what.startswith("rights")}

    in_group, in_desk, in_channel = (
        findings[f"rights in {what}"]
        for what in ("Members (members)", "Desk (desk)", "News (announcements)")
    )
    assert (in_group.health, in_group.seen) == (
        Health.WRONG,
        "without can_invite_users, can_manage_tags",
    )
    assert in_desk.health is Health.OK
    assert in_channel.health is Health.WRONG


async def test_one_approver_is_too_few_where_two_are_needed(
    folder: Folder, sandbox: Sandbox
) -> None:
    config = configured(folder, sandbox, rest=SELLS + PAYEE)
    await migrate(config)

    alone = await found(config, "approvals")
    await give_finance(config, 2)
    together = await found(config, "approvals")

    assert (alone.health, together.health) == (Health.WRONG, Health.OK)


@pytest.mark.parametrize(
    ("rest", "health"),
    [
        ("", Health.WARNING),
        (SELLS + PAYEE, Health.OK),
        (SELLS, Health.WRONG),
        (SELLS + "[payments.manual]\nenabled = false", Health.WRONG),
        (SELLS + "[payments.stars]\nenabled = true", Health.OK),
        (SELLS + "[payments.manual]\nenabled = false\n[payments.stars]\nenabled = true", Health.OK),
    ],
)
def test_a_community_that_sells_says_where_to_pay(
    folder: Folder, rest: str, health: Health
) -> None:
    config = loading.load(folder.configure(rest=f"\n{rest}"))

    assert checks_community.payees(config).health is health


@pytest.mark.parametrize(
    ("year", "health"), [(2025, Health.OK), (2090, Health.WRONG), (2026, None)]
)
def test_holidays_that_are_not_published_are_found(
    folder: Folder, year: int, health: Health | None
) -> None:
    config = loading.load(folder.configure())

    calendar = checks_community.calendar(config, datetime(year, 6, 1, tzinfo=UTC))

    assert calendar.health in ({health} if health else {Health.OK, Health.WARNING})


async def test_doctor_exits_1_and_says_it_for_machines(folder: Folder, sandbox: Sandbox) -> None:
    configured(folder, sandbox)

    ended = await folder.finish("doctor", "--json")

    facts = json.loads(ended.out)
    assert (ended.code, facts["well"]) == (1, False)
    assert {"what", "health", "seen", "advice"} == facts["findings"][0].keys()
    assert "SECRET" not in ended.out + ended.err


async def test_doctor_exits_0_when_all_is_well(folder: Folder, sandbox: Sandbox) -> None:
    config = configured(folder, sandbox, rest='[calendar]\nholidays = "none"')
    await migrate(config)

    ended = await folder.finish("doctor")

    assert (ended.code, ended.err) == (0, "")
    assert [line.split()[0] for line in ended.out.splitlines()].count("wrong") == 0


def caller(config: Config) -> AbstractAsyncContextManager[Caller]:
    return calling(base_url=config.telegram.base_url, token=TOKEN)
