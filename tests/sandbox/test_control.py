"""The page's own API over HTTP: what each person sees, what they do, and who may not ask."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from community_bot.clock import StandingClock
from community_bot.sandbox import control
from community_bot.sandbox.control import months_later
from community_bot.sandbox.server import Sandbox

Town = Any
Api = Any
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (1200).to_bytes(4, "big") + (800).to_bytes(4, "big")
KEYS = {"inline_keyboard": [[{"text": "认领", "callback_data": "claim"}]]}


class Visitor:
    """Somebody at the page."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self.session = session
        self.root = f"http://127.0.0.1:{sandbox.port}"

    async def ask(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        async with self.session.request(method, self.root + path, **options) as response:
            return response.status, await response.json()

    async def reads(self, what: str, **facts: Any) -> Any:
        query = {key: str(value) for key, value in facts.items()}
        status, body = await self.ask("GET", f"/sandbox/{what}", params=query)
        return body if status == 200 else status

    async def does(self, act: str, **facts: Any) -> Any:
        status, body = await self.ask("POST", f"/sandbox/acts/{act}", json=facts)
        return body if status == 200 else (status, body["error"])

    async def sends(self, files: list[tuple[str, str, bytes]], **facts: Any) -> Any:
        form = aiohttp.FormData()
        form.add_field("facts", json.dumps(facts))
        for name, kind, data in files:
            form.add_field("file", data, filename=name, content_type=kind)
        status, body = await self.ask("POST", "/sandbox/acts/send", data=form)
        return body if status == 200 else (status, body["error"])


@pytest.fixture
async def sandbox(clock: StandingClock) -> AsyncIterator[Sandbox]:
    async def advance(by: timedelta) -> None:
        clock.pass_(by)

    made = Sandbox(clock, limits=False)
    control.attach(made, advance=advance, roles={})
    async with made:
        yield made


@pytest.fixture
async def visitor(sandbox: Sandbox) -> AsyncIterator[Visitor]:
    async with aiohttp.ClientSession() as session:
        yield Visitor(session, sandbox)


async def test_a_guest_finds_the_bot_and_starts_it(visitor: Visitor, town: Town, api: Api) -> None:
    # given
    guest = town.world.add_person("小鹿")
    before = await visitor.reads("chats", person=guest.id)

    # when
    await visitor.does("start", person=guest.id, payload="plan_1")

    # then
    [update] = await api.updates()
    assert [entry["started"] for entry in before["chats"]] == [False]
    assert update["message"]["text"] == "/start plan_1"
    assert (await visitor.reads("chats", person=guest.id))["chats"][0]["started"] is True


async def test_everybody_sees_only_their_own_chats(visitor: Visitor, town: Town) -> None:
    # when
    mine = await visitor.reads("chats", person=town.member.id)
    theirs = await visitor.reads("messages", person=town.member.id, chat=town.forum.id)

    # then
    assert [entry["chat"]["type"] for entry in mine["chats"]] == ["private"]
    assert theirs == 403


async def test_unread_messages_wait_until_they_are_read(
    visitor: Visitor, town: Town, api: Api
) -> None:
    # given
    await api("sendMessage", chat_id=town.member.id, text="您好")
    waiting = {each["id"]: each["unread"] for each in (await visitor.reads("people"))["people"]}

    # when
    await visitor.does("read", person=town.member.id, chat=town.member.id, thread=None)

    # then
    after = {each["id"]: each["unread"] for each in (await visitor.reads("people"))["people"]}
    assert (waiting[town.member.id], after[town.member.id]) == (1, 0)


async def test_a_role_is_said_or_follows_from_where_one_is(visitor: Visitor, town: Town) -> None:
    # when
    people = (await visitor.reads("people"))["people"]

    # then
    roles = {each["first_name"]: each["role"] for each in people}
    assert roles == {"李雷": "guest", "韩梅梅": "member"}


async def test_a_press_waits_for_what_the_bot_says(visitor: Visitor, town: Town, api: Api) -> None:
    # given
    sent = await api("sendMessage", chat_id=town.member.id, text="工单", reply_markup=KEYS)
    where = {"person": town.member.id, "chat": town.member.id, "message": sent["message_id"]}

    # when
    async with asyncio.TaskGroup() as group:
        pressed = group.create_task(visitor.does("press", **where, data="claim"))
        [update] = await api.updates(timeout=5)
        query = update["callback_query"]["id"]
        await api("answerCallbackQuery", callback_query_id=query, text="已认领", show_alert=True)

    # then
    assert pressed.result() == {
        "answered": True,
        "text": "已认领",
        "show_alert": True,
        "url": None,
    }
    assert await visitor.does("press", **where, data="other") == (
        400,
        "data: a button of this message is wanted",
    )


async def test_a_photo_goes_as_a_photo_and_comes_back_as_it_was(
    visitor: Visitor, town: Town, api: Api
) -> None:
    # when
    await visitor.sends(
        [("a.png", "image/png", PNG)], person=town.member.id, chat=town.member.id, text="凭证"
    )

    # then
    [update] = await api.updates()
    largest = update["message"]["photo"][-1]
    url = f"{visitor.root}/sandbox/files/{largest['file_id']}"
    async with visitor.session.get(url) as response:
        assert (update["message"]["caption"], await response.read()) == ("凭证", PNG)


async def test_files_of_one_kind_are_an_album(visitor: Visitor, town: Town, api: Api) -> None:
    # given
    where = {"person": town.member.id, "chat": town.member.id}
    pictures = [(f"{number}.png", "image/png", PNG + bytes([number])) for number in range(3)]

    # when
    await visitor.sends(pictures, **where)
    await visitor.sends([("a.csv", "text/csv", b"1"), ("b.csv", "text/csv", b"2")], **where)

    # then
    messages = [update["message"] for update in await api.updates()]
    assert len({each["media_group_id"] for each in messages[:3]}) == 1
    assert [each["document"]["file_name"] for each in messages[3:]] == ["a.csv", "b.csv"]
    assert len({each["media_group_id"] for each in messages}) == 2


async def test_a_file_that_a_browser_might_run_is_only_saved(
    visitor: Visitor, town: Town, api: Api
) -> None:
    # given
    await visitor.sends(
        [("a.html", "text/html", b"<script>")], person=town.member.id, chat=town.member.id
    )
    [update] = await api.updates()

    # when
    file_id = update["message"]["document"]["file_id"]
    async with visitor.session.get(f"{visitor.root}/sandbox/files/{file_id}") as response:
        headers = response.headers

    # then
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == "attachment"
    assert "sandbox" in headers["Content-Security-Policy"]


async def test_a_request_to_join_is_pending_until_the_bot_decides(
    visitor: Visitor, town: Town, api: Api
) -> None:
    # given
    link = town.world.new_link(town.forum, town.world.bot, creates_join_request=True).url
    facts = {"person": town.member.id, "link": link}
    offered = await visitor.reads("invites", **facts)

    # when
    asked = await visitor.does("join", **facts)
    waiting = await visitor.reads("invites", **facts)
    await api("approveChatJoinRequest", chat_id=town.forum.id, user_id=town.member.id)

    # then
    states = (offered["state"], asked["state"], waiting["state"])
    assert states == ("none", "pending", "pending")
    assert (await visitor.reads("invites", **facts))["state"] == "member"


async def test_a_payment_is_done_or_refused_in_the_bots_words(
    visitor: Visitor, town: Town, api: Api
) -> None:
    # given
    prices = [{"label": "一年", "amount": 500}]
    facts = {"title": "年度会员", "description": "全部权益", "payload": "7", "currency": "XTR"}
    sent = await api("sendInvoice", chat_id=town.member.id, prices=prices, **facts)
    what = {"person": town.member.id, "chat": town.member.id, "message": sent["message_id"]}

    async def answer(**words: Any) -> Any:
        async with asyncio.TaskGroup() as group:
            paying = group.create_task(visitor.does("pay", **what))
            [update] = await api.updates(timeout=5)
            query = update["pre_checkout_query"]["id"]
            await api("answerPreCheckoutQuery", pre_checkout_query_id=query, **words)
        return paying.result()

    # when
    refused = await answer(ok=False, error_message="名额已满")
    paid = await answer(ok=True)

    # then
    assert refused == {"paid": False, "reason": "名额已满"}
    assert paid == {"paid": True, "reason": ""}


async def test_an_invoice_link_says_what_it_asks_for(
    visitor: Visitor, town: Town, api: Api
) -> None:
    # given
    prices = [{"label": "一年", "amount": 500}]
    facts = {"title": "年度会员", "description": "全部权益", "payload": "7", "currency": "XTR"}
    link = await api("createInvoiceLink", prices=prices, **facts)

    # when
    offered = await visitor.reads("invoices", link=link)

    # then
    assert (offered["title"], offered["total_amount"]) == ("年度会员", 500)


async def test_results_of_an_inline_query_can_be_sent(
    visitor: Visitor, town: Town, api: Api
) -> None:
    # given
    content = {"message_text": "七天内可退"}
    result = {"type": "article", "id": "1", "title": "退款", "input_message_content": content}
    who = {"person": town.member.id, "chat": town.member.id}

    # when
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(visitor.does("query", text="退款", **who))
        [update] = await api.updates(timeout=5)
        query = update["inline_query"]["id"]
        await api("answerInlineQuery", inline_query_id=query, results=[result])
    await visitor.does("choose", query=asking.result()["query"], result="1", **who)

    # then
    shown = (await visitor.reads("messages", **who))["messages"]
    assert [(each["text"], "via_bot" in each) for each in shown] == [("七天内可退", True)]


async def test_the_time_moves_by_calendar_months(visitor: Visitor, town: Town) -> None:
    # when
    moved = await visitor.does("advance", person=town.member.id, step="month")

    # then
    assert moved["now"] == datetime(2026, 4, 2, 4, 0, tzinfo=UTC).timestamp()
    last_of_january = datetime(2027, 1, 31, tzinfo=UTC)
    assert months_later(last_of_january, 1) == datetime(2027, 2, 28, tzinfo=UTC)
    assert months_later(last_of_january, 11) == datetime(2027, 12, 31, tzinfo=UTC)


async def test_changes_are_told_while_they_happen(visitor: Visitor, town: Town, api: Api) -> None:
    # given
    async with visitor.session.get(f"{visitor.root}/sandbox/events") as stream:
        await stream.content.readuntil(b"\n\n")

        # when
        await api("sendChatAction", chat_id=town.member.id, action="typing")
        told = await stream.content.readuntil(b"\n\n")

    # then
    event = json.loads(told.removeprefix(b"data: "))
    who = {"chat": town.member.id, "person": town.member.id}
    assert event == {"kind": "typing", "action": "typing", **who}


async def test_the_keyboard_before_a_person_is_the_last_one_for_them(
    visitor: Visitor, town: Town, api: Api
) -> None:
    # given
    keys = {"keyboard": [[{"text": "提问"}]], "resize_keyboard": True}
    sent = await api("sendMessage", chat_id=town.member.id, text="请选", reply_markup=keys)
    await api("sendMessage", chat_id=town.member.id, text="还在吗")
    shown = (await visitor.reads("chats", person=town.member.id))["chats"][0]

    # when
    gone = {"remove_keyboard": True}
    await api("sendMessage", chat_id=town.member.id, text="好的", reply_markup=gone)

    # then
    assert shown["keyboard_of"] == sent["message_id"]
    assert (await visitor.reads("chats", person=town.member.id))["chats"][0]["keyboard"] is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
    ids=["a foreign name", "a foreign page", "a foreign site"],
)
async def test_a_stranger_from_the_web_may_not_drive_it(
    visitor: Visitor, town: Town, headers: dict[str, str]
) -> None:
    # when
    status, body = await visitor.ask(
        "POST", "/sandbox/acts/start", json={"person": town.member.id}, headers=headers
    )

    # then
    assert (status, list(body)) == (403, ["error"])
    assert not town.private.messages


@pytest.mark.parametrize(
    ("act", "facts", "sentence"),
    [
        ("dance", {}, "act: there is no 'dance'"),
        ("send", {}, "person: a whole number is wanted"),
        ("send", {"person": True}, "person: a whole number is wanted"),
        ("send", {"person": "一"}, "person: a whole number is wanted"),
        ("send", {"person": "²"}, "person: a whole number is wanted"),
        ("send", {"person": 1}, "person: nobody with this id lives here"),
        ("start", {"payload": 5}, "payload: text is wanted"),
        ("send", {"chat": -5, "text": "x"}, "chat: this person is not in it"),
        ("send", {"text": "  "}, "text: something to say is wanted"),
        ("send", {"text": "\ud800"}, "text: well-formed text is wanted"),
        ("send", {"text": "长" * 4097}, "text: at most 4096 characters is wanted"),
        ("send", {"text": "x", "thread": 9}, "thread: a topic of this chat is wanted"),
        ("send", {"text": "x", "reply_to": 9}, "reply_to: it is not there any more"),
        ("edit", {"text": "x"}, "message: the id of a message is wanted"),
        ("leave", {}, "chat: a group or channel is wanted"),
        ("advance", {"step": "age"}, "step: hour, day, week, month or year is wanted"),
        ("choose", {"query": "x", "result": "1"}, "query: nobody asked that"),
        ("join", {"link": "https://t.me/+nothing"}, "link: it is not valid"),
        ("pay", {"link": "https://t.me/$nothing"}, "message: an invoice is wanted"),
    ],
)
async def test_bad_input_is_refused_in_a_sentence(
    visitor: Visitor, town: Town, act: str, facts: dict[str, Any], sentence: str
) -> None:
    # given
    who = {} if sentence.startswith("person: a whole") else {"person": town.member.id}

    # when
    status, error = await visitor.does(act, **{**who, "chat": town.member.id, **facts})

    # then
    assert 400 <= status < 500
    assert error.startswith(sentence)


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff", b"[" * 100_000])
async def test_a_body_that_is_no_object_is_refused(visitor: Visitor, body: bytes) -> None:
    # when
    status, said = await visitor.ask("POST", "/sandbox/acts/send", data=body)

    # then
    assert (status, said["error"].split(":")[0]) == (400, "body")


async def test_parts_that_cannot_be_told_apart_are_refused(visitor: Visitor) -> None:
    # when
    headers = {"Content-Type": "multipart/form-data"}
    status, said = await visitor.ask("POST", "/sandbox/acts/send", data=b"x", headers=headers)

    # then
    assert (status, said["error"].split(":")[0]) == (400, "body")


async def test_a_file_outside_of_the_page_is_not_handed_out(visitor: Visitor) -> None:
    # when
    status, _ = await visitor.ask("GET", "/page/..%2fcontrol.py")

    # then
    assert status == 404


async def test_nothing_that_the_page_reads_holds_the_token(
    visitor: Visitor, town: Town, sandbox: Sandbox
) -> None:
    # when
    said = [
        await visitor.reads("people"),
        await visitor.reads("chats", person=town.owner.id),
        await visitor.reads("messages", person=town.owner.id, chat=town.forum.id),
    ]

    # then
    assert sandbox.world.bot.token not in json.dumps(said)
