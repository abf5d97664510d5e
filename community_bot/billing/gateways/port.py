"""The port of a payment provider: what came, and giving it back."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Protocol

from community_bot.billing.facts import Payment
from community_bot.money import Money


@dataclass(frozen=True, slots=True)
class Charge:
    """Money that the provider says has come, under its own number and with our payload."""

    external_id: str
    amount: Money
    payload: str
    payer_id: int | None
    is_recurring: bool = False


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came since a look back, and from where the next one goes on."""

    charges: Sequence[Charge]
    next_since: int


class Gateway(Protocol):
    """A payment provider. Raises Declined when it says no, Unreachable when it says nothing."""

    @property
    def name(self) -> str: ...

    def arrived(self, since: int) -> Awaitable[Arrivals]:
        """Return what came since; 0 is the beginning. What we know already is passed over."""

    def give_back(self, payment: Payment, amount: Money, key: str) -> Awaitable[None]:
        """Give money back; the same key gives it back once."""
