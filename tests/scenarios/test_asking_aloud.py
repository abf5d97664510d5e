"""Questions asked in a group: answered there and in private, and nothing private is said there."""

import asyncio

from community_bot.sandbox import wire
from community_bot.sandbox.facts import Chat, Message
from tests.scenarios.asking import answers, group, member, mentor, own, ticket
from tests.scenarios.desk_town import forum
from tests.town import TIERS, Town, keys_of, living, picture, said

ONE_A_MONTH = [TIERS[0], {**TIERS[1], "questions_per_month": 1}]


async def heard(town: Town, chat: Chat, words: str) -> Message:
    """Wait until the bot has said something in the group."""

    def found() -> list[Message]:
        history = town.world.history(chat)
        return [one for one in history if one.sender is town.world.bot and words in said(one)]

    await town.world.until(lambda: bool(found()), timeout=10)
    return found()[-1]


def link(message: Message) -> str:
    return str(keys_of(message)[0]["url"])


async def test_a_question_asked_aloud_is_answered_there_and_in_private(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang, leo = await member(town), await mentor(town)
        chat = await group(town, wang)

        asked = town.world.send_text(wang, chat, "/ask 亚马逊二审要准备什么？")
        stored = await heard(town, chat, "提问 #1")
        await answers(town, leo, await ticket(town, 1), "营业执照和水电账单。")
        answered = await heard(town, chat, "营业执照和水电账单。")
        await town.told(wang, "营业执照和水电账单。")

        assert "预计" in said(stored)
        assert "本月" not in said(stored)
        assert stored.reply_to is not None
        assert stored.reply_to.message_id == asked.message_id
        assert answered.reply_to is not None
        assert answered.reply_to.message_id == asked.message_id
        assert (await own(town, wang))[0].summary == "亚马逊二审要准备什么？"
        token = (await ticket(town, 1)).token
        assert link(stored).endswith(f"?start=t_{token}")
        opened = await town.says(wang, f"/start t_{token}")
        assert "亚马逊二审" in said(opened)


async def test_a_reply_to_ones_own_message_and_a_mention_ask_too(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = await member(town)
        chat = await group(town, wang)

        before = town.world.send_text(wang, chat, "保证金多久能退？")
        town.world.send_text(wang, chat, "/ask", reply_to=before)
        await heard(town, chat, "提问 #1")
        town.world.send_text(wang, chat, f"@{town.world.bot.username} 佣金怎么算？")
        await heard(town, chat, "提问 #2")
        town.world.send_text(wang, chat, "/问 回款多久？")
        await heard(town, chat, "提问 #3")

        summaries = [one.summary for one in await own(town, wang)]
        assert summaries == ["回款多久？", "佣金怎么算？", "保证金多久能退？"]


async def test_nobody_reads_in_the_group_why_somebody_may_not_ask(sqlite_url: str) -> None:
    async with living(sqlite_url, tiers=ONE_A_MONTH) as town:
        wang, guest = await member(town), town.person("林晓")
        chat = await group(town, wang, guest)
        town.world.send_text(wang, chat, "/ask 第一个")
        await heard(town, chat, "提问 #1")

        town.world.send_text(guest, chat, "/ask 我也想问")
        refused = said(await heard(town, chat, "私聊里继续"))
        count = len(town.world.history(chat))
        town.world.send_text(wang, chat, "/ask 第二个")
        await town.world.until(lambda: len(town.world.history(chat)) >= count + 2, timeout=10)
        spent = said(town.world.last(chat))
        await town.told(wang, "本月提问已用完（1/1）")

        assert refused == spent
        assert len(await own(town, wang)) == 1


async def test_an_empty_or_a_foreign_group_and_a_faceless_sender_get_a_hint(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        wang = await member(town)
        chat = await group(town, wang)
        foreign = await group(town, wang, is_bound=False)

        town.world.send_text(wang, chat, "/ask")
        await heard(town, chat, "请把问题写在命令后面")
        town.world.send_text(wang, foreign, "/ask 这里能问吗")
        await heard(town, foreign, "私聊里继续")

        typed = wire.message(town.world.send_text(town.owner, chat, "没有署名的问题"))
        faceless = {
            "message_id": 900,
            "text": "/ask 匿名能问吗",
            "entities": [{"type": "bot_command", "offset": 0, "length": 4}],
            "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
            "sender_chat": typed["chat"],
        }
        town.world.bot.mailbox.put("message", typed | faceless)
        await heard(town, chat, "请用您本人的身份提问")

        assert await own(town, wang) == []


async def test_who_never_opened_the_private_chat_reads_the_answer_in_the_group(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        wang, leo = await member(town), await mentor(town)
        chat = await group(town, wang)
        town.world.block(wang)

        town.world.send_text(wang, chat, "/ask 二审要准备什么？")
        await heard(town, chat, "提问 #1")
        await answers(town, leo, await ticket(town, 1), "营业执照。")
        answered = await heard(town, chat, "营业执照。")

        assert "?start=t_" in link(answered)
        assert not (await ticket(town, 1)).is_unreachable
        kim = await town.community.actor(town.owner.id)
        views = town.community.tickets.views
        for _ in range(200):
            truth = (await views.card(kim, ticket_id=1)).truth
            if truth.is_in_group:
                break
            await asyncio.sleep(0.05)
        assert truth.is_in_group
        assert truth.failed_id is None


async def test_mentors_read_the_words_of_a_question_without_the_command(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo, wang = await desk.mentor("Leo"), await member(town)
        chat = await group(town, wang)
        command = f"/ask@{town.world.bot.username}"
        head = {"type": "bot_command", "offset": 0, "length": len(command)}
        bold = {"type": "bold", "offset": len(command) + 6, "length": 4}  # the flag counts four

        text = f"{command} 🇺🇸站GPSR需要吗？"
        asked = town.world.send_text(wang, chat, text, entities=[head, bold])
        await heard(town, chat, "提问 #1")
        await desk.press(leo, await desk.card(await ticket(town, 1)), "desk:claim")
        topic = await desk.topic_of(await ticket(town, 1))

        def copies() -> list[Message]:
            history = town.world.history(desk.chat)
            return [one for one in history if one.topic == topic and said(one).startswith("🇺🇸站")]

        await town.world.until(lambda: bool(copies()), timeout=10)
        (copy,) = copies()
        entities = copy.content["entities"]
        town.world.edit_text(asked, f"{command} 🇺🇸站GPSR和EPR需要吗？")
        await town.world.until(lambda: said(copy) == "🇺🇸站GPSR和EPR需要吗？", timeout=10)

        assert entities == [{"type": "bold", "offset": 5, "length": 4}]


async def test_a_picture_that_calls_the_bot_reaches_mentors_with_its_words_alone(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo, wang = await desk.mentor("Leo"), await member(town)
        chat = await group(town, wang)
        name = f"@{town.world.bot.username}"

        town.world.send_photo(wang, chat, picture(), caption=f"{name}，这封邮件是真的吗？")
        await heard(town, chat, "提问 #1")
        await desk.press(leo, await desk.card(await ticket(town, 1)), "desk:claim")
        topic = await desk.topic_of(await ticket(town, 1))

        def copied() -> list[Message]:
            history = town.world.history(desk.chat)
            return [one for one in history if one.topic == topic and "photo" in one.content]

        await town.world.until(lambda: bool(copied()), timeout=10)
        assert [said(one) for one in copied()] == ["这封邮件是真的吗？"]
        assert (await own(town, wang))[0].summary == "这封邮件是真的吗？"
