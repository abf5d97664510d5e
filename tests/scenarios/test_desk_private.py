"""Mentors in their private chats: lists, answers that are looked at first, hand-overs, hours."""

from datetime import timedelta

from community_bot.clock import ShiftedClock
from community_bot.people.roles import Role
from community_bot.sandbox.facts import Person
from community_bot.tickets.facts import Said, Ticket
from community_bot.tickets.rules import MessageKind, TicketState
from tests.scenarios.desk_town import Bureau, forum, group
from tests.town import Town, keys_of, living, picture, said


async def test_an_answer_is_gathered_shown_with_a_name_and_then_sent(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang")
        ticket = await desk.asks(member, "佣金怎么算？")
        await town.says(leo, "/queue")
        await town.presses(leo, "desk:page")
        await town.presses(leo, "desk:take")
        await town.presses(leo, "desk:write")

        first = await town.says(leo, "百分之六，")
        second = await town.shows(leo, picture(), "见图")
        label = keys_of(second)[0]["text"]
        await town.presses(leo, "desk:yessend")
        await desk.reads(member, "百分之六，")
        await desk.reads(member, "见图")

        assert "One message" in said(first)
        assert label == f"✅ Send to #{ticket.ticket_id} W*"
        assert (await desk.ticket(ticket)).state is TicketState.ANSWERED


async def test_a_part_that_is_slower_than_the_press_goes_with_its_answer(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang")
        ticket = await taken(town, desk, leo, member)
        await town.presses(leo, "desk:write")
        album = {"media_group_id": "77"}
        here = town.chat(leo)
        town.world.send_photo(leo, here, picture(10), "见图", extra=album)
        await town.told(leo, "One message")
        await town.presses(leo, "desk:yessend")

        town.world.send_photo(leo, here, picture(90), "还有这张", extra=album)
        await desk.reads(member, "见图")
        await desk.reads(member, "还有这张")

        actor = await town.community.actor(leo.id)
        told = await town.community.tickets.views.transcript(actor, ticket_id=ticket.ticket_id)
        assert [one.message.kind for one in told.spoken] == [
            MessageKind.MEMBER,
            MessageKind.PUBLIC,
            MessageKind.PUBLIC,
        ]


async def test_without_a_group_everything_happens_in_private(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = Bureau(town, None)
        leo, amy = await desk.mentor("Leo"), await desk.mentor("Amy")
        member = await desk.member("Wang")
        ticket = await desk.asks(member, "佣金怎么算？")
        await town.told(leo, f"#{ticket.ticket_id} ")
        await town.told(amy, f"#{ticket.ticket_id} ")

        toast = await town.toast(leo, "desk:claim")
        late = await town.toast(amy, "desk:claim")
        await town.says(leo, "/mine")
        await town.presses(leo, "desk:page")
        await town.presses(leo, "desk:write")
        await town.says(leo, "百分之六。")
        await town.presses(leo, "desk:yessend")
        await desk.reads(member, "百分之六。")
        town.world.send_text(member, town.chat(member), "那英国站呢？")
        await desk.reads(leo, "那英国站呢？")
        await town.told(leo, "wrote again")

        assert "is yours" in toast
        assert "Already taken by Leo" in late


async def test_what_was_gathered_can_be_dropped_and_nothing_left(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang")
        ticket = await taken(town, desk, leo, member)
        await town.presses(leo, "desk:write")
        await town.says(leo, "不对，算了")

        await town.presses(leo, "desk:yesdrop")

        assert (await desk.ticket(ticket)).state is TicketState.ACTIVE
        assert await town.community.drafts.current(leo.id) is None


async def test_who_has_no_ticket_cannot_write_to_its_member(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo, amy = await desk.mentor("Leo"), await desk.mentor("Amy")
        await taken(town, desk, leo, await desk.member("Wang"))
        await town.says(amy, "/queue")
        await town.presses(amy, "queue:list:all")
        page = await town.presses(amy, "desk:page")

        assert not any("desk:write" in str(key.get("callback_data")) for key in keys_of(page))
        keys_of(page)[0]["callback_data"] = "desk:write:1"
        assert "Only who has the ticket" in await town.toast(amy, "desk:write:1")


async def test_a_ticket_is_handed_on_with_a_note_and_never_without(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo, amy = await desk.mentor("Leo"), await desk.mentor("Amy")
        ticket = await taken(town, desk, leo, await desk.member("Wang"))
        await town.presses(leo, "desk:hand")
        await town.presses(leo, f"desk:to:{ticket.ticket_id}")

        town.world.send_sticker(leo, town.chat(leo), b"sticker" * 9)
        await town.told(leo, "Please type it as text")
        still = await desk.ticket(ticket)
        await town.says(leo, "需要欧盟经验 <b>")
        told = await town.told(amy, "has handed #")

        assert still.assignee_id == leo.id
        assert (await desk.ticket(ticket)).assignee_id == amy.id
        assert "需要欧盟经验 <b>" in said(told) or "需要欧盟经验 &lt;b&gt;" in said(told)


async def test_what_is_answered_goes_to_a_mentor_and_to_no_topic(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo = await desk.mentor("Leo")
        ticket = await taken(town, desk, leo, await desk.member("Wang"))
        before = said(await town.presses(leo, "desk:hand"))
        await town.presses(leo, "desk:page")
        actor = await town.community.actor(leo.id)
        await town.community.tickets.answering.answer(
            actor,
            ticket_id=ticket.ticket_id,
            said=[Said(chat_id=leo.id, message_id=9_999, text="百分之六。")],
        )

        after = said(await town.presses(leo, "desk:hand"))

        assert "under the topic" in before
        assert "under the topic" not in after
        assert "a mentor alone" in after


async def test_a_lead_gives_a_ticket_to_somebody_and_takes_it_over(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo, kim = await desk.mentor("Leo"), await desk.mentor("Kim", Role.ADMIN)
        ticket = await taken(town, desk, leo, await desk.member("Wang"))
        await town.toast(leo, "desk:lead")
        await town.told(kim, "asks for help")

        await town.presses(kim, "desk:over")
        await town.told(leo, "sees to #")
        mine = await desk.ticket(ticket)

        assert mine.assignee_id == kim.id


async def test_hours_are_said_by_buttons_and_by_words(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo = await desk.mentor("Leo")

        shown = said(await town.says(leo, "/duty"))
        off = said(await town.presses(leo, "duty:set:off"))
        until = said(await town.says(leo, "/duty until 23:59"))
        away = said(await town.says(leo, "/duty away 2h"))
        wrong = said(await town.says(leo, "/duty soon"))

        assert "on duty" in shown
        assert "off duty" in off
        assert "23:59" in until
        assert "away until" in away
        assert "away 2h" in wrong


async def test_hours_are_said_in_chinese_too(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo = await desk.mentor("Leo")

        until = said(await town.says(leo, "/值班 on 到23:59"))
        off = said(await town.says(leo, "/下班"))
        away = said(await town.says(leo, "/离开 2 小时"))
        on = said(await town.says(leo, "/duty 上班"))
        shown = said(await town.says(leo, "/值班"))

        assert "23:59" in until
        assert "off duty" in off
        assert "away until" in away
        assert "on duty" in on
        assert "on duty" in shown


async def test_what_waits_goes_to_the_next_shift(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo = await desk.mentor("Leo")
        ticket = await taken(town, desk, leo, await desk.member("Wang"))
        await town.says(leo, "/duty off")

        await town.community.tickets.sweep(town.community.clock.now())
        await town.told(leo, "Your shift is over")
        await town.presses(leo, "duty:over")

        assert (await desk.ticket(ticket)).state is TicketState.QUEUED


async def test_an_offer_is_taken_or_passed_on(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=ALWAYS) as town:
        desk = await group(town)
        leo, amy = await desk.mentor("Leo"), await desk.mentor("Amy")
        ticket = await desk.asks(await desk.member("Wang"), "佣金怎么算？")
        clock = town.community.clock
        assert isinstance(clock, ShiftedClock)
        clock.pass_(timedelta(hours=2))

        await town.community.tickets.sweep(town.community.clock.now())
        await town.world.until(lambda: asked(town, leo) or asked(town, amy), timeout=10)
        first, second = (leo, amy) if asked(town, leo) else (amy, leo)
        await town.toast(first, "desk:skip")
        await town.told(second, "would suit you")
        await town.presses(second, "desk:take")

        assert (await desk.ticket(ticket)).assignee_id == second.id


async def test_a_group_message_becomes_a_ticket_of_who_wrote_it(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang")
        place = town.world.add_supergroup("会员群", town.owner)
        town.world.add_bot(town.owner, place, ("can_delete_messages",))
        for person in (leo, member):
            town.world.join(person, place)
        asked_there = town.world.send_text(member, place, "亚马逊二审要准备什么？")

        town.world.send_text(leo, place, "转工单", reply_to=asked_there)
        await desk.shows("亚马逊二审")
        await town.told(member, "亚马逊二审")
        await desk.shows("#1", chat=place)
        town.world.send_text(leo, place, "/ticket", reply_to=asked_there)
        again = await desk.shows("already", chat=place)

        assert again.chat is place


ALWAYS = {"hours": ["00:00-24:00"], "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}


def asked(town: Town, person: Person) -> bool:
    return any("would suit you" in said(one) for one in town.world.history(town.chat(person)))


async def taken(town: Town, desk: Bureau, mentor: Person, member: Person) -> Ticket:
    """Let a member ask, and a mentor take it from the queue."""
    ticket = await desk.asks(member, "佣金怎么算？")
    await town.says(mentor, "/queue")
    await town.presses(mentor, "desk:page")
    await town.presses(mentor, "desk:take")
    return ticket
