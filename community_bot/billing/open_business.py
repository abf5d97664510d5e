"""Open business: whether money of a person's is still to be decided about."""

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing import payment_queries as payments
from community_bot.billing import proof_queries as proofs
from community_bot.billing import queries
from community_bot.billing.rules import OrderState, PaymentState
from community_bot.membership import access_queries as access

OPEN = (OrderState.PROOF_SUBMITTED, OrderState.PAID_LATE, OrderState.PAID_UNFULFILLABLE)


async def money_is_open(session: AsyncSession, member_id: int) -> str | None:
    """Say so where a payment is being checked, waits for a use, or is asked back."""
    orders = await queries.orders_of(session, member_id)
    if any(order.state in OPEN for order in orders):
        return "money_open"
    # A proof may wait for an order that was cancelled or ran out before the money came.
    shown = {proof.order_id for proof in await proofs.waiting(session)}
    if any(order.order_id in shown for order in orders):
        return "money_open"
    waiting = await payments.in_state(session, PaymentState.UNMATCHED, PaymentState.REFUNDING)
    if any(payment.payer_id == member_id for payment in waiting):
        return "money_open"
    return "money_open" if member_id in await access.held(session) else None
