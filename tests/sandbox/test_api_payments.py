"""Invoices are paid, refused, too late, refunded and renewed."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, LabeledPrice
from telegram.error import BadRequest

from community_bot.clock import StandingClock
from community_bot.sandbox.dealings import Checkout

Town = Any
Api = Any
TOO_OLD = "Query is too old and response timeout expired or query id is invalid"


async def stars(bot: Bot, town: Town, amount: int = 100) -> Checkout:
    """Send an invoice in Stars and press Pay."""
    sent = await bot.send_invoice(
        town.private.id, "月费", "一个月", "order-7", "XTR", [LabeledPrice("月费", amount)]
    )
    message = town.world.message(town.private, sent.message_id)
    checkout: Checkout = town.world.pay(town.member, town.private, message)
    return checkout


async def test_money_moves_only_after_the_bot_agrees(bot: Bot, town: Town) -> None:
    # given
    checkout = await stars(bot, town)
    (asked,) = await bot.get_updates()
    assert asked.pre_checkout_query is not None

    # when
    before = town.world.bot.stars
    await asked.pre_checkout_query.answer(ok=True)

    # then
    paid = (await bot.get_updates(offset=-1))[0].message
    assert paid is not None
    assert paid.successful_payment is not None
    assert paid.successful_payment.invoice_payload == "order-7"
    assert paid.successful_payment.telegram_payment_charge_id == checkout.charge_id
    assert (before, town.world.bot.stars, checkout.state) == (0, 100, "paid")
    assert (await bot.get_my_star_balance()).amount == 100


async def test_a_refused_checkout_tells_the_person_why(bot: Bot, town: Town) -> None:
    checkout = await stars(bot, town)

    await bot.answer_pre_checkout_query(checkout.id, ok=False, error_message="名额已满")

    assert (checkout.state, checkout.error) == ("refused", "名额已满")


async def test_after_ten_seconds_the_answer_comes_too_late(
    bot: Bot, town: Town, clock: StandingClock
) -> None:
    checkout = await stars(bot, town)

    clock.pass_(timedelta(seconds=11))

    with pytest.raises(BadRequest, match=TOO_OLD):
        await bot.answer_pre_checkout_query(checkout.id, ok=True)
    assert checkout.state == "expired"


async def test_a_payment_is_given_back_once(bot: Bot, town: Town) -> None:
    # given
    checkout = await stars(bot, town)
    await bot.answer_pre_checkout_query(checkout.id, ok=True)

    # when
    await bot.refund_star_payment(town.member.id, checkout.charge_id)

    # then
    transactions = (await bot.get_star_transactions()).transactions
    assert [each.source is not None for each in transactions] == [True, False]
    assert town.world.bot.stars == 0
    assert town.world.last(town.private).kind == "refunded_payment"
    with pytest.raises(BadRequest, match="Charge_already_refunded"):
        await bot.refund_star_payment(town.member.id, checkout.charge_id)


@pytest.mark.parametrize(
    ("charge", "refusal"), [("", "CHARGE_ID_EMPTY"), ("stx1", "CHARGE_NOT_FOUND")]
)
async def test_an_unknown_charge_cannot_be_refunded(
    api: Api, town: Town, charge: str, refusal: str
) -> None:
    answer = await api.ask(
        "refundStarPayment", user_id=town.member.id, telegram_payment_charge_id=charge
    )

    assert answer["description"] == f"Bad Request: {refusal}"


async def test_a_subscription_is_paid_by_link_and_renewed_until_it_is_cancelled(
    bot: Bot, town: Town
) -> None:
    # given
    link = await bot.create_invoice_link(
        "月费",
        "一个月",
        "order-8",
        "XTR",
        [LabeledPrice("月费", 500)],
        subscription_period=2_592_000,
    )
    checkout = town.world.pay(town.member, town.private, link)
    await bot.answer_pre_checkout_query(checkout.id, ok=True)
    charge = town.world.charges[checkout.charge_id]

    # when
    renewed = town.world.renew(charge)
    await bot.edit_user_star_subscription(town.member.id, charge.id, is_canceled=True)

    # then
    first, second = (
        each.message.successful_payment for each in (await bot.get_updates())[1:] if each.message
    )
    assert first is not None
    assert second is not None
    assert (first.is_first_recurring, second.is_recurring) == (True, True)
    assert second.telegram_payment_charge_id == renewed.id
    assert town.world.renew(charge) is None


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"subscription_period": 86400}, "SUBSCRIPTION_PERIOD_INVALID"),
        (
            {"subscription_period": 2_592_000, "prices": [{"label": "a", "amount": 10_001}]},
            "STARS_AMOUNT_INVALID",
        ),
    ],
)
async def test_a_subscription_outside_of_the_rules_is_refused(
    api: Api, town: Town, said: dict[str, Any], refusal: str
) -> None:
    invoice = {"title": "a", "description": "b", "payload": "c", "currency": "XTR"}
    prices = [{"label": "a", "amount": 1}]

    answer = await api.ask("createInvoiceLink", **{"prices": prices, **invoice, **said})

    assert answer["description"] == f"Bad Request: {refusal}"
