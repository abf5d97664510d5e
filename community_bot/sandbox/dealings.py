"""What goes on between a person and a bot: presses, inline queries, payments."""

from dataclasses import dataclass, field
from datetime import datetime

from community_bot.sandbox.facts import Bot, Chat, Invoice, Json, Message, Person


@dataclass(slots=True, eq=False)
class Answer:
    """What a bot answered to a press."""

    text: str = ""
    show_alert: bool = False
    url: str | None = None


@dataclass(slots=True, eq=False)
class CallbackQuery:
    """A press on a button, and the bot's answer once there is one."""

    id: str
    bot: Bot
    person: Person
    message: Message
    data: str
    asked_at: datetime
    answer: Answer | None = None


@dataclass(slots=True, eq=False)
class InlineQuery:
    """A person typing @bot somewhere, and the results once there are any."""

    id: str
    bot: Bot
    person: Person
    text: str
    offset: str
    asked_at: datetime
    results: list[Json] | None = None
    options: Json = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Checkout:
    """A payment under way; `state` is asked, refused, expired or paid."""

    id: str
    invoice: Invoice
    person: Person
    chat: Chat
    asked_at: datetime
    state: str = "asked"
    error: str = ""
    charge_id: str = ""
    message: Message | None = None


@dataclass(slots=True, eq=False)
class Charge:
    """Money that moved between a person and a bot."""

    id: str
    bot: Bot
    person: Person
    invoice: Invoice
    date: int
    is_refunded: bool = False
    is_cancelled: bool = False
    is_renewed: bool = False
    first: "Charge | None" = None  # of a subscription, the charge that began it
    transactions: list[Json] = field(default_factory=list)
