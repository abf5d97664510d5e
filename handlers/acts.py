"""Acts on Telegram that the core has promised: doors, removals, tags, topics, changes."""

from telegram import ChatPermissions
from telegram.error import BadRequest, TelegramError

from community_bot.delivery.acts import (
    ApproveJoin,
    DeclineJoin,
    EndSubscription,
    Mute,
    Remove,
    ShowMenu,
    Tag,
    TagRole,
    Unmute,
)
from community_bot.delivery.letters import Receipt
from community_bot.errors import Undeliverable
from handlers.chat_acts import act_on_message, act_on_topic
from handlers.commands import show_one
from handlers.failures import is_done_already, is_for_supergroups, is_unknown
from handlers.gate import Bot
from handlers.texts.badges import of_role
from handlers.texts.words import Words


async def perform(bot: Bot, act: object, words: Words) -> Receipt:
    """Do one act; one that is not needed any more counts as done. `words` are the community's."""
    try:
        return await _perform(bot, act, words)
    except TelegramError as error:
        if is_unknown(error):  # an older server: waiting would not help
            raise Undeliverable(str(error), unreachable=False) from error
        if not is_done_already(error):
            raise
        return Receipt()


async def _perform(bot: Bot, act: object, words: Words) -> Receipt:
    done = await act_on_topic(bot, act) or await act_on_message(bot, act)
    if done is None:
        await _act_on_person(bot, act, words)
    return done or Receipt()


async def _act_on_person(bot: Bot, act: object, words: Words) -> None:
    match act:
        case ApproveJoin(chat_id, member_id):
            await bot.approve_chat_join_request(chat_id, member_id)
        case DeclineJoin(chat_id, member_id):
            await bot.decline_chat_join_request(chat_id, member_id)
        case Remove(chat_id, member_id):
            await _remove(bot, chat_id, member_id)
        case EndSubscription(_, member_id, _, charge_id):
            await bot.edit_user_star_subscription(member_id, charge_id, is_canceled=True)
        case ShowMenu(chat_id, locale, roles):
            await show_one(bot, chat_id=chat_id, locale=locale, roles=roles)
        case _:
            await _mark(bot, act, words)


async def _remove(bot: Bot, chat_id: int, member_id: int) -> None:
    """Take a person out in one call, without a ban that would lock the door behind them.

    That is what unbanning does where `only_if_banned` is left out; a basic group knows no bans,
    and there banning is all that takes somebody out (core.telegram.org/bots/api#banchatmember).
    """
    try:
        await bot.unban_chat_member(chat_id, member_id)
    except BadRequest as error:
        if not is_for_supergroups(error):
            raise
        await bot.ban_chat_member(chat_id, member_id)


async def _mark(bot: Bot, act: object, words: Words) -> None:
    """Change what is seen of a person in a group."""
    match act:
        case Mute(chat_id, member_id):
            await bot.restrict_chat_member(chat_id, member_id, ChatPermissions.no_permissions())
        case Unmute(chat_id, member_id):
            chat = await bot.get_chat(chat_id)
            usual = chat.permissions or ChatPermissions.all_permissions()
            await bot.restrict_chat_member(chat_id, member_id, usual)
        case Tag(chat_id, member_id, tag):
            await bot.set_chat_member_tag(chat_id, member_id, tag)
        case TagRole(chat_id, member_id, role):
            await bot.set_chat_member_tag(chat_id, member_id, of_role(words, role))
        case _:
            raise TypeError(f"nobody knows how to do {type(act).__name__}")
