"""A provider that is none: for the demo and the tests, with every fault a real one has."""

from community_bot.billing.facts import Payment
from community_bot.billing.gateways.port import Arrivals, Charge
from community_bot.errors import Declined, Unreachable
from community_bot.money import Money


class FakeGateway:
    """Keeps charges in memory; may be told to be silent, or to decline."""

    name = "fake"

    def __init__(self) -> None:
        self.charges: list[Charge] = []
        self.given_back: dict[str, Money] = {}
        self.is_silent = False
        self.declines: str | None = None

    def charge(
        self, payload: str, amount: Money, payer_id: int, *, is_recurring: bool = False
    ) -> Charge:
        """Let somebody pay; the notice of it may then be told, told twice, or lost."""
        number = f"charge-{len(self.charges) + 1}"
        made = Charge(number, amount, payload, payer_id, is_recurring)
        self.charges.append(made)
        return made

    async def arrived(self, since: int) -> Arrivals:
        self._check()
        return Arrivals(tuple(self.charges[since:]), len(self.charges))

    async def give_back(self, payment: Payment, amount: Money, key: str) -> None:
        self._check()
        if self.declines is not None:
            raise Declined(self.declines)
        if payment.amount < amount:
            raise Declined("more than was paid")
        self.given_back.setdefault(key, amount)

    def _check(self) -> None:
        if self.is_silent:
            raise Unreachable
