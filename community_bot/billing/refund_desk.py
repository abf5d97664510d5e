"""The refund desk: people who decide about cases, and a second one who hears appeals."""

from community_bot.billing import queries
from community_bot.billing import refund_queries as cases
from community_bot.billing.refund_facts import Case, Said
from community_bot.billing.refund_notices import RefundDenied, RefundQuestion
from community_bot.billing.refund_rules import CASE, UNDER_WAY, CaseEvent, check_left
from community_bot.billing.refunds import Refunds, given_back, record
from community_bot.billing.telling import APPROVERS, tell
from community_bot.clock import Clock
from community_bot.delivery.service import Outbox
from community_bot.errors import Invalid, NotAllowed, NotFound
from community_bot.membership import access_queries as access
from community_bot.money import Money, parse_amount
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit


class RefundDesk:
    """Asks, approves and denies; nobody decides their own case or an appeal against themselves."""

    def __init__(self, storage: Storage, clock: Clock, *, outbox: Outbox, refunds: Refunds) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._refunds = refunds

    async def waiting(self, actor: Actor) -> list[Case]:
        """Return the cases under way, oldest first."""
        actor.require(*APPROVERS)
        async with self._storage.read() as session:
            return await cases.cases_in(session, *UNDER_WAY)

    async def question(self, actor: Actor, *, case_id: int, text: str) -> Case:
        """Let whoever decides ask the member something first."""
        async with self._storage.work(actor.cause) as unit:
            case = await self._hold(unit, actor, case_id, CaseEvent.ASK)
            await self._step(unit, actor, case, CaseEvent.ASK, text)
            asked = RefundQuestion(case.case_id, case.order_code, text.strip())
            key = f"refund_question:{case_id}:{len(case.said)}"
            await tell(self._outbox, unit, [case.member_id], asked, key=key)
            case = await cases.case(unit.session, case_id) or case
            await unit.commit()
        return case

    async def read_amount(self, actor: Actor, *, case_id: int, amount_text: str) -> Money:
        """Read an amount before it is confirmed; raises Invalid where it is more than is left."""
        actor.require(*APPROVERS)
        async with self._storage.read() as session:
            case = await cases.case(session, case_id)
            order = await queries.order(session, case.order_id) if case else None
            if order is None:
                raise NotFound("case", case_id)
            amount = parse_amount(amount_text, order.due.currency)
            check_left(amount, paid=order.due, before=await given_back(session, order))
        return amount

    async def approve(
        self,
        actor: Actor,
        *,
        case_id: int,
        amount_text: str | None = None,
        keeps_access: bool = False,
    ) -> Case:
        """Give back what was quoted, or another amount; the membership ends unless it is kept."""
        return await self._decide(
            actor, case_id, CaseEvent.APPROVE, amount_text=amount_text, keeps_access=keeps_access
        )

    async def deny(self, actor: Actor, *, case_id: int, reason: str) -> Case:
        """Give nothing back, and say why; the member may ask a second person."""
        return await self._refuse(actor, case_id, CaseEvent.DENY, reason)

    async def uphold(self, actor: Actor, *, case_id: int, reason: str) -> Case:
        """Let a second person give nothing back either: that is the end of the case."""
        return await self._refuse(actor, case_id, CaseEvent.DECIDE, reason)

    async def overrule(
        self,
        actor: Actor,
        *,
        case_id: int,
        amount_text: str | None = None,
        keeps_access: bool = False,
    ) -> Case:
        """Let a second person give back what the first one would not."""
        return await self._decide(
            actor, case_id, CaseEvent.DECIDE, amount_text=amount_text, keeps_access=keeps_access
        )

    async def _decide(
        self,
        actor: Actor,
        case_id: int,
        event: CaseEvent,
        *,
        amount_text: str | None,
        keeps_access: bool,
    ) -> Case:
        async with self._storage.work(actor.cause) as unit:
            case = await self._hold(unit, actor, case_id, event)
            order = await queries.hold(unit.session, case.order_id)
            if order is None:
                raise NotFound("order", case.order_id)
            amount = case.quote.amount
            if amount_text is not None:
                amount = parse_amount(amount_text, amount.currency)
            if not amount:
                raise Invalid("amount", "zero")
            await self._step(unit, actor, case, event, None)
            await self._refunds.give(
                unit, case, order, amount, ends=not keeps_access, actor_id=actor.member_id
            )
            case = await cases.case(unit.session, case_id) or case
            await unit.commit()
        return case

    async def _refuse(self, actor: Actor, case_id: int, event: CaseEvent, reason: str) -> Case:
        if not reason.strip():
            raise Invalid("reason", "empty")
        async with self._storage.work(actor.cause) as unit:
            case = await self._hold(unit, actor, case_id, event)
            await self._step(unit, actor, case, event, reason)
            may_appeal = event is CaseEvent.DENY
            denied = RefundDenied(case.case_id, case.order_code, reason.strip(), may_appeal)
            key = f"refund_denied:{case_id}:{event.value}"
            await tell(self._outbox, unit, [case.member_id], denied, key=key)
            for hold in (f"case:{case_id}", f"appeal:{case_id}"):
                await access.release(unit.session, hold, now=self._clock.now())
            case = await cases.case(unit.session, case_id) or case
            await unit.commit()
        return case

    async def _hold(self, unit: Unit, actor: Actor, case_id: int, event: CaseEvent) -> Case:
        """Hold a case for the actor, if they may take this step in it."""
        actor.require(*APPROVERS)
        case = await cases.hold_case(unit.session, case_id)
        if case is None:
            raise NotFound("case", case_id)
        if actor.member_id in (case.member_id, case.decided_by):
            raise NotAllowed("somebody_else")
        CASE.after(case.state, event)
        return case

    async def _step(
        self, unit: Unit, actor: Actor, case: Case, event: CaseEvent, text: str | None
    ) -> None:
        now = self._clock.now()
        decided = (
            {}
            if event is CaseEvent.ASK
            else {
                "decided_by": actor.member_id,
                "decided_at": now,
                "decision": text,
            }
        )
        await cases.step_case(unit.session, case.case_id, event, **decided)
        if text is not None:
            await cases.say(unit.session, case, Said(actor.member_id, now, text.strip()))
        await record(unit, actor, case.case_id, event.value, at=now, reason=text)
