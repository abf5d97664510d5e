"""A member asks, is answered, says whether it helped; nothing is lost on the way."""

from community_bot.faq.content_rules import Content
from community_bot.tickets.rules import TicketState, Verdict
from tests.scenarios.asking import QUESTION, answers, asks, card, member, mentor, own, ticket
from tests.scenarios.test_faq import written
from tests.town import keys_of, living, picture, said

GPSR = Content(
    question="美国站 GPSR 需要弄吗？",
    body="GPSR 只适用于欧盟和北爱尔兰。",
    aliases=("收到 GPSR 邮件",),
    topics=("compliance",),
)


async def test_a_question_from_the_first_word_to_the_rating(database_url: str) -> None:
    async with living(database_url) as town:
        wang, leo = await member(town), await mentor(town)

        asked = await asks(town, wang)
        promised = said(await town.told(wang, "提问 #1 已提交"))
        await answers(town, leo, asked, "美国站不需要。")
        heading = await town.told(wang, "Leo 答复您的提问 #1")
        await town.told(wang, "美国站不需要。")
        await town.told(wang, "解决了吗")
        await town.toast(wang, "questions:settle:1")
        await town.told(wang, "🎉 提问 #1 已解决")
        thanked = await town.presses(wang, "rating:give:1:good")

        assert "前答复" in promised
        assert "本月提问 1/30" in promised
        assert "下一个就是您" in promised
        assert "美国站不需要" not in said(heading)
        assert "谢谢" in said(thanked)
        assert (await ticket(town, 1)).state is TicketState.RESOLVED
        transcript = await town.community.tickets.views.transcript(leo, ticket_id=1)
        assert transcript.rating is not None
        assert transcript.rating.verdict is Verdict.GOOD


async def test_a_burst_with_an_album_in_disorder_is_one_question(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = await member(town)
        chat = town.chat(wang)

        town.world.send_text(wang, chat, QUESTION)
        town.world.send_album(wang, chat, [("photo", picture(shade)) for shade in range(10)])
        town.world.send_voice(wang, chat, b"OggS" * 10)
        town.world.send_sticker(wang, chat, b"RIFF" * 10)
        town.world.send_location(wang, chat, 31.2, 121.5)
        town.world.send_text(wang, chat, "就是这些")
        await town.world.until(lambda: "文字 2 · 图片 10" in said(town.last(wang)), timeout=30)
        contents = said(town.last(wang))
        await town.presses(wang, "ask:submit")
        await town.told(wang, "提问 #1 已提交")

        assert "文件 3" in contents
        assert len(await own(town, wang)) == 1
        transcript = await town.community.tickets.views.transcript(
            await town.community.actor(wang.id), ticket_id=1
        )
        assert len(transcript.spoken) == 15


async def test_the_first_message_is_marked_as_seen(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = await member(town)

        message = town.world.send_text(wang, town.chat(wang), QUESTION)

        await town.world.until(lambda: "👀" in str(message.reactions), timeout=10)


async def test_what_the_faq_answers_goes_on_to_a_mentor_without_typing_again(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        await written(town, GPSR)
        wang = await member(town)

        answered = await town.says(wang, "美国站 GPSR 需要弄吗")
        before = await own(town, wang)
        await town.toast(wang, "ask:take")
        shown = await card(town, wang)
        await town.presses(wang, "ask:submit")
        await town.told(wang, "提问 #1 已提交")

        assert "北爱尔兰" in said(answered)
        assert before == []
        assert "美国站 GPSR 需要弄吗" in said(shown)
        assert (await own(town, wang))[0].summary == "美国站 GPSR 需要弄吗"


async def test_what_was_searched_goes_on_to_a_mentor_without_typing_again(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        await written(town, GPSR)
        wang = await member(town)

        led_on = await town.says(wang, "/faq 火星上怎么种土豆")
        await town.toast(wang, "ask:take")
        shown = await card(town, wang)
        await town.says(wang, "/faq 美国站 GPSR 需要弄吗")
        draft = await town.community.tickets.drafting.current(await town.community.actor(wang.id))
        await town.presses(wang, "ask:submit")
        await town.told(wang, "提问 #1 已提交")

        assert "没有" in said(led_on)
        assert "火星上怎么种土豆" in said(shown)
        assert draft is not None
        assert draft.words == "火星上怎么种土豆"
        assert (await own(town, wang))[0].summary == "火星上怎么种土豆"


async def test_a_hit_on_the_card_is_read_and_either_helps_or_goes_on(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        (number,) = await written(town, GPSR)
        wang = await member(town)
        await town.says(wang, "/ask 美国站 GPSR 需要弄吗")
        await card(town, wang)

        read = await town.presses(wang, f"ask:read:1:{number}")
        helped = await town.presses(wang, "ask:solved:1")
        late = await town.toast(wang, "ask:submit:1")

        assert "北爱尔兰" in said(read)
        assert "没有占用提问次数" in said(helped)
        assert "草稿已经不在" in late
        assert await own(town, wang) == []


async def test_what_was_read_travels_with_the_question(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        (number,) = await written(town, GPSR)
        wang = await member(town)
        await town.says(wang, "/ask 美国站 GPSR 需要弄吗")
        await card(town, wang)
        await town.presses(wang, f"ask:read:1:{number}")

        await town.toast(wang, "ask:submit:1")
        await town.told(wang, "提问 #1 已提交")

        assert (await ticket(town, 1)).entries_read == (number,)


async def test_topic_and_market_are_guessed_and_can_be_chosen_or_skipped(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        wang = await member(town)
        town.world.send_text(wang, town.chat(wang), "欧盟站的 GPSR 认证怎么做")
        await card(town, wang)

        guessed = [key["text"] for key in keys_of(await town.told(wang, "📝 草稿"))]
        await town.presses(wang, "ask:topics:1")
        await town.presses(wang, "ask:topic:1:1")
        await town.presses(wang, "ask:markets:1")
        shown = await town.presses(wang, "ask:market:1:-1")

        assert "🏷 合规 ✓" in guessed
        assert "🇪🇺 欧盟 ✓" in guessed
        labels = [key["text"] for key in keys_of(shown)]
        assert "🏷 广告投放 ✓" in labels
        assert "🌍 选站点" in labels


async def test_greetings_thanks_and_what_cannot_be_carried_call_nobody(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = await member(town)

        greeted = await town.says(wang, "在吗？")
        thanked = await town.says(wang, "谢谢老师")
        await town.community.tickets.sweep_often(town.community.clock.now())

        assert "您好" in said(greeted)
        assert "不客气" in said(thanked)
        assert (
            await town.community.tickets.drafting.current(await town.community.actor(wang.id))
            is None
        )


async def test_whoever_has_no_questions_is_told_kindly_and_keeps_the_faq(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        await written(town, GPSR)
        guest = town.person("林晓")

        asked = await town.says(guest, "/ask 帮我看看")
        town.world.send_voice(guest, town.chat(guest), b"OggS" * 10)
        shown = await town.answer(guest, after=asked.message_id + 1)
        found = await town.says(guest, "美国站 GPSR 需要弄吗")
        pressed = await town.presses(guest, "ask:begin")

        for one in (asked, shown, pressed):
            assert "会员权益" in said(one)
            assert {"join:offers", "faq:topics"} <= {
                str(key.get("callback_data")) for key in keys_of(one)
            }
        assert "北爱尔兰" in said(found)


async def test_a_draft_can_be_dropped_and_its_old_buttons_say_so(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = await member(town)
        town.world.send_text(wang, town.chat(wang), QUESTION)
        shown = await card(town, wang)
        keyboard = shown.reply_markup

        dropped = await town.presses(wang, "ask:drop:1")
        shown.reply_markup = keyboard
        late = await town.toast(wang, "ask:submit:1")

        assert "没有占用提问次数" in said(dropped)
        assert "草稿已经不在" in late


async def test_a_question_is_taken_back_before_anybody_has_it(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = await member(town)
        asked = await asks(town, wang)
        await town.told(wang, "提问 #1 已提交")

        await town.presses(wang, "questions:cancel:1")
        done = await town.presses(wang, "questions:cancelled:1")
        await town.says(wang, "/ask")
        left = await town.told(wang, "本月提问 0/30")

        assert "次数已退回" in said(done)
        assert (await ticket(town, asked.ticket_id)).state is TicketState.CANCELLED
        assert left is not None
