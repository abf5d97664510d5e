"""What a bot learns of chats, people and files, and how it changes a chat's looks."""

from community_bot.sandbox import wire
from community_bot.sandbox.call import Call
from community_bot.sandbox.facts import Chat, Json
from community_bot.sandbox.files import LARGEST_DOWNLOAD
from community_bot.sandbox.refusals import bad

_LONGEST_TITLE, _LONGEST_DESCRIPTION = 128, 255  # Bot API, setChatTitle, setChatDescription


def get_chat(call: Call) -> Json:
    chat = call.chat()
    said: Json = {**chat.wire, "accent_color_id": 0, "max_reaction_count": 11}
    said["accepted_gift_types"] = {
        "unlimited_gifts": True,
        "limited_gifts": True,
        "unique_gifts": True,
        "premium_subscription": True,
        "gifts_from_channels": True,
    }
    if chat.is_private:
        return said
    if chat.description:
        said["description"] = chat.description
    if chat.is_group:
        said["permissions"] = {each: chat.permissions.get(each, False) for each in wire.PERMISSIONS}
    if chat.pinned:
        said["pinned_message"] = wire.message(chat.messages[chat.pinned[-1]], with_reply=False)
    if chat.linked is not None:
        said["linked_chat_id"] = chat.linked.id
    if chat.has_protected_content:
        said["has_protected_content"] = True
    primary = [link for link in chat.links.values() if link.is_primary and not link.is_revoked]
    if primary and call.has_right(chat, "can_invite_users"):
        said["invite_link"] = primary[-1].url
    return said


def set_chat_title(call: Call) -> bool:
    chat = _changeable(call, "not enough rights to change chat title")
    title = call.parameters.text("title").strip()
    if not title:
        raise bad(
            "chat title is empty" if "title" not in call.parameters else "title can't be empty"
        )
    if title == chat.title:
        raise bad("CHAT_NOT_MODIFIED")
    call.world.set_title(call.bot, chat, title[:_LONGEST_TITLE])
    return True


def set_chat_description(call: Call) -> bool:
    chat = _changeable(call, "not enough rights to set chat description")
    description = call.parameters.text("description")[:_LONGEST_DESCRIPTION]
    if description == chat.description:
        raise bad("chat description is not modified")
    chat.description = description
    call.world.changed("chat", chat)
    return True


def _changeable(call: Call, refusal: str) -> Chat:
    chat = call.place()
    if chat.is_private:
        raise bad(
            "can't change private chat title"
            if "title" in refusal
            else "there is no description to set"
        )
    call.need(chat, "can_change_info", refusal)
    return chat


def get_file(call: Call) -> Json:
    file_id = call.parameters.text("file_id")
    if not file_id:
        raise bad("file_id not specified")
    stored = call.world.files.by_id.get(file_id)
    if stored is None:
        raise bad("invalid file_id")
    if len(stored.data) > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    facts = next((each for each in stored.sizes or [] if each["file_id"] == file_id), stored.facts)
    return {
        "file_id": file_id,
        "file_unique_id": facts["file_unique_id"],
        "file_size": len(stored.data),
        "file_path": stored.path,
    }


def get_user_profile_photos(call: Call) -> Json:
    call.user()
    return {"total_count": 0, "photos": []}


METHODS = {
    "getChat": get_chat,
    "setChatTitle": set_chat_title,
    "setChatDescription": set_chat_description,
    "getFile": get_file,
    "getUserProfilePhotos": get_user_profile_photos,
}
