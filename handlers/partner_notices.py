"""What is told about partners and introductions: the words and the keys of each notice."""

from collections.abc import Callable
from typing import Any

from community_bot.resources.introduction_notices import (
    IntroductionCard,
    IntroductionDeclined,
    IntroductionDelayed,
    IntroductionLate,
    IntroductionMade,
    IntroductionNear,
    IntroductionTaken,
    PartnerRatingWanted,
)
from handlers.keyboards import partner_desk as desk_keys
from handlers.keyboards import partners as keys
from handlers.texts import partner_desk as desk_texts
from handlers.texts import partners as texts

TABLE: dict[type, tuple[Callable[..., Any], Callable[..., Any] | None]] = {
    IntroductionCard: (desk_texts.card, desk_keys.card),
    IntroductionNear: (desk_texts.near, desk_keys.look),
    IntroductionLate: (desk_texts.late, desk_keys.look),
    IntroductionDelayed: (texts.delayed, keys.told),
    IntroductionTaken: (texts.taken, keys.told),
    IntroductionMade: (texts.made, keys.ended),
    IntroductionDeclined: (texts.declined, keys.ended),
    PartnerRatingWanted: (texts.rating_wanted, keys.rating_wanted),
}
