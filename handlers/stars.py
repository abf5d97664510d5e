"""The Stars rail over the Bot API: which Stars have come, and giving them back."""

import re

from telegram import StarTransaction, TransactionPartnerUser
from telegram.error import BadRequest, Forbidden, TelegramError

from community_bot.billing.gateways.port import Arrivals, Charge, Gateway
from community_bot.billing.gateways.stars import Stars
from community_bot.config.payments import Payments
from community_bot.errors import Declined, GatewayError, Unreachable
from community_bot.money import Money
from handlers.gate import Bot

PAGE = 100  # transactions in one answer (core.telegram.org/bots/api#getstartransactions)
GIVEN_BACK_ALREADY = re.compile("charge_already_refunded", re.IGNORECASE)


def rails(bot: Bot, payments: Payments) -> tuple[Gateway, ...]:
    """Return the rails that give money back by themselves and can be asked what came."""
    if not payments.stars.enabled:
        return ()
    calls = StarCalls(bot)
    return (Stars(refund=calls.refund, transactions=calls.arrived),)


class StarCalls:
    """The two calls, with Telegram's no told apart from its silence."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def refund(self, member_id: int, charge_id: str) -> None:
        """Give a charge back; one that was given back before counts as done."""
        try:
            await self._bot.refund_star_payment(member_id, charge_id)
        except TelegramError as error:
            if not GIVEN_BACK_ALREADY.search(str(error)):
                raise _refusal(error) from error

    async def arrived(self, since: int) -> Arrivals:
        """Return every charge since that was not given back; Telegram lists the oldest first.

        What was listed before keeps its number, so a look back goes on where the last one ended.
        """
        listed: list[StarTransaction] = []
        while True:
            try:
                page = await self._bot.get_star_transactions(offset=since + len(listed), limit=PAGE)
            except TelegramError as error:
                raise _refusal(error) from error
            listed += page.transactions
            if len(page.transactions) < PAGE:
                break
        gone = {one.id for one in listed if one.receiver is not None}
        charges = (_charge(one) for one in listed if one.id not in gone)
        kept = [charge for charge in charges if charge is not None]
        return Arrivals(kept, since + len(listed))


def _charge(transaction: StarTransaction) -> Charge | None:
    """Return what somebody paid for an invoice of ours; gifts and the like are none."""
    payer = transaction.source
    if not isinstance(payer, TransactionPartnerUser) or payer.invoice_payload is None:
        return None
    amount = Money(transaction.amount, "XTR")
    return Charge(
        transaction.id,
        amount,
        payer.invoice_payload,
        payer.user.id,
        is_recurring=payer.subscription_period is not None,
    )


def _refusal(error: TelegramError) -> GatewayError:
    if isinstance(error, BadRequest | Forbidden):
        return Declined(str(error))
    return Unreachable()
