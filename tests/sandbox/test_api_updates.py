"""Updates are fetched, confirmed, fought over, and delivered to webhooks."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.clock import StandingClock

Town = Any
Api = Any


async def test_an_update_stays_until_its_offset_is_passed(api: Api, town: Town) -> None:
    # given
    for text in ("一", "二"):
        town.world.send_text(town.member, town.private, text)

    # when
    first = await api("getUpdates")
    again = await api("getUpdates", limit=1)
    rest = await api("getUpdates", offset=first[0]["update_id"] + 1)

    # then
    assert [each["message"]["text"] for each in first] == ["一", "二"]
    assert again == first[:1]
    assert rest == first[1:]
    assert await api("getUpdates") == rest


async def test_a_negative_offset_counts_from_the_end(api: Api, town: Town) -> None:
    for text in "一二三":
        town.world.send_text(town.member, town.private, text)

    found = await api("getUpdates", offset=-1)

    assert [each["message"]["text"] for each in found] == ["三"]
    assert len(await api("getUpdates")) == 1


async def test_a_poll_waits_for_something_to_happen(api: Api, town: Town) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api("getUpdates", timeout=30))
        await town.world.until(lambda: town.world.bot.mailbox.listeners)
        town.world.send_text(town.member, town.private, "你好")

    assert poll.result()[0]["message"]["text"] == "你好"


async def test_a_second_poll_ends_the_first(api: Api, town: Town) -> None:
    mailbox = town.world.bot.mailbox

    async with asyncio.TaskGroup() as group:
        first = group.create_task(api.ask("getUpdates", timeout=30))
        await town.world.until(lambda: mailbox.listeners)
        group.create_task(api.ask("getUpdates", timeout=0))

    assert first.result() == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }


async def test_nothing_is_fetched_while_a_webhook_is_set(api: Api) -> None:
    await api("setWebhook", url="https://example.com/hook")

    answer = await api.ask("getUpdates")

    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: can't use getUpdates method while webhook")


@pytest.mark.parametrize("port", ["", ":443", ":80", ":88", ":8443"])
async def test_telegram_calls_a_few_ports_only(api: Api, port: str) -> None:
    refused = await api.ask("setWebhook", url="https://example.com:5000/hook")

    assert refused["description"] == (
        "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
    )
    assert await api("setWebhook", url=f"https://example.com{port}/hook") is True


async def test_an_update_waits_for_a_day_and_a_press_for_some_minutes(
    api: Api, bot: Bot, town: Town, clock: StandingClock
) -> None:
    # given
    button = InlineKeyboardButton("好", callback_data="yes")
    markup = InlineKeyboardMarkup([[button]])
    sent = await bot.send_message(town.private.id, "好吗", reply_markup=markup)
    town.world.send_text(town.member, town.private, "你好")
    town.world.press(town.member, town.private, sent.message_id, "好")

    # when
    kept = []
    for wait in (timedelta(), timedelta(minutes=3), timedelta(hours=24)):
        clock.pass_(wait)
        kept.append(len(await api("getUpdates")))

    # then
    assert kept == [2, 1, 0]


async def test_only_what_was_asked_for_is_told(api: Api, town: Town) -> None:
    # given
    await api("getUpdates", allowed_updates=["chat_member"])

    # when
    town.world.join(town.member, town.forum)

    # then the choice stays when a later call says nothing about it
    assert [list(each)[1] for each in await api("getUpdates")] == ["chat_member"]


async def test_memberships_and_reactions_of_others_are_not_told_by_default(
    api: Api, town: Town
) -> None:
    town.world.join(town.member, town.forum)
    sent = await api("sendMessage", chat_id=town.forum.id, text="好")
    message = town.world.message(town.forum, sent["message_id"])
    town.world.react(town.member, message, "👍")

    kinds = [list(each)[1] for each in await api("getUpdates")]

    assert kinds == ["message"]


async def test_in_a_group_a_bot_without_rights_hears_what_is_meant_for_it(
    api: Api, town: Town
) -> None:
    # given
    town.world.join(town.member, town.group)
    sent = await api("sendMessage", chat_id=town.group.id, text="好")
    town.world.bot.mailbox.pending.clear()
    answered = town.world.message(town.group, sent["message_id"])

    # when
    for text in ("闲聊", "/ask", "/ask@other_bot", "@community_bot 在吗"):
        town.world.send_text(town.member, town.group, text)
    town.world.send_text(town.member, town.group, "谢谢", reply_to=answered)

    # then
    heard = [each["message"]["text"] for each in await api("getUpdates")]
    assert heard == ["/ask", "@community_bot 在吗", "谢谢"]


async def test_ptb_understands_every_kind_of_update(bot: Bot, town: Town) -> None:
    # given
    world = town.world
    await bot.get_updates(
        allowed_updates=[
            "message",
            "edited_message",
            "channel_post",
            "inline_query",
            "my_chat_member",
            "chat_member",
            "message_reaction",
        ]
    )

    # when
    asked = world.send_text(town.member, town.private, "你好")
    world.edit_text(asked, "您好")
    world.send_text(town.owner, town.channel, "资料")
    world.inline_query(town.member, "运费")
    world.react(town.member, asked, "👍")
    world.block(town.member)
    world.unblock(town.member)
    world.join(town.member, town.forum)

    # then
    updates = await bot.get_updates()
    assert [each.effective_user is not None for each in updates] == [
        True,
        True,
        False,
        True,
        True,
        True,
        True,
        True,
        True,
    ]
    assert updates[1].edited_message is not None
    assert updates[1].edited_message.text == "您好"
    assert updates[4].message_reaction is not None
    blocked, unblocked = updates[5].my_chat_member, updates[6].my_chat_member
    assert blocked is not None
    assert unblocked is not None
    assert blocked.new_chat_member.status == "kicked"
    assert unblocked.new_chat_member.status == "member"


async def test_a_webhook_is_called_again_until_it_says_yes(api: Api, town: Town) -> None:
    # given a bot that fails at first
    arrived: list[tuple[str, str | None]] = []

    async def hook(request: web.Request) -> web.Response:
        update = await request.json()
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        arrived.append((update["message"]["text"], secret))
        return web.Response(status=500 if len(arrived) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    api.sandbox.postman.first_wait = 0.01

    # when
    await api("setWebhook", url=url, secret_token="s3cret")
    for text in ("一", "二"):
        town.world.send_text(town.member, town.private, text)
    await town.world.until(lambda: not town.world.bot.mailbox.pending)
    info = await api("getWebhookInfo")
    await runner.cleanup()

    # then they come in their order
    assert arrived == [("一", "s3cret"), ("一", "s3cret"), ("二", "s3cret")]
    assert info["pending_update_count"] == 0
    assert info["last_error_message"].startswith("Wrong response from the webhook: 500")


async def test_an_answer_to_a_press_appears_to_the_person(bot: Bot, town: Town) -> None:
    # given
    button = InlineKeyboardButton("好", callback_data="yes")
    sent = await bot.send_message(
        town.private.id, "好吗", reply_markup=InlineKeyboardMarkup([[button]])
    )
    query = town.world.press(town.member, town.private, sent.message_id, "好")

    # when
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    await update.callback_query.answer("收到", show_alert=True)

    # then
    assert update.callback_query.data == "yes"
    assert query.answer is not None
    assert (query.answer.text, query.answer.show_alert) == ("收到", True)


async def test_inline_results_appear_to_the_person_and_can_be_sent(api: Api, town: Town) -> None:
    # given
    query = town.world.inline_query(town.member, "运费")
    content = {"message_text": "按重量"}
    article = {"type": "article", "id": "1", "title": "运费", "input_message_content": content}

    # when
    assert await api("answerInlineQuery", inline_query_id=query.id, results=[article]) is True

    # then
    sent = town.world.choose(query, "1", town.private)
    assert (sent.text, sent.extra["via_bot"]["username"]) == ("按重量", "community_bot")
