"""The card of an order in its buyer's chat: it lives on, and says what has become of the order."""

from dataclasses import replace

from community_bot.billing import queries
from community_bot.billing.facts import Order, Ways
from community_bot.billing.notices import OrderPlaced
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.people.telling import notice_to
from community_bot.storage.unit import Unit

_OVER = Ways(payees=(), stars=False, invoices=False)  # nothing is to be paid any more


async def show_below(
    outbox: Outbox, unit: Unit, order: Order, ways: Ways, *, key: str, is_first: bool
) -> None:
    """Show an order to its buyer as a new message, which is its card from then on."""
    card = _name(order.order_id)
    if not is_first:
        await outbox.forget_card(unit, card, chat_id=order.member_id)
    placed = OrderPlaced(order, ways)
    promise = notice_to(order.member_id, placed, key=f"{key}:{order.member_id}", lane=Lane.REPLY)
    await outbox.put(unit, replace(promise, card=card))


async def renew(outbox: Outbox, unit: Unit, order_id: int) -> None:
    """Let the card of an order that is over say so; where none was shown, nothing is said."""
    card, order = _name(order_id), await queries.order(unit.session, order_id)
    if order is None:
        return
    if await outbox.card_of(unit.session, card, chat_id=order.member_id) is None:
        return
    promise = Promise(
        OrderPlaced(order, _OVER),
        chat_id=order.member_id,
        member_id=order.member_id,
        doubt=Doubt.ONCE_MORE,
        keep=False,
        card=card,
    )
    await outbox.put(unit, promise)


def _name(order_id: int) -> str:
    return f"order:{order_id}"
