"""A provider of BotFather's: Telegram brings the money and has no call to give it back."""

from community_bot.billing.facts import Payment
from community_bot.billing.gateways.port import Arrivals
from community_bot.errors import Declined
from community_bot.money import Money


class TelegramInvoices:
    """The rail of invoices with a provider token."""

    name = "telegram"

    async def arrived(self, since: int) -> Arrivals:
        """Return nothing: the Bot API lists Stars only, so a lost notice is found by a person."""
        return Arrivals((), since)

    async def give_back(self, payment: Payment, amount: Money, key: str) -> None:  # noqa: ARG002  the port's signature
        """Say no: it is refunded in the provider's own pages, and noted by a person."""
        raise Declined("refund it in the provider's dashboard, then note it here")
