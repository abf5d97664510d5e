"""Who is in a chat, and what the bot does about it."""

import re

from community_bot.sandbox import wire
from community_bot.sandbox.call import Call
from community_bot.sandbox.facts import Bot, Chat, Json, Membership, Person
from community_bot.sandbox.refusals import bad

_EMOJI = re.compile("[\u2600-\u27bf\U00010000-\U0010ffff]")
_CANNOT = "not enough rights to restrict/unrestrict chat member"
_LONGEST_TAG = 16  # Bot API, setChatMemberTag
_SHORTEST_BAN, _LONGEST_BAN = 30, 366 * 86400  # Bot API, banChatMember: beyond them for ever


def get_chat_member(call: Call) -> Json:
    chat, who = _chat_and_user(call)
    if isinstance(who, Person) and who.id not in chat.members and not _knows(call, who):
        raise bad("PARTICIPANT_ID_INVALID")
    return wire.member(call.world.membership(chat, who), chat)


def get_chat_member_count(call: Call) -> int:
    chat = call.chat()
    if chat.is_private:
        return 2
    return sum(1 for each in chat.members.values() if each.is_present)


def get_chat_administrators(call: Call) -> list[Json]:
    chat = call.chat()
    if chat.is_private:
        raise bad("there are no administrators in the private chat")
    admins = [each for each in chat.members.values() if each.is_admin]
    return [
        wire.member(each, chat)
        for each in admins
        if not isinstance(each.who, Bot) or each.who is call.bot
    ]


def ban_chat_member(call: Call) -> bool:
    chat, who = _changeable(call)
    call.world.kick(call.bot, chat, who, _until(call))
    return True


def unban_chat_member(call: Call) -> bool:
    """Who is inside is thrown out by it, unless only_if_banned is said."""
    chat, who = _chat_and_user(call, must_act=True)
    if chat.type not in {"supergroup", "channel"}:
        raise bad("method is available for supergroup and channel chats only")
    before = call.world.membership(chat, who)
    if call.parameters.flag("only_if_banned") and before.status != "kicked":
        return True
    _check_changeable(call, chat, before)
    if before.is_present:
        call.world.kick(call.bot, chat, who, call.world.timestamp() + 60)
    if call.world.membership(chat, who).status == "kicked":
        call.world.set_standing(chat, call.bot, Membership(who, "left"))
    return True


def restrict_chat_member(call: Call) -> bool:
    chat, who = _changeable(call)
    if chat.type != "supergroup":
        raise bad("method is available only for supergroups")
    permissions = call.parameters.json("permissions", "permissions")
    if not isinstance(permissions, dict):
        raise bad("object expected as permissions")
    if isinstance(who, Bot):
        raise bad("USER_ID_INVALID")
    call.world.restrict(call.bot, chat, who, _spelled_out(call, permissions), _until(call))
    return True


def promote_chat_member(call: Call) -> bool:
    chat, who = _chat_and_user(call, must_act=True)
    if chat.type not in {"supergroup", "channel"}:
        raise bad("method is available for supergroup and channel chats only")
    if who is call.bot:
        raise bad("can't promote self")
    call.need(chat, "can_promote_members")
    before = call.world.membership(chat, who)
    if before.status == "creator":
        raise bad("can't remove chat owner")
    if not before.is_present:
        raise bad("USER_NOT_PARTICIPANT")
    if before.status == "administrator" and before.by_bot != call.bot.id:
        raise bad("CHAT_ADMIN_REQUIRED")
    rights: Json = {right: True for right in wire.EVERY_RIGHT if call.parameters.flag(right)}
    if any(not call.has_right(chat, right) for right in rights if right != "can_manage_chat"):
        raise bad("RIGHT_FORBIDDEN")
    call.world.promote(call.bot, chat, who, rights or {"can_manage_chat": False})
    return True


def set_chat_administrator_custom_title(call: Call) -> bool:
    chat, who = _chat_and_user(call, must_act=True)
    membership = call.world.membership(chat, who)
    if membership.status == "creator":
        raise bad("only the owner can edit their custom title")
    if membership.status != "administrator":
        raise bad("user is not an administrator")
    if membership.by_bot != call.bot.id:
        raise bad("not enough rights to change custom title of the user")
    membership.custom_title = _short(call.parameters.text("custom_title"), "CUSTOM_TITLE_INVALID")
    return True


def set_chat_member_tag(call: Call) -> bool:
    chat, who = _chat_and_user(call, must_act=True)
    if not chat.is_group:
        raise bad("method is available only for groups and supergroups")
    call.need(chat, "can_manage_tags", "CHAT_ADMIN_REQUIRED")
    membership = chat.members.get(who.id)
    if membership is None or not membership.is_present:
        raise bad("USER_NOT_PARTICIPANT")
    if membership.is_admin and membership.by_bot != call.bot.id:
        raise bad("TAG_CHANGE_FORBIDDEN")
    membership.tag = _short(call.parameters.text("tag"), "TAG_INVALID") or None
    call.world.changed("membership", (chat, membership))
    return True


def set_chat_permissions(call: Call) -> bool:
    chat = call.place()
    call.need(chat, "can_restrict_members", "not enough rights to change chat permissions")
    permissions = call.parameters.json("permissions", "permissions")
    if not isinstance(permissions, dict):
        raise bad("object expected as permissions")
    chat.permissions = _spelled_out(call, permissions)
    call.world.changed("chat", chat)
    return True


def leave_chat(call: Call) -> bool:
    chat = call.place()
    if chat.is_private:
        raise bad("chat member status can't be changed in private chats")
    call.world.leave(call.bot, chat)
    return True


def _short(text: str, refusal: str) -> str:
    """Tags and titles are short and without emoji."""
    if len(text) > _LONGEST_TAG:
        raise bad(refusal)
    if _EMOJI.search(text):
        raise bad(refusal.replace("INVALID", "EMOJI_NOT_ALLOWED"))
    return text


def _spelled_out(call: Call, permissions: Json) -> Json:
    """Old permissions imply newer ones, unless each is meant by itself."""
    given = {each: bool(permissions.get(each, False)) for each in wire.PERMISSIONS}
    if "can_react_to_messages" not in permissions:
        given["can_react_to_messages"] = given["can_send_messages"]
    if call.parameters.flag("use_independent_chat_permissions"):
        return given
    if given["can_send_other_messages"] or given["can_add_web_page_previews"]:
        for each in wire.PERMISSIONS[1:7]:
            given[each] = True
    if given["can_send_polls"] or any(given[each] for each in wire.PERMISSIONS[1:7]):
        given["can_send_messages"] = True
    return given


def _until(call: Call) -> int:
    until, now = call.parameters.integer("until_date"), call.world.timestamp()
    return until if _SHORTEST_BAN <= until - now <= _LONGEST_BAN else 0


def _chat_and_user(call: Call, *, must_act: bool = False) -> tuple[Chat, Person | Bot]:
    if not call.parameters.integer("user_id"):
        raise bad("invalid user_id specified")
    chat = call.place() if must_act else call.chat()
    return chat, call.user()


def _changeable(call: Call) -> tuple[Chat, Person | Bot]:
    chat, who = _chat_and_user(call, must_act=True)
    if chat.is_private:
        raise bad(
            "can't restrict self"
            if who is call.bot
            else "chat member status can't be changed in private chats"
        )
    _check_changeable(call, chat, call.world.membership(chat, who))
    return chat, who


def _check_changeable(call: Call, chat: Chat, membership: Membership) -> None:
    if membership.who is call.bot:
        raise bad("can't restrict self")
    if membership.status == "creator":
        raise bad("can't remove chat owner")
    call.need(chat, "can_restrict_members", _CANNOT)
    if membership.status == "administrator" and membership.by_bot != call.bot.id:
        raise bad("user is an administrator of the chat")


def _knows(call: Call, person: Person) -> bool:
    """Say whether the bot has met a person somewhere: only then it can ask about them."""
    if (call.bot.id, person.id) in call.world.private_chats:
        return True
    return any(
        person.id in chat.members or person.id in chat.requests
        for chat in call.world.chats.values()
        if call.bot.id in chat.members
    )


METHODS = {
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatAdministrators": get_chat_administrators,
    "banChatMember": ban_chat_member,
    "unbanChatMember": unban_chat_member,
    "restrictChatMember": restrict_chat_member,
    "promoteChatMember": promote_chat_member,
    "setChatAdministratorCustomTitle": set_chat_administrator_custom_title,
    "setChatMemberTag": set_chat_member_tag,
    "setChatPermissions": set_chat_permissions,
    "leaveChat": leave_chat,
}
