"""Finance takes tables away and reads the journal; anybody reads the figures."""

from community_bot.people.roles import Role
from tests.paid import english, paid
from tests.scenarios.test_own_data import file_in
from tests.town import living, said


async def test_finance_takes_a_table_away_and_reads_who_did(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance, member = await english(town, "Fin", Role.FINANCE), await english(town, "Lin")
        order = await paid(town, member)
        await town.says(finance, "/admin")
        await town.presses(finance, "books:home")

        name, content = file_in(town, await town.presses(finance, "books:table:orders"))
        journal = said(await town.says(finance, "/audit"))
        older = said(await town.presses(finance, "audit:page:money"))
        one = said(await town.says(finance, f"/audit {order.code}"))

        assert name == "orders.csv"
        assert order.code in content.decode("utf-8-sig")
        assert "Fin: export books" in journal.replace("<b>", "").replace("</b>", "")
        assert "order" in older
        assert "fulfil" in one


async def test_the_journal_of_one_is_found_by_what_is_typed(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance, member = await english(town, "Fin", Role.FINANCE), await english(town, "Lin")
        await paid(town, member)
        await town.says(finance, "/audit")
        await town.presses(finance, "audit:search")

        found = said(await town.says(finance, str(member.id)))
        await town.presses(finance, "audit:search")
        missing = said(await town.says(finance, "NOSUCH"))

        too_large = said(await town.says(finance, "/audit 99999999999999999999"))

        assert "grant" in found
        assert "no order with that code" in missing
        assert "no order with that code" in too_large


async def test_anybody_reads_the_figures_and_nobody_else_the_journal(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")
        await paid(town, member)

        figures = said(await town.says(member, "/trust"))
        refused = said(await town.says(member, "/audit"))

        assert "Orders paid: 1" in figures
        assert "too few to say" in figures
        assert refused.startswith("Only finance")
