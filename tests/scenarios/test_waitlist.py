"""A tier has one seat: the next in line is told when it is free, and has a day to take it."""

from datetime import timedelta

from community_bot.clock import ShiftedClock
from tests.paid import english
from tests.town import TIERS, Town, living, said

ONE_SEAT = [TIERS[0], {**TIERS[1], "seats": 1}]


async def time_passes(town: Town, time: timedelta) -> None:
    clock = town.community.clock
    assert isinstance(clock, ShiftedClock)
    clock.pass_(time)
    await town.program.ticker.once()


async def test_a_seat_goes_down_the_line(sqlite_url: str) -> None:
    async with living(sqlite_url, tiers=ONE_SEAT) as town:
        first, second = await english(town, "Lin"), await english(town, "Wu")
        holder = await town.community.actor((await english(town, "Ho")).id)
        order = await town.community.orders.place(holder, plan_code="annual_year")

        for person in (first, second):
            await town.says(person, "/join")
            await town.presses(person, "join:plan:annual_year")
            await town.presses(person, "waitlist:look")
            shown = said(await town.presses(person, "waitlist:join"))
        await town.community.orders.cancel(holder, order_id=order.order_id)
        await time_passes(town, timedelta(minutes=2))
        await town.told(first, "A seat is free for you")
        await time_passes(town, timedelta(hours=25))
        await town.told(first, "has gone to the next in line")
        await town.told(second, "A seat is free for you")
        held = said(await town.presses(second, "waitlist:place"))
        await town.says(second, "/join")
        await town.presses(second, "join:plan:annual_year")
        await town.presses(second, "join:order:annual_year")

        assert "You are no. 2 of 2" in shown
        assert "held for you until" in held
        actor = await town.community.actor(second.id)
        assert (await town.community.orders.mine(actor))[0].is_open
