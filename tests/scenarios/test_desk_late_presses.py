"""Buttons of last week: who presses one reads how things stand, and what can be done instead."""

from datetime import timedelta

from community_bot.clock import ShiftedClock
from community_bot.sandbox.facts import Message, Person
from community_bot.tickets.facts import Ticket
from community_bot.tickets.rules import TicketState
from tests.scenarios.desk_town import Bureau, forum
from tests.town import Town, keys_of, living, said


async def test_a_mentor_who_presses_a_button_of_a_closed_ticket_reads_that_it_is_closed(
    sqlite_url: str,
) -> None:
    clock = ShiftedClock()
    async with living(sqlite_url, clock=clock) as town:
        desk = await forum(town)
        leo, wang = await desk.mentor("Leo"), await desk.member("Wang")
        ticket, controls = await _answered(desk, leo, wang)
        await town.says(leo, "/mine")
        page = await town.presses(leo, "desk:page")
        card = await desk.card(ticket, "已回答")
        await _closes(town, desk, clock, ticket)

        toasts = [
            await desk.press(leo, controls, f"desk:{verb}")
            for verb in ("lead", "release", "solve", "waive")
        ]
        writes = await desk.press(leo, page, "desk:write")

        assert {"This ticket is closed" in one for one in (*toasts, writes)} == {True}
        assert not any("desk:release" in str(key.get("callback_data")) for key in keys_of(card))
        assert await town.community.drafts.current(leo.id) is None
        assert (await desk.ticket(ticket)).escalation == 0


async def test_a_member_goes_on_from_a_closed_question_by_its_old_button(sqlite_url: str) -> None:
    clock = ShiftedClock()
    async with living(sqlite_url, clock=clock) as town:
        desk = await forum(town)
        leo, wang = await desk.mentor("Leo"), await desk.member("Wang")
        ticket, _ = await _answered(desk, leo, wang)
        await _closes(town, desk, clock, ticket)

        settled = await town.toast(wang, "questions:settle")
        asked = said(await town.presses(wang, "questions:reopen"))
        town.world.send_text(wang, town.chat(wang), "那英国站呢？")
        draft = said(await town.told(wang, "📝 Draft"))

        assert "closed" in settled
        assert "closed by now" in asked
        assert "goes on from question #1" in draft
        assert (await desk.ticket(ticket)).state is TicketState.CLOSED


async def _answered(desk: Bureau, mentor: Person, member: Person) -> tuple[Ticket, Message]:
    """Let a member ask and be answered; return the ticket and the buttons in its topic."""
    ticket = await desk.asks(member, "佣金怎么算？")
    await desk.press(mentor, await desk.card(ticket, "佣金"), "desk:claim")
    topic = await desk.topic_of(ticket)
    controls = await desk.shows("领取的导师在这里写的消息")
    desk.world.send_text(mentor, desk.chat, "百分之六。", topic=topic)
    await desk.card(ticket, "已送达会员")
    await desk.town.told(member, "Does this settle")
    return ticket, controls


async def _closes(town: Town, desk: Bureau, clock: ShiftedClock, ticket: Ticket) -> None:
    """Let the member be content, and the days go by in which it may be opened again."""
    actor = await town.community.actor(ticket.member_id)
    await town.community.tickets.ending.resolve(actor, ticket_id=ticket.ticket_id)
    await desk.card(ticket, "已解决")
    clock.pass_(timedelta(days=4))
    await town.program.ticker.once()
    await desk.card(ticket, "已关闭")
