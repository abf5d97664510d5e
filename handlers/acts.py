"""Acts on Telegram that the core has promised: doors, removals, tags."""

from telegram import ChatPermissions
from telegram.error import TelegramError

from community_bot.delivery.acts import (
    ApproveJoin,
    DeclineJoin,
    Mute,
    Remove,
    ShowMenu,
    Tag,
    Unmute,
)
from handlers.commands import show_one
from handlers.failures import is_done_already
from handlers.gate import Bot


async def perform(bot: Bot, act: object) -> None:
    """Do one act; one that is not needed any more counts as done."""
    try:
        await _perform(bot, act)
    except TelegramError as error:
        if not is_done_already(error):
            raise


async def _perform(bot: Bot, act: object) -> None:
    match act:
        case ApproveJoin(chat_id, member_id):
            await bot.approve_chat_join_request(chat_id, member_id)
        case DeclineJoin(chat_id, member_id):
            await bot.decline_chat_join_request(chat_id, member_id)
        case Remove(chat_id, member_id):
            # One call takes a person out without a ban that would lock the door behind them
            # (core.telegram.org/bots/api#unbanchatmember, only_if_banned left out).
            await bot.unban_chat_member(chat_id, member_id)
        case Mute(chat_id, member_id):
            await bot.restrict_chat_member(chat_id, member_id, ChatPermissions.no_permissions())
        case Unmute(chat_id, member_id):
            chat = await bot.get_chat(chat_id)
            usual = chat.permissions or ChatPermissions.all_permissions()
            await bot.restrict_chat_member(chat_id, member_id, usual)
        case Tag(chat_id, member_id, tag):
            await bot.set_chat_member_tag(chat_id, member_id, tag)
        case ShowMenu(chat_id, locale, roles):
            await show_one(bot, chat_id=chat_id, locale=locale, roles=roles)
        case _:
            raise TypeError(f"nobody knows how to do {type(act).__name__}")
