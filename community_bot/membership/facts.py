"""What the room tells its callers: frozen facts, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from community_bot.membership.rules import Period, Phase, Source
from community_bot.money import Money

Wording = Mapping[str, str]  # by language: zh, en


@dataclass(frozen=True, slots=True)
class RefundPolicy:
    """What can be given back, as it was promised when the order was placed."""

    full_within_days: int
    afterwards: Literal["unused_days", "unused_lessons", "nothing"]
    within_days: int | None
    lessons: int | None
    kept_percent: int


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that is tapped; `reason` is told where it does not fit."""

    name: Wording
    fits: bool
    reason: Wording | None


@dataclass(frozen=True, slots=True)
class Question:
    """What a tier asks first; without choices the answer is typed, and a person reads it."""

    name: Wording
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Tier:
    """A level of membership and what it gives; `answer_within` is working time."""

    code: str
    rank: int
    name: Wording
    benefits: Mapping[str, tuple[str, ...]]
    questions_per_month: int | None
    urgent_per_month: int  # questions that are urgent outside working hours too
    answer_within: timedelta | None
    topics: tuple[str, ...]
    opens: frozenset[str]
    seats: int | None
    successor: str | None
    credits: tuple[str, ...]
    admission: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One version of what can be bought; a version never changes."""

    plan_version_id: int
    code: str
    tier_code: str
    name: Wording | None
    price: Money
    stars: int | None
    period: Period
    refund: RefundPolicy
    is_offered: bool
    stars_renew: bool = False  # paid in Stars, Telegram charges for it anew every period


@dataclass(frozen=True, slots=True)
class Offer:
    """A tier with the plans that lead to it."""

    tier: Tier
    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """One field of a tier or plan, before and after; None where there was or is nothing."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Change:
    """Something that the configuration changes in the database."""

    what: Literal[
        "tier_added", "tier_changed", "tier_retired", "plan_added", "plan_changed", "plan_retired"
    ]
    code: str
    details: tuple[Detail, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A right to a tier, from and until, with where it comes from."""

    entitlement_id: int
    member_id: int
    tier_code: str
    rank: int
    plan_version_id: int | None
    source: Source
    source_key: str
    starts_at: datetime
    ends_at: datetime | None
    revoked_at: datetime | None
    made_at: datetime
    is_dated: bool  # its last day was promised as a date and does not move
    reason: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands now. `tier` is the free one for somebody without a membership.

    `until` is None for ever and for guests; `grace_until` is set in grace alone.
    """

    member_id: int
    phase: Phase
    tier: Tier | None
    until: datetime | None
    grace_until: datetime | None
    opens: frozenset[str]
    entitlements: tuple[Entitlement, ...]

    @property
    def is_member(self) -> bool:
        """Say whether a paid, given or tried membership holds; grace counts."""
        return self.phase.is_held


@dataclass(frozen=True, slots=True)
class Space:
    """A group or channel of the community; its role says which tiers open it.

    `door` is its one standing link, which lets nobody in by itself: it asks to join.
    """

    chat_id: int
    role: str
    title: str
    is_forum: bool
    door: str | None = None
    is_channel: bool = False
