"""Who is in a space, as Telegram says: yes, no, or nobody knows."""

from telegram import ChatMember, ChatMemberRestricted
from telegram.error import TelegramError

from community_bot.membership.removals import IsIn
from handlers.gate import Bot

OUT = (ChatMember.LEFT, ChatMember.BANNED)
IN_CHARGE = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


def is_in(member: ChatMember) -> bool:
    """Say whether a chat member's status means being there; a restricted one may have left."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in OUT


def looking(bot: Bot) -> IsIn:
    """Return the question that a sweep asks before it removes somebody.

    Whoever is in charge of the chat itself cannot be removed by us, so nothing is said of them.
    """

    async def look(chat_id: int, member_id: int) -> bool | None:
        try:
            member = await bot.get_chat_member(chat_id, member_id)
        except TelegramError:
            return None
        return None if member.status in IN_CHARGE else is_in(member)

    return look
