"""What is known of the community as a whole over a time: frozen figures, no names."""

from dataclasses import dataclass
from datetime import date, datetime

from community_bot.insight.overview_rules import Movement
from community_bot.membership.facts import Wording
from community_bot.money import Money
from community_bot.tickets.figures import Figures


@dataclass(frozen=True, slots=True)
class TierHeld:
    """How many people have this tier as their highest."""

    code: str
    name: Wording
    members: int


@dataclass(frozen=True, slots=True)
class Cash:
    """What came and what was given back, in one currency; both are positive."""

    received: Money
    returned: Money


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How the FAQ served."""

    searches: int
    in_vain: int
    helped: int
    not_helped: int


@dataclass(frozen=True, slots=True)
class Updates:
    """What went out; `readers` are people who opened something, which delivered does not mean."""

    posts: int
    sent: int
    unreachable: int
    unknown: int
    readers: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the picture: members at its end, or now, and what came in it less what went."""

    first_day: date
    members: int
    cash: Money


@dataclass(frozen=True, slots=True)
class Overview:
    """The community between two moments, and how it stands at the second."""

    since: datetime
    until: datetime
    movement: Movement
    tiers: tuple[TierHeld, ...]  # the highest first
    people: int
    unreachable: int
    cash: tuple[Cash, ...]
    orders_paid: int
    orders_waiting: int
    desk: Figures
    knowledge: Knowledge
    updates: Updates
