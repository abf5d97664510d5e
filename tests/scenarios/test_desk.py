"""The desk in a forum: a ticket is taken by one, answered in its topic, and all of it is true."""

from community_bot.people.roles import Role
from community_bot.tickets.rules import TicketState
from tests.scenarios.desk_town import forum
from tests.town import living, said


async def test_one_mentor_takes_a_ticket_and_the_answer_arrives(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo, amy = await desk.mentor("Leo"), await desk.mentor("Amy")
        member = await desk.member("Wang")
        ticket = await desk.asks(member, "美国站 GPSR 需要弄吗？")
        card = await desk.card(ticket, "GPSR")

        toasts = await desk.race((leo, amy), card, "desk:claim")
        topic = await desk.topic_of(ticket)
        await desk.shows("领取的导师在这里写的消息")
        answer = town.world.send_text(leo, desk.chat, "美国站不需要。", topic=topic)
        got = await desk.reads(member, "美国站不需要。")
        await desk.reaction(answer, "👌")
        await desk.card(ticket, "已送达会员")

        assert "is yours" in toasts
        assert "Already taken by Leo" in toasts
        assert said(got) == "美国站不需要。"
        assert (await desk.ticket(ticket)).state is TicketState.ANSWERED


async def test_only_the_mentor_of_a_ticket_speaks_to_its_member(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo, amy = await desk.mentor("Leo"), await desk.mentor("Amy")
        member = await desk.member("Wang")
        ticket = await desk.asks(member, "佣金怎么算？")
        await desk.press(leo, await desk.card(ticket, "佣金"), "desk:claim")
        topic = await desk.topic_of(ticket)

        note = town.world.send_text(leo, desk.chat, "//注意语气", topic=topic)
        await desk.reaction(note, "✍")
        other = town.world.send_text(amy, desk.chat, "还要提欧盟责任人", topic=topic)
        await desk.reaction(other, "✍")
        hint = await desk.shows("This stays inside")
        await desk.press(amy, hint, "desk:assist")
        await desk.press(amy, await desk.shows("Send this to the member"), "desk:yesassist")
        await desk.reads(member, "还要提欧盟责任人")
        await desk.reaction(other, "👌")

        read = [said(one) for one in town.world.history(town.chat(member))]
        assert not any("注意语气" in words for words in read)


async def test_what_is_written_about_a_settled_ticket_is_not_sent_and_says_so(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo = await desk.mentor("Leo")
        member = await desk.member("Wang")
        ticket = await desk.asks(member, "佣金怎么算？")
        await desk.press(leo, await desk.card(ticket, "佣金"), "desk:claim")
        topic = await desk.topic_of(ticket)
        town.world.send_text(leo, desk.chat, "百分之六。", topic=topic)
        await desk.reads(member, "百分之六。")

        await desk.press(leo, await desk.shows("领取的导师在这里写的消息"), "desk:solve")
        await desk.card(ticket, "已解决")
        town.world.send_text(leo, desk.chat, "还有一点", topic=topic)
        hint = await desk.shows("Not sent to the member")
        await desk.press(leo, hint, "desk:again")

        assert (await desk.ticket(ticket)).state in (TicketState.ACTIVE, TicketState.QUEUED)


async def test_a_topic_says_who_has_the_ticket_and_an_appointed_mentor_is_told(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo, amy = await desk.mentor("Leo"), await desk.mentor("Amy")
        kim = await desk.mentor("Kim", Role.ADMIN)
        ticket = await desk.asks(await desk.member("Wang"), "佣金怎么算？")
        await town.says(kim, "/queue")
        await town.presses(kim, "desk:page")
        await town.presses(kim, "desk:appoint")
        await town.presses(kim, f"desk:chosen:1:{leo.id}")
        given = await town.told(leo, "Kim has handed #1 to you")
        await desk.topic_of(ticket)

        await town.presses(leo, "desk:page")
        await town.presses(leo, "desk:hand")
        await town.presses(leo, f"desk:to:1:{(await desk.ticket(ticket)).version}:{amy.id}")
        await town.says(leo, "她懂欧盟")
        held = await desk.shows("现在由 Amy")

        assert "What you should know" not in said(given)
        assert "她懂欧盟" in said(held)
        assert held.topic == (await desk.ticket(ticket)).forum_topic_id


async def test_an_edit_and_a_recall_reach_the_copy(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo = await desk.mentor("Leo")
        member = await desk.member("Wang")
        ticket = await desk.asks(member, "佣金怎么算？")
        await desk.press(leo, await desk.card(ticket, "佣金"), "desk:claim")
        topic = await desk.topic_of(ticket)
        answer = town.world.send_text(leo, desk.chat, "百分之六。", topic=topic)
        copy = await desk.reads(member, "百分之六。")
        heading = await town.told(member, "Leo answers your question")
        footer = await town.told(member, "Does this settle")

        town.world.edit_text(answer, "百分之八。")
        await desk.reads(member, "百分之八。")
        town.world.send_text(leo, desk.chat, "/recall", topic=topic, reply_to=answer)
        await desk.shows("Taken back")
        await desk.reaction(answer, "🙈")
        await town.world.until(lambda: copy.deleted, timeout=10)
        await town.world.until(lambda: heading.deleted and footer.deleted, timeout=10)
        town.world.send_text(leo, desk.chat, "百分之九。", topic=topic)
        await desk.reads(member, "百分之九。")
        again = await town.told(member, "Leo answers your question")
        assert again.message_id > heading.message_id


async def test_a_deleted_topic_is_made_again_and_the_member_notices_nothing(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo = await desk.mentor("Leo")
        member = await desk.member("Wang")
        ticket = await desk.asks(member, "佣金怎么算？")
        await desk.press(leo, await desk.card(ticket, "佣金"), "desk:claim")
        old = await desk.topic_of(ticket)
        await desk.shows("佣金怎么算")

        town.world.delete_topic(desk.chat, old)
        town.world.send_text(member, town.chat(member), "补充：美国站")
        await desk.shows("话题已重建")
        await desk.shows("补充：美国站")
        new = await desk.topic_of(ticket)
        town.world.send_text(leo, desk.chat, "百分之六。", topic=new)
        await desk.reads(member, "百分之六。")

        assert new != old
        again = [one for one in town.world.history(desk.chat) if said(one) == "补充：美国站"]
        assert len(again) == 1
