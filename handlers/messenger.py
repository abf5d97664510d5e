"""The way out: a letter's facts become words in the receiver's language, and go to Telegram."""

from asyncio import to_thread
from dataclasses import replace
from datetime import timedelta
from typing import Any

from telegram.constants import ParseMode
from telegram.error import TelegramError

from community_bot.community import Community
from community_bot.delivery.contents import ACTS, PACED, PARCELS, unpack
from community_bot.delivery.letters import Letter, Receipt
from community_bot.delivery.pacing import Pace
from community_bot.delivery.splitting import topic_name
from community_bot.errors import BadContent, TryLater
from community_bot.storage.faults import is_passing
from handlers.acts import perform
from handlers.failures import consequence, is_unchanged
from handlers.gate import Bot, Turn
from handlers.notices import PICTURES, Reader, render
from handlers.parcels import carry, reply, weight_of
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
        """Wait for the pace; an act that shows nothing in the chat needs none."""
        if letter.kind not in ACTS or letter.kind in PACED:
            await self._pace.admit(letter.chat_id, letter.lane, _weight(letter))

    async def deliver(self, letter: Letter) -> Receipt:
        """Send once; raises DeliveryError."""
        try:
            if letter.kind in ACTS:
                locale = self._community.config.community.locale
                return await perform(self._bot, _act(letter), words(locale))
            if letter.kind in PARCELS:
                return await carry(self._bot, _content(letter), letter)
            return await self._send(letter, await self._screen(letter))
        except TelegramError as error:
            raise consequence(error) from error

    async def make_topic(self, chat_id: int, name: str) -> int:
        """Make a forum topic that somebody deleted; raises DeliveryError."""
        try:
            topic = await self._bot.create_forum_topic(chat_id, topic_name(name))
        except TelegramError as error:
            raise consequence(error) from error
        return topic.message_thread_id

    async def _screen(self, letter: Letter) -> Screen:
        """Put the letter into words; whatever goes wrong here, nothing has left yet."""
        try:
            locale = await self._community.people.locale_of(letter.member_id)
            reader = Reader(words(locale), self._community.config, self._bot.username)
            content = _content(letter)
            screen, draw = render(content, reader), PICTURES.get(type(content))
            return replace(screen, picture=await to_thread(draw, content)) if draw else screen
        except Exception as error:
            if is_passing(error):
                raise TryLater(PAUSE) from error
            raise BadContent(f"{letter.kind}: {error!r}") from error

    async def _send(self, letter: Letter, screen: Screen) -> Receipt:
        if letter.edits is not None:
            return await self._edit(letter, letter.edits, screen)
        if screen.picture is not None:
            return await self._send_picture(letter, screen, screen.picture)
        if screen.document is not None:
            return await self._send_document(letter, screen, screen.document)
        message = await self._bot.send_message(
            letter.chat_id,
            screen.text,
            message_thread_id=letter.topic_id,
            parse_mode=ParseMode.HTML,
            reply_markup=screen.keyboard,
            reply_parameters=reply(screen.reply_to),
            link_preview_options=NO_PREVIEW,
            protect_content=screen.is_protected or None,
            rate_limit_args=Turn(letter.lane, admitted=True),
        )
        return Receipt((message.message_id,))

    async def _send_picture(self, letter: Letter, screen: Screen, picture: bytes) -> Receipt:
        message = await self._bot.send_photo(
            letter.chat_id,
            picture,
            caption=screen.text,
            message_thread_id=letter.topic_id,
            parse_mode=ParseMode.HTML,
            reply_markup=screen.keyboard,
            rate_limit_args=Turn(letter.lane, admitted=True),
        )
        return Receipt((message.message_id,))

    async def _send_document(self, letter: Letter, screen: Screen, file_id: str) -> Receipt:
        message = await self._bot.send_document(
            letter.chat_id,
            file_id,
            caption=screen.text,
            message_thread_id=letter.topic_id,
            parse_mode=ParseMode.HTML,
            reply_markup=screen.keyboard,
            rate_limit_args=Turn(letter.lane, admitted=True),
        )
        return Receipt((message.message_id,))

    async def _edit(self, letter: Letter, message_id: int, screen: Screen) -> Receipt:
        """Put the newest facts into a card; one that says them already is up to date."""
        try:
            await self._bot.edit_message_text(
                screen.text,
                chat_id=letter.chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=screen.keyboard,
                link_preview_options=NO_PREVIEW,
                rate_limit_args=Turn(letter.lane, admitted=True),
            )
        except TelegramError as error:
            if not is_unchanged(error):
                raise
        return Receipt((message_id,))


def _weight(letter: Letter) -> int:
    return weight_of(letter) if letter.kind in PARCELS else 1


def _act(letter: Letter) -> object:
    """Return what is to be done, where the chat is now: a group may have moved meanwhile."""
    act: Any = _content(letter)
    return replace(act, chat_id=letter.chat_id)


def _content(letter: Letter) -> object:
    try:
        return unpack(letter.kind, letter.facts)
    except (KeyError, ValueError) as error:
        raise BadContent(f"{letter.kind}: {error!r}") from error
