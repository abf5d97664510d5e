import pytest
import sqlalchemy as sa

from community_bot.billing.auditor import INVARIANTS, Finding
from community_bot.storage import journal
from tests.billing.shop import LI, WANG, Shop


async def test_a_community_in_order_has_no_findings(shop: Shop) -> None:
    order = await shop.bought(shop.wang, "annual")
    await shop.bought(shop.li, "course", "4200002026030299")
    await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="?")
    (due,) = await shop.payback.due(shop.finance)
    await shop.payback.returned(shop.finance, refund_id=due.refund_id, reference=None)

    assert await shop.auditor.audit() == []


def test_every_invariant_that_is_checked_is_listed(shop: Shop) -> None:
    assert list(shop.auditor._checks()) == list(INVARIANTS)


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        (
            "UPDATE ledger SET amount_minor = 1 WHERE posting = 'paid:1' AND account = 'income'",
            Finding("ledger_postings_balance", "paid:1"),
        ),
        (
            "UPDATE payments SET amount_minor = amount_minor + 1",
            Finding("cash_is_payments_less_refunds", "CNY"),
        ),
        (
            "UPDATE orders SET refunded_minor = received_minor + 1",
            Finding("no_order_gives_back_more_than_it_received", "1"),
        ),
        (
            "UPDATE payments SET refunded_minor = 1",
            Finding("no_payment_gives_back_more_than_it_brought", "1"),
        ),
        (
            "UPDATE orders SET state = 'paid', paid_at = '2020-01-01 00:00:00+00:00'",
            Finding("no_order_stops_half_way", "1"),
        ),
        (
            "UPDATE payments SET state = 'received', received_at = '2020-01-01 00:00:00+00:00'",
            Finding("no_payment_is_forgotten", "1"),
        ),
        ("DELETE FROM entitlements", Finding("every_fulfilled_order_gave_something", "1")),
        (
            "UPDATE entitlements SET source = 'grant'",
            Finding("every_right_has_a_reason", "1"),
        ),
        (
            "UPDATE orders SET received_minor = 1",
            Finding("nothing_is_granted_for_less_than_its_price", "1"),
        ),
        ("UPDATE orders SET due_minor = 1", Finding("the_price_is_the_sum_of_its_lines", "1")),
        (
            "UPDATE orders SET received_minor = received_minor + 1",
            Finding("received_is_the_sum_of_payments", "1"),
        ),
        (
            "DELETE FROM journal WHERE action = 'fulfil'",
            Finding("every_grant_is_in_the_journal", "1"),
        ),
        (
            "UPDATE entitlements SET ends_at = '2027-01-01 00:00:00+00:00'",
            Finding("periods_end_with_the_last_second_of_a_day", "1"),
        ),
        (
            "UPDATE tiers SET seats = 0 WHERE code = 'annual'",
            Finding("seats_are_never_more_than_there_are", "annual"),
        ),
    ],
)
async def test_whatever_is_damaged_is_found_by_its_name(
    shop: Shop, damage: str, finding: Finding
) -> None:
    await shop.bought(shop.wang, "annual")
    async with shop.storage.work() as unit:
        await unit.session.execute(sa.text(damage))
        await unit.commit()

    assert finding in await shop.auditor.audit()


async def test_a_removal_of_somebody_who_had_a_right_is_found(shop: Shop) -> None:
    await shop.spaces.bind(shop.owner, chat_id=-1, role="members", title="群", is_forum=False)
    await shop.bought(shop.wang, "annual")
    async with shop.storage.work() as unit:
        for member_id in (WANG, LI):  # Li never had a right to be there
            await journal.record(
                unit,
                at=shop.clock.now(),
                actor_id=None,
                action="remove",
                subject="member",
                subject_key=member_id,
                after={"space": -1},
            )
        await unit.commit()

    assert await shop.auditor.audit() == [Finding("nobody_was_removed_with_a_right", str(WANG))]


async def test_money_that_went_back_beside_its_credit_is_found(shop: Shop) -> None:
    month = await shop.bought(shop.wang, "monthly")
    await shop.bought(shop.wang, "annual", "4200002026030299")
    async with shop.storage.work() as unit:
        await unit.session.execute(
            sa.text("UPDATE orders SET refunded_minor = 1000 WHERE order_id = :paid_by"),
            {"paid_by": month.order_id},
        )
        await unit.commit()

    found = await shop.auditor.audit()

    assert Finding("no_money_goes_back_beside_its_credit", str(month.order_id)) in found
