"""Telegram Stars: given back whole or not at all, and listed for a look back."""

from collections.abc import Awaitable, Callable

from community_bot.billing.facts import Payment
from community_bot.billing.gateways.port import Arrivals
from community_bot.errors import Declined
from community_bot.money import Money


class Stars:
    """The Stars rail over two calls of the Bot API, which the face brings.

    `refund(user_id, charge_id)` is refundStarPayment, `transactions(since)` getStarTransactions
    from the one of that number on; both raise Declined or Unreachable. A charge that was refunded
    before counts as refunded.
    """

    name = "stars"

    def __init__(
        self,
        *,
        refund: Callable[[int, str], Awaitable[None]],
        transactions: Callable[[int], Awaitable[Arrivals]],
    ) -> None:
        self._refund = refund
        self._transactions = transactions

    async def arrived(self, since: int) -> Arrivals:
        return await self._transactions(since)

    async def give_back(self, payment: Payment, amount: Money, key: str) -> None:  # noqa: ARG002  the charge itself is the key
        if amount != payment.amount:
            raise Declined("Stars go back whole or not at all")
        if payment.payer_id is None:
            raise Declined("nobody is known to have paid these Stars")
        await self._refund(payment.payer_id, payment.external_id)
