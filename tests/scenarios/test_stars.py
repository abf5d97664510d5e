"""Stars that came while nobody listened are found, and what is owed goes back by itself, once."""

import pytest
from telegram import LabeledPrice

from community_bot.billing.checkout import payload_of
from community_bot.billing.facts import Order
from community_bot.billing.rules import OrderState
from community_bot.errors import Declined, Invalid, Unreachable
from community_bot.membership.outages import mark_restored
from community_bot.people.roles import Actor, Role
from community_bot.sandbox.facts import Person
from handlers.stars import PAGE, StarCalls, rails
from tests.living import Town, living

TIERS = [
    {"code": "guest", "name": {"zh": "访客", "en": "Guest"}, "rank": 0},
    {
        "code": "annual",
        "name": {"zh": "年费", "en": "Annual"},
        "rank": 20,
        "plans": [{"code": "annual", "price": "8888.00", "years": 1, "stars": 600}],
    },
]
STARS = {"stars": {"enabled": True}}


async def paid_unheard(town: Town, person: Person) -> Order:
    """Let somebody order in Stars and pay, without the bot ever hearing of the money."""
    actor = await town.community.actor(person.id)
    order = await town.community.orders.place(actor, plan_code="annual", in_stars=True)
    await paid(town, person, payload_of(order), order.due.minor)
    return order


async def paid(town: Town, person: Person, payload: str, amount: int) -> str:
    """Let Telegram take the Stars, and keep the message about it to itself."""
    bot, person.stars = town.program._face.bot, amount
    price = LabeledPrice("年费", amount)
    sent = await bot.send_invoice(person.id, "年费", "一年", payload, "XTR", [price])
    invoice = town.world.message(person.id, sent.message_id).invoice
    assert invoice is not None
    return town.world._charge(person, invoice, f"charge-{payload}").id


async def state_of(town: Town, order: Order) -> OrderState:
    actor = await town.community.actor(order.member_id)
    return (await town.community.orders.one(actor, order_id=order.order_id)).state


async def test_stars_that_came_unheard_are_found_once(sqlite_url: str) -> None:
    async with living(sqlite_url, tiers=TIERS, payments=STARS) as town:
        member = town.person("王敏")
        order = await paid_unheard(town, member)

        await town.program.ticker.once()
        await town.program.ticker.once()

        assert await state_of(town, order) is OrderState.FULFILLED
        assert (await town.community.actor(member.id)).roles == {"member"}
        assert await town.community.auditor.audit() == []


async def test_what_is_owed_in_stars_goes_back_by_itself_and_once(sqlite_url: str) -> None:
    async with living(sqlite_url, tiers=TIERS, payments=STARS) as town:
        member = town.person("王敏")
        order = await paid_unheard(town, member)
        await town.program.ticker.once()
        actor = await town.community.actor(member.id)
        await town.community.refunds.ask(actor, order_id=order.order_id, reason="算了")

        await town.program.ticker.once()
        await town.program.ticker.once()

        assert (member.stars, town.world.bot.stars) == (600, 0)
        assert await state_of(town, order) is OrderState.REFUNDED
        assert await town.community.auditor.audit() == []


async def test_where_the_rail_is_off_nothing_is_asked(sqlite_url: str) -> None:
    async with living(sqlite_url, tiers=TIERS) as town:
        bot = town.program._face.bot

        assert rails(bot, town.community.config.payments) == ()


async def test_every_page_of_transactions_is_read(sqlite_url: str) -> None:
    async with living(sqlite_url, tiers=TIERS) as town:
        member, bot = town.person("王敏"), town.program._face.bot
        charge_id = await paid(town, member, "order:1:A", 1)
        charge = town.world.charges[charge_id]
        charge.transactions = [
            {**charge.transactions[0], "id": f"charge-{number}"} for number in range(PAGE + 1)
        ]

        arrived = await StarCalls(bot).arrived(0)
        later = await StarCalls(bot).arrived(PAGE)

        assert len({one.external_id for one in arrived.charges}) == PAGE + 1
        assert [one.external_id for one in later.charges] == [f"charge-{PAGE}"]
        assert arrived.next_since == later.next_since == PAGE + 1


async def test_a_no_is_told_apart_from_silence(sqlite_url: str) -> None:
    async with living(sqlite_url, tiers=TIERS) as town:
        member, calls = town.person("王敏"), StarCalls(town.program._face.bot)
        charge_id = await paid(town, member, "order:1:A", 100)

        with pytest.raises(Declined, match=r"(?i)charge_not_found"):
            await calls.refund(member.id, "nobody-knows-it")
        town.sandbox.faults.drop_after(method="refundStarPayment", times=1)
        town.sandbox.faults.server_error(502, method="getStarTransactions", times=1)
        with pytest.raises(Unreachable):
            await calls.refund(member.id, charge_id)
        with pytest.raises(Unreachable):
            await calls.arrived(0)
        await calls.refund(member.id, charge_id)

        assert (await calls.arrived(0)).charges == []
        assert member.stars == 100


async def test_after_a_restore_removals_wait_until_telegram_has_told_of_the_stars(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url, tiers=TIERS, payments=STARS) as town:
        member, owner = town.person("王敏"), Actor(town.owner.id, frozenset({Role.OWNER}))
        await town.program.ticker.once()
        await mark_restored(town.community.storage, now=town.community.clock.now())
        order = await paid_unheard(town, member)
        town.sandbox.faults.server_error(502, method="getStarTransactions", times=1)

        await town.program.ticker.once()
        with pytest.raises(Invalid, match="stars_unseen"):
            await town.community.outages.unlock(owner)
        await town.program.ticker.once()
        await town.community.outages.unlock(owner)

        assert await state_of(town, order) is OrderState.FULFILLED
