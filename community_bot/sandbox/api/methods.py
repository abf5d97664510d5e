"""Every method that is understood, by its name in small letters: Telegram ignores the case."""

from collections.abc import Callable
from typing import Any

from community_bot.sandbox.api import (
    chats,
    copies,
    edits,
    invites,
    media,
    members,
    messages,
    payments,
    queries,
    settings,
    topics,
    updates,
)
from community_bot.sandbox.call import Call

METHODS: dict[str, Callable[[Call], Any]] = {
    name.lower(): method
    for noun in (
        chats.METHODS,
        copies.METHODS,
        edits.METHODS,
        invites.METHODS,
        media.METHODS,
        members.METHODS,
        messages.METHODS,
        payments.METHODS,
        queries.METHODS,
        settings.METHODS,
        topics.METHODS,
        updates.METHODS,
    )
    for name, method in noun.items()
}
