"""The way out: a letter's facts become words in the receiver's language, and go to Telegram."""

from datetime import timedelta

from telegram.constants import ParseMode
from telegram.error import TelegramError

from community_bot.community import Community
from community_bot.delivery.contents import ACTS, unpack
from community_bot.delivery.letters import Letter, Receipt
from community_bot.delivery.pacing import Pace
from community_bot.errors import BadContent, TryLater
from community_bot.storage.faults import is_passing
from handlers.acts import perform
from handlers.failures import consequence
from handlers.gate import Bot, Turn
from handlers.notices import Reader, render
from handlers.replies import NO_PREVIEW, Screen
from handlers.texts.words import words

PAUSE = timedelta(seconds=1)


class TelegramMessenger:
    """Sends letters through the bot, at the pace that Telegram allows."""

    def __init__(self, bot: Bot, community: Community, pace: Pace) -> None:
        self._bot = bot
        self._community = community
        self._pace = pace

    async def admit(self, letter: Letter) -> None:
        """Wait for the pace; acts are no messages and need none."""
        if letter.kind not in ACTS:
            await self._pace.admit(letter.chat_id, letter.lane)

    async def deliver(self, letter: Letter) -> Receipt:
        """Send once; raises DeliveryError."""
        try:
            if letter.kind in ACTS:
                locale = self._community.config.community.locale
                await perform(self._bot, _content(letter), words(locale))
                return Receipt()
            return await self._send(letter, await self._screen(letter))
        except TelegramError as error:
            raise consequence(error) from error

    async def make_topic(self, chat_id: int, name: str) -> int:
        """Make a forum topic that somebody deleted; raises DeliveryError."""
        try:
            topic = await self._bot.create_forum_topic(chat_id, name)
        except TelegramError as error:
            raise consequence(error) from error
        return topic.message_thread_id

    async def _screen(self, letter: Letter) -> Screen:
        """Put the letter into words; whatever goes wrong here, nothing has left yet."""
        try:
            locale = await self._community.people.locale_of(letter.member_id)
            reader = Reader(words(locale), self._community.config, self._bot.username)
            return render(_content(letter), reader)
        except Exception as error:
            if is_passing(error):
                raise TryLater(PAUSE) from error
            raise BadContent(f"{letter.kind}: {error!r}") from error

    async def _send(self, letter: Letter, screen: Screen) -> Receipt:
        message = await self._bot.send_message(
            letter.chat_id,
            screen.text,
            message_thread_id=letter.topic_id,
            parse_mode=ParseMode.HTML,
            reply_markup=screen.keyboard,
            link_preview_options=NO_PREVIEW,
            rate_limit_args=Turn(letter.lane, admitted=True),
        )
        return Receipt((message.message_id,))


def _content(letter: Letter) -> object:
    try:
        return unpack(letter.kind, letter.facts)
    except (KeyError, ValueError) as error:
        raise BadContent(f"{letter.kind}: {error!r}") from error
