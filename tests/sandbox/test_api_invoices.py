"""Invoices within and outside of the rules."""

from typing import Any

import pytest

Town = Any
Api = Any


def invoice(**said: object) -> dict[str, Any]:
    return {
        "title": "年费会员",
        "description": "一年",
        "payload": "order-1",
        "currency": "CNY",
        "provider_token": "1:TEST:1",
        "prices": [{"label": "年费", "amount": 888800}],
        **said,
    }


STARS = {"currency": "XTR", "provider_token": ""}
INVOICES: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "TITLE_EMPTY"),
    ({"title": "长" * 33}, "INVOICE_TITLE_INVALID"),
    ({"description": ""}, "DESCRIPTION_EMPTY"),
    ({"payload": ""}, "INVOICE_PAYLOAD_INVALID"),
    ({"payload": "单" * 43}, "INVOICE_PAYLOAD_INVALID"),
    ({"currency": "XXX"}, "CURRENCY_INVALID"),
    ({"prices": []}, "there must be at least one price"),
    ({"prices": [{"label": "a", "amount": 715}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
    ({"prices": [{"label": "a", "amount": 7_159_205}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
    ({"provider_token": ""}, "PAYMENT_PROVIDER_INVALID"),
    (
        {**STARS, "prices": [{"label": "a", "amount": 1}, {"label": "b", "amount": 1}]},
        "STARS_INVOICE_INVALID",
    ),
    (
        {"prices": [{"label": "", "amount": 888800}]},
        "can't parse labeled price: LabeledPrice label must be non-empty",
    ),
]


@pytest.mark.parametrize(("said", "refusal"), INVOICES)
async def test_an_invoice_outside_of_the_rules_is_refused(
    api: Api, town: Town, said: dict[str, Any], refusal: str
) -> None:
    answer = await api.ask("sendInvoice", chat_id=town.private.id, **invoice(**said))

    assert answer["description"] == f"Bad Request: {refusal}"


@pytest.mark.parametrize("amount", [716, 7_159_204])
async def test_the_smallest_and_the_largest_total_in_yuan_are_taken(
    api: Api, town: Town, amount: int
) -> None:
    prices = [{"label": "年费", "amount": amount}]

    sent = await api("sendInvoice", chat_id=town.private.id, **invoice(prices=prices))

    assert sent["invoice"]["total_amount"] == amount
