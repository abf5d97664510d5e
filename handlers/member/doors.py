"""Doors: requests to join, and who came into or left a space."""

from telegram import Update
from telegram.ext import ChatJoinRequestHandler, ChatMemberHandler

from handlers.context import Context, person_of
from handlers.presence import IN_CHARGE, is_in
from handlers.routing import Area


async def asked_to_join(update: Update, context: Context) -> None:
    """Let in whoever has a right to it; everybody else is told why not, then turned down."""
    request = update.chat_join_request
    if request is None:
        return
    await context.community.people.meet(person_of(request.from_user))
    handling = context.handling
    await context.community.doors.asked_to_join(
        chat_id=request.chat.id,
        member_id=request.from_user.id,
        reply_chat_id=request.user_chat_id,
        cause=handling.cause if handling else None,
    )


async def came_or_left(update: Update, context: Context) -> None:
    """Note who is in a space now."""
    change = update.chat_member
    if change is None or change.new_chat_member.user.is_bot:
        return
    handling = context.handling
    await context.community.doors.seen(
        chat_id=change.chat.id,
        member_id=change.new_chat_member.user.id,
        is_in=is_in(change.new_chat_member),
        is_in_charge=change.new_chat_member.status in IN_CHARGE,
        cause=handling.cause if handling else None,
    )


AREA: Area = (
    ChatJoinRequestHandler(asked_to_join),
    ChatMemberHandler(came_or_left, ChatMemberHandler.CHAT_MEMBER),
)
