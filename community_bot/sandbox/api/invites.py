"""Invite links and join requests."""

from community_bot.sandbox import wire
from community_bot.sandbox.call import Call
from community_bot.sandbox.entities import utf16_length
from community_bot.sandbox.facts import Chat, InviteLink, JoinRequest, Json
from community_bot.sandbox.refusals import bad

_LONGEST_NAME, _MOST_MEMBERS = 32, 99_999  # Bot API, createChatInviteLink


def create_chat_invite_link(call: Call) -> Json:
    chat = _place(call)
    return wire.invite_link(call.world.new_link(chat, call.bot, **_options(call)))


def export_chat_invite_link(call: Call) -> str:
    """Every export ends the primary link that was there before."""
    chat = _place(call)
    for link in chat.links.values():
        if link.is_primary and link.creator is call.bot:
            link.is_revoked = True
    return call.world.new_link(chat, call.bot, is_primary=True).url


def edit_chat_invite_link(call: Call) -> Json:
    link = _own(call, _place(call))
    if link.is_primary or link.is_revoked:
        raise bad("INVITE_HASH_EXPIRED")
    for name, value in _options(call).items():
        setattr(link, name, value)
    return wire.invite_link(link)


def revoke_chat_invite_link(call: Call) -> Json:
    link = _own(call, _place(call))
    if link.is_revoked:
        raise bad("INVITE_HASH_EXPIRED")
    link.is_revoked = True
    return wire.invite_link(link)


def approve_chat_join_request(call: Call) -> bool:
    call.world.approve(call.bot, _request(call))
    return True


def decline_chat_join_request(call: Call) -> bool:
    call.world.decline(_request(call))
    return True


def _request(call: Call) -> JoinRequest:
    chat = call.place()
    call.need(chat, "can_invite_users", "not enough rights to manage chat join requests")
    who = call.user()
    if who.id in chat.members and chat.members[who.id].is_present:
        raise bad("USER_ALREADY_PARTICIPANT")
    request = chat.requests.get(who.id)
    if request is None or request.state != "pending":
        raise bad("HIDE_REQUESTER_MISSING")
    return request


def _place(call: Call) -> Chat:
    chat = call.place()
    if chat.is_private:
        raise bad("can't invite members to a private chat")
    call.need(chat, "can_invite_users", "not enough rights to manage chat invite link")
    return chat


def _own(call: Call, chat: Chat) -> InviteLink:
    link = chat.links.get(call.parameters.text("invite_link"))
    if link is None:
        raise bad("INVITE_HASH_EXPIRED")
    if link.creator is not call.bot:
        raise bad("CHAT_ADMIN_REQUIRED")
    return link


def _options(call: Call) -> Json:
    said = call.parameters
    name, limit = said.text("name"), said.integer("member_limit")
    asks_first = said.flag("creates_join_request")
    if utf16_length(name) > _LONGEST_NAME:
        raise bad("INVITE_LINK_NAME_TOO_LONG")
    if asks_first and limit:
        raise bad("member limit can't be specified for links requiring administrator approval")
    if not 0 <= limit <= _MOST_MEMBERS:
        raise bad("USAGE_LIMIT_INVALID")
    expires = said.integer("expire_date")
    if expires and expires <= call.world.timestamp():
        raise bad("EXPIRE_DATE_INVALID")
    return {
        "name": name or None,
        "expire_date": expires or None,
        "member_limit": limit or None,
        "creates_join_request": asks_first,
    }


METHODS = {
    "createChatInviteLink": create_chat_invite_link,
    "exportChatInviteLink": export_chat_invite_link,
    "editChatInviteLink": edit_chat_invite_link,
    "revokeChatInviteLink": revoke_chat_invite_link,
    "approveChatJoinRequest": approve_chat_join_request,
    "declineChatJoinRequest": decline_chat_join_request,
}
