"""Destinations: what is inside stays inside, by the types, by the notices and by the database."""

from typing import get_args

import pytest
from sqlalchemy.exc import IntegrityError

from community_bot.clock import StandingClock
from community_bot.delivery.contents import NOTICES
from community_bot.storage.unit import Storage
from community_bot.tickets import desk_notices, notices
from community_bot.tickets import message_queries as messages
from community_bot.tickets import relay_queries as relays
from community_bot.tickets.facts import Ticket
from community_bot.tickets.rules import Audience, MessageKind
from community_bot.tickets.topic_rules import TOPICS, guess_market, guess_topic
from community_bot.tickets.wording_rules import is_courtesy, is_note
from tests.tickets.bureau import LEO, WANG, Bureau, bureau

TO_MEMBERS = set(get_args(notices.MemberNotice))
TO_GROUPS = set(get_args(notices.GroupNotice))
TO_DESK = set(get_args(desk_notices.DeskNotice))


def test_every_notice_has_one_kind_of_reader() -> None:
    said = {one for one in NOTICES.values() if one.__module__ == notices.__name__}
    inner = {one for one in NOTICES.values() if one.__module__ == desk_notices.__name__}

    assert said == TO_MEMBERS | TO_GROUPS
    assert inner == TO_DESK
    assert not TO_MEMBERS & TO_DESK


@pytest.mark.parametrize("audience", [Audience.MEMBER, Audience.FOLLOWER, Audience.GROUP])
@pytest.mark.parametrize("kind", [MessageKind.NOTE, MessageKind.MEMBER])
async def test_the_database_lets_nothing_but_answers_out(
    storage: Storage, clock: StandingClock, audience: Audience, kind: MessageKind
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.asks()

    with pytest.raises(IntegrityError):
        await _carried(town, ticket, kind, audience)


async def _carried(town: Bureau, ticket: Ticket, kind: MessageKind, audience: Audience) -> None:
    """Try to promise a message of a kind to somebody outside."""
    now, number = town.clock.now(), ticket.ticket_id
    async with town.storage.work() as unit:
        kept = await messages.add(
            unit.session,
            town.said("内部", chat_id=LEO),
            kind=kind,
            author_id=LEO,
            now=now,
            ticket_id=number,
        )
        assert kept is not None
        await relays.promise(
            unit.session,
            [kept],
            ticket_id=number,
            audience=audience,
            chat_id=WANG,
            forum_topic_id=None,
            now=now,
        )


@pytest.mark.parametrize(
    "text", ["谢谢", "谢谢老师", "好的，谢谢！", "OK", "👍", "👍👍", "收到~", "明白了哦", "Thanks!"]
)
def test_thanks_are_understood(text: str) -> None:
    assert is_courtesy("text", text)


@pytest.mark.parametrize(
    "text",
    ["谢谢，那欧盟呢？", "好的吗？", "不行", "12345", "", "还有一个问题", "好的但是不对", "1"],
)
def test_a_question_is_no_thanks(text: str) -> None:
    assert not is_courtesy("text", text)


def test_notes_begin_with_two_strokes_of_either_width() -> None:
    assert [is_note(text) for text in ("//内部", " ／／内部", "看 // 这里", None)] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("words", "topic", "market"),
    [
        ("美国站 GPSR 需要弄吗", "compliance", "US"),
        ("英国站 VAT 怎么报税", "tax", "UK"),
        ("US站二审被封号怎么申诉", "account", "US"),
        ("你好", None, None),
    ],
)
def test_topic_and_market_are_guessed_or_left_open(
    words: str, topic: str | None, market: str | None
) -> None:
    assert (guess_topic(words, tuple(TOPICS)), guess_market(words)) == (topic, market)
