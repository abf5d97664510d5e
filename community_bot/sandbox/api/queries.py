"""Answers to presses and to inline queries."""

import re
from datetime import timedelta
from typing import Any

from community_bot.sandbox.call import Call
from community_bot.sandbox.dealings import Answer
from community_bot.sandbox.entities import utf16_length
from community_bot.sandbox.facts import Json
from community_bot.sandbox.formatting import text_of
from community_bot.sandbox.keyboards import inline_keyboard
from community_bot.sandbox.parameters import Parameters
from community_bot.sandbox.refusals import bad

_PRESS_TIME = timedelta(seconds=30)  # the app's patience with a button; later answers are refused
_INLINE_TIME = timedelta(seconds=30)
_LONGEST_ANSWER, _MOST_RESULTS = 200, 50  # Bot API, answerCallbackQuery and answerInlineQuery
_LONGEST_ID, _LONGEST_OFFSET = 64, 64
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(call: Call) -> bool:
    said, world = call.parameters, call.world
    query = world.callback_queries.get(said.text("callback_query_id"))
    if query is None or query.bot is not call.bot or query.answer is not None:
        raise bad(_TOO_OLD)
    if world.clock.now() - query.asked_at > _PRESS_TIME:
        raise bad(_TOO_OLD)
    text = said.text("text")
    if utf16_length(text) > _LONGEST_ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    url = said.text("url")
    if url and not url.startswith((f"https://t.me/{call.bot.username}?", "tg://")):
        raise bad("URL_INVALID")
    query.answer = Answer(text, said.flag("show_alert"), url or None)
    world.changed("answer", query)
    return True


def answer_inline_query(call: Call) -> bool:
    said, world = call.parameters, call.world
    query = world.inline_queries.get(said.text("inline_query_id"))
    results = said.json("results", "inline query results")
    if not isinstance(results, list):
        raise bad("expected an Array of inline query results")
    if len(results) > _MOST_RESULTS:
        raise bad("too many inline query results specified")
    if query is None or query.bot is not call.bot:
        raise bad(_TOO_OLD)
    if world.clock.now() - query.asked_at > _INLINE_TIME:
        raise bad(_TOO_OLD)
    checked = [_result(call, result) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise bad("RESULT_ID_DUPLICATE")
    _check_button(said)
    if len(said.text("next_offset").encode()) > _LONGEST_OFFSET:
        raise bad("NEXT_OFFSET_INVALID")
    query.options = {
        "next_offset": said.text("next_offset"),
        "is_personal": said.flag("is_personal"),
        "cache_time": said.integer("cache_time", 300),
        "button": said.json("button", "inline query results button"),
    }
    query.results = checked
    world.changed("inline_results", query)
    return True


def _result(call: Call, result: Any) -> Json:  # noqa: ANN401  JSON
    if not isinstance(result, dict):
        raise bad("can't parse inline query result: Inline query result must be an object")
    if not 1 <= len(str(result.get("id", "")).encode()) <= _LONGEST_ID:
        raise bad("RESULT_ID_INVALID")
    if result.get("type") == "article" and not result.get("title"):
        raise bad("can't parse inline query result: Can't find field \"title\"")
    if "reply_markup" in result:
        inline_keyboard(result["reply_markup"])
    content = result.get("input_message_content")
    if content is None:
        if result.get("type") == "article":
            raise bad("input message content is not specified")
        return result
    if "message_text" not in content:
        return result
    said = Parameters({**content, "text": content["message_text"]})
    text = text_of(call.world, said)
    kept = {"message_text": text["text"], "entities": text.get("entities", [])}
    return {**result, "input_message_content": kept}


def _check_button(said: Parameters) -> None:
    button = said.json("button", "inline query results button")
    if not button:
        return
    if not str(button.get("text", "")).strip():
        raise bad("SWITCH_PM_TEXT_EMPTY")
    start = str(button.get("start_parameter", ""))
    if "web_app" not in button and not _START.fullmatch(start):
        raise bad("START_PARAM_INVALID" if start else "START_PARAM_EMPTY")


METHODS = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
