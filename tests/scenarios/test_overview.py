"""Those who run the community see it in figures; those who do not are told so."""

from community_bot.people.roles import Role
from tests.paid import english, paid
from tests.town import keys_of, living, said


async def test_finance_sees_what_was_paid_and_twelve_months_drawn(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance, member = await english(town, "Fin", Role.FINANCE), await english(town, "Lin")
        await paid(town, member)

        month = said(await town.says(finance, "/stats"))
        week = await town.presses(finance, "stats:over:7")
        drawn = await town.presses(finance, "stats:picture")

        assert "The last 30 days" in month
        assert "1 members (+1 since then)" in month.replace("<b>", "").replace("</b>", "")
        assert "¥8,888.00 received" in month.replace("<b>", "").replace("</b>", "")
        assert "The last 7 days" in said(week)
        assert [key["text"] for key in keys_of(week)][:2] == ["✓ 7 days", "30 days"]
        assert drawn.kind == "photo"
        assert "Twelve months" in said(drawn)


async def test_a_member_sees_no_figures_of_the_house(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")
        await paid(town, member)

        refused = said(await town.says(member, "/stats"))

        assert refused.startswith("Only")
        assert "8,888" not in refused
