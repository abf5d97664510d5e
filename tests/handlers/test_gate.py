import asyncio
import json
from bisect import bisect_left
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from telegram import InputMediaPhoto, ReplyParameters, Update
from telegram.error import BadRequest, ChatMigrated, RetryAfter, TelegramError
from telegram.ext import ApplicationBuilder, ExtBot
from telegram.request import BaseRequest, RequestData

from community_bot.delivery.lanes import Lane
from community_bot.delivery.pacing import Pace
from community_bot.sandbox.limits import Limits
from community_bot.sandbox.refusals import Refused
from handlers.gate import Gate, Turn
from tests.delivery.virtual_time import in_virtual_time

MESSAGE = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}


class Telegram(BaseRequest):
    """Answers in virtual time, refuses what it was told to, and remembers when it was called."""

    def __init__(self, *refusals: float) -> None:
        self.calls: list[tuple[str, float]] = []
        self.refusals = list(refusals)

    @property
    def read_timeout(self) -> float:
        return 30.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kw: Any
    ) -> tuple[int, bytes]:
        endpoint = url.rsplit("/", 1)[-1]
        self.calls.append((endpoint, asyncio.get_running_loop().time()))
        if self.refusals:
            refusal = {"ok": False, "parameters": {"retry_after": self.refusals.pop(0)}}
            return 429, json.dumps(refusal).encode()
        several = endpoint in {"sendMediaGroup", "copyMessages"}
        result: Any = [MESSAGE] if several else MESSAGE if "Message" in endpoint else True
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def times(self) -> list[float]:
        return [at for _, at in self.calls]


def story(
    tell: Callable[[ExtBot[Turn], Pace], Awaitable[None]], *refusals: float
) -> tuple[Telegram, Pace]:
    async def told() -> tuple[Telegram, Pace]:
        telegram = Telegram(*refusals)
        pace = Pace(monotonic=asyncio.get_running_loop().time)
        await tell(ExtBot("1:token", request=telegram, rate_limiter=Gate(pace)), pace)
        return telegram, pace

    return in_virtual_time(told())


def test_a_message_waits_for_its_turn() -> None:
    async def tell(bot: ExtBot[Turn], pace: Pace) -> None:
        for _ in range(5):
            await bot.send_message(7, "hello")

    telegram, _ = story(tell)

    assert telegram.times() == [0, 0, 0, 1, 2]


def test_what_is_no_message_never_waits() -> None:
    # given a chat that may not receive anything for a while
    async def tell(bot: ExtBot[Turn], pace: Pace) -> None:
        pace.refused(7, timedelta(seconds=60))

        # when we show that we type, answer a button and let the person in
        await bot.send_chat_action(7, "typing")
        await bot.answer_callback_query("1")
        await bot.approve_chat_join_request(7, 7)

    telegram, pace = story(tell)

    # then all of it leaves at once and counts for nothing
    assert telegram.times() == [0, 0, 0]
    assert pace._second.count(pace._monotonic()) == 0


@pytest.mark.parametrize("chat_id", [-1001, "-1002", "@updates"])
def test_a_group_is_known_by_its_id_or_name(chat_id: int | str) -> None:
    async def tell(bot: ExtBot[Turn], pace: Pace) -> None:
        for _ in range(21):
            await bot.send_message(chat_id, "hello", rate_limit_args=Turn(Lane.DESK))

    telegram, _ = story(tell)

    assert telegram.times()[20] == 60


def test_an_album_weighs_as_much_as_it_has_files() -> None:
    async def tell(bot: ExtBot[Turn], pace: Pace) -> None:
        await bot.send_media_group(-1001, [InputMediaPhoto("a"), InputMediaPhoto("b")])

    _, pace = story(tell)

    assert pace._second.count(pace._monotonic()) == 2


def test_copies_of_several_messages_weigh_as_many_and_deleting_them_weighs_one() -> None:
    async def tell(bot: ExtBot[Turn], pace: Pace) -> None:
        await bot.copy_messages(-1001, -1002, [1, 2, 3])
        await bot.delete_messages(-1003, [1, 2, 3])

    _, pace = story(tell)

    assert pace._second.count(pace._monotonic()) == 3 + 1


def test_a_message_that_was_admitted_before_is_not_held_up_again() -> None:
    # given a chat that is closed
    async def tell(bot: ExtBot[Turn], pace: Pace) -> None:
        pace.refused(7, timedelta(seconds=3))

        # when something is sent there that had its turn already
        await bot.send_message(7, "hello", rate_limit_args=Turn(Lane.NOTICE, admitted=True))

    telegram, pace = story(tell)

    # then it leaves, and is not counted a second time
    assert telegram.times() == [0]
    assert pace._second.count(pace._monotonic()) == 0


def test_what_was_admitted_over_time_and_leaves_together_is_spread_anew() -> None:
    # given that a slow disk held up what had its turn long ago
    async def tell(bot: ExtBot[Turn], pace: Pace) -> None:
        late = Turn(Lane.BROADCAST, admitted=True)

        # when all of it comes out at once, and somebody is answered meanwhile
        async with asyncio.TaskGroup() as group:
            for chat_id in range(1, 76):
                group.create_task(bot.send_message(chat_id, "hello", rate_limit_args=late))
            group.create_task(bot.send_message(999, "an answer"))

    telegram, _ = story(tell)

    # then no second has more than Telegram allows, and the answer has not waited
    times = sorted(telegram.times())
    assert [times.count(second) for second in (0, 1, 2)] == [31, 30, 15]
    assert len(times) == 76


class Counting(Telegram):
    """Counts like the local Telegram, and refuses what is too much."""

    def __init__(self) -> None:
        super().__init__()
        self.limits = Limits(seconds=asyncio.get_running_loop().time)
        self.refused = 0

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kw: Any
    ) -> tuple[int, bytes]:
        sent = request_data.parameters if request_data else {}
        try:
            self.limits.take(int(str(sent["chat_id"])))
        except Refused as refused:
            self.refused += 1
            return 429, json.dumps(refused.wire()).encode()
        return await super().do_request(url, method, request_data, *args, **kw)


def test_two_thousand_messages_are_never_too_many_at_once_and_none_is_refused() -> None:
    async def told() -> Counting:
        telegram = Counting()
        pace = Pace(monotonic=asyncio.get_running_loop().time)
        bot = ExtBot("1:token", request=telegram, rate_limiter=Gate(pace))
        async with asyncio.TaskGroup() as group:
            for number in range(2_000):
                turn = Turn(Lane.BROADCAST if number % 4 else Lane.NOTICE)
                group.create_task(bot.send_message(1 + number, "hello", rate_limit_args=turn))
        return telegram

    telegram = in_virtual_time(told())

    times = sorted(telegram.times())
    most = max(bisect_left(times, start + 1) - at for at, start in enumerate(times))
    assert (len(times), telegram.refused) == (2_000, 0)
    assert most <= 32


def test_a_reply_that_telegram_refuses_is_sent_again_when_it_may_be() -> None:
    async def tell(bot: ExtBot[Turn], pace: Pace) -> None:
        await bot.send_message(7, "hello")

    telegram, _ = story(tell, 2, 3)

    assert telegram.times() == [0, 2, 5]


@pytest.mark.parametrize(
    ("turn", "refusals", "calls"),
    [
        pytest.param(None, [1, 1, 1], 3, id="refused for the third time"),
        pytest.param(None, [6], 1, id="too long for somebody who waits"),
        pytest.param(Turn(Lane.NOTICE), [1], 1, id="not a reply"),
        pytest.param(Turn(Lane.REPLY, admitted=True), [1], 1, id="the courier decides"),
    ],
)
def test_a_refusal_is_passed_on(turn: Turn | None, refusals: list[float], calls: int) -> None:
    # given that Telegram refuses
    async def tell(bot: ExtBot[Turn], pace: Pace) -> None:
        # when a message is sent
        with pytest.raises(RetryAfter):
            await bot.send_message(7, "hello", rate_limit_args=turn)

        # then whoever sends it is told, and the next one to that chat waits
        assert pace.try_admit(7, Lane.REPLY) == refusals[-1]

    telegram, _ = story(tell, *refusals)

    assert len(telegram.calls) == calls


@pytest.mark.parametrize("switch", ["true", "false"])
@pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")
def test_a_refusal_is_understood_in_both_of_ptbs_forms(
    switch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", switch)

    async def tell(bot: ExtBot[Turn], pace: Pace) -> None:
        await bot.send_message(7, "hello")

    assert story(tell, 2)[0].times() == [0, 2]


def test_other_errors_are_none_of_its_business() -> None:
    class Refusing(Telegram):
        async def do_request(self, *args: Any, **kw: Any) -> tuple[int, bytes]:
            await super().do_request(*args, **kw)
            return 400, b'{"ok":false,"description":"Bad Request: chat not found"}'

    async def told() -> Telegram:
        telegram = Refusing()
        pace = Pace(monotonic=asyncio.get_running_loop().time)
        bot = ExtBot("1:token", request=telegram, rate_limiter=Gate(pace))
        with pytest.raises(BadRequest):
            await bot.send_message(7, "hello")
        return telegram

    assert len(in_virtual_time(told()).calls) == 1


MOVED = (400, '{"ok":false,"description":"moved","parameters":{"migrate_to_chat_id":-1009}}')
NO_THREAD = (400, '{"ok":false,"description":"Bad Request: message thread not found"}')


class Forwarding(Telegram):
    """Refuses in these words, one after another, and remembers where each call went."""

    def __init__(self, *refusals: tuple[int, str]) -> None:
        super().__init__()
        self.said = list(refusals)
        self.went: list[tuple[object, ...]] = []

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kw: Any
    ) -> tuple[int, bytes]:
        sent = request_data.parameters if request_data else {}
        where = ("chat_id", "message_thread_id", "reply_parameters")
        self.went.append(tuple(sent.get(name) for name in where))
        if self.said:
            code, body = self.said.pop(0)
            return code, body.encode()
        return await super().do_request(url, method, request_data, *args, **kw)


def led(
    tell: Callable[[ExtBot[Turn]], Awaitable[object]],
    *refusals: tuple[int, str],
    fails: type[TelegramError] | None = None,
) -> list[tuple[object, ...]]:
    async def told() -> list[tuple[object, ...]]:
        telegram = Forwarding(*refusals)
        pace = Pace(monotonic=asyncio.get_running_loop().time)
        bot = ExtBot("1:token", request=telegram, rate_limiter=Gate(pace))
        if fails is None:
            await tell(bot)
        else:
            with pytest.raises(fails):
                await tell(bot)
        return telegram.went

    return in_virtual_time(told())


def test_an_answer_follows_a_group_that_has_moved_and_is_a_reply_to_nothing_there() -> None:
    about = ReplyParameters(9)

    went = led(
        lambda bot: bot.send_message(-5, "hello", message_thread_id=3, reply_parameters=about),
        MOVED,
    )

    assert [where[:2] for where in went] == [(-5, 3), (-1009, None)]
    assert went[1][2] is None


def test_an_answer_into_a_topic_that_is_gone_goes_to_the_group() -> None:
    went = led(lambda bot: bot.send_message(-5, "hello", message_thread_id=3), NO_THREAD)

    assert went == [(-5, 3, None), (-5, None, None)]


@pytest.mark.parametrize(
    ("tell", "refusals", "fails", "calls"),
    [
        pytest.param(
            lambda bot: bot.send_message(-5, "hello"), [MOVED, MOVED], ChatMigrated, 2, id="twice"
        ),
        pytest.param(
            lambda bot: bot.send_message(-5, "hello"), [NO_THREAD], BadRequest, 1, id="no thread"
        ),
        pytest.param(
            lambda bot: bot.edit_message_text("hello", -5, 9),
            [MOVED],
            ChatMigrated,
            1,
            id="another message has that number there",
        ),
        pytest.param(
            lambda bot: bot.send_message(
                -5, "hello", rate_limit_args=Turn(Lane.REPLY, admitted=True)
            ),
            [MOVED],
            ChatMigrated,
            1,
            id="the courier decides",
        ),
    ],
)
def test_what_cannot_be_led_on_is_said(
    tell: Callable[[ExtBot[Turn]], Awaitable[object]],
    refusals: list[tuple[int, str]],
    fails: type[TelegramError],
    calls: int,
) -> None:
    assert len(led(tell, *refusals, fails=fails)) == calls


def test_ptbs_application_runs_with_it() -> None:
    class Me(Telegram):
        async def do_request(self, *args: Any, **kw: Any) -> tuple[int, bytes]:
            return 200, b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"B"}}'

    async def told() -> None:
        gate = Gate(Pace())
        application = (
            ApplicationBuilder()
            .token("1:token")
            .request(Me())
            .get_updates_request(Me())
            .rate_limiter(gate)
            .build()
        )
        async with application:
            await application.process_update(Update(1))
            assert application.bot.rate_limiter is gate

    in_virtual_time(told())
