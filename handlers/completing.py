"""What a Bot API server of another version leaves out, put in before PTB reads it.

PTB demands what the newest version sends. An operator's own server may be older, and what it does
not know of is as good as not given: a right is missing, a number is nought.
"""

from collections.abc import Iterable, Mapping
from typing import Any

_PERMISSIONS = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos"),
    *("can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls"),
    *("can_send_other_messages", "can_add_web_page_previews", "can_change_info"),
    *("can_invite_users", "can_pin_messages", "can_manage_topics", "can_edit_tag"),
    *("can_react_to_messages",),
)
_RIGHTS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages"),
    *("can_manage_video_chats", "can_restrict_members", "can_promote_members"),
    *("can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories"),
    *("can_delete_stories",),
)
_GIFTS = (
    *("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"),
    *("gifts_from_channels",),
)


def _none_of(names: Iterable[str]) -> dict[str, object]:
    return dict.fromkeys(names, False)


_MEMBERS: Mapping[str, Mapping[str, object]] = {
    "creator": {"is_anonymous": False},
    "administrator": _none_of(_RIGHTS),
    "restricted": {"is_member": True, "until_date": 0, **_none_of(_PERMISSIONS)},
    "kicked": {"until_date": 0},
}
_CHAT: Mapping[str, object] = {
    "accent_color_id": 0,
    "max_reaction_count": 0,
    "accepted_gift_types": _none_of(_GIFTS),
}
_TOPIC: Mapping[str, object] = {"icon_color": 0}
_PARTS: Mapping[str, Mapping[str, object]] = {
    "callback_query": {"chat_instance": ""},
    "successful_payment": {"provider_payment_charge_id": ""},
    "forum_topic_created": _TOPIC,
}


def completed_answer(result: object) -> object:
    """Complete what a method of the Bot API has answered: a chat, a member, a topic."""
    if not isinstance(result, dict):
        return result
    if "status" in result and "user" in result:
        return _completed_member(result)
    if "id" in result and "type" in result:
        return {**_CHAT, **result, "accepted_gift_types": _gifts(result)}
    if "message_thread_id" in result and "name" in result:
        return {**_TOPIC, **result}
    return result


def completed_update(facts: Mapping[str, Any], part: str = "") -> dict[str, Any]:
    """Complete an update, or a part of one that stands under a name."""
    whole = _completed_member(facts) if part.endswith("_chat_member") else facts
    inner = {
        name: completed_update(said, name) if isinstance(said, Mapping) else said
        for name, said in whole.items()
    }
    return {**_PARTS.get(part, {}), **inner}


def _completed_member(member: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**_MEMBERS.get(str(member.get("status")), {}), **member}


def _gifts(chat: Mapping[str, Any]) -> object:
    said = chat.get("accepted_gift_types")
    return {**_none_of(_GIFTS), **(said if isinstance(said, Mapping) else {})}
