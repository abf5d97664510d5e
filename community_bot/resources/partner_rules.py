"""The directory of partners: what one is, when it is shown, and what its ratings say."""

from enum import StrEnum

from community_bot.errors import Invalid
from community_bot.machine import Machine

NAME, CONTACT, ABOUT = 80, 500, 1500  # signs
WORST, BEST = 1, 5  # stars
FEWEST = 3  # ratings; below that a figure would say what a single member thinks


class PartnerKind(StrEnum):
    """What a partner does for sellers."""

    LOGISTICS = "logistics"
    LIVE_SELLING = "live_selling"
    COMPLIANCE = "compliance"
    INFLUENCERS = "influencers"
    OTHER = "other"


class PartnerState(StrEnum):
    """Whether members find a partner."""

    DRAFT = "draft"
    LISTED = "listed"
    TAKEN_OFF = "taken_off"


class PartnerEvent(StrEnum):
    """What happens to a partner in the directory."""

    LIST = "list"
    TAKE_OFF = "take_off"


PARTNER = Machine(
    "partner",
    PartnerState.DRAFT,
    {
        (PartnerState.DRAFT, PartnerEvent.LIST): PartnerState.LISTED,
        (PartnerState.LISTED, PartnerEvent.TAKE_OFF): PartnerState.TAKEN_OFF,
        (PartnerState.TAKEN_OFF, PartnerEvent.LIST): PartnerState.LISTED,
    },
)


def kind_of(value: str) -> PartnerKind:
    """Read a kind from a button; raises Invalid."""
    try:
        return PartnerKind(value)
    except ValueError:
        raise Invalid("button", "broken") from None


def check_words(name: str, contact: str, about: str) -> tuple[str, str, str]:
    """Return what is known of a partner as it is kept; raises Invalid naming what is amiss."""
    kept_name, kept_contact, kept_about = " ".join(name.split()), contact.strip(), about.strip()
    if not kept_name or len(kept_name) > NAME:
        raise Invalid("partner_name", "length", limit=NAME)
    if not kept_contact or len(kept_contact) > CONTACT:
        raise Invalid("partner_contact", "length", limit=CONTACT)
    if not kept_about or len(kept_about) > ABOUT:
        raise Invalid("partner_about", "length", limit=ABOUT)
    return kept_name, kept_contact, kept_about


def check_stars(stars: int) -> int:
    """Return a rating; raises Invalid for what no button of ours says."""
    if not WORST <= stars <= BEST:
        raise Invalid("button", "broken")
    return stars


def shown_rating(ratings: int, stars: int) -> float | None:
    """Return the mean of so many ratings, to one decimal; None where there are too few."""
    return round(stars / ratings, 1) if ratings >= FEWEST else None


def may_open(rank: int, *, least_tier: str | None, least_rank: int | None) -> bool:
    """Say whether a tier is high enough; a tier that nobody knows any more opens nothing."""
    if least_tier is None:
        return True
    return least_rank is not None and least_rank <= rank
