import csv
import io
from datetime import timedelta

import pytest

from community_bot.billing.books import ON_PAGE, Books
from community_bot.billing.trust import ENOUGH, Share
from community_bot.errors import NotAllowed, NotFound
from tests.billing.shop import LI, SHANGHAI, WANG, Shop

NUMBER = "4200002026030211"


def opened(shop: Shop) -> Books:
    return Books(shop.storage, shop.clock, currency="CNY", zone=SHANGHAI)


async def rows(books: Books, shop: Shop, what: str) -> list[dict[str, str]]:
    content = await books.table(shop.finance, what=what)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


async def test_every_table_says_what_happened(shop: Shop) -> None:
    books = opened(shop)
    order = await shop.bought(shop.wang, "annual", NUMBER)

    (sold,) = await rows(books, shop, "orders")
    (paid,) = await rows(books, shop, "payments")
    (held,) = await rows(books, shop, "members")
    changes = await rows(books, shop, "journal")

    assert (sold["order"], sold["due"], sold["state"]) == (order.code, "8888.00", "fulfilled")
    assert (sold["name"], sold["placed_at"]) == ("王敏", "2026-03-02 10:00:00")
    assert (paid["transaction"], paid["amount"]) == (f"{NUMBER}\t", "8888.00")
    assert (held["member_id"], held["tier"]) == (str(WANG), "annual")
    assert {"approve", "fulfil", "grant", "export"} <= {one["action"] for one in changes}
    assert await rows(books, shop, "refunds") == []


async def test_members_take_no_table_away(shop: Shop) -> None:
    with pytest.raises(NotAllowed):
        await opened(shop).table(shop.wang, what="orders")
    with pytest.raises(NotFound):
        await opened(shop).table(shop.finance, what="staff_roles")


async def test_the_journal_is_read_page_by_page_newest_first(shop: Shop) -> None:
    books = opened(shop)
    await shop.bought(shop.wang, "annual", NUMBER)

    first = await books.page(shop.finance, wanted="all")
    second = await books.page(shop.finance, wanted="all", before=first.next_before)

    numbers = [one.entry_id for one in (*first.entries, *second.entries)]
    assert len(first.entries) == ON_PAGE
    assert numbers == sorted(numbers, reverse=True)
    money = await books.page(shop.finance, wanted="money")
    assert {one.subject for one in money.entries} <= {"order", "payment"}


async def test_one_order_and_one_person_are_found(shop: Shop) -> None:
    books = opened(shop)
    order = await shop.bought(shop.wang, "monthly", NUMBER)
    await shop.grants.give(shop.admin, member_id=LI, plan_code="annual", reason="嘉宾")

    of_order = await books.search(shop.finance, word=order.code.lower())
    of_person = await books.search(shop.finance, word=str(LI))

    assert {one.subject_key for one in of_order.entries} == {str(order.order_id)}
    assert [one.reason for one in of_person.entries] == ["嘉宾"]
    for nonsense in ("NOSUCH", "m1x", "-1"):
        with pytest.raises(NotFound):
            await books.search(shop.finance, word=nonsense)
    with pytest.raises(NotFound):
        await books.page(shop.finance, wanted="x1")


async def test_figures_are_counted_from_what_happened(shop: Shop) -> None:
    books = opened(shop)
    await shop.bought(shop.wang, "monthly", NUMBER)
    order = await shop.bought(shop.li, "monthly", "4200002026030299")
    await shop.refunds.ask(shop.li, order_id=order.order_id, reason="不合适")

    found = await books.trust.figures()

    assert (found.orders, found.asked_back) == (2, 1)
    assert found.refunded.percent is None
    assert found.answered_in_time is None
    shop.clock.pass_(timedelta(days=400))
    assert (await books.trust.figures()).orders == 0


def test_a_share_of_a_handful_is_not_said() -> None:
    assert Share(1, ENOUGH - 1).percent is None
    assert Share(3, 40).percent == 8
