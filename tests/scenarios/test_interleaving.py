"""Two members write at the same time while everything is slow, and an album comes in pieces."""

import asyncio
import random
from datetime import timedelta

import pytest

from community_bot.clock import ShiftedClock
from community_bot.faq.facts import Line
from community_bot.people.roles import Actor
from tests.scenarios.asking import answers, member, mentor, own
from tests.scenarios.desk_town import forum
from tests.town import living, picture, said

PARTS = 10


async def test_two_members_who_write_at_once_to_slow_handlers_never_meet(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(6)
    async with living(sqlite_url) as town:
        searching = town.community.faq.searching
        suggest = searching.suggest

        async def slow(actor: Actor, *, text: str, limit: int) -> list[Line]:
            await asyncio.sleep(chance.uniform(0.05, 0.4))
            found = await suggest(actor, text=text, limit=limit)
            await asyncio.sleep(chance.uniform(0.05, 0.4))
            return found

        monkeypatch.setattr(searching, "suggest", slow)
        leo = await mentor(town)
        wang, li = await member(town, "王女士"), await member(town, "李先生")
        words = {
            one: [f"{one.first_name}的第 {number} 句话" for number in range(4)]
            for one in (wang, li)
        }

        for number in range(4):
            for one in (wang, li):
                town.world.send_text(one, town.chat(one), words[one][number])
        for one in (wang, li):
            await town.told(one, "文字 4")
        await asyncio.gather(*(town.presses(one, "ask:submit") for one in (wang, li)))
        for one in (wang, li):
            await town.told(one, "已提交，成为提问")
        tickets = {one: (await own(town, one))[0] for one in (wang, li)}
        for one in (wang, li):
            await answers(town, leo, tickets[one], f"给{one.first_name}的答复")
            await town.told(one, f"给{one.first_name}的答复")

        for one, other in ((wang, li), (li, wang)):
            transcript = await town.community.tickets.views.transcript(
                await town.community.actor(one.id), ticket_id=tickets[one].ticket_id
            )
            told = [spoken.message.said.text for spoken in transcript.spoken]
            assert told == [*words[one], f"给{one.first_name}的答复"]
            assert all(
                other.first_name not in said(shown) for shown in town.world.history(town.chat(one))
            )


async def test_an_album_whose_parts_come_seconds_apart_is_one_answer(sqlite_url: str) -> None:
    clock, chance = ShiftedClock(), random.Random(9)
    async with living(sqlite_url, clock=clock) as town:
        desk = await forum(town)
        leo, wang = await desk.mentor("Leo"), await desk.member("Wang")
        ticket = await desk.asks(wang, "佣金怎么算？")
        await desk.press(leo, await desk.card(ticket, "佣金"), "desk:claim")
        topic = await desk.topic_of(ticket)
        before = len(town.world.history(town.chat(wang)))

        shades = list(range(PARTS))
        chance.shuffle(shades)
        for shade in shades:
            town.world.send_photo(
                leo,
                desk.chat,
                picture(shade),
                "见图" if shade == 0 else "",
                topic=topic,
                extra={"media_group_id": "13000000000000009"},
            )
            clock.pass_(timedelta(seconds=chance.uniform(0, 3)))
        clock.pass_(timedelta(seconds=4))
        await desk.reads(wang, "见图")

        carried = [
            one
            for one in town.world.history(town.chat(wang))[before:]
            if one.kind == "photo" and one.sender is town.world.bot
        ]
        assert len(carried) == PARTS
        assert len({one.media_group_id for one in carried}) == 1
        transcript = await town.community.tickets.views.transcript(
            await town.community.actor(leo.id), ticket_id=ticket.ticket_id
        )
        assert [one.happening.value for one in transcript.moments].count("answer") == 1
