"""Raw updates from Telegram, sorted for the inbox: whose order they keep, and which hurry."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from community_bot.inbox.received import Received

# What we ask Telegram to send; chat_member only comes when it is asked for by name, and
# `subscription` is newer than PTB 22.8 (core.telegram.org/bots/api#update).
ALLOWED = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "pre_checkout_query",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "subscription",
)
# People look at a turning wheel, or a payment is cancelled after ten seconds.
URGENT = frozenset({"callback_query", "pre_checkout_query", "inline_query"})
# Asked again with the next letter typed: not worth keeping.
FLEETING = frozenset({"inline_query"})
# What a message may carry that we never look at. Its shape changes from year to year, and PTB
# refuses a message with a poll of last year's shape whole.
_UNUSED = frozenset(
    {"poll", "game", "story", "checklist", "giveaway", "giveaway_winners", "paid_media"}
    | {"external_reply", "quote", "reply_to_story", "link_preview_options"}
)
_PARTS = frozenset(
    {"message", "edited_message", "callback_query", "reply_to_message", "pinned_message"}
)
_KNOWN_BY = ("id", "message_id", "date", "edit_date", "text", "caption", "data", "state")
_WITH_ID = ("chat", "from", "user")
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?=\s|$)")
_PRE_CHECKOUT_QUEUES = 2**62  # above every chat's id: a payment waits for nobody, not even itself


def received(update: Mapping[str, Any]) -> Received:
    """Sort one raw update."""
    update_id = int(update["update_id"])
    kind = next((name for name in update if name != "update_id"), "unknown")
    return Received(
        update_id=update_id,
        chat_id=_order_of(update_id, kind, update.get(kind)),
        kind=kind[:64],
        urgent=kind in URGENT,
        body=_written(update),
        likeness=_likeness(kind, update.get(kind)),
    )


def _likeness(kind: str, content: object) -> str:
    """Say by what an update is known when Telegram sends it again.

    That is not everything in it: the message under a button may have changed meanwhile.
    """
    said = content if isinstance(content, Mapping) else {}
    member = said.get("new_chat_member")
    known = [
        kind,
        *(said.get(name) for name in _KNOWN_BY),
        *(part.get("id") for name in _WITH_ID if isinstance(part := said.get(name), Mapping)),
        member.get("status") if isinstance(member, Mapping) else None,
    ]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()


def _written(update: Mapping[str, Any]) -> str:
    """Write an update as it came; half a character, which no database keeps, by its number."""
    body = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
    try:
        body.encode()
    except UnicodeEncodeError:
        return json.dumps(update, separators=(",", ":"))
    return body


def _order_of(update_id: int, kind: str, content: object) -> int:
    """Name the chat in whose order an update is handled; without a chat, the person."""
    if kind == "pre_checkout_query":
        return _PRE_CHECKOUT_QUEUES + update_id
    if not isinstance(content, Mapping):
        return 0
    message = content.get("message")
    for place in (content.get("chat"), _chat_of(message), content.get("from"), content.get("user")):
        number = place.get("id") if isinstance(place, Mapping) else None
        if isinstance(number, int) and -(2**63) <= number < 2**63:
            return number
    return 0


def _chat_of(message: object) -> object:
    return message.get("chat") if isinstance(message, Mapping) else None


def without_unused(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return an update, or a part of one, without what its messages carry and we never look at."""
    return {
        name: without_unused(said) if name in _PARTS and isinstance(said, Mapping) else said
        for name, said in facts.items()
        if name not in _UNUSED
    }


def with_command(update: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an update in which a command at the head of plain words is marked as one.

    Telegram marks it itself; a server that stands between us may hand on the words alone.
    """
    message = update.get("message")
    if not isinstance(message, Mapping) or message.get("entities"):
        return update
    found = _COMMAND.match(str(message.get("text") or ""))
    if found is None:
        return update
    entity = {"type": "bot_command", "offset": 0, "length": found.end()}
    return {**update, "message": {**message, "entities": [entity]}}
