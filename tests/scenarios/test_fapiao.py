"""A member asks for a fapiao; finance issues it or says why not."""

import pytest

from community_bot.people.roles import Role
from tests.paid import english, paid
from tests.town import keys_of, living, said

DETAILS = "Lamps <b> Ltd\n91440300MA5EXAMP12\nmoney@example.com"


async def test_a_fapiao_is_asked_for_issued_and_its_file_is_had(database_url: str) -> None:
    async with living(database_url) as town:
        finance, member = await english(town, "Fin", Role.FINANCE), await english(town, "Lin")
        await paid(town, member)
        await town.says(member, "/me")
        await town.presses(member, "order:show")
        await town.presses(member, "fapiao:ask")
        refused = said(await town.says(member, "Lamps Ltd"))
        await town.says(member, DETAILS)

        await town.told(finance, "A fapiao is wanted")
        card = said(await town.presses(finance, "fapiaos:one"))
        asked = await town.presses(finance, "fapiaos:issue")
        town.world.send_document(
            finance, town.chat(finance), b"%PDF-1.7", name="f.pdf", caption="24957000"
        )
        await town.answer(finance, after=asked.message_id + 1)
        issued = await town.told(member, "24957000")
        file = await town.presses(member, "fapiao:file")

        assert "three lines" in refused
        assert "8,888.00" in card
        assert "document" in issued.content
        assert "document" in file.content


async def test_what_is_declined_is_corrected_and_asked_again(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance, member = await english(town, "Fin", Role.FINANCE), await english(town, "Lin")
        order = await paid(town, member)
        actor = await town.community.actor(member.id)
        await town.community.fapiao.ask(
            actor, order_id=order.order_id, title="Lin", tax_number=None, email="lin@example.com"
        )

        await town.told(finance, "A fapiao is wanted")
        await town.presses(finance, "fapiaos:one")
        await town.presses(finance, "fapiaos:decline")
        await town.says(finance, "Which Lin?")
        await town.told(member, "Which Lin?")
        await town.presses(member, "fapiao:ask")
        again = said(await town.says(member, "Lin Xiao\n-\nlin@example.com"))

        assert "Lin Xiao" in again


@pytest.mark.parametrize(
    "data", ["fapiao:ask:1", "fapiao:file:1", "fapiaos:one:1", "fapiaos:issue:1"]
)
async def test_a_fapiao_of_somebody_else_does_not_exist(sqlite_url: str, data: str) -> None:
    async with living(sqlite_url) as town:
        member, stranger = await english(town, "Lin"), await english(town, "Chen")
        await paid(town, member)
        await town.says(stranger, "/start")
        message, _ = town.button(stranger, "join:offers")
        keys_of(message)[0]["callback_data"] = data

        assert await town.toast(stranger, data)


async def test_a_fapiao_of_an_order_that_is_not_paid_is_not_begun(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")
        await town.community.orders.place(
            await town.community.actor(member.id), plan_code="annual_year"
        )
        order = await town.told(member, "Order")
        forged = {"text": "🧾", "callback_data": "fapiao:ask:1"}
        order.reply_markup = {"inline_keyboard": [[forged]]}

        assert await town.toast(member, "fapiao:ask:1") == "Nothing was paid for this order."
