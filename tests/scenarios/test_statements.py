"""Finance sends the account's own statement: approvers see what fits, the rest waits."""

from community_bot.people.roles import Role
from community_bot.sandbox.facts import Message, Person
from tests.billing.statements import wechat
from tests.paid import english
from tests.town import Town, living, said

NUMBER, UNKNOWN = "4200002026030211456", "4200002026030299456"


async def sends(town: Town, person: Person, data: bytes, name: str = "bill.csv") -> Message:
    """Let somebody send a file to the bot, and return its answer."""
    seen = town.last(person).message_id
    town.world.send_document(person, town.chat(person), data, name=name, mime_type="text/csv")
    return await town.answer(person, after=seen + 1)


async def test_finance_compares_the_account_with_what_is_claimed(database_url: str) -> None:
    async with living(database_url) as town:
        finance = await english(town, "Fin", Role.FINANCE)
        member = await english(town, "Lin")
        actor = await town.community.actor(member.id)
        order = await town.community.orders.place(actor, plan_code="annual_year")
        await town.community.proofs.submit(actor, order_id=order.order_id, reference=NUMBER)
        await town.told(finance, "A payment to check")

        await town.says(finance, "/admin")
        await town.presses(finance, "money:waiting")
        await town.presses(finance, "statements:open")
        await town.presses(finance, "statements:send")
        told = said(await sends(town, finance, wechat((NUMBER, "8888.00"), (UNKNOWN, "66.00"))))
        line = said(await town.presses(finance, "statements:line"))
        noted = said(await town.presses(finance, "statements:note"))
        await town.told(finance, "Money to look at")
        await town.presses(finance, "orders:review")

        assert "✅ 1 lines belong to an order and agree." in told
        assert "claimed by nobody: 1" in told
        assert UNKNOWN in line
        assert "payment no." in noted
        assert "8,888" in said(await town.told(finance, "Seen on the statement:"))


async def test_what_is_no_statement_is_refused_with_what_to_do(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance = await english(town, "Fin", Role.FINANCE)
        await town.says(finance, "/admin")
        await town.presses(finance, "money:waiting")
        await town.presses(finance, "statements:open")
        await town.presses(finance, "statements:send")

        book = said(await sends(town, finance, b"PK\x03\x04", "bill.xlsx"))
        words = said(await town.says(finance, "here it is"))
        taken = said(await sends(town, finance, wechat((NUMBER, "66.00"))))

        assert "save it as CSV" in book
        assert words == "Please send the statement as a file."
        assert "claimed by nobody: 1" in taken
