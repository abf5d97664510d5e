"""Copying and forwarding, one by one and in groups."""

from collections.abc import Callable
from itertools import pairwise

from community_bot.sandbox import wire
from community_bot.sandbox.api.edits import message_ids
from community_bot.sandbox.api.sending import Destination, destination, put
from community_bot.sandbox.call import Call
from community_bot.sandbox.facts import Json, Message
from community_bot.sandbox.formatting import caption_of
from community_bot.sandbox.posting import SERVICE
from community_bot.sandbox.refusals import bad
from community_bot.sandbox.writing import origin_of

_MOST = 100  # Bot API, copyMessages
_NEVER_COPIED = SERVICE | {"invoice", "paid_media", "giveaway", "giveaway_winners"}
_CAPTIONED = frozenset({"photo", "video", "document", "audio", "voice", "animation"})


def copy_message(call: Call) -> Json:
    source = call.message(call.chat("from_chat_id"), "message to copy")
    content = _copied(source)
    if "caption" in call.parameters and source.kind in _CAPTIONED:
        content = {key: value for key, value in content.items() if "caption" not in key}
        content |= caption_of(call.world, call.parameters)
    sent = put(call, destination(call), content)
    return {"message_id": sent.message_id}


def forward_message(call: Call) -> Json:
    source = call.message(call.chat("from_chat_id"), "message to forward")
    to = destination(call)
    content = _forwarded(source)
    return wire.message(put(call, to, content, extra={"forward_origin": origin_of(source)}))


def copy_messages(call: Call) -> list[Json]:
    remove_caption = call.parameters.flag("remove_caption")

    def content_of(source: Message) -> Json:
        content = _copied(source)
        if remove_caption:
            return {key: value for key, value in content.items() if "caption" not in key}
        return content

    return _several(call, content_of, lambda _source: {})


def forward_messages(call: Call) -> list[Json]:
    return _several(call, _forwarded, lambda source: {"forward_origin": origin_of(source)})


def _several(
    call: Call, content_of: Callable[[Message], Json], extra_of: Callable[[Message], Json]
) -> list[Json]:
    """Messages that are not there or cannot be copied are left out without a word."""
    origin = call.chat("from_chat_id")
    wanted = message_ids(call, _MOST)
    if any(one >= other for one, other in pairwise(wanted)):
        raise bad("message identifiers must be in a strictly increasing order")
    to = destination(call)
    found = [origin.messages.get(message_id) for message_id in wanted]
    sources = [each for each in found if each is not None and may_be_copied(each)]
    if not sources:
        raise bad("messages can't be forwarded")
    groups = _groups(call, sources)
    sent = [
        put(
            call,
            _unanswered(to),
            content_of(source),
            extra=extra_of(source) | groups.get(source.media_group_id or "", {}),
            count=0 if at else len(sources),
        )
        for at, source in enumerate(sources)
    ]
    return [{"message_id": message.message_id} for message in sent]


def _unanswered(to: Destination) -> Destination:
    return Destination(to.chat, to.topic, None, None, to.is_protected)


def _groups(call: Call, sources: list[Message]) -> dict[str, Json]:
    """Albums stay together: each gets a new name in the new chat."""
    names = {each.media_group_id for each in sources if each.media_group_id}
    return {
        name: {"media_group_id": str(13_000_000_000_000_000 + call.world.number())}
        for name in names
    }


def may_be_copied(message: Message) -> bool:
    return not (message.deleted or message.is_protected or message.kind in _NEVER_COPIED)


def _copied(message: Message) -> Json:
    if message.is_protected or message.kind in _NEVER_COPIED:
        raise bad("the message can't be copied")
    return dict(message.content)


def _forwarded(message: Message) -> Json:
    if message.is_protected:
        raise bad("message has protected content and can't be forwarded")
    if message.kind in SERVICE:
        raise bad("the message can't be forwarded")
    return dict(message.content)


METHODS = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
}
