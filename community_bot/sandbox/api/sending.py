"""The last steps that all sending has in common: place, topic, answer, keyboard, rights, pace."""

from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from community_bot.sandbox import wire
from community_bot.sandbox.call import Call
from community_bot.sandbox.facts import Chat, Invoice, Json, Message
from community_bot.sandbox.keyboards import markup_of
from community_bot.sandbox.refusals import bad
from community_bot.sandbox.writing import origin_of

# What may be forbidden in a group, and what Telegram calls it when it refuses.
_NEEDED = {
    "text": ("can_send_messages", "text messages"),
    "contact": ("can_send_messages", "contacts"),
    "location": ("can_send_messages", "locations"),
    "invoice": ("can_send_messages", "invoice messages"),
    "photo": ("can_send_photos", "photos"),
    "document": ("can_send_documents", "documents"),
    "video": ("can_send_videos", "videos"),
    "video_note": ("can_send_video_notes", "video notes"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "audio": ("can_send_audios", "music"),
    "animation": ("can_send_other_messages", "animations"),
    "sticker": ("can_send_other_messages", "stickers"),
    "dice": ("can_send_other_messages", "dice"),
    "poll": ("can_send_polls", "polls"),
}


class Besides(TypedDict, total=False):
    """What else a message to be sent may have."""

    extra: Json
    invoice: Invoice | None
    count: int


@dataclass(slots=True)
class Destination:
    """Where a message goes: chat, topic, what it answers and what keyboard it carries."""

    chat: Chat
    topic: int | None
    reply_to: Message | None
    reply_markup: Json | None
    is_protected: bool
    extra: Json = field(default_factory=dict)


def send(call: Call, content: Json, **besides: Unpack[Besides]) -> Json:
    """Send one message and return it."""
    to = destination(call)
    return wire.message(put(call, to, content, **besides))


def destination(call: Call) -> Destination:
    """Find out where the message goes, or refuse."""
    chat = call.place()
    topic = call.topic(chat)
    reply_to, extra = _answered(call, chat)
    if topic is None and reply_to is not None:
        topic = reply_to.topic
    markup = markup_of(call.parameters, chat)
    is_protected = call.parameters.flag("protect_content")
    return Destination(chat, topic, reply_to, markup, is_protected, extra)


def put(call: Call, to: Destination, content: Json, **besides: Unpack[Besides]) -> Message:
    """Put a message where it goes, if the bot may and the pace allows it."""
    check_may_send(call, to.chat, content)
    count = besides.get("count", 1)
    if count:
        call.limits.take(to.chat.id, count)
    return call.world.post(
        to.chat,
        call.bot,
        content,
        topic=to.topic,
        reply_to=to.reply_to,
        reply_markup=to.reply_markup,
        protect_content=to.is_protected or to.chat.has_protected_content,
        extra=to.extra | besides.get("extra", {}),
        invoice=besides.get("invoice"),
    )


def check_may_send(call: Call, chat: Chat, content: Json) -> None:
    """Refuse what the bot may not send here."""
    if chat.is_private:
        return
    if chat.is_channel:
        call.need(chat, "can_post_messages", "need administrator rights in the channel chat")
        return
    standing = call.standing(chat)
    if standing.is_admin:
        return
    kind = next((each for each in _NEEDED if each in content), "text")
    permission, name = _NEEDED[kind]
    given = standing.permissions if standing.status == "restricted" else chat.permissions
    if not given.get(permission):
        raise bad(f"not enough rights to send {name} to the chat")


def _answered(call: Call, chat: Chat) -> tuple[Message | None, Json]:
    said = _reply_parameters(call)
    message_id, other = said.get("message_id") or 0, said.get("chat_id")
    if not isinstance(message_id, int) or not isinstance(other, int | str | None):
        raise bad("message identifier must be a Number")
    if not message_id:
        return None, {}
    if other is not None and other != chat.id:
        return None, _external(call, other, message_id)
    found = chat.messages.get(message_id)
    if found is not None and not found.deleted:
        return found, _quote(found, said)
    if said.get("allow_sending_without_reply"):
        return None, {}
    raise bad("message to be replied not found")


def _reply_parameters(call: Call) -> Json:
    """Read what is answered, in the new words or in the old ones."""
    said = call.parameters.json("reply_parameters", "reply parameters")
    if said is None:
        return {
            "message_id": call.parameters.integer("reply_to_message_id"),
            "allow_sending_without_reply": call.parameters.flag("allow_sending_without_reply"),
        }
    if not isinstance(said, dict):
        raise bad("object expected as reply parameters")
    return said


def _external(call: Call, chat_id: int | str, message_id: int) -> Json:
    found = call.world.chat_for(call.bot, chat_id).messages.get(message_id)
    if found is None or found.deleted:
        raise bad("message to be replied not found")
    origin = origin_of(found)
    return {"external_reply": {"origin": origin, "chat": found.chat.wire, "message_id": message_id}}


def _quote(message: Message, said: Json) -> Json:
    quote = str(said.get("quote") or "")
    if not quote:
        return {}
    position = message.text.find(quote)
    if position < 0:
        raise bad("QUOTE_TEXT_INVALID")
    return {"quote": {"text": quote, "position": position, "is_manual": True}}
