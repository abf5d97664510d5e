"""Ordering under the terms that were shown is kept: which version, when, with which order."""

from datetime import timedelta

import pytest

from community_bot.billing import terms_queries, terms_rules
from community_bot.billing.terms_queries import Acceptance
from community_bot.billing.window import Window
from community_bot.errors import NotFound
from community_bot.membership.tiers import Tiers
from tests.billing.shop import WANG, Shop


def window(shop: Shop) -> Window:
    tiers = Tiers(shop.storage, shop.clock)
    return Window(shop.storage, shop.clock, tiers=tiers, memberships=shop.memberships)


async def test_the_first_order_keeps_what_was_agreed_to(shop: Shop) -> None:
    assert await window(shop).accepted_terms(shop.wang) is None
    order = await shop.orders.place(shop.wang, plan_code="annual")
    shop.clock.pass_(timedelta(days=1))

    await shop.orders.place(shop.wang, plan_code="course")

    kept = await window(shop).accepted_terms(shop.wang)
    assert kept == Acceptance(terms_rules.CURRENT, order.code, order.placed_at)


async def test_a_newer_version_is_agreed_to_by_the_next_order(shop: Shop) -> None:
    order = await shop.orders.place(shop.wang, plan_code="annual")
    async with shop.storage.work() as unit:
        before = order.placed_at - timedelta(days=365)
        await terms_queries.accept(
            unit.session, WANG, "2025-01", order_id=order.order_id, now=before
        )
        await unit.commit()

    kept = await window(shop).accepted_terms(shop.wang)

    assert kept is not None
    assert kept.version == terms_rules.CURRENT


async def test_an_order_that_is_refused_agrees_to_nothing(shop: Shop) -> None:
    with pytest.raises(NotFound):
        await shop.orders.place(shop.wang, plan_code="annual", coupon_code="NONE")

    assert await window(shop).accepted_terms(shop.wang) is None
