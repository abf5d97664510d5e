"""Lessons used: what a refund by unused lessons depends on.

Whoever keeps courses can count them (`by_courses`); what a person counted, with a reason, goes
before that.
"""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing import lesson_queries as queries
from community_bot.billing import queries as orders
from community_bot.billing import refund_queries as cases
from community_bot.billing.facts import Order
from community_bot.billing.refund_facts import Case
from community_bot.billing.refund_rules import UNDER_WAY, Ground
from community_bot.billing.refunds import Refunds
from community_bot.billing.telling import APPROVERS
from community_bot.clock import Clock
from community_bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from community_bot.people.roles import Actor
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

# Says how many lessons of an order were used; None where nobody counts them.
Count: TypeAlias = Callable[[AsyncSession, Order], Awaitable[int | None]]


async def _nobody_counts(_session: AsyncSession, _order: Order) -> int | None:
    return None


class Lessons:
    """Counts the lessons that an order has used up."""

    def __init__(self, storage: Storage, clock: Clock, *, refunds: Refunds) -> None:
        self._storage = storage
        self._clock = clock
        self._refunds = refunds
        self.by_courses: Count = _nobody_counts
        refunds.lessons_used = self.used

    async def used(self, session: AsyncSession, order: Order) -> int:
        """Return how many lessons were used, none where nobody knows."""
        by_person = await queries.counted(session, order.order_id)
        if by_person is not None:
            return by_person
        return await self.by_courses(session, order) or 0

    async def count(self, actor: Actor, *, case_id: int, used: int, reason: str) -> Case:
        """Let a person say how many were used; the quote of the case follows.

        It is worked out as of the day on which the member asked: waiting costs them nothing.
        """
        actor.require(*APPROVERS)
        if not reason.strip():
            raise Invalid("reason", "empty")
        async with self._storage.work(actor.cause) as unit:
            case, order = await self._hold(unit, actor, case_id)
            promised = order.refund.lessons or 0
            if not 0 <= used <= promised:
                raise Invalid("lessons", "too_many", promised=promised)
            before = await self.used(unit.session, order)
            now = self._clock.now()
            await queries.count(
                unit.session,
                order.order_id,
                used=used,
                reason=reason.strip(),
                by=actor.member_id,
                now=now,
            )
            quote = await self._refunds.quote_in(unit.session, order, at=case.opened_at)
            await cases.requote(unit.session, case_id, quote)
            await journal.record(
                unit,
                at=now,
                actor_id=actor.member_id,
                action="count_lessons",
                subject="order",
                subject_key=order.order_id,
                reason=reason.strip(),
                before={"used": before},
                after={"used": used, "amount_minor": quote.amount.minor},
            )
            counted = await cases.case(unit.session, case_id) or case
            await unit.commit()
        return counted

    async def _hold(self, unit: Unit, actor: Actor, case_id: int) -> tuple[Case, Order]:
        """Hold a case that is under way and depends on lessons."""
        case = await cases.hold_case(unit.session, case_id)
        if case is None:
            raise NotFound("case", case_id)
        if case.member_id == actor.member_id:
            raise NotAllowed("somebody_else")
        if case.state not in UNDER_WAY:
            raise AlreadyDone("case", at=case.decided_at)
        if case.quote.ground is not Ground.UNUSED_LESSONS:
            raise Invalid("lessons", "not_by_lessons")
        order = await orders.order(unit.session, case.order_id)
        if order is None:
            raise NotFound("order", case.order_id)
        return case, order
