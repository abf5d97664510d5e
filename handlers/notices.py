"""Every notice of the core, with the function that has its words and the one that has its keys."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardMarkup

from community_bot.billing.notices import (
    MoneyWaiting,
    OrderApproved,
    OrderExpired,
    PaymentShort,
    PaymentUnfulfillable,
    ProofRejected,
    ProofWaiting,
    SecondApprovalWanted,
)
from community_bot.config.loading import Config
from community_bot.delivery.notices import DeliveryTrouble, Incident
from community_bot.membership.notices import PlaceFound, PlaceLost, SpaceEntered, SpaceRefused
from handlers.keyboards import joining as joining_keys
from handlers.keyboards import orders as orders_keys
from handlers.keyboards import places as places_keys
from handlers.keyboards import staff as staff_keys
from handlers.replies import Screen
from handlers.texts import joining as joining_texts
from handlers.texts import mine as mine_texts
from handlers.texts import orders as orders_texts
from handlers.texts import places as places_texts
from handlers.texts import staff as staff_texts
from handlers.texts.words import Html, Words


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: their words, and what the community and its bot are called."""

    words: Words
    config: Config
    bot_username: str

    @property
    def zone(self) -> ZoneInfo:
        return self.config.community.zone


Text = Callable[[Words, Any, ZoneInfo], Html]
Keys = Callable[[Words, Any], InlineKeyboardMarkup | None]

TABLE: dict[type, tuple[Text, Keys | None]] = {
    ProofWaiting: (orders_texts.proof_waiting, orders_keys.look),
    SecondApprovalWanted: (orders_texts.second_approval_wanted, orders_keys.look),
    MoneyWaiting: (orders_texts.money_waiting, None),
    OrderApproved: (joining_texts.order_approved, joining_keys.order_approved),
    ProofRejected: (joining_texts.proof_rejected, joining_keys.proof_again),
    PaymentShort: (joining_texts.payment_short, joining_keys.proof_again),
    PaymentUnfulfillable: (joining_texts.payment_unfulfillable, None),
    OrderExpired: (joining_texts.order_expired, joining_keys.proof_again),
    SpaceEntered: (mine_texts.space_entered, None),
    SpaceRefused: (mine_texts.space_refused, joining_keys.space_refused),
    PlaceFound: (places_texts.place_found, places_keys.place_found),
    PlaceLost: (places_texts.place_lost, None),
    DeliveryTrouble: (staff_texts.delivery_trouble, staff_keys.delivery_trouble),
    Incident: (staff_texts.incident, None),
}


def render(content: object, reader: Reader) -> Screen:
    """Return a notice as a screen; raises KeyError for one that nobody wrote words for."""
    text, keys = TABLE[type(content)]
    return Screen(
        text(reader.words, content, reader.zone),
        keys(reader.words, content) if keys is not None else None,
    )
