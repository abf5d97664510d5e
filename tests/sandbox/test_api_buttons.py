"""Keyboards, answers to presses and to inline queries: what is refused, what is taken."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LabeledPrice

from community_bot.clock import StandingClock

Town = Any
Api = Any
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
INLINE = "can't parse inline keyboard button: "
KEYBOARDS: list[tuple[Any, str]] = [
    (
        {"inline_keyboard": [{"text": "a"}]},
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    ({"inline_keyboard": [["a"]]}, f"{INLINE}InlineKeyboardButton must be an Object"),
    ({"inline_keyboard": [[{"url": "https://a.cn"}]]}, f'{INLINE}Can\'t find field "text"'),
    (
        {"inline_keyboard": [[{"text": " ", "callback_data": "a"}]]},
        "inline keyboard button text must be non-empty",
    ),
    (
        {"inline_keyboard": [[{"text": "a", "callback_data": "a"}] * 8] * 13},
        "reply markup is too long",
    ),
    (
        {"inline_keyboard": [[{"text": "a", "copy_text": {"text": "码" * 257}}]]},
        "BUTTON_COPY_TEXT_INVALID",
    ),
    ({"keyboard": [1]}, 'field "keyboard" must be an Array of Arrays'),
    (
        {"keyboard": [[1]]},
        "can't parse keyboard button: KeyboardButton must be a String or an Object",
    ),
    ({"keyboard": [[""]]}, "keyboard button text must be non-empty"),
    (
        {"keyboard": [[{"text": "a", "request_contact": True}]]},
        "phone number can be requested in private chats only",
    ),
]


@pytest.mark.parametrize(("markup", "refusal"), KEYBOARDS)
async def test_a_keyboard_against_the_rules_is_refused(
    api: Api, town: Town, markup: Any, refusal: str
) -> None:
    answer = await api.ask("sendMessage", chat_id=town.forum.id, text="a", reply_markup=markup)

    assert answer["description"] == f"Bad Request: {refusal}"


@pytest.mark.parametrize("markup", [{"inline_keyboard": []}, {"inline_keyboard": [[]]}, {}])
async def test_a_keyboard_without_buttons_is_none(api: Api, town: Town, markup: Any) -> None:
    await api("sendMessage", chat_id=town.private.id, text="a", reply_markup=markup)

    assert town.world.last(town.private).reply_markup is None


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"text": "长" * 201}, "MESSAGE_TOO_LONG"),
        ({"url": "https://example.com/"}, "URL_INVALID"),
    ],
)
async def test_an_answer_to_a_press_has_its_bounds(
    api: Api, town: Town, said: dict[str, Any], refusal: str
) -> None:
    query = await pressed(api, town)

    answer = await api.ask("answerCallbackQuery", callback_query_id=query.id, **said)

    assert answer["description"] == f"Bad Request: {refusal}"


async def test_a_press_is_answered_once_and_soon(
    api: Api, town: Town, clock: StandingClock
) -> None:
    # given
    first, second = await pressed(api, town), await pressed(api, town)

    # when
    answers = [await api.ask("answerCallbackQuery", callback_query_id=first.id) for _ in "12"]
    clock.pass_(timedelta(seconds=31))
    late = await api.ask("answerCallbackQuery", callback_query_id=second.id)

    # then
    assert answers[0] == {"ok": True, "result": True}
    assert answers[1]["description"] == f"Bad Request: {TOO_OLD}"
    assert late["description"] == f"Bad Request: {TOO_OLD}"


async def pressed(api: Api, town: Town) -> Any:
    """Send a button and press it."""
    markup = {"inline_keyboard": [[{"text": "好", "callback_data": "yes"}]]}
    sent = await api("sendMessage", chat_id=town.private.id, text="a", reply_markup=markup)
    return town.world.press(town.member, town.private, sent["message_id"], "yes")


async def test_what_has_no_such_button_cannot_be_pressed(api: Api, town: Town) -> None:
    sent = await api("sendMessage", chat_id=town.private.id, text="a")

    with pytest.raises(LookupError):
        town.world.press(town.member, town.private, sent["message_id"], "好")


def article(**said: Any) -> dict[str, Any]:
    content = {"message_text": "<b>按重量</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": "1", "title": "运费", "input_message_content": content, **said}


RESULTS: list[tuple[Any, str]] = [
    ("x", "can't parse inline query results JSON object"),
    ({}, "expected an Array of inline query results"),
    (
        [article(id=str(n)) for n in range(51)],
        "too many inline query results specified",
    ),
    (["x"], "can't parse inline query result: Inline query result must be an object"),
    ([article(id="")], "RESULT_ID_INVALID"),
    ([article(id="长" * 22)], "RESULT_ID_INVALID"),
    ([article(), article()], "RESULT_ID_DUPLICATE"),
    ([article(title="")], "can't parse inline query result: Can't find field \"title\""),
    ([article(input_message_content=None)], "input message content is not specified"),
    ([article(input_message_content={"message_text": ""})], "message text is empty"),
]


@pytest.mark.parametrize(("results", "refusal"), RESULTS)
async def test_inline_results_against_the_rules_are_refused(
    api: Api, town: Town, results: Any, refusal: str
) -> None:
    query = town.world.inline_query(town.member, "运费")

    answer = await api.ask("answerInlineQuery", inline_query_id=query.id, results=results)

    assert answer["description"] == f"Bad Request: {refusal}"
    assert query.results is None


async def test_inline_results_come_too_late_after_half_a_minute(
    api: Api, town: Town, clock: StandingClock
) -> None:
    query = town.world.inline_query(town.member, "运费")
    clock.pass_(timedelta(seconds=31))

    answer = await api.ask("answerInlineQuery", inline_query_id=query.id, results=[article()])

    assert answer["description"] == f"Bad Request: {TOO_OLD}"


@pytest.mark.parametrize(
    ("besides", "refusal"),
    [
        ({"button": {"text": "加入"}}, "START_PARAM_EMPTY"),
        ({"button": {"text": "加入", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ({"button": {"text": "加入", "start_parameter": "a" * 65}}, "START_PARAM_INVALID"),
        ({"button": {"text": " ", "start_parameter": "join"}}, "SWITCH_PM_TEXT_EMPTY"),
        ({"next_offset": "长" * 22}, "NEXT_OFFSET_INVALID"),
    ],
)
async def test_what_goes_with_inline_results_is_checked_too(
    api: Api, town: Town, besides: dict[str, Any], refusal: str
) -> None:
    query = town.world.inline_query(town.member, "运费")

    answer = await api.ask("answerInlineQuery", inline_query_id=query.id, results=[], **besides)

    assert answer["description"] == f"Bad Request: {refusal}"
    assert query.results is None


async def test_an_invoice_must_begin_with_its_own_button(api: Api, bot: Bot, town: Town) -> None:
    # given
    invoice = {"title": "a", "description": "b", "payload": "c", "currency": "XTR"}
    said = {**invoice, "prices": [{"label": "a", "amount": 1}], "chat_id": town.private.id}
    other = {"inline_keyboard": [[{"text": "好", "callback_data": "x"}]]}

    # when
    refused = await api.ask("sendInvoice", **said, reply_markup=other)
    sent = await bot.send_invoice(
        town.private.id,
        "a",
        "b",
        "c",
        "XTR",
        [LabeledPrice("a", 1)],
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("付款", pay=True)]]),
    )

    # then
    assert refused["description"] == "Bad Request: REPLY_MARKUP_BUY_EMPTY"
    assert sent.reply_markup is not None
