"""A raw update is sorted: in whose order it is kept, and whether somebody waits for it."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_bot.errors import Invalid
from handlers.callbacks import decode, encode
from handlers.updates import ALLOWED, received

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
WORD = st.text("abcxyzABC019_.-", min_size=1, max_size=8)
GROUP, PERSON = {"id": -100_2000}, {"id": 5_000_000_001}


@pytest.mark.parametrize(
    ("kind", "content", "chat_id"),
    [
        ("message", {"chat": GROUP, "from": PERSON}, GROUP["id"]),
        ("callback_query", {"from": PERSON, "message": {"chat": GROUP}}, GROUP["id"]),
        ("callback_query", {"from": PERSON, "inline_message_id": "x"}, PERSON["id"]),
        ("my_chat_member", {"chat": PERSON, "from": PERSON}, PERSON["id"]),
        ("chat_join_request", {"chat": GROUP, "from": PERSON}, GROUP["id"]),
        ("inline_query", {"from": PERSON, "query": "退款"}, PERSON["id"]),
        ("from_the_future", {"user": PERSON}, PERSON["id"]),
        ("poll", {"id": "7"}, 0),
    ],
)
def test_an_update_is_kept_in_the_order_of_its_chat_else_of_its_person(
    kind: str, content: dict[str, Any], chat_id: int
) -> None:
    assert received({"update_id": 7, kind: content}).chat_id == chat_id


def test_each_payment_waits_for_nobody() -> None:
    asked = [received({"update_id": n, "pre_checkout_query": {"from": PERSON}}) for n in (1, 2)]

    assert len({update.chat_id for update in asked}) == 2
    assert all(update.urgent for update in asked)
    assert all(update.chat_id < 2**63 for update in asked)


def test_only_what_somebody_waits_for_is_urgent() -> None:
    urgent = {kind for kind in ALLOWED if received({"update_id": 1, kind: {}}).urgent}

    assert urgent == {"callback_query", "pre_checkout_query", "inline_query"}


@given(kind=st.text(max_size=80).filter(lambda kind: kind != "update_id"), content=JSON)
def test_any_update_can_be_kept_as_it_came(kind: str, content: object) -> None:
    update = {"update_id": 7, kind: content}

    kept = received(update)

    assert json.loads(kept.body) == update
    assert len(kept.kind) <= 64


def test_an_update_that_comes_again_is_known_whatever_has_changed_under_it() -> None:
    sender = {"id": 7, "is_bot": False, "first_name": "Wang"}
    below = {"message_id": 5, "date": 1, "chat": {"id": 7}, "text": "Choose"}
    press = {"id": "99", "from": sender, "data": "home:home", "message": below}
    first = received({"update_id": 7, "callback_query": press})

    again = {**press, "message": {**below, "text": "Chosen"}, "from": {**sender, "username": "w"}}
    another = {**press, "id": "100"}

    assert received({"update_id": 7, "callback_query": again}).likeness == first.likeness
    assert received({"update_id": 7, "callback_query": another}).likeness != first.likeness


def test_half_a_character_and_a_number_beyond_every_chat_can_be_kept_too() -> None:
    update = {"update_id": 7, "message": {"text": "half: \ud83d", "chat": {"id": 2**70}}}

    kept = received(update)

    assert json.loads(kept.body.encode()) == update
    assert kept.chat_id == 0


@given(area=WORD, verb=WORD, args=st.lists(WORD | st.integers(-(2**62), 2**62), max_size=2))
def test_what_stands_in_a_button_is_read_as_it_was_written(
    area: str, verb: str, args: list[object]
) -> None:
    press = decode(encode(area, verb, *args))

    assert (press.area, press.verb) == (area, verb)
    assert press.args == tuple(str(arg) for arg in args)


@given(data=st.text(max_size=64))
def test_any_forged_button_is_read_or_refused(data: str) -> None:
    with contextlib.suppress(Invalid):
        press = decode(data)
        for index in range(3):
            with contextlib.suppress(Invalid):
                press.word(index)
                press.number(index)
