"""The page in a real browser, against a small scripted bot that speaks real HTTP."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    ConsoleMessage,
    FilePayload,
    Page,
    async_playwright,
    expect,
)

from community_bot.clock import StandingClock
from community_bot.sandbox import control
from community_bot.sandbox.facts import Chat, Person
from community_bot.sandbox.server import Sandbox

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PHONE = {"width": 360, "height": 740}
HOME = {
    "inline_keyboard": [
        [{"text": "购买会员", "callback_data": "buy"}, {"text": "提示", "callback_data": "alert"}],
        [{"text": "加入群组", "url": "https://t.me/+sample"}],
        [{"text": "返回机器人", "url": "https://t.me/community_bot?start=again"}],
    ]
}
KEYS = {"keyboard": [[{"text": "提问"}, {"text": "分享号码", "request_contact": True}]]}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.asyncio(loop_scope="module"),
]


class ScriptedBot:
    """A bot of twenty lines: it greets, sells, shows keys and says back what it was sent."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self.session = session
        self.root = f"{sandbox.base_url}{sandbox.world.bot.token}/"
        self.answers: dict[str, Callable[[Any], Awaitable[object]]] = {
            "message": self.hear,
            "callback_query": self.press,
            "pre_checkout_query": self.sell,
        }

    async def call(self, method: str, **values: Any) -> Any:
        async with self.session.post(self.root + method, json=values) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                for kind, answer in self.answers.items():
                    if kind in update:
                        await answer(update[kind])

    async def hear(self, message: Any) -> None:
        text, chat = message.get("text", ""), message["chat"]["id"]
        if message["chat"]["type"] != "private" or "successful_payment" in message:
            return
        if text.startswith("/start"):
            await self.call("sendMessage", chat_id=chat, text=f"您好 {text}", reply_markup=HOME)
        elif text == "键盘":
            await self.call("sendMessage", chat_id=chat, text="请选择", reply_markup=KEYS)
        else:
            kind = next(key for key in ("photo", "contact", "text") if key in message)
            await self.call("sendMessage", chat_id=chat, text=f"收到 {kind} {text}")

    async def press(self, query: Any) -> None:
        chat = query["message"]["chat"]["id"]
        if query["data"] == "buy":
            price = {"currency": "XTR", "prices": [{"label": "一年", "amount": 500}]}
            facts = {"title": "年度会员", "description": "全部权益", "payload": "1"}
            await self.call("sendInvoice", chat_id=chat, **facts, **price)
        loud = query["data"] == "alert"
        await self.call(
            "answerCallbackQuery",
            callback_query_id=query["id"],
            text="名额有限" if loud else "",
            show_alert=loud,
        )

    async def sell(self, query: Any) -> None:
        await self.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)


class Street:
    """The world of these tests and the way into it."""

    def __init__(self, sandbox: Sandbox, bot: ScriptedBot, browser: Browser) -> None:
        self.bot = bot
        self.browser = browser
        self.sandbox = sandbox
        world = sandbox.world
        self.owner: Person = world.add_person("周明远", username="zhou")
        self.group: Chat = world.add_supergroup("会员群", self.owner)
        world.add_bot(self.owner, self.group, {"can_invite_users": True})
        link = world.new_link(self.group, world.bot, creates_join_request=True)
        world.links["https://t.me/+sample"] = link

    def newcomer(self, name: str) -> Person:
        return self.sandbox.world.add_person(name)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        await found.close()


@pytest_asyncio.fixture(loop_scope="module")
async def street(browser: Browser) -> AsyncIterator[Street]:
    clock = StandingClock(NOON)

    async def advance(by: timedelta) -> None:
        clock.pass_(by)

    sandbox = Sandbox(clock, limits=False)
    control.attach(sandbox, advance=advance, roles={})
    async with sandbox, aiohttp.ClientSession() as session:
        bot = ScriptedBot(session, sandbox)
        made = Street(sandbox, bot, browser)
        running = asyncio.create_task(bot.run())
        yield made
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


class Screen:
    """One window; what the browser complains about is kept, and nothing may be."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    async def be(self, person: Person) -> None:
        await self.page.click(f"[data-person='{person.id}']")

    async def hears(self, text: str) -> None:
        await expect(self.page.locator(".messages-list")).to_contain_text(text)

    async def writes(self, text: str) -> None:
        await self.page.fill(".field", text)
        await self.page.press(".field", "Enter")


@pytest_asyncio.fixture(loop_scope="module")
async def screen(street: Street) -> AsyncIterator[Screen]:
    async for opened in _opened(street, {"width": 1280, "height": 800}):
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def phone(street: Street) -> AsyncIterator[Screen]:
    async for opened in _opened(street, PHONE):
        yield opened


async def _opened(street: Street, size: Any) -> AsyncIterator[Screen]:
    context = await street.browser.new_context(
        viewport=size, locale="zh-CN", reduced_motion="reduce"
    )
    opened = Screen(await context.new_page())
    await opened.page.goto(f"http://127.0.0.1:{street.sandbox.port}/")
    await opened.page.click(".hint .button")
    yield opened
    await context.close()
    assert opened.complaints == []


async def test_a_newcomer_starts_the_bot_and_is_answered(street: Street, screen: Screen) -> None:
    # given
    newcomer = street.newcomer("小鹿")
    await screen.be(newcomer)

    # when
    await screen.page.click("[data-act=start]")

    # then
    await screen.hears("您好 /start")
    await expect(screen.page.locator(".inline-key")).to_have_count(4)


async def test_a_pressed_button_shows_what_the_bot_says(street: Street, screen: Screen) -> None:
    # given
    await screen.be(street.newcomer("小鹿"))
    await screen.page.click("[data-act=start]")

    # when
    await screen.page.click(".inline-key:has-text('提示')")

    # then
    await expect(screen.page.locator("dialog .sheet-text")).to_have_text("名额有限")


async def test_a_sample_proof_is_sent_as_a_photo(street: Street, screen: Screen) -> None:
    # given
    await screen.be(street.newcomer("小鹿"))
    await screen.page.click("[data-act=start]")
    await screen.hears("您好")

    # when
    await screen.page.click("[data-word=attach]")
    await screen.page.click("[data-sample=transfer]")
    await screen.page.fill(".tray-caption", "已转账")
    await screen.page.press(".tray-caption", "Enter")

    # then
    await screen.hears("收到 photo")
    shown = screen.page.locator(".row.own .frame img")
    await expect(shown).to_have_js_property("complete", value=True)
    assert await shown.evaluate("image => image.naturalWidth") == 720


async def test_several_pictures_are_one_album(street: Street, screen: Screen) -> None:
    # given
    await screen.be(street.newcomer("小鹿"))
    await screen.page.click("[data-act=start]")
    await screen.hears("您好")
    picture = await screen.page.evaluate(DRAW)

    # when
    files = [
        FilePayload(name=f"{number}.png", mimeType="image/png", buffer=bytes(picture))
        for number in range(2)
    ]
    await screen.page.click("[data-word=attach]")
    async with screen.page.expect_file_chooser() as chooser:
        await screen.page.click(".menu-choice:has-text('选择文件')")
    await (await chooser.value).set_files(files)
    await screen.page.click(".tray .primary")

    # then
    await expect(screen.page.locator(".grid .frame")).to_have_count(2)


async def test_keys_of_the_bot_send_what_they_say(street: Street, screen: Screen) -> None:
    # given
    await screen.be(street.newcomer("小鹿"))
    await screen.page.click("[data-act=start]")
    await screen.hears("您好")
    await screen.writes("键盘")

    # when
    await screen.page.click(".reply-key:has-text('提问')")
    await screen.hears("收到 text 提问")
    await screen.page.click(".reply-key:has-text('分享号码')")
    await screen.page.click(".sheet .primary")

    # then
    await screen.hears("收到 contact")
    await screen.hears("+86138")


async def test_a_request_to_join_waits_and_then_opens_the_group(
    street: Street, screen: Screen
) -> None:
    # given
    newcomer = street.newcomer("小鹿")
    await screen.be(newcomer)
    await screen.page.click("[data-act=start]")

    # when
    await screen.page.click(".inline-key:has-text('加入群组')")
    await screen.page.click(".join-sheet .primary")
    await expect(screen.page.locator(".toast")).to_contain_text("等待批准")
    where = {"chat_id": street.group.id, "user_id": newcomer.id}
    await street.bot.call("approveChatJoinRequest", **where)

    # then
    await screen.page.click(".list-row:has-text('会员群')")
    await screen.hears("小鹿 加入了群组")


async def test_an_invoice_is_paid_after_a_look_at_the_price(street: Street, screen: Screen) -> None:
    # given
    await screen.be(street.newcomer("小鹿"))
    await screen.page.click("[data-act=start]")
    await screen.page.click(".inline-key:has-text('购买会员')")

    # when
    await screen.page.click(".inline-key:has-text('支付')")
    await expect(screen.page.locator(".pay-total")).to_contain_text("500")
    await screen.page.click(".pay-sheet .primary")

    # then
    await screen.hears("您已成功支付 ⭐️ 500：年度会员")


async def test_everybody_sees_their_own_chats_and_what_waits(
    street: Street, screen: Screen
) -> None:
    # given
    newcomer, other = street.newcomer("小鹿"), street.newcomer("王思涵")
    await screen.be(newcomer)
    await screen.page.click("[data-act=start]")
    await screen.hears("您好")
    street.sandbox.world.join(other, street.group)
    street.sandbox.world.send_text(other, street.group, "大家好")

    # when
    waiting = screen.page.locator(f"[data-person='{street.owner.id}'] .badge")
    await expect(waiting).to_have_text("1")
    await screen.be(street.owner)
    await screen.page.click(".list-row:has-text('会员群')")

    # then
    await screen.hears("大家好")
    await expect(waiting).to_have_count(0)
    await expect(screen.page.locator(".messages-list")).not_to_contain_text("您好")


async def test_an_own_message_is_edited_with_the_arrow_key(street: Street, screen: Screen) -> None:
    # given
    await screen.be(street.owner)
    await screen.page.click(".list-row:has-text('会员群')")
    await screen.writes("明天见")
    await screen.hears("明天见")

    # when
    await screen.page.press(".field", "ArrowUp")
    await screen.writes("后天见")

    # then
    await screen.hears("后天见")
    await expect(screen.page.locator(".row.own .meta")).to_contain_text("已编辑")


async def test_the_time_of_the_world_is_moved_by_a_button(street: Street, screen: Screen) -> None:
    # when
    await screen.page.click(".step[data-step=year]")

    # then
    await expect(screen.page.locator(".clock-long")).to_contain_text("2027")


async def test_the_page_speaks_english_when_asked_to(street: Street, screen: Screen) -> None:
    # when
    await screen.page.click(".tools .tool >> nth=0")

    # then
    await expect(screen.page.locator(".search")).to_have_attribute("placeholder", "Search chats")
    await screen.page.reload()
    await expect(screen.page.locator(".search")).to_have_attribute("placeholder", "Search chats")


async def test_a_shared_number_stands_beside_its_time(street: Street, screen: Screen) -> None:
    # given
    guest = street.newcomer("小鹿")
    world = street.sandbox.world
    world.send_contact(guest, world.open_private(guest), "+8613800000000", "小鹿")

    # when
    await screen.be(guest)
    number = await screen.page.locator(".contact .link").bounding_box()
    time = await screen.page.locator(".bubble:has(.contact) .meta").bounding_box()

    # then
    assert number is not None
    assert time is not None
    assert number["x"] + number["width"] <= time["x"] or number["y"] + number["height"] <= time["y"]


async def test_between_two_quotations_stands_no_empty_line(street: Street, screen: Screen) -> None:
    # given
    guest = street.newcomer("小鹿")
    street.sandbox.world.open_private(guest)
    quoted = "前文\n<blockquote>甲</blockquote>\n<blockquote>乙</blockquote>\n后文"
    await street.bot.call("sendMessage", chat_id=guest.id, text=quoted, parse_mode="HTML")

    # when
    await screen.be(guest)
    await screen.hears("后文")
    first, second = [
        await quote.bounding_box() for quote in await screen.page.locator(".quote").all()
    ]

    # then
    assert first is not None
    assert second is not None
    assert second["y"] - first["y"] - first["height"] < 10


async def test_a_phone_goes_from_the_list_to_a_chat_and_back(street: Street, phone: Screen) -> None:
    # given
    await phone.be(street.newcomer("小鹿"))
    page = phone.page

    # when
    await page.click(".list-row")
    await page.click("[data-act=start]")
    await phone.hears("您好 /start")
    await phone.writes("很长的一句话" * 40 + " https://example.com/" + "x" * 200)
    in_chat = await page.evaluate("document.documentElement.scrollWidth")
    await page.click(".back")

    # then
    await expect(page.locator(".list-row")).to_be_visible()
    await expect(page.locator(".pane")).to_be_hidden()
    assert max(in_chat, await page.evaluate("document.documentElement.scrollWidth")) <= 360


DRAW = """async () => {
  const canvas = new OffscreenCanvas(80, 60);
  canvas.getContext("2d").fillRect(0, 0, 40, 60);
  const blob = await canvas.convertToBlob();
  return [...new Uint8Array(await blob.arrayBuffer())];
}"""
