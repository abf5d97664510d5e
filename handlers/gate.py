"""The gate through which every call to the Bot API leaves: at the pace, to where the chat is."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.ext import BaseRateLimiter, ExtBot

from community_bot.delivery.lanes import Lane
from community_bot.delivery.pacing import ChatId, Pace
from handlers.failures import is_topic_gone, wait_of
from handlers.pulse import Pulse

RETRIES = 2
PATIENCE = timedelta(seconds=5)  # nobody who pressed a button waits longer for an answer
_ADDING = ("send", "copy", "forward")  # a message to the chat
_SPEAKING = ("send", "copy", "forward", "editMessage", "deleteMessage")
_PASSING = frozenset({"sendChatAction"})  # shows that we type: not a message

Answer = bool | dict[str, Any] | list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Turn:
    """How a call wants to leave: pass it as `rate_limit_args`; without one it is a reply.

    Admitted: its turn has come already, before its intent was written down, so that no chat holds
    it up any more, and whoever sends it decides what a refusal means. Only where too many leave
    in the same second it waits for the rest of that second.
    """

    lane: Lane = Lane.REPLY
    admitted: bool = False
    weight: int = 1


class Closed(Forbidden):
    """A chat refuses us; it need not be the one in which somebody wrote or pressed."""

    __slots__ = ("chat_id",)

    def __init__(self, message: str, chat_id: ChatId) -> None:
        super().__init__(message)
        self.chat_id = chat_id


Bot: TypeAlias = ExtBot[Turn]


class Gate(BaseRateLimiter[Turn]):
    """Lets messages out at the pace, and everything else at once."""

    def __init__(self, pace: Pace, pulse: Pulse | None = None) -> None:
        self._pace = pace
        self._pulse = pulse or Pulse()

    async def initialize(self) -> None:
        """Open nothing: the pace needs no connection."""

    async def shutdown(self) -> None:
        """Close nothing."""

    async def process_request(  # noqa: PLR0917  PTB's own signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,  # noqa: ANN401  the same
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Turn | None,
    ) -> Answer:
        """Let a call out in its turn, and say which chat it was that is closed to us."""

        async def call() -> Answer:
            try:
                answer = await callback(*args, **kwargs)
            except InvalidToken as error:
                self._pulse.refused(error)
                raise
            self._pulse.answered()
            return answer

        chat_id = _addressee(endpoint, data)
        if chat_id is None:
            return await call()
        try:
            if endpoint in _PASSING:
                return await call()
            return await self._in_turn(call, chat_id, endpoint, data, rate_limit_args or Turn())
        except Forbidden as error:
            raise Closed(error.message, _addressee(endpoint, data) or chat_id) from error

    async def _in_turn(
        self,
        call: Callable[[], Awaitable[Answer]],
        chat_id: ChatId,
        endpoint: str,
        data: dict[str, Any],
        turn: Turn,
    ) -> Answer:
        """Wait for its turn, call, and tell the pace when Telegram refuses."""
        retries = RETRIES if turn.lane is Lane.REPLY and not turn.admitted else 0
        is_led_on = False
        while True:
            if not turn.admitted:
                await self._pace.admit(chat_id, turn.lane, _weight(endpoint, turn, data))
            if endpoint.startswith(_ADDING):
                await self._pace.leave(turn.lane, _weight(endpoint, turn, data))
            try:
                return await call()
            except RetryAfter as exc:
                wait = wait_of(exc)
                self._pace.refused(chat_id, wait)
                if not retries or wait > PATIENCE:
                    raise
                retries -= 1
            except (BadRequest, ChatMigrated) as exc:
                # The courier readdresses letters itself, and everything else that waits with them.
                if turn.admitted or is_led_on or not _led_on(endpoint, data, exc):
                    raise
                is_led_on, chat_id = True, _addressee(endpoint, data) or chat_id


def _addressee(endpoint: str, data: Mapping[str, Any]) -> ChatId | None:
    """Return the chat that is spoken to, or None for a call that speaks to nobody."""
    chat_id = data.get("chat_id")
    if not endpoint.startswith(_SPEAKING):
        return None
    if isinstance(chat_id, str) and chat_id.lstrip("-").isdigit():
        return int(chat_id)
    return chat_id if isinstance(chat_id, int | str) else None


def _weight(endpoint: str, turn: Turn, data: Mapping[str, Any]) -> int:
    """Count the messages that a call makes: an album's files, or copies of several messages."""
    made = data.get("media", data.get("message_ids")) if endpoint.startswith(_ADDING) else None
    return max(turn.weight, len(made)) if isinstance(made, list | tuple) else turn.weight


def _led_on(endpoint: str, data: dict[str, Any], error: TelegramError) -> bool:
    """Readdress what surely has not left; say whether it can be sent once more.

    What goes to the number of an older message does not: in the new chat, which counts its
    messages anew, another one has that number.
    """
    if not endpoint.startswith("send"):
        return False
    if isinstance(error, ChatMigrated):
        data["chat_id"] = error.new_chat_id
        for left_behind in ("message_thread_id", "reply_parameters"):
            data.pop(left_behind, None)
        return True
    return is_topic_gone(error) and data.pop("message_thread_id", None) is not None
