"""A refund by unused lessons: finance counts those that were used, and says how they know."""

from datetime import timedelta

from community_bot.clock import ShiftedClock
from community_bot.people.roles import Role
from tests.paid import english, paid
from tests.town import TIERS, living, said

COURSE = {
    "code": "course",
    "name": {"zh": "九节课", "en": "Nine lessons"},
    "rank": 5,
    "refund": {"afterwards": "unused_lessons", "lessons": 9},
    "plans": [{"code": "nine", "price": "900.00", "lifetime": True}],
}


async def test_finance_counts_lessons_and_the_sum_follows(sqlite_url: str) -> None:
    async with living(sqlite_url, tiers=[*TIERS, COURSE]) as town:
        finance, member = await english(town, "Fin", Role.FINANCE), await english(town, "Lin")
        order = await paid(town, member, "nine")
        clock = town.community.clock
        assert isinstance(clock, ShiftedClock)
        clock.pass_(timedelta(days=20))
        actor = await town.community.actor(member.id)
        await town.community.refunds.ask(actor, order_id=order.order_id, reason="No time")
        await town.told(finance, "A refund to decide")
        await town.presses(finance, "refunds:case")

        await town.presses(finance, "refunds:lessons")
        refused = said(await town.says(finance, "three"))
        counted = said(await town.says(finance, "3 attendance list"))

        assert "number of lessons first" in refused
        assert "600.00" in counted
