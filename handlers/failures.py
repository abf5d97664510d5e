"""Telegram's errors, turned into what follows from them for a letter."""

import re
from collections.abc import Callable
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from community_bot.errors import (
    BadContent,
    DeliveryError,
    MessageGone,
    Moved,
    TooLate,
    TopicGone,
    TryLater,
    Uncertain,
    Undeliverable,
    seconds,
)
from handlers.transport_failures import NotSent

# Telegram's descriptions, as the Bot API server and MTProto name them.
TOPIC_GONE = re.compile(r"message thread not found|topic_deleted|topic_id_invalid", re.IGNORECASE)
UNREACHABLE = re.compile(
    r"chat not found|user not found|peer_id_invalid|user is deactivated|input_user_deactivated"
    r"|chat_write_forbidden|bot was kicked|group chat was deactivated|user_is_blocked",
    re.IGNORECASE,
)
NO_RIGHT = re.compile(
    r"not enough rights|have no rights|chat_admin_required|need administrator rights"
    r"|topic_closed|method is available|can't remove chat owner|user is an administrator",
    re.IGNORECASE,
)
MESSAGE_GONE = re.compile(
    r"message to (edit|copy|forward|delete|pin|unpin|react) not found|message_id_invalid"
    r"|there are no messages to (copy|forward)|messages can't be forwarded",
    re.IGNORECASE,
)
TOO_LATE = re.compile(
    r"message can't be (edited|deleted)|message media can't be edited"
    r"|message_edit_time_expired|message_delete_forbidden",
    re.IGNORECASE,
)
DONE_ALREADY = re.compile(
    r"message is not modified|topic_not_modified|message to unpin not found"
    r"|hide_requester_missing|user_already_participant|user_not_participant"
    r"|participant_id_invalid|user_id_invalid|chat_not_modified"
    r"|user not found|user is deactivated|input_user_deactivated",
    re.IGNORECASE,
)


def consequence(error: TelegramError) -> DeliveryError:
    """Say what a failed send means for the letter."""
    match error:
        case RetryAfter():
            return TryLater(wait_of(error), flood=True)
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Undeliverable(str(error))
        case BadRequest():
            return _of_request(str(error))
        case NotSent():
            return TryLater(timedelta(seconds=1))
        case InvalidToken():
            return TryLater(timedelta(minutes=1))
        case _:
            return Uncertain(str(error))


def wait_of(error: RetryAfter) -> timedelta:
    """Return the wait that Telegram asks for; PTB gives it in seconds or as a timedelta."""
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else seconds(wait)


def is_unknown(error: TelegramError) -> bool:
    """Say whether the server does not know the method; of a token it says Unauthorized."""
    return isinstance(error, InvalidToken) and "not found" in str(error).lower()


def is_unchanged(error: TelegramError) -> bool:
    """Say whether an edit failed because the message says so already."""
    return isinstance(error, BadRequest) and "message is not modified" in str(error).lower()


def is_unreachable(error: TelegramError) -> bool:
    """Say whether nobody is there to hear it: never met, gone, or the bot put out."""
    return isinstance(error, BadRequest) and UNREACHABLE.search(str(error)) is not None


def is_topic_gone(error: TelegramError) -> bool:
    """Say whether the topic that something was to be done to was deleted."""
    return isinstance(error, BadRequest) and TOPIC_GONE.search(str(error)) is not None


def is_for_supergroups(error: TelegramError) -> bool:
    """Say whether a basic group refused what only supergroups and channels know."""
    return isinstance(error, BadRequest) and "method is available for super" in str(error).lower()


def is_done_already(error: TelegramError) -> bool:
    """Say whether an act failed because it was not needed any more."""
    return isinstance(error, BadRequest) and DONE_ALREADY.search(str(error)) is not None


_BY_WORDS: dict[Callable[[str], DeliveryError], re.Pattern[str]] = {
    TopicGone: TOPIC_GONE,
    MessageGone: MESSAGE_GONE,
    TooLate: TOO_LATE,
}


def _of_request(description: str) -> DeliveryError:
    for kind, said in _BY_WORDS.items():
        if said.search(description):
            return kind(description)
    if UNREACHABLE.search(description):
        return Undeliverable(description)
    if NO_RIGHT.search(description):
        return Undeliverable(description, unreachable=False)
    return BadContent(description)
