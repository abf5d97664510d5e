"""Sending what is no file: texts, places, contacts, polls, dice, signs of life."""

import secrets
from typing import Any

from community_bot.sandbox.api.sending import send
from community_bot.sandbox.call import Call
from community_bot.sandbox.facts import Json
from community_bot.sandbox.formatting import text_of
from community_bot.sandbox.refusals import bad

_ACTIONS = frozenset(
    {"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"}
    | {"record_audio", "upload_audio", "upload_document", "choose_sticker", "find_location"}
    | {"record_video_note", "upload_video_note", "pick_up_location", "cancel"}
)
_DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
_LONGEST_QUESTION, _LONGEST_OPTION = 300, 100  # Bot API, sendPoll
_MOST_OPTIONS = 12


def send_message(call: Call) -> Json:
    content = text_of(call.world, call.parameters)
    preview = call.parameters.json("link_preview_options", "link preview options")
    if preview:
        content["link_preview_options"] = preview
    return send(call, content)


def send_location(call: Call) -> Json:
    place = {
        "latitude": call.parameters.number("latitude"),
        "longitude": call.parameters.number("longitude"),
    }
    return send(call, {"location": place})


def send_venue(call: Call) -> Json:
    said = call.parameters
    place = {"latitude": said.number("latitude"), "longitude": said.number("longitude")}
    venue = {"location": place, "title": said.text("title"), "address": said.text("address")}
    if not venue["title"] or not venue["address"]:
        raise bad("venue must be non-empty")
    return send(call, {"venue": venue, "location": place})


def send_contact(call: Call) -> Json:
    said = call.parameters
    if not said.text("phone_number"):
        raise bad('field "phone_number" must contain a valid phone number')
    if not said.text("first_name"):
        raise bad('field "first_name" must be non-empty')
    contact = {
        name: said.text(name)
        for name in ("phone_number", "first_name", "last_name", "vcard")
        if said.text(name)
    }
    return send(call, {"contact": contact})


def send_poll(call: Call) -> Json:
    said = call.parameters
    question = said.text("question")
    options = said.json("options", "options")
    if not isinstance(options, list):
        raise bad("expected an Array of String as options")
    texts = [_option(each) for each in options]
    _check_poll(question, texts)
    poll = {
        "id": str(5_000_000_000_000_000 + call.world.number()),
        "question": question,
        "options": [
            {"text": text, "voter_count": 0, "persistent_id": str(at)}
            for at, text in enumerate(texts)
        ],
        "total_voter_count": 0,
        "is_closed": said.flag("is_closed"),
        "is_anonymous": "is_anonymous" not in said or said.flag("is_anonymous"),
        "type": said.text("type") or "regular",
        "allows_multiple_answers": said.flag("allows_multiple_answers"),
        "allows_revoting": True,
        "members_only": False,
    }
    return send(call, {"poll": poll})


def _option(said: Any) -> str:  # noqa: ANN401  JSON
    if isinstance(said, str):
        return said
    if not isinstance(said, dict):
        raise bad("expected an option to be of type String")
    return str(said.get("text", ""))


def _check_poll(question: str, texts: list[str]) -> None:
    if not question:
        raise bad("poll question must be non-empty")
    if len(question) > _LONGEST_QUESTION:
        raise bad(f"poll question length must not exceed {_LONGEST_QUESTION}")
    if not texts:
        raise bad("poll must have at least 1 option")
    if len(texts) > _MOST_OPTIONS:
        raise bad(f"poll can't have more than {_MOST_OPTIONS} options")
    if not all(texts):
        raise bad("poll options must be non-empty")
    if any(len(text) > _LONGEST_OPTION for text in texts):
        raise bad(f"poll options length must not exceed {_LONGEST_OPTION}")


def send_dice(call: Call) -> Json:
    emoji = call.parameters.text("emoji") or "🎲"
    if emoji not in _DICE:
        raise bad("DICE_EMOJI_INVALID")
    value = 1 + secrets.randbelow(_DICE[emoji])
    return send(call, {"dice": {"emoji": emoji, "value": value}})


def send_chat_action(call: Call) -> bool:
    action = call.parameters.text("action")
    chat = call.place()
    call.topic(chat)
    if action not in _ACTIONS:
        raise bad("wrong parameter action in request")
    call.world.changed("action", (chat, action))
    return True


METHODS = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendPoll": send_poll,
    "sendDice": send_dice,
    "sendChatAction": send_chat_action,
}
