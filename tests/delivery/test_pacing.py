import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from community_bot.delivery.lanes import Lane
from community_bot.delivery.pacing import Pace
from tests.delivery.virtual_time import in_virtual_time

DESK_GROUP = -1001


class Post:
    """A community's post office in virtual time: what was admitted, and when."""

    def __init__(self, **how: float) -> None:
        self.clock = asyncio.get_running_loop().time
        self.pace = Pace(monotonic=self.clock, **how)  # type: ignore[arg-type]
        self.admitted: list[tuple[float, int | str, Lane]] = []

    async def send(self, chat_id: int | str, lane: Lane = Lane.REPLY, weight: int = 1) -> None:
        await self.pace.admit(chat_id, lane, weight)
        self.admitted.append((self.clock(), chat_id, lane))

    def times(self, lane: Lane | None = None, chat_id: int | None = None) -> list[float]:
        return [
            at for at, chat, of in self.admitted if lane in (None, of) and chat_id in (None, chat)
        ]


async def all_of(*sends: Awaitable[None]) -> None:
    async with asyncio.TaskGroup() as group:
        for send in sends:
            group.create_task(send)  # type: ignore[arg-type]


def most_in_a_second(times: list[float]) -> int:
    return max(sum(1 for other in times if start <= other < start + 1 - 1e-5) for start in times)


def story(tell: Callable[[Post], Awaitable[None]]) -> Post:
    async def told() -> Post:
        post = Post()
        await tell(post)
        return post

    return in_virtual_time(told())


def test_a_broadcast_alone_leaves_at_twenty_nine_a_second() -> None:
    # given a broadcast to more members than a minute holds
    async def tell(post: Post) -> None:
        await all_of(*(post.send(member, Lane.BROADCAST) for member in range(1800)))

    # when it is sent
    times = story(tell).times()

    # then a minute holds what Telegram allows in bulk, and no second holds more
    assert 28.5 <= sum(1 for at in times if at < 60) / 60 <= 29.5
    assert most_in_a_second(times) <= 32


def test_a_broadcast_leaves_in_the_order_in_which_it_was_queued() -> None:
    async def tell(post: Post) -> None:
        await all_of(*(post.send(member, Lane.BROADCAST) for member in range(200)))

    assert [chat for _, chat, _ in story(tell).admitted] == list(range(200))


def test_a_reply_goes_at_once_while_a_broadcast_runs() -> None:
    # given a broadcast under way
    async def tell(post: Post) -> None:
        async def asks() -> None:
            for question in range(40):
                await asyncio.sleep(0.217)
                before = post.clock()
                await post.send(10_000 + question)
                assert post.clock() == before

        # when members ask again and again
        await all_of(*(post.send(member, Lane.BROADCAST) for member in range(400)), asks())

    # then each was answered in the same moment, and the broadcast gave way
    assert most_in_a_second(story(tell).times()) <= 32


def test_bulk_never_goes_while_a_reply_waits() -> None:
    # given a broadcast under way
    async def tell(post: Post) -> None:
        async def crowd() -> None:
            await asyncio.sleep(3)
            await all_of(*(post.send(10_000 + member) for member in range(100)))

        # when a hundred members press a button in the same moment
        await all_of(*(post.send(member, Lane.BROADCAST) for member in range(300)), crowd())

    post = story(tell)

    # then nothing of the broadcast leaves before the last of them has been answered
    replies = post.times(Lane.REPLY)
    assert [at for at in post.times(Lane.BROADCAST) if replies[0] < at <= replies[-1]] == []
    assert most_in_a_second(post.times()) <= 32


def test_a_notice_overtakes_a_broadcast_that_was_queued_before_it() -> None:
    async def tell(post: Post) -> None:
        async def reminds() -> None:
            await asyncio.sleep(1)
            await post.send(9, Lane.NOTICE)

        await all_of(*(post.send(member, Lane.BROADCAST) for member in range(10, 310)), reminds())

    assert story(tell).times(Lane.NOTICE)[0] < 1.1


def test_one_private_chat_gets_three_at_once_and_then_one_a_second() -> None:
    async def tell(post: Post) -> None:
        await all_of(*(post.send(7) for _ in range(6)))

    assert [round(at, 3) for at in story(tell).times()] == [0, 0, 0, 1, 2, 3]


def test_bulk_leaves_room_for_a_reply_in_the_same_chat() -> None:
    # given four parts of a post for one member
    async def tell(post: Post) -> None:
        async def asks() -> None:
            await asyncio.sleep(0.5)
            await post.send(7)

        # when the member asks something while they are on their way
        await all_of(*(post.send(7, Lane.BROADCAST) for _ in range(4)), asks())

    # then the answer does not wait for them
    assert story(tell).times(Lane.REPLY) == [0.5]


def test_a_group_gets_twenty_a_minute_and_never_all_at_once() -> None:
    async def tell(post: Post) -> None:
        await all_of(*(post.send(DESK_GROUP, Lane.DESK) for _ in range(50)))

    times = story(tell).times()

    assert most_in_a_second(times) <= 3
    assert all(sum(1 for at in times if start <= at < start + 59.99) <= 20 for start in times)
    assert sum(1 for at in times if at < 60) == 20


def test_a_channel_known_by_name_is_paced_like_a_group() -> None:
    async def tell(post: Post) -> None:
        await all_of(*(post.send("@updates", Lane.NOTICE) for _ in range(30)))

    assert sum(1 for at in story(tell).times() if at < 60) <= 20


def test_an_album_counts_as_many_messages_as_it_has_files() -> None:
    async def tell(post: Post) -> None:
        await all_of(*(post.send(member, Lane.BROADCAST, weight=10) for member in range(60)))

    times = story(tell).times()

    assert 2.85 <= len(times) / times[-1] <= 3.1
    assert most_in_a_second(times) <= 3


def test_a_refused_chat_delays_nobody_else() -> None:
    # given a chat that Telegram has closed for four seconds
    async def tell(post: Post) -> None:
        post.pace.refused(7, timedelta(seconds=4))

        # when a broadcast goes to it and to others
        await all_of(*(post.send(member, Lane.BROADCAST) for member in range(60)))

    post = story(tell)

    # then the others got theirs on time, and it got its own when it opened again
    assert post.times(chat_id=7) == [4.0]
    assert max(at for at, chat, _ in post.admitted if chat != 7) < 2.1


def test_of_two_deadlines_for_a_chat_the_later_one_counts() -> None:
    async def tell(post: Post) -> None:
        post.pace.refused(7, timedelta(seconds=4))
        post.pace.refused(7, timedelta(seconds=1))
        await post.send(7)

    assert story(tell).times() == [4.0]


@pytest.mark.parametrize(
    ("refusals", "stops"),
    [
        ([(7, 3)], False),
        ([(7, 6)], True),
        ([(7, 2), (7, 3)], False),
        ([(7, 2), (8, 3)], True),
        ([(DESK_GROUP, 40)], False),
        ([(DESK_GROUP, 61)], True),
    ],
)
def test_bulk_stops_only_when_a_refusal_is_about_the_whole_bot(
    refusals: list[tuple[int, int]], *, stops: bool
) -> None:
    # given what Telegram has refused in this moment
    async def tell(post: Post) -> None:
        for chat_id, seconds in refusals:
            post.pace.refused(chat_id, timedelta(seconds=seconds))

        # when a broadcast, a question's answer and a reply are to go to others
        await all_of(post.send(1, Lane.BROADCAST), post.send(2, Lane.DESK), post.send(3))

    post = story(tell)

    # then only the broadcast may have to wait, and only for the bot's own deadline
    assert post.times(Lane.BROADCAST) == [float(refusals[-1][1]) if stops else 0.0]
    assert post.times(Lane.DESK) == post.times(Lane.REPLY) == [0.0]


def test_two_chats_refused_long_after_each_other_stop_nothing() -> None:
    async def tell(post: Post) -> None:
        post.pace.refused(7, timedelta(seconds=2))
        await asyncio.sleep(5.5)
        post.pace.refused(8, timedelta(seconds=2))
        await post.send(1, Lane.BROADCAST)

    assert story(tell).times() == [5.5]


def test_bulk_halves_after_a_refusal_and_recovers_by_the_minute() -> None:
    rates: list[float] = []

    async def tell(post: Post) -> None:
        # given many messages in flight that are all refused together
        for chat_id in range(10):
            post.pace.refused(chat_id, timedelta(seconds=30))

        # when the minutes pass
        for _ in range(16):
            rates.append(post.pace._rate.at(post.pace._monotonic()))
            await asyncio.sleep(60.001)

    story(tell)

    # then the rate was halved once, grew by one a minute and stopped at the full rate
    assert rates == [14.5 + minute for minute in range(15)] + [29.0]


def test_whoever_is_cancelled_while_waiting_has_used_up_nothing() -> None:
    # given a private chat that has had its three
    async def tell(post: Post) -> None:
        await all_of(*(post.send(7) for _ in range(3)))
        waiting = [asyncio.create_task(post.send(7, Lane.DESK)) for _ in range(5)]
        await asyncio.sleep(0.5)

        # when those who wait give up, the first of them and others
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await post.send(7)

    post = story(tell)

    # then the next one goes as if they had never been there
    assert post.times() == [0, 0, 0, 1]
    assert post.pace._chat_lines == {}


def test_a_line_goes_on_when_whoever_was_first_gives_up() -> None:
    async def tell(post: Post) -> None:
        tasks = [asyncio.create_task(post.send(member, Lane.BROADCAST)) for member in range(60)]
        await asyncio.sleep(0)
        for task in tasks[:30:2]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    assert len(story(tell).times()) >= 45


def test_trying_says_how_long_to_wait_and_uses_up_nothing() -> None:
    async def tell(post: Post) -> None:
        assert [post.pace.try_admit(7, Lane.REPLY) for _ in range(3)] == [0, 0, 0]
        assert [post.pace.try_admit(7, Lane.REPLY) for _ in range(9)] == [1] * 9
        await asyncio.sleep(1)
        assert post.pace.try_admit(7, Lane.REPLY) == 0

    story(tell)


def test_trying_does_not_overtake_those_who_wait() -> None:
    async def tell(post: Post) -> None:
        queued = [asyncio.create_task(post.send(m, Lane.NOTICE)) for m in range(40)]
        await asyncio.sleep(0.5)
        assert post.pace.try_admit(99, Lane.BROADCAST) > 0.3
        assert post.pace.try_admit(99, Lane.REPLY) == 0
        await asyncio.gather(*queued)

    story(tell)


def test_a_hundred_thousand_chats_leave_no_trace() -> None:
    # given a pace whose clock is moved by hand, so that nothing has to wait
    now = [0.0]
    pace = Pace(monotonic=lambda: now[0])
    slowest = most_known = 0.0

    # when a hundred thousand members have been written to
    for member in range(100_000):
        now[0] += 1 / 29
        before = time.perf_counter()
        assert pace.try_admit(member, Lane.BROADCAST) == 0
        slowest = max(slowest, time.perf_counter() - before)
        most_known = max(most_known, len(pace._chats))

    # then only those of the last seconds are still known
    assert most_known < 200
    assert slowest < 0.25
