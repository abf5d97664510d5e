"""Checkout: paying an order through a gateway, from the invoice to the money and the look back."""

import re
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing import payment_queries as payments
from community_bot.billing import queries
from community_bot.billing.facts import Order, Taken
from community_bot.billing.gateways.port import Charge, Gateway
from community_bot.billing.rules import OPEN, Verdict
from community_bot.billing.subscriptions import Subscriptions
from community_bot.billing.till import Income, Till
from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.money import Money
from community_bot.people.roles import Actor
from community_bot.storage.unit import Cause, Storage, Unit

IN_ONE_GROUP = 50  # charges in one transaction, so that none holds the writer for long
_PAYLOAD = re.compile(r"order:(\d{1,18}):([A-Z0-9]{1,16})")


@dataclass(frozen=True, slots=True)
class Invoice:
    """What is asked for; the payload comes back with the money and finds the order."""

    order: Order
    payload: str
    amount: Money

    @property
    def renews(self) -> bool:
        """Say whether Telegram is to charge for it anew every period."""
        return self.order.renews


class Checkout:
    """Asks for money, checks before it is taken, and takes it once."""

    def __init__(self, storage: Storage, *, till: Till, subscriptions: Subscriptions) -> None:
        self._storage = storage
        self._till = till
        self._subscriptions = subscriptions
        self._since: dict[str, int] = {}

    async def invoice(self, actor: Actor, *, order_id: int) -> Invoice:
        """Return what an open order of the actor's own asks for."""
        async with self._storage.read() as session:
            order = await queries.order(session, order_id)
        if order is None or order.member_id != actor.member_id:
            raise NotFound("order", order_id)
        if order.state not in OPEN:
            raise AlreadyDone("order", at=order.paid_at or order.closed_at)
        return Invoice(order, payload_of(order), order.missing)

    async def check(self, *, payload: str, amount: Money, payer_id: int) -> Order:
        """Say yes to a payment that is about to be made; raises DomainError to say no.

        Telegram waits ten seconds for this answer (core.telegram.org/bots/api#precheckoutquery),
        so it only reads.
        """
        order = await self._find(payload)
        if order is None or order.member_id != payer_id:
            raise NotFound("order", payload)
        if order.state not in OPEN:
            raise AlreadyDone("order", at=order.paid_at or order.closed_at)
        if order.missing != amount:
            raise Invalid("amount", "changed", due=order.missing)
        async with self._storage.read() as session:
            await self._till.fulfilment.check(session, order)
        return order

    async def paid(self, *, gateway: str, charge: Charge, cause: Cause | None = None) -> Taken:
        """Take money that has come, once; money for no order of ours waits in the queue."""
        async with self._storage.work(cause) as unit:
            taken = await self._take(unit, gateway, charge)
            await unit.commit()
        return taken

    async def reconcile(self, gateway: Gateway, *, whole: bool = False) -> int:
        """Take what the provider has and we were never told; return how much of it was new.

        The first look back of this process goes through all of it, each later one goes on there,
        unless the `whole` is wanted again.
        """
        arrivals = await gateway.arrived(0 if whole else self._since.get(gateway.name, 0))
        by_id = {charge.external_id: charge for charge in arrivals.charges}
        async with self._storage.read() as session:
            unknown = await payments.unknown(session, gateway.name, by_id)
        charges = [charge for number, charge in by_id.items() if number in unknown]
        new = 0
        for start in range(0, len(charges), IN_ONE_GROUP):
            async with self._storage.work() as unit:
                for charge in charges[start : start + IN_ONE_GROUP]:
                    new += (await self._take(unit, gateway.name, charge)).is_new
                await unit.commit()
        self._since[gateway.name] = arrivals.next_since
        return new

    async def _take(self, unit: Unit, gateway: str, charge: Charge) -> Taken:
        first = order = await _order_of(unit.session, charge.payload)
        if first is not None and first.renews:
            order = await self._subscriptions.order_for(unit, gateway, first, charge)
        income = Income(
            gateway=gateway,
            external_id=charge.external_id,
            amount=charge.amount,
            order_id=order.order_id if order else None,
            payer_id=charge.payer_id,
        )
        taken = await self._till.take(unit, income, actor_id=charge.payer_id)
        pays = taken.order is not None and taken.verdict in (Verdict.PAYS, Verdict.PAYS_LATE)
        if first is not None and first.renews and charge.is_recurring and pays:
            await self._subscriptions.charged(unit, first, taken.order or first, charge)
        return taken

    async def reported(
        self, *, payload: str, member_id: int, state: str, cause: Cause | None = None
    ) -> None:
        """Note what Telegram says of a subscription of ours."""
        first = await self._find(payload)
        await self._subscriptions.reported(
            first=first, member_id=member_id, state=state, cause=cause
        )

    async def _find(self, payload: str) -> Order | None:
        async with self._storage.read() as session:
            return await _order_of(session, payload)


async def _order_of(session: AsyncSession, payload: str) -> Order | None:
    found = _PAYLOAD.fullmatch(payload)
    order = await queries.order(session, int(found[1])) if found else None
    return order if found and order is not None and order.code == found[2] else None


def payload_of(order: Order) -> str:
    """Return what finds the order again; at most 128 bytes, as Telegram allows."""
    return f"order:{order.order_id}:{order.code}"
