"""What somebody agrees to by ordering is said before, and kept with the version and the time."""

from community_bot.billing import terms_rules
from tests.paid import english
from tests.town import living, said


async def test_ordering_agrees_to_the_terms_that_were_shown(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        guest = await english(town, "Lin")
        await town.presses(guest, "join:offers")
        plan = said(await town.presses(guest, "join:plan:annual_year"))
        before = said(await town.says(guest, "/terms"))
        await town.presses(guest, "join:order:annual_year")

        after = said(await town.says(guest, "/terms"))

        (order,) = await town.community.orders.mine(await town.community.actor(guest.id))
        assert "By ordering you agree to this refund rule and to the /terms." in plan
        assert "You agreed" not in before
        assert f"You agreed to version {terms_rules.CURRENT} on" in after
        assert order.code in after
