"""What admins see and set of the desk: figures, mentors, the working calendar, the week."""

from datetime import timedelta

from community_bot.people.roles import Role
from tests.scenarios.desk_town import forum, group
from tests.town import keys_of, living, said


async def test_figures_mentors_and_the_week_are_one_press_apart(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        kim, leo = await desk.mentor("Kim", Role.ADMIN), await desk.mentor("Leo")
        await desk.asks(await desk.member("Wang"), "佣金怎么算？")

        home = said(await town.says(kim, "/desk"))
        await town.presses(kim, "office:mentors")
        await town.presses(kim, f"office:mentor:{leo.id}")
        await town.presses(kim, "office:skills")
        await town.presses(kim, f"office:topic:{leo.id}:tax")
        await town.presses(kim, "office:mentor:")
        await town.presses(kim, "office:caps")
        await town.presses(kim, f"office:cap:{leo.id}:3")
        shown = said(await town.presses(kim, "office:pause"))
        await town.says(kim, "/desk")
        week = await town.presses(kim, "office:week")

        assert "1 asked" in home
        assert "1 unclaimed" in home
        assert "Taxes" in shown
        assert "Cap: 3" in shown
        assert "paused" in shown
        assert week.kind == "photo"
        assert "The desk from" in said(week)


async def test_a_day_is_closed_given_hours_and_let_be(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        kim = await desk.mentor("Kim", Role.ADMIN)
        zone = town.community.config.community.zone
        tomorrow = (town.community.clock.now().astimezone(zone) + timedelta(days=1)).date()
        await town.says(kim, "/desk")
        month = await town.presses(kim, "office:month")
        if tomorrow.day == 1:
            month = await town.presses(kim, f"office:month:{tomorrow.year}:{tomorrow.month}")

        days = len(keys_of(month))
        await town.presses(kim, f"office:day:{tomorrow.isoformat()}")
        closed = said(await town.presses(kim, "office:close"))
        await town.presses(kim, "office:hours")
        wrong = said(await town.says(kim, "all day"))
        opened = said(await town.says(kim, "10:00-12:00，14:00-16:00"))
        usual = said(await town.presses(kim, "office:usual"))

        assert days >= 28
        assert "none" in closed
        assert "09:30-12:00" in wrong
        assert "10:00–12:00, 14:00–16:00" in opened
        assert "set by hand" not in usual


async def test_a_mentor_sees_nothing_of_it(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo = await desk.mentor("Leo")

        refused = said(await town.says(leo, "/desk"))

        assert "Only admins" in refused
