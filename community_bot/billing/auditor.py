"""The auditor: reads everything again every night and says what must never be found."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing import audit_queries as audit
from community_bot.billing import purchases, queries
from community_bot.billing.facts import Order
from community_bot.billing.purchase_queries import origin
from community_bot.billing.rules import GRANTED
from community_bot.clock import Clock
from community_bot.membership import queries as membership
from community_bot.membership import space_queries as spaces
from community_bot.membership.memberships import Memberships
from community_bot.membership.rules import LAST_SECOND
from community_bot.storage.unit import Storage

HALF_WAY = timedelta(minutes=5)
# Every invariant, and what the keys of its findings are the numbers or codes of.
INVARIANTS = {
    "ledger_postings_balance": "posting",
    "cash_is_payments_less_refunds": "currency",
    "no_order_gives_back_more_than_it_received": "order",
    "no_payment_gives_back_more_than_it_brought": "payment",
    "no_order_stops_half_way": "order",
    "no_payment_is_forgotten": "payment",
    "every_fulfilled_order_gave_something": "order",
    "every_right_has_a_reason": "entitlement",
    "nothing_is_granted_for_less_than_its_price": "order",
    "the_price_is_the_sum_of_its_lines": "order",
    "received_is_the_sum_of_payments": "order",
    "every_grant_is_in_the_journal": "order",
    "periods_end_with_the_last_second_of_a_day": "entitlement",
    "seats_are_never_more_than_there_are": "tier",
    "nobody_was_removed_with_a_right": "member",
    "no_money_goes_back_beside_its_credit": "order",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be: the name of the invariant, and what breaks it."""

    invariant: str
    key: str

    @property
    def what(self) -> str:
        """Say what the key is the number or code of."""
        return INVARIANTS[self.invariant]


class Auditor:
    """Changes nothing. An empty list is the only good answer."""

    def __init__(self, storage: Storage, clock: Clock, *, memberships: Memberships) -> None:
        self._storage = storage
        self._clock = clock
        self._memberships = memberships

    async def audit(self) -> list[Finding]:
        """Check every invariant by its name, over one consistent state of the database."""
        found: list[Finding] = []
        async with self._storage.read() as session:
            for invariant, check in self._checks().items():
                found += [Finding(invariant, str(key)) for key in await check(session)]
        return found

    def _checks(self) -> dict[str, Callable[[AsyncSession], Awaitable[Iterable[object]]]]:
        return {
            "ledger_postings_balance": audit.unbalanced_postings,
            "cash_is_payments_less_refunds": self._cash,
            "no_order_gives_back_more_than_it_received": audit.overdrawn_orders,
            "no_payment_gives_back_more_than_it_brought": audit.overdrawn_payments,
            "no_order_stops_half_way": self._stuck_orders,
            "no_payment_is_forgotten": self._unsettled_payments,
            "every_fulfilled_order_gave_something": audit.fulfilled_without_grant,
            "every_right_has_a_reason": audit.grants_without_reason,
            "nothing_is_granted_for_less_than_its_price": audit.unpaid_grants,
            "the_price_is_the_sum_of_its_lines": self._prices,
            "received_is_the_sum_of_payments": audit.received_otherwise,
            "every_grant_is_in_the_journal": audit.unjournalled_grants,
            "periods_end_with_the_last_second_of_a_day": self._ends,
            "seats_are_never_more_than_there_are": self._seats,
            "nobody_was_removed_with_a_right": self._removals,
            "no_money_goes_back_beside_its_credit": self._credits,
        }

    async def _cash(self, session: AsyncSession) -> list[str]:
        cash = await audit.cash_by_currency(session)
        held = await audit.held_by_currency(session)
        return sorted(
            currency
            for currency in cash.keys() | held.keys()
            if cash.get(currency, 0) != held.get(currency, 0)
        )

    async def _stuck_orders(self, session: AsyncSession) -> list[int]:
        return await audit.stuck_orders(session, before=self._clock.now() - HALF_WAY)

    async def _unsettled_payments(self, session: AsyncSession) -> list[int]:
        return await audit.unsettled_payments(session, before=self._clock.now() - HALF_WAY)

    async def _prices(self, session: AsyncSession) -> list[int]:
        return [
            order_id
            for order_id, due, lines in await audit.prices(session)
            if due != sum(line["minor"] for line in lines)
        ]

    async def _ends(self, session: AsyncSession) -> list[int]:
        zone = self._memberships.zone
        return [
            entitlement_id
            for entitlement_id, ends_at in await audit.ends(session)
            if ends_at.astimezone(zone).time() != LAST_SECOND
        ]

    async def _seats(self, session: AsyncSession) -> list[str]:
        over = []
        for tier, _ in await membership.tiers(session):
            if tier.seats is None:
                continue
            taken = await membership.seated(session, tier.code, now=self._clock.now())
            taken |= await queries.holders(session, tier.code)
            if len(taken) > tier.seats:
                over.append(tier.code)
        return over

    async def _credits(self, session: AsyncSession) -> list[int]:
        """Return orders whose rest made a later one cheaper, and whose money went back as well."""
        twice = set()
        for order_id, _, lines in await audit.prices(session):
            if all(line["minor"] > 0 for line in lines):
                continue
            later = await queries.order(session, order_id)
            if later is not None and later.state in GRANTED:
                twice |= await self._given_back_beside(session, later)
        return sorted(twice)

    async def _given_back_beside(self, session: AsyncSession, later: Order) -> set[int]:
        found = set()
        for line in later.lines:
            if line.entitlement_id is None:
                continue
            _, key = await origin(session, line.entitlement_id)
            paid_by = await queries.order(session, int(key))
            if paid_by is not None and paid_by.refunded:
                found.add(paid_by.order_id)
        is_undone = found and await purchases.is_undone(session, later, self._memberships.zone)
        return set() if is_undone else found

    async def _removals(self, session: AsyncSession) -> list[int]:
        wronged = []
        for member_id, at, chat_id in await audit.removals(session):
            space = await spaces.space(session, chat_id)
            standing = await self._memberships.standing_in(session, member_id, at)
            if space is not None and space.role in standing.opens:
                wronged.append(member_id)
        return wronged
