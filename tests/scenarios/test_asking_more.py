"""What comes after the first answer: asking on, thanks, several questions, changes of mind."""

import asyncio
from datetime import datetime, timedelta

from community_bot.clock import ShiftedClock
from community_bot.people.roles import Role
from community_bot.tickets.rules import TicketState
from tests.scenarios.asking import QUESTION, answers, asks, card, member, mentor, own, ticket
from tests.town import TIERS, Town, keys_of, living, said

ONE_A_MONTH = [TIERS[0], {**TIERS[1], "questions_per_month": 1}]


async def test_thanks_ask_whether_it_is_settled_and_start_no_clock(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang, leo = await member(town), await mentor(town)
        asked = await asks(town, wang)
        await answers(town, leo, asked, "不需要。")
        await town.told(wang, "这样解决了吗")

        town.world.send_text(wang, town.chat(wang), "谢谢老师")
        courtesy = await town.told(wang, "算解决了吗")

        assert (await ticket(town, 1)).state is TicketState.ANSWERED
        assert [key["text"] for key in keys_of(courtesy)] == ["✅ 已解决", "❓ 继续追问"]


async def test_writing_on_reaches_the_only_open_question(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang, leo = await member(town), await mentor(town)
        asked = await asks(town, wang)
        await answers(town, leo, asked, "不需要。")
        await town.told(wang, "这样解决了吗")

        message = town.world.send_text(wang, town.chat(wang), "那英国站呢？")
        await town.world.until(lambda: "👀" in str(message.reactions), timeout=10)

        assert (await ticket(town, 1)).state is TicketState.ACTIVE
        assert len(await own(town, wang)) == 1


async def test_with_two_open_questions_one_is_asked_which_unless_one_replies(
    sqlite_url: str,
) -> None:
    clock = ShiftedClock()
    async with living(sqlite_url, clock=clock) as town:
        wang, leo = await member(town), await mentor(town)
        first = await asks(town, wang)
        await answers(town, leo, first, "第一个答复")
        copy = await town.told(wang, "第一个答复")
        await town.says(wang, "/ask 另外 FBA 赔偿怎么申请")
        await town.told(wang, "另外 FBA 赔偿怎么申请")
        await town.toast(wang, "ask:submit")
        await town.told(wang, "提问 #2 已提交")
        clock.pass_(timedelta(minutes=5))

        town.world.send_text(wang, town.chat(wang), "还有一点要补充")
        where = await town.told(wang, "这条消息补充到哪里")
        labels = [key["callback_data"] for key in keys_of(where)]
        await town.presses(wang, "questions:put:2")
        clock.pass_(timedelta(minutes=5))
        reply = town.world.send_text(wang, town.chat(wang), "回复第一个", reply_to=copy)
        await town.world.until(lambda: "👀" in str(reply.reactions), timeout=10)

        views = town.community.tickets.views
        spoken = {
            number: [
                one.message.said.text
                for one in (await views.transcript(leo, ticket_id=number)).spoken
            ]
            for number in (1, 2)
        }
        assert labels == ["questions:put:1", "questions:put:2", "questions:put:0"]
        assert "还有一点要补充" in spoken[2]
        assert "回复第一个" in spoken[1]


async def test_a_settled_question_is_opened_again_by_writing(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang, leo = await member(town), await mentor(town)
        asked = await asks(town, wang)
        await answers(town, leo, asked, "不需要。")
        await town.told(wang, "这样解决了吗")
        await town.toast(wang, "questions:settle:1")
        settled = await town.told(wang, "🎉 提问 #1 已解决")

        town.world.send_text(wang, town.chat(wang), "还是不行", reply_to=settled)
        await town.told(wang, "已接手")

        assert (await ticket(town, 1)).state is TicketState.ACTIVE


async def test_to_a_closed_question_a_new_one_is_linked(sqlite_url: str) -> None:
    clock = ShiftedClock()
    async with living(sqlite_url, clock=clock) as town:
        wang, leo = await member(town), await mentor(town)
        asked = await asks(town, wang)
        await answers(town, leo, asked, "不需要。")
        copy = await town.told(wang, "不需要。")
        await town.told(wang, "这样解决了吗")
        await town.toast(wang, "questions:settle:1")
        await town.told(wang, "🎉 提问 #1 已解决")
        clock.pass_(timedelta(hours=73))
        await town.community.tickets.aging.sweep(clock.now())

        town.world.send_text(wang, town.chat(wang), "三天后又来问", reply_to=copy)
        await town.told(wang, "🔗 接着提问 #1")
        await town.presses(wang, "ask:submit")
        await town.told(wang, "提问 #2 已提交")
        await town.told(wang, "已提交，成为提问 #2")

        assert (await ticket(town, 1)).state is TicketState.CLOSED
        assert (await ticket(town, 2)).parent_id == 1


async def test_over_the_quota_the_text_is_kept_and_handed_in_next_month(sqlite_url: str) -> None:
    clock = ShiftedClock()
    async with living(sqlite_url, clock=clock, tiers=ONE_A_MONTH) as town:
        wang = await member(town)
        await asks(town, wang)
        await town.says(wang, "/ask 第二个问题")
        await card(town, wang)

        await town.toast(wang, "ask:submit:2")
        over = await town.told(wang, "本月提问已用完（1/1）")
        ways = {str(key.get("callback_data")) for key in keys_of(over)}
        planned = await town.presses(wang, "ask:later:2")
        clock.pass_(timedelta(days=32))
        await town.community.tickets.sweep_often(clock.now())
        await town.told(wang, "提问 #2 已提交")

        assert {"faq:topics", "join:offers", "ask:later:2", "ask:drop:2"} <= ways
        assert "我会自动提交" in said(planned)


async def test_an_edit_is_mirrored_and_the_last_message_can_be_taken_back(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        wang, leo = await member(town), await mentor(town)
        message = town.world.send_text(wang, town.chat(wang), "佣金怎么算，帮忙看看")
        await card(town, wang)
        await town.presses(wang, "ask:submit")
        await town.told(wang, "提问 #1 已提交")
        await town.community.tickets.claiming.claim(leo, ticket_id=1)

        town.world.edit_text(message, "英国站佣金怎么算")
        await town.world.until(lambda: "👌" in str(message.reactions), timeout=10)
        await town.says(wang, "/tickets")
        await town.presses(wang, "questions:open:1")
        await town.presses(wang, "questions:recall:1")
        done = await town.presses(wang, "questions:recalled:1")

        transcript = await town.community.tickets.views.transcript(leo, ticket_id=1)
        (spoken,) = transcript.spoken
        assert "已撤回" in said(done)
        assert spoken.message.said.text == "英国站佣金怎么算"
        assert spoken.earlier == ("佣金怎么算，帮忙看看",)
        assert spoken.message.recalled_at is not None


async def test_tickets_shows_the_course_of_events_and_all_of_it_as_a_file(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        wang, leo = await member(town), await mentor(town)
        asked = await asks(town, wang)
        await answers(town, leo, asked, "不需要。")
        await town.told(wang, "这样解决了吗")

        labels = " ".join(key["text"] for key in keys_of(await town.says(wang, "/tickets")))
        whole = await town.presses(wang, "questions:open:1")
        text = said(whole)
        file = await town.presses(wang, "questions:file:1")

        stored = town.world.files.find(file.content["document"]["file_id"]).data
        assert "#1 " in labels
        assert "导师接手" in text
        assert "导师答复" in text
        assert "不需要。" in stored.decode("utf-8-sig")


async def test_nobody_reaches_a_question_of_somebody_else(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang, li = await member(town), await member(town, "李先生")
        asked = await asks(town, wang)
        await town.says(li, "/tickets")
        shown, _ = town.button(li, "ask:begin")
        verbs = ("open", "more", "settle", "reopen", "cancel", "cancelled", "recall", "file")

        refused = []
        for verb in verbs:
            forged = f"questions:{verb}:1"
            keys_of(shown)[0]["callback_data"] = forged
            refused.append(await town.toast(li, forged))
        linked = await town.says(li, f"/start t_{asked.token}")

        assert [one for one in refused if "没有这个提问" not in one] == []
        assert "没有这个提问" in said(linked)
        assert (await ticket(town, 1)).state is TicketState.QUEUED


async def test_why_it_did_not_help_is_asked_and_a_sticker_is_no_reason(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang, leo = await member(town), await mentor(town)
        asked = await asks(town, wang)
        await answers(town, leo, asked, "不需要。")
        await town.told(wang, "这样解决了吗")
        await town.toast(wang, "questions:settle:1")
        await town.told(wang, "🎉 提问 #1 已解决")

        await town.presses(wang, "rating:give:1:poor")
        await town.presses(wang, "rating:why:1:unclear")
        await town.presses(wang, "rating:words:1")
        town.world.send_sticker(wang, town.chat(wang), b"RIFF" * 10)
        await town.told(wang, "请用文字")
        thanked = await town.says(wang, "没说欧代怎么找")

        transcript = await town.community.tickets.views.transcript(leo, ticket_id=1)
        assert "谢谢" in said(thanked)
        assert transcript.rating is not None
        assert transcript.rating.words == "没说欧代怎么找"


async def test_who_wants_to_know_the_same_hears_the_answer_too(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang, li, leo = await member(town), await member(town, "李先生"), await mentor(town)
        asked = await asks(town, wang, "TikTok 美区保证金怎么退回来")
        await town.says(wang, "/tickets")
        await town.presses(wang, "questions:open:1")
        await town.presses(wang, "questions:share:1:1")

        town.world.send_text(li, town.chat(li), "TikTok 美区保证金怎么退")
        await town.told(li, "📝 草稿")
        await town.presses(li, "ask:alike")
        followed = await town.presses(li, "ask:follow:1")
        await answers(town, leo, asked, "在店铺后台申请。")
        await town.told(li, "在店铺后台申请。")

        assert "不占用" in said(followed) or "没有占用" in said(followed)
        assert all("王女士" not in said(one) for one in town.world.history(town.chat(li)))


async def test_an_edit_changes_what_the_mentors_read_in_the_queue(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = await member(town)
        asked = town.world.send_text(wang, town.chat(wang), "/ask 佣金怎么算？")
        await card(town, wang)
        await town.presses(wang, "ask:submit")
        await town.told(wang, "已提交，成为提问")

        town.world.edit_text(asked, "/ask 英国站佣金怎么算？")
        for _ in range(200):
            [one] = await own(town, wang)
            if one.summary != "佣金怎么算？":
                break
            await asyncio.sleep(0.05)

        assert one.summary == "英国站佣金怎么算？"


async def test_another_question_is_made_of_what_was_put_with_the_open_one(sqlite_url: str) -> None:
    clock = ShiftedClock()
    async with living(sqlite_url, clock=clock) as town:
        wang = await member(town)
        first = await asks(town, wang)
        clock.pass_(timedelta(minutes=5))

        town.world.send_text(wang, town.chat(wang), "FBA 赔偿怎么申请？")
        await town.told(wang, f"已补充到提问 #{first.ticket_id}")
        await town.presses(wang, "questions:split")
        await town.told(wang, "「FBA 赔偿怎么申请？」")
        await town.presses(wang, "ask:submit")
        await town.told(wang, f"成为提问 #{first.ticket_id + 1}")

        assert [one.summary for one in await own(town, wang)] == ["FBA 赔偿怎么申请？", QUESTION]


async def test_a_question_at_night_is_called_urgent_with_one_tap(sqlite_url: str) -> None:
    clock, urgent = ShiftedClock(), [TIERS[0], {**TIERS[1], "urgent_per_month": 2}]
    async with living(sqlite_url, clock=clock, tiers=urgent) as town:
        to_the_night = timedelta(hours=46) - (clock.now() - midnight(town, clock.now()))
        clock.pass_(to_the_night % timedelta(days=1))
        wang, leo = await member(town), await town.staff("Leo", Role.MENTOR)
        await asks(town, wang, "账号被冻结了！")
        receipt = await town.told(wang, "现在是非服务时段")
        assert "🚨 紧急" in [key["text"] for key in keys_of(receipt)]

        await town.presses(wang, "questions:urgent")

        assert "#1 紧急" in said(await town.told(leo, "🚨 工单"))
        assert "🚨 紧急" not in [
            key["text"] for key in keys_of(await town.told(wang, "已标记为紧急"))
        ]


def midnight(town: Town, now: datetime) -> datetime:
    """Return the last midnight where the community is."""
    local = now.astimezone(town.community.config.community.zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
