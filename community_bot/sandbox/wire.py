"""Facts of the world in the words of the Bot API."""

from community_bot.sandbox.dealings import CallbackQuery, Checkout
from community_bot.sandbox.facts import (
    Bot,
    Chat,
    InviteLink,
    JoinRequest,
    Json,
    Membership,
    Message,
)

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics", "can_manage_tags")
EVERY_RIGHT = (*ADMIN_RIGHTS, *CHANNEL_RIGHTS, *GROUP_RIGHTS)
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_react_to_messages",
    "can_edit_tag",
)


_NAMES = ("first_name", "last_name", "username")


def chat(facts: Chat) -> Json:
    """Say the short form of a chat that stands in every message."""
    if facts.person is not None:
        said: Json = {"id": facts.id, "type": "private"}
        return said | {key: word for key, word in facts.person.wire().items() if key in _NAMES}
    return {
        "id": facts.id,
        "type": facts.type,
        "title": facts.title,
        **({"username": facts.username} if facts.username else {}),
        **({"is_forum": True} if facts.is_forum else {}),
    }


def message(facts: Message, *, with_reply: bool = True) -> Json:
    """Say a message; the message it answers is said inside it, once."""
    said: Json = {"message_id": facts.message_id, "date": facts.date, "chat": facts.chat.wire}
    said |= _author(facts)
    said.update(facts.content)
    said.update(facts.extra)
    if facts.chat.type == "supergroup" or facts.topic is not None:
        said |= _thread(facts)
    if with_reply and (answered := _answered(facts)) is not None:
        said["reply_to_message"] = message(answered, with_reply=False)
    if facts.edit_date is not None:
        said["edit_date"] = facts.edit_date
    if facts.reply_markup is not None and "inline_keyboard" in facts.reply_markup:
        said["reply_markup"] = facts.reply_markup
    if facts.protect_content:
        said["has_protected_content"] = True
    return said


def _author(facts: Message) -> Json:
    if facts.sender is None:
        return {}
    if facts.chat.is_channel:
        return {"sender_chat": facts.chat.wire}
    return {"from": facts.sender.wire()}


def _thread(facts: Message) -> Json:
    """Say the thread; a reply outside of topics has one too, to which nothing can be sent."""
    if facts.topic is not None:
        return {"message_thread_id": facts.topic, "is_topic_message": True}
    if facts.reply_to is None:
        return {}
    return {"message_thread_id": thread_root(facts).message_id}


def thread_root(facts: Message) -> Message:
    """Return the first message of a chain of replies in a supergroup."""
    while facts.reply_to is not None:
        facts = facts.reply_to
    return facts


def _answered(facts: Message) -> Message | None:
    """In a topic a message that answers nothing answers the message that made the topic."""
    if facts.reply_to is not None:
        return None if facts.reply_to.deleted else facts.reply_to
    if facts.topic is None or facts.topic == facts.message_id:
        return None
    return facts.chat.messages.get(facts.topic)


def member(facts: Membership, place: Chat) -> Json:
    """Say how somebody stands in a chat."""
    said: Json = {"user": facts.who.wire(), "status": facts.status}
    if facts.status == "creator":
        said["is_anonymous"] = False
    elif facts.status == "administrator":
        said["can_be_edited"] = False
        said["is_anonymous"] = bool(facts.rights.get("is_anonymous", False))
        extra = CHANNEL_RIGHTS if place.is_channel else GROUP_RIGHTS
        for right in (*ADMIN_RIGHTS, *extra):
            said[right] = bool(facts.rights.get(right, False))
    elif facts.status == "restricted":
        said |= {"is_member": facts.is_member, "until_date": facts.until}
        said |= {each: bool(facts.permissions.get(each, False)) for each in PERMISSIONS}
    elif facts.status == "kicked":
        said["until_date"] = facts.until
    if facts.custom_title and facts.is_admin:
        said["custom_title"] = facts.custom_title
    if facts.tag and facts.status in {"member", "restricted"}:
        said["tag"] = facts.tag
    return said


def invite_link(facts: InviteLink) -> Json:
    """Say an invite link with the number of requests that wait on it."""
    waiting = sum(
        1
        for request in facts.chat.requests.values()
        if request.link is facts and request.state == "pending"
    )
    optional = {
        "name": facts.name,
        "expire_date": facts.expire_date,
        "member_limit": facts.member_limit,
        "pending_join_request_count": waiting or None,
    }
    return {
        "invite_link": facts.url,
        "creator": facts.creator.wire(),
        "creates_join_request": facts.creates_join_request,
        "is_primary": facts.is_primary,
        "is_revoked": facts.is_revoked,
        **{key: value for key, value in optional.items() if value is not None},
    }


def join_request(facts: JoinRequest, bot: Bot) -> Json:
    """Say a join request; a link of somebody else is shortened for this bot."""
    said: Json = {
        "chat": facts.chat.wire,
        "from": facts.person.wire(),
        "user_chat_id": facts.person.id,
        "date": facts.date,
    }
    if facts.link is not None:
        link = invite_link(facts.link)
        if facts.link.creator is not bot:
            link["invite_link"] = facts.link.url[: len(facts.link.url) - 8] + "..."
        said["invite_link"] = link
    return said


def callback_query(facts: CallbackQuery) -> Json:
    """Say a press on a button."""
    pressed: Json = (
        {"chat": facts.message.chat.wire, "message_id": facts.message.message_id, "date": 0}
        if facts.message.deleted
        else message(facts.message)
    )
    return {
        "id": facts.id,
        "from": facts.person.wire(),
        "message": pressed,
        "chat_instance": str(abs(facts.message.chat.id) * 7919),
        "data": facts.data,
    }


def pre_checkout_query(facts: Checkout) -> Json:
    """Say a payment that waits for the bot's word."""
    return {
        "id": facts.id,
        "from": facts.person.wire(),
        "currency": facts.invoice.currency,
        "total_amount": facts.invoice.total,
        "invoice_payload": facts.invoice.payload,
    }
