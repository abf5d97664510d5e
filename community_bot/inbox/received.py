"""What the inbox knows of an update: its order, its hurry, and its text as it came."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Received:
    """One update.

    `chat_id` names the queue in which it is handled in order; `urgent` ones (buttons, payments
    about to be confirmed) never wait for a free place behind other chats; `body` is the JSON.
    `likeness` is the same when Telegram sends the update again, and another one for any other
    update; empty where nobody knows.
    """

    update_id: int
    chat_id: int
    kind: str
    urgent: bool
    body: str
    likeness: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """An update that could not be handled; the log has its story under the incident's code."""

    update_id: int
    chat_id: int
    kind: str
    incident: str | None
    received_at: datetime
