"""Telegram's errors, turned into what follows from them for a letter."""

import re
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
    Moved,
    TopicGone,
    TryLater,
    Uncertain,
    Undeliverable,
    seconds,
)
from handlers.intake import seconds_of
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
    r"|topic_closed|method is available only|can't remove chat owner|user is an administrator",
    re.IGNORECASE,
)
DONE_ALREADY = re.compile(
    r"hide_requester_missing|user_already_participant|user_not_participant"
    r"|participant_id_invalid|user_id_invalid|chat_not_modified"
    r"|user not found|user is deactivated|input_user_deactivated",
    re.IGNORECASE,
)


def consequence(error: TelegramError) -> DeliveryError:
    """Say what a failed send means for the letter."""
    match error:
        case RetryAfter():
            return TryLater(seconds(seconds_of(error)), flood=True)
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


def is_done_already(error: TelegramError) -> bool:
    """Say whether an act failed because it was not needed any more."""
    return isinstance(error, BadRequest) and DONE_ALREADY.search(str(error)) is not None


def _of_request(description: str) -> DeliveryError:
    if TOPIC_GONE.search(description):
        return TopicGone(description)
    if UNREACHABLE.search(description):
        return Undeliverable(description)
    if NO_RIGHT.search(description):
        return Undeliverable(description, unreachable=False)
    return BadContent(description)
