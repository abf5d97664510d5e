import asyncio
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from community_bot.delivery.lanes import Lane
from community_bot.delivery.pacing import Pace
from tests.delivery.virtual_time import in_virtual_time

ROUNDING = 1e-4
CHATS = st.sampled_from([1, 2, 3, 4, 5, 6, 7, 8, -1001, -1002])
SENDS = st.tuples(st.floats(0, 20), CHATS, st.sampled_from(Lane), st.sampled_from([1, 1, 1, 2, 10]))
REFUSALS = st.tuples(st.floats(0, 10), CHATS, st.integers(1, 8))
Admitted = list[tuple[float, float, int, Lane, int]]


def carry_out(
    sends: list[tuple[float, int, Lane, int]], refusals: list[tuple[float, int, int]]
) -> Admitted:
    """Return (asked at, admitted at, chat, lane, weight) of each send, in order of admission."""
    admitted: Admitted = []

    async def story() -> None:
        clock = asyncio.get_running_loop().time
        pace = Pace(monotonic=clock)

        async def send(at: float, chat_id: int, lane: Lane, weight: int) -> None:
            await asyncio.sleep(at)
            asked = clock()
            await pace.admit(chat_id, lane, weight)
            admitted.append((asked, clock(), chat_id, lane, weight))

        async def refuse(at: float, chat_id: int, seconds: int) -> None:
            await asyncio.sleep(at)
            pace.refused(chat_id, timedelta(seconds=seconds))

        async with asyncio.TaskGroup() as group:
            for one in sends:
                group.create_task(send(*one))
            for refusal in refusals:
                group.create_task(refuse(*refusal))
        assert not pace._chat_lines
        assert len(pace._line) == 0

    in_virtual_time(story())
    return admitted


def most_within(span: float, went: list[tuple[float, int]]) -> int:
    return max(
        (
            sum(weight for at, weight in went if start <= at < start + span - ROUNDING)
            for start, _ in went
        ),
        default=0,
    )


@settings(deadline=None, max_examples=60)
@given(st.lists(SENDS, max_size=120), st.lists(REFUSALS, max_size=4))
def test_no_second_and_no_chat_ever_gets_more_than_its_limit(
    sends: list[tuple[float, int, Lane, int]], refusals: list[tuple[float, int, int]]
) -> None:
    admitted = carry_out(sends, refusals)

    assert len(admitted) == len(sends)
    assert most_within(1, [(at, weight) for _, at, _, _, weight in admitted]) <= 32
    for chat_id in {chat for _, _, chat, _, _ in admitted}:
        own = [(at, min(weight, 3)) for _, at, chat, _, weight in admitted if chat == chat_id]
        assert most_within(1, [(at, 1) for at, _ in own]) <= 3
        assert most_within(10, [(at, 1) for at, _ in own]) <= 3 + 10
        if chat_id < 0:
            whole = [(at, weight) for _, at, chat, _, weight in admitted if chat == chat_id]
            assert most_within(60, whole) <= 20


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(1, 9), max_size=60), st.lists(st.floats(0, 2), max_size=150))
def test_no_bulk_goes_between_a_reply_and_its_turn(
    replies: list[float], broadcast: list[float]
) -> None:
    # given replies and a broadcast, each to a chat of its own
    sends = [(at, 1 + n, Lane.REPLY, 1) for n, at in enumerate(replies)]
    sends += [(at, 1000 + n, Lane.BROADCAST, 1) for n, at in enumerate(broadcast)]

    # when all of them are sent
    admitted = carry_out(sends, [])

    # then whenever a reply waited, nothing of the broadcast left in the meantime
    bulk = [at for _, at, _, lane, _ in admitted if lane is Lane.BROADCAST]
    for asked, at, _, lane, _ in admitted:
        if lane is Lane.REPLY:
            assert not [other for other in bulk if asked < other < at]
            assert at - asked <= len(replies) / 29 + ROUNDING


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 5), st.integers(1, 60))
def test_a_refusal_in_one_chat_delays_only_that_chat(seconds: int, members: int) -> None:
    # given the same broadcast twice, once with one chat refused
    sends = [(0.0, 100 + member, Lane.BROADCAST, 1) for member in range(members)]

    # when both are sent
    plain = carry_out(sends, [])
    refused = carry_out(sends, [(0.0, 100, seconds)])

    # then nobody else got theirs later
    usual = {chat: at for _, at, chat, _, _ in plain}
    assert all(at <= usual[chat] + ROUNDING for _, at, chat, _, _ in refused if chat != 100)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_cancelled_waiters_never_hold_up_the_line(data: st.DataObject) -> None:
    # given a queue, and some in it who will give up at some moment
    count = data.draw(st.integers(1, 60))
    gives_up = data.draw(st.dictionaries(st.integers(0, count - 1), st.floats(0, 3)))
    chats = data.draw(st.lists(CHATS, min_size=count, max_size=count))

    async def story() -> None:
        clock = asyncio.get_running_loop().time
        pace = Pace(monotonic=clock)
        tasks = [asyncio.create_task(pace.admit(chat, Lane.NOTICE)) for chat in chats]
        for number, at in sorted(gives_up.items(), key=lambda one: one[1]):
            await asyncio.sleep(max(0, at - clock()))
            tasks[number].cancel()

        # when time passes, then everybody else is served and nobody stands there any more
        async with asyncio.timeout(500):
            await asyncio.gather(*tasks, return_exceptions=True)
        assert all(task.done() for task in tasks)
        assert pace._chat_lines == {}
        assert len(pace._line) == 0

    in_virtual_time(story())
