"""What else can become of a ticket: put off, none at all, answered from the FAQ, learnt from."""

from community_bot.faq.content_rules import Content, EntryKind
from community_bot.faq.rules import EntryState
from community_bot.people.roles import Actor, Role
from community_bot.tickets.rules import TicketState
from tests.scenarios.desk_town import forum, group
from tests.town import Town, living, said


async def test_what_is_no_question_is_one_again_with_one_press(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo = await desk.mentor("Leo")
        ticket = await desk.asks(await desk.member("Wang"), "加微信发财")

        await desk.press(leo, await desk.card(ticket, "发财"), "desk:spam")
        spam = await desk.card(ticket, "不是提问")
        state = (await desk.ticket(ticket)).state
        await desk.press(leo, spam, "desk:restore")
        await desk.card(ticket, "待领取")

        assert state is TicketState.SPAM
        assert (await desk.ticket(ticket)).state is TicketState.QUEUED


async def test_a_ticket_is_put_off_and_given_back(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo = await desk.mentor("Leo")
        ticket = await desk.asks(await desk.member("Wang"), "佣金怎么算？")
        await desk.press(leo, await desk.card(ticket, "佣金"), "desk:claim")
        controls = await desk.shows("领取的导师在这里写的消息")

        later = await desk.press(leo, controls, "desk:later:1:2h")
        unanswered = await desk.press(leo, controls, "desk:solve")
        snoozed = (await desk.ticket(ticket)).snoozed_until
        back = await desk.press(leo, controls, "desk:release")

        assert "Put off until" in later
        assert "no answer yet" in unanswered
        assert snoozed is not None
        assert "back in the queue" in back
        assert (await desk.ticket(ticket)).state is TicketState.QUEUED


async def test_everything_is_read_in_private_and_as_a_file(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo = await desk.mentor("Leo")
        ticket = await desk.asks(await desk.member("Wang"), "佣金怎么算？", "美国站的")

        toast = await desk.press(leo, await desk.card(ticket, "佣金"), "desk:preview")
        await desk.reads(leo, "美国站的")
        await town.says(leo, "/queue")
        await town.presses(leo, "desk:page")
        file = await town.presses(leo, "desk:file")

        assert "private chat" in toast
        assert file.kind == "document"


async def test_an_entry_answers_a_ticket(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang")
        await published(town, "佣金怎么算？", "美国站百分之六。")
        ticket = await desk.asks(member, "/ask 佣金怎么算啊")
        await desk.press(leo, await desk.card(ticket, "佣金"), "desk:claim")

        await town.says(leo, "/snippets 佣金")
        await town.presses(leo, "desk:entry")
        await town.presses(leo, "desk:use")
        await desk.reads(member, "美国站百分之六。")

        assert (await desk.ticket(ticket)).state is TicketState.ANSWERED


async def test_a_snippet_names_its_reader_and_the_question(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang & Li")
        await published(town, "佣金", "{称呼} 您好，{单号} 已在查。", kind=EntryKind.SNIPPET)
        ticket = await desk.asks(member, "佣金怎么算啊")
        await desk.press(leo, await desk.card(ticket, "佣金"), "desk:claim")

        await town.says(leo, "/snippets 佣金")
        shown = said(await town.presses(leo, "desk:entry"))
        await town.presses(leo, "desk:use")

        assert "put in for each reader" in shown
        await desk.reads(member, "Wang & Li 您好，#1 已在查。")


async def test_a_settled_ticket_becomes_a_draft_without_names(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang")
        ticket = await desk.asks(member, "我是 Wang，电话 13812345678，GPSR 要弄吗？")
        await desk.press(leo, await desk.card(ticket, "GPSR"), "desk:claim")
        topic = await desk.topic_of(ticket)
        town.world.send_text(leo, desk.chat, "Wang 您好，美国站不需要。", topic=topic)
        await desk.reads(member, "美国站不需要")
        controls = await desk.shows("领取的导师在这里写的消息")
        await desk.press(leo, controls, "desk:solve")

        await desk.press(leo, controls, "desk:promote")
        await town.told(leo, "in the FAQ now")
        again = await desk.press(leo, controls, "desk:promote")
        actor = await town.community.actor(leo.id)
        drafts, _more = await town.community.faq.entries.in_state(actor, EntryState.DRAFT)

        assert "in the FAQ already" in again
        written = drafts[0].content.question + drafts[0].content.body
        assert "美国站不需要" in written
        assert "Wang" not in written
        assert "13812345678" not in written


async def test_an_answer_renews_an_entry_that_is_alike(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        kim, member = await desk.mentor("Kim", Role.ADMIN), await desk.member("Wang")
        number = await published(town, "GPSR 美国站要弄吗？", "要看。")
        ticket = await desk.asks(member, "/ask GPSR 美国站要弄吗")
        card = await desk.card(ticket, "GPSR")
        await desk.press(kim, card, "desk:claim")
        town.world.send_text(kim, desk.chat, "不需要了，新规。", reply_to=card)
        await desk.reads(member, "不需要了")
        await town.says(kim, "/mine")
        await town.presses(kim, "desk:page")
        await town.presses(kim, "desk:solve")

        await town.presses(kim, "desk:promote")
        await town.presses(kim, f"desk:renew:{ticket.ticket_id}:{number}")
        actor = await town.community.actor(kim.id)
        entry = await town.community.faq.entries.one(actor, entry_id=number)

        assert "新规" in entry.content.body
        assert "in the FAQ now" in said(town.last(kim))


async def published(
    town: Town, question: str, body: str, *, kind: EntryKind = EntryKind.FAQ
) -> int:
    """Publish an entry, and return its number."""
    owner = Actor(town.owner.id, frozenset({Role.OWNER}))
    faq = town.community.faq
    entry = await faq.entries.write(owner, content=Content(question=question, body=body, kind=kind))
    await faq.publishing.publish(owner, entry_id=entry.entry_id)
    return entry.entry_id
