"""Places: the bot comes into a chat, an owner says what it is, and its door is made."""

from telegram import (
    ChatFullInfo,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberUpdated,
    Message,
    Update,
)
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from community_bot.errors import NotFound
from community_bot.membership.notices import PlaceFound
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.keyboards import places as keys
from handlers.replies import Screen, show
from handlers.routing import Area, on_press
from handlers.texts import places as texts

OUT = (ChatMember.LEFT, ChatMember.BANNED)
DOOR_NAME = "community"  # shows in the list of a chat's invite links, at most 32 characters


async def standing_changed(update: Update, context: Context) -> None:
    """Note that somebody blocked us or let us back, or that we came into or out of a chat."""
    change, handling = update.my_chat_member, context.handling
    if change is None:
        return
    cause = handling.cause if handling else None
    is_out = change.new_chat_member.status in OUT
    if change.chat.type == ChatType.PRIVATE:
        await context.community.reach_changed(change.chat.id, is_open=not is_out, cause=cause)
    elif is_out or _is_weaker(change):
        await context.community.places.weakened(
            chat_id=change.chat.id, title=_title(change), is_out=is_out, cause=cause
        )
    elif change.old_chat_member.status in OUT:
        await context.community.places.entered(_found(change), cause=cause)


def _is_weaker(change: ChatMemberUpdated) -> bool:
    before, after = change.old_chat_member.status, change.new_chat_member.status
    return before == ChatMember.ADMINISTRATOR and after != ChatMember.ADMINISTRATOR


def _title(change: ChatMemberUpdated) -> str:
    return change.chat.title or str(change.chat.id)


def _found(change: ChatMemberUpdated) -> PlaceFound:
    return PlaceFound(
        chat_id=change.chat.id,
        title=_title(change),
        is_channel=change.chat.type == ChatType.CHANNEL,
        is_forum=bool(change.chat.is_forum),
        added_by=change.from_user.full_name,
    )


async def migrated(update: Update, context: Context) -> None:
    """Follow a group that became a supergroup under another id."""
    message, handling = update.effective_message, context.handling
    if not isinstance(message, Message):
        return
    old = message.migrate_from_chat_id or message.chat.id
    new = message.migrate_to_chat_id or message.chat.id
    async with context.community.storage.work(handling.cause if handling else None) as unit:
        await context.community.moved(unit, old, new)
        await unit.commit()


async def bind(inbound: Inbound, context: Context) -> None:
    """Make a chat a space, with a door of its own where our rights allow it."""
    chat_id, role = inbound.pressed.number(0), inbound.pressed.word(1)
    chat = await _chat(context, chat_id)
    missing = await _missing_rights(context, chat, role)
    space = await context.community.spaces.bind(
        inbound.actor,
        chat_id=chat_id,
        role=role,
        title=chat.title or str(chat_id),
        is_forum=bool(chat.is_forum),
        is_channel=chat.type == ChatType.CHANNEL,
        door=None if "can_invite_users" in missing else await _door(context, chat_id),
    )
    text = texts.bound(inbound.words, space, missing, public_name=chat.username)
    await show(inbound, context, Screen(text, keys.bound(inbound.words, space, missing)))


async def leave(inbound: Inbound, context: Context) -> None:
    """Leave a place that is to be nothing of ours."""
    chat = await _chat(context, inbound.pressed.number(0))
    await context.bot.leave_chat(chat.id)
    await show(inbound, context, Screen(texts.left(inbound.words, chat.title or str(chat.id))))


async def places(inbound: Inbound, context: Context) -> None:
    spaces = await context.community.spaces.all()
    screen = Screen(texts.places(inbound.words, spaces), keys.places(inbound.words, spaces))
    await show(inbound, context, screen)


async def choose(inbound: Inbound, context: Context) -> None:
    space = await context.community.spaces.one(inbound.pressed.number(0))
    screen = Screen(texts.places(inbound.words, [space]), keys.choose(inbound.words, space))
    await show(inbound, context, screen)


async def _chat(context: Context, chat_id: int) -> ChatFullInfo:
    try:
        return await context.bot.get_chat(chat_id)
    except TelegramError as error:
        raise NotFound("space", chat_id) from error


async def _missing_rights(context: Context, chat: ChatFullInfo, role: str) -> list[str]:
    """Return the rights that a space of this role needs and we do not have there."""
    me = await context.bot.get_chat_member(chat.id, context.bot.id)
    is_channel, is_forum = chat.type == ChatType.CHANNEL, bool(chat.is_forum)
    wanted = texts.wanted(role, is_channel=is_channel, is_forum=is_forum)
    if not isinstance(me, ChatMemberAdministrator):
        return wanted
    return [right for right in wanted if not getattr(me, right, False)]


async def _door(context: Context, chat_id: int) -> str | None:
    """Return the standing link of a chat: ours if it has one, else a new one.

    It lets nobody in by itself: it asks to join, and the bot answers.
    """
    known = {space.chat_id: space.door for space in await context.community.spaces.all()}
    if known.get(chat_id):
        return known[chat_id]
    link = await context.bot.create_chat_invite_link(
        chat_id, name=DOOR_NAME, creates_join_request=True
    )
    return link.invite_link


AREA: Area = (
    ChatMemberHandler(standing_changed, ChatMemberHandler.MY_CHAT_MEMBER),
    MessageHandler(filters.StatusUpdate.MIGRATE, migrated),
    on_press("places", "bind", bind, Role.OWNER, Role.ADMIN),
    on_press("places", "leave", leave, Role.OWNER, Role.ADMIN),
    on_press("places", "list", places, Role.OWNER, Role.ADMIN),
    on_press("places", "choose", choose, Role.OWNER, Role.ADMIN),
)
