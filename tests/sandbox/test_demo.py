"""The demo: one process, the sample community up to this day, and nothing of the real bot in it."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from community_bot.errors import ConfigError
from community_bot.sandbox import story
from community_bot.sandbox.demo import running
from community_bot.sandbox.story_player import Player, Unexpected, doors_of

IN_STARS = "annual_30days"

SHANGHAI = ZoneInfo("Asia/Shanghai")
POSTS = ("Mon 10:00", "Wed 16:00", "Fri 10:30")


def to_next_post(now: datetime) -> timedelta:
    minutes = (now + timedelta(minutes=ahead) for ahead in range(6, 7 * 24 * 60))
    due = next(one for one in minutes if f"{one.astimezone(SHANGHAI):%a %H:%M}" in POSTS)
    return due.replace(second=0, microsecond=0) - now


async def test_the_demo_answers_and_shows_its_history_and_its_page() -> None:
    async with running() as demo, aiohttp.ClientSession() as browser:
        guest, member = Player(demo, "linxiao"), demo.stage.people["wangyue"]
        guest.starts()

        home = await guest.sees(button="join:offers")

        history = demo.world.history(member.id)
        bought = next(one for one in history if "8,888" in one.text)
        past = demo.clock.now() - bought.sent_at
        async with browser.get(demo.address) as page:
            status = page.status
        assert home.text
        assert demo.clock.shift == timedelta()
        assert timedelta(days=90) < past < timedelta(days=100)
        assert status == 200


async def test_the_shelves_of_the_sample_are_full_and_its_posts_have_gone_out() -> None:
    async with running() as demo:
        member = Player(demo, "wangyue")

        member.says("/library")
        shelves = await member.sees(button="library:newest")
        member.presses(shelves, "library:newest")
        newest = await member.sees(button="library:open")
        member.says("/partners")
        partners = await member.sees(button="partners:")

        channel = demo.stage.places["channel"]
        posted = [one for one in demo.world.history(channel) if "本周资料" in one.text]
        assert newest.buttons
        assert partners.buttons
        # On a Monday, later than ten, it has been a week since the first: then there are two.
        hours = [f"{one.sent_at.astimezone(SHANGHAI):%a %H:%M}" for one in posted]
        assert hours in (["Mon 10:00"], ["Mon 10:00"] * 2)
        assert demo.clock.now() - timedelta(days=7) <= posted[-1].sent_at <= demo.clock.now()


async def test_a_week_brings_the_posts_of_a_week_each_at_its_own_minute() -> None:
    async with running() as demo:
        channel = demo.stage.places["channel"]
        # given that the next one is due in five minutes: its run stands, and has been checked
        await demo.advance(to_next_post(demo.clock.now()) - timedelta(minutes=5))
        before = len(demo.world.history(channel))

        await demo.advance(timedelta(days=7))

        new = demo.world.history(channel)[before:]
        assert {f"{one.sent_at.astimezone(SHANGHAI):%a %H:%M}" for one in new} == set(POSTS)


async def test_a_plan_in_stars_is_begun_goes_on_after_a_month_and_is_stopped() -> None:
    async with running() as demo:
        guest = Player(demo, "linxiao")
        guest.starts()
        guest.presses(await guest.sees(button="join:offers"), "join:offers")
        plans = await guest.sees(button=f"join:plan:{IN_STARS}")
        guest.presses(plans, f"join:plan:{IN_STARS}")
        plan = await guest.sees(button=f"join:order:{IN_STARS}")
        guest.presses(plan, f"join:order:{IN_STARS}")
        guest.presses(await guest.sees(button="pay:stars"), "pay:stars")
        guest.presses(await guest.sees(button="pay:invoice"), "pay:invoice")
        shown = await guest.sees(words="⭐")
        demo.world.pay(guest.person, guest.chat or 0, doors_of(shown)[0])
        await guest.sees(words="您的会员资格已生效")

        await demo.advance(timedelta(days=31))
        await guest.sees(words="您的会员资格已延长")
        guest.says("/me")
        mine = await guest.sees(button="renewal:show")
        guest.presses(mine, "renewal:show")
        guest.presses(await guest.sees(button="renewal:stop"), "renewal:stop")
        await guest.sees(words="已停止")
        left = guest.person.stars
        await demo.advance(timedelta(days=31))

        assert guest.person.stars == left


async def test_time_passes_for_the_bot_and_the_world_together() -> None:
    async with running() as demo:
        before = demo.world.clock.now()

        await demo.advance(timedelta(days=30))

        assert demo.world.clock.now() - before >= timedelta(days=30)
        guest = Player(demo, "linxiao")
        guest.starts()
        await guest.sees(button="join:offers")


async def test_the_demo_is_deaf_to_the_configuration_of_the_real_bot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COMMUNITY_BOT__TELEGRAM__TOKEN", "123456789:a_real_token_of_a_real_bot_0")
    monkeypatch.setenv("COMMUNITY_BOT__DATABASE__URL", "postgresql://127.0.0.1:1/the_real_one")

    async with running() as demo:
        assert len(demo.sandbox.calls) > 0


async def test_a_second_start_over_the_same_database_goes_on(sqlite_url: str) -> None:
    async with running(database=sqlite_url) as first:
        orders_before = Player(first, "fangmin")
        orders_before.says("/orders")
        await orders_before.sees(button="orders:review")

    async with running(database=sqlite_url) as second:
        orders_after = Player(second, "fangmin")
        orders_after.says("/orders")
        await orders_after.sees(button="orders:review")
        member = Player(second, "wangyue")
        member.says("/me")
        mine = await member.sees(button="order:show")

    urls = [button.get("url") for row in mine.buttons for button in row]
    assert second.stage.doors["members"].url in urls


async def test_an_address_that_is_taken_is_a_mistake_of_the_operator() -> None:
    async with running() as demo:
        with pytest.raises(ConfigError, match=str(demo.sandbox.port)):
            async with running(port=demo.sandbox.port):
                pass


async def test_a_story_that_goes_otherwise_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def silence(_demo: object) -> None:
        raise Unexpected("an answer", "nothing new")

    monkeypatch.setattr(story, "CHAPTERS", (("a guest orders", silence),))

    async with running() as demo:
        failure = await story.told(demo)

    assert failure == "a guest orders: expected an answer / got nothing new"
    assert re.fullmatch(r"[^\n]+", failure)
