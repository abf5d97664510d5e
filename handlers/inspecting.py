"""Looking ahead at what a post needs from Telegram: the right to post, and files that are there."""

from telegram import Chat, ChatMemberAdministrator, ChatMemberRestricted
from telegram.error import BadRequest, Forbidden, TelegramError

from community_bot.resources.content_rules import Media
from community_bot.resources.facts import Place
from handlers.gate import Bot
from handlers.presence import OUT

GONE, RIGHT, FILE = "gone", "right", "file"
# The answer to getFile for more than a bot may load; to send it by its id is allowed all the same.
TOO_BIG = "file is too big"


class Inspector:
    """Asks without sending anything; where Telegram does not answer, nothing is said against it."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def at_place(self, place: Place) -> str | None:
        """Say why nothing can be posted there: the chat is gone for us, or a right is missing."""
        try:
            member = await self._bot.get_chat_member(place.chat_id, self._bot.id)
        except (BadRequest, Forbidden):
            return GONE
        except TelegramError:
            return None
        if member.status in OUT:
            return GONE
        # Only in channels posting is a right of admins:
        # core.telegram.org/bots/api#chatadministratorrights
        if isinstance(member, ChatMemberAdministrator):
            return RIGHT if member.can_post_messages is False else None
        if isinstance(member, ChatMemberRestricted):
            return None if member.is_member and member.can_send_messages else RIGHT
        return None

    async def is_public(self, place: Place) -> bool:
        """Say whether a chat has a public name: under it everybody reads, without joining."""
        try:
            chat = await self._bot.get_chat(place.chat_id)
        except TelegramError:
            return False
        return bool(chat.username or chat.active_usernames)

    async def discussed_in(self, place: Place) -> Place | None:
        """Return the group into which a channel's posts go by themselves; a group has none."""
        try:
            chat = await self._bot.get_chat(place.chat_id)
        except TelegramError:
            return None
        if chat.type != Chat.CHANNEL or chat.linked_chat_id is None:
            return None
        return Place(chat.linked_chat_id)

    async def at_file(self, media: Media) -> str | None:
        """Say why a file cannot be sent: this bot does not know its id."""
        try:
            await self._bot.get_file(media.file_id)
        except BadRequest as error:
            return None if TOO_BIG in str(error).lower() else FILE
        except TelegramError:
            return None
        return None
