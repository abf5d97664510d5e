"""What goes wrong at a desk: crowds, strangers, blocked members, refusals of Telegram."""

import pytest

from community_bot.people.roles import Role
from community_bot.tickets.rules import TicketState
from tests.paid import english
from tests.scenarios.desk_town import forum, group
from tests.town import keys_of, living, picture, said

TICKETS = 4


async def test_twice_as_many_mentors_as_tickets_make_as_many_owners(database_url: str) -> None:
    async with living(database_url) as town:
        desk = await group(town)
        mentors = [await desk.mentor(f"M{number}") for number in range(2 * TICKETS)]
        tickets = [
            await desk.asks(await desk.member(f"W{number}"), f"问题 {number}？")
            for number in range(TICKETS)
        ]
        cards = [await desk.card(ticket, f"问题 {number}") for number, ticket in enumerate(tickets)]

        shown = [await desk.race(mentors, card, "desk:claim") for card in cards]

        owners = [(await desk.ticket(ticket)).assignee_id for ticket in tickets]
        assert all(owner in {one.id for one in mentors} for owner in owners)
        for said_to_all in shown:
            assert said_to_all.count("is yours") == 1
            assert said_to_all.count("Already taken by") == 2 * TICKETS - 1


async def test_who_is_no_mentor_is_told_so_and_changes_nothing(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        stranger = await english(town, "Mo")
        town.world.join(stranger, desk.chat)
        ticket = await desk.asks(await desk.member("Wang"), "佣金怎么算？")

        toast = await desk.press(stranger, await desk.card(ticket, "佣金"), "desk:claim")

        assert "Only mentors" in toast
        assert (await desk.ticket(ticket)).state is TicketState.QUEUED


async def test_in_a_plain_group_a_reply_to_the_card_is_the_answer(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo, amy = await desk.mentor("Leo"), await desk.mentor("Amy")
        member = await desk.member("Wang")
        ticket = await desk.asks(member, "佣金怎么算？")
        card = await desk.card(ticket, "佣金")
        await desk.press(leo, card, "desk:claim")

        town.world.send_text(amy, desk.chat, "谁吃午饭？")
        town.world.send_text(leo, desk.chat, "百分之六。", reply_to=card)
        await desk.reads(member, "百分之六。")
        note = town.world.send_text(amy, desk.chat, "八吧？", reply_to=card)
        await desk.reaction(note, "✍")

        read = [said(one) for one in town.world.history(town.chat(member))]
        assert not any("午饭" in words or "八吧" in words for words in read)


async def test_an_album_arrives_as_an_album(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang")
        ticket = await desk.asks(member, "佣金怎么算？")
        await desk.press(leo, await desk.card(ticket, "佣金"), "desk:claim")
        topic = await desk.topic_of(ticket)

        parts = [("photo", picture(shade)) for shade in (10, 90, 200)]
        town.world.send_album(leo, desk.chat, parts, "见图", topic=topic)
        first = await desk.reads(member, "见图")
        album = [
            one
            for one in town.world.history(town.chat(member))
            if one.kind == "photo" and one.sender is town.world.bot
        ]

        assert len(album) == len(parts)
        assert first in album


async def test_an_answer_to_who_blocked_the_bot_is_kept_until_they_return(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang")
        ticket = await desk.asks(member, "佣金怎么算？")
        await desk.press(leo, await desk.card(ticket, "佣金"), "desk:claim")
        topic = await desk.topic_of(ticket)
        town.world.block(member)

        answer = town.world.send_text(leo, desk.chat, "百分之六。", topic=topic)
        await desk.shows("已停用机器人")
        await desk.reaction(answer, "💔")
        listed = await town.says(leo, "/queue")
        assert "One member cannot be reached" in said(listed)
        lost = await town.presses(leo, "queue:list:unreachable")
        assert "📵 Unreachable · 1" in said(lost)
        assert keys_of(lost)[0]["text"].startswith("📵 #1")
        town.world.start(member)
        await desk.reads(member, "百分之六。")
        await desk.shows("回来了")
        await desk.reaction(answer, "👌")
        found = await town.presses(leo, "queue:list:unreachable")
        assert "can be reached" in said(found)


@pytest.mark.parametrize(
    ("method", "code", "words"),
    [
        ("setMessageReaction", 400, "Bad Request: REACTION_INVALID"),
        ("pinChatMessage", 400, "Bad Request: not enough rights to manage pinned messages"),
    ],
)
async def test_what_is_only_for_show_may_fail(
    sqlite_url: str, method: str, code: int, words: str
) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang")
        town.sandbox.faults.refuse(code, words, method=method, times=None)
        ticket = await desk.asks(member, "佣金怎么算？")
        await desk.press(leo, await desk.card(ticket, "佣金"), "desk:claim")
        topic = await desk.topic_of(ticket)

        town.world.send_text(leo, desk.chat, "百分之六。", topic=topic)
        await desk.reads(member, "百分之六。")

        assert (await desk.ticket(ticket)).state is TicketState.ANSWERED


async def test_an_answer_that_telegram_refuses_is_said_and_can_be_sent_again(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang")
        ticket = await desk.asks(member, "佣金怎么算？")
        await desk.press(leo, await desk.card(ticket, "佣金"), "desk:claim")
        topic = await desk.topic_of(ticket)
        town.sandbox.faults.refuse(
            400, "Bad Request: VOICE_MESSAGES_FORBIDDEN", method="copyMessage", chat_id=member.id
        )

        answer = town.world.send_text(leo, desk.chat, "百分之六。", topic=topic)
        await desk.reaction(answer, "💔")
        await desk.press(leo, await desk.shows("没有送达"), "desk:resend")
        await desk.reads(member, "百分之六。")
        await desk.reaction(answer, "👌")


async def test_a_flood_of_telegrams_delays_an_answer_and_loses_nothing(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang")
        ticket = await desk.asks(member, "佣金怎么算？")
        await desk.press(leo, await desk.card(ticket, "佣金"), "desk:claim")
        topic = await desk.topic_of(ticket)
        town.sandbox.faults.flood(1, method="copyMessage", chat_id=member.id)

        answer = town.world.send_text(leo, desk.chat, "百分之六。", topic=topic)
        await desk.reads(member, "百分之六。")
        await desk.reaction(answer, "👌")


async def test_a_card_that_somebody_deleted_comes_again(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang")
        ticket = await desk.asks(member, "佣金怎么算？")
        card = await desk.card(ticket, "佣金")
        town.world.delete_message(card)

        await town.says(leo, "/queue")
        await town.presses(leo, "desk:page")
        await town.presses(leo, "desk:take")
        again = await desk.card(ticket, "🙋 Leo")

        assert again.message_id != card.message_id


async def test_an_old_button_says_that_things_have_moved_on(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo, amy = await desk.mentor("Leo"), await desk.mentor("Amy", Role.MENTOR)
        ticket = await desk.asks(await desk.member("Wang"), "佣金怎么算？")
        await town.says(amy, "/queue")
        await town.presses(amy, "desk:page")
        await town.says(leo, "/queue")
        await town.presses(leo, "desk:page")
        await town.presses(leo, "desk:take")

        toast = await town.toast(amy, "desk:spam")

        assert "moved on" in toast
        assert (await desk.ticket(ticket)).state is TicketState.ACTIVE


@pytest.mark.parametrize("verb", ["desk:preview", "desk:entries"])
async def test_who_cannot_be_written_to_is_told_so_and_the_group_goes_on(
    sqlite_url: str, verb: str
) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang")
        card = await desk.card(await desk.asks(member, "佣金怎么算？"), "佣金")
        town.world.block(leo)

        toast = await desk.press(leo, card, verb)

        assert "tap Start" in toast
        await desk.card(await desk.asks(await desk.member("Zhou"), "物流要几天？"), "物流")


async def test_an_anonymous_admin_is_asked_to_write_as_themselves(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo, member = await desk.mentor("Leo"), await desk.member("Wang")
        ticket = await desk.asks(member, "佣金怎么算？")
        await desk.press(leo, await desk.card(ticket, "佣金"), "desk:claim")
        topic = await desk.topic_of(ticket)

        hidden = {"sender_chat": desk.chat.wire}
        town.world.post(desk.chat, leo, {"text": "百分之六。"}, topic=topic, extra=hidden)
        await desk.shows("请用您本人的身份发送")

        assert (await desk.ticket(ticket)).state is TicketState.ACTIVE
