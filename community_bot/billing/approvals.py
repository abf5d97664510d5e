"""Approvals: a person who has seen the money in the account says how much it was."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing import proof_queries as proofs
from community_bot.billing import queries, rules
from community_bot.billing import statement_queries as statements
from community_bot.billing.facts import Approval, Order, Proof, Waiting
from community_bot.billing.notices import ProofRejected, SecondApprovalWanted
from community_bot.billing.proofs import PROOF_STEP
from community_bot.billing.rules import OrderEvent, ProofEvent
from community_bot.billing.telling import APPROVERS, tell
from community_bot.billing.till import Income, Till
from community_bot.clock import Clock
from community_bot.config.payments import Payments
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from community_bot.money import Money, parse_amount
from community_bot.people import queries as people
from community_bot.people.roles import Actor
from community_bot.people.service import People
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

GATEWAY = "manual"
LOOK_BACK = timedelta(days=366)  # how old a picture may be that is shown again


class Approvals:
    """Decides about proofs; two people decide about large amounts, and nobody about their own."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        outbox: Outbox,
        people: People,
        till: Till,
        payments: Payments,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people
        self._till = till
        self._rules = payments.manual

    async def waiting(self, actor: Actor) -> list[Waiting]:
        """Return what waits for a person, oldest first; `alike` is looked up for each by itself."""
        return await self._waiting(actor, order_id=None)

    async def one(self, actor: Actor, *, order_id: int) -> Waiting:
        """Return one of them; AlreadyDone, with who and when, when it waits no more."""
        found = await self._waiting(actor, order_id=order_id)
        if not found:
            async with self._storage.read() as session:
                order = await queries.order(session, order_id)
                if order is None:
                    raise NotFound("order", order_id)
                raise await self._already(session, order)
        return found[0]

    async def _waiting(self, actor: Actor, *, order_id: int | None) -> list[Waiting]:
        actor.require(*APPROVERS)
        async with self._storage.read() as session:
            shown = await proofs.waiting(session, order_id=order_id)
            orders = await queries.orders_by_id(session, {proof.order_id for proof in shown})
            since = self._clock.now() - LOOK_BACK
            alike = (
                {one.proof_id: await proofs.alike(session, one, since=since) for one in shown}
                if order_id is not None
                else {}
            )
            seen = await proofs.approvers(session, [proof.proof_id for proof in shown])
            buyers = {order.member_id for order in orders.values()}
            names = await people.names(session, buyers)
        two_people_from = self._rules.two_people_from
        return [
            Waiting(
                order=order,
                proof=proof,
                member_name=names.get(order.member_id, str(order.member_id)),
                alike=alike.get(proof.proof_id, ()),
                approved_by=seen.get(proof.proof_id, ()),
                needs_two=rules.needs_two_people(order.due, two_people_from),
            )
            for proof in shown
            if (order := orders.get(proof.order_id)) is not None
        ]

    async def approve(
        self, actor: Actor, *, order_id: int, version: int, amount_text: str
    ) -> Approval:
        """Say how much was seen in the account; with the last of those needed, grant.

        Raises AlreadyDone with who and when, Invalid for an amount that cannot be right or does
        not agree with the first person's, NotAllowed for one's own order.
        """
        name = (await self._people.find(actor.member_id)).name
        async with self._storage.work(actor.cause) as unit:
            order, proof = await self._hold(unit, actor, order_id, version)
            seen = parse_amount(amount_text, order.due.currency)
            rules.check_seen(seen, due=order.missing)
            approval = await self._see(unit, actor, order, proof, seen, name=name)
            await unit.commit()
        return approval

    async def take_short(
        self, actor: Actor, *, order_id: int, version: int, amount_text: str
    ) -> Approval:
        """Record that less came than the order costs; the member is asked for the rest.

        As many people must have seen it as for the whole: the parts of a price are the price.
        """
        name = (await self._people.find(actor.member_id)).name
        async with self._storage.work(actor.cause) as unit:
            order, proof = await self._hold(unit, actor, order_id, version)
            seen = parse_amount(amount_text, order.due.currency)
            if order.missing <= seen:
                raise Invalid("amount", "not_short", due=order.missing, seen=seen)
            approval = await self._see(unit, actor, order, proof, seen, name=name)
            if approval.is_complete:
                await self._reopen(unit, order)
            await unit.commit()
        return approval

    async def reject(self, actor: Actor, *, order_id: int, version: int, reason: str) -> Order:
        """Say that the money is not there, and why; the order stays open for a better proof."""
        if not reason.strip():
            raise Invalid("reason", "empty")
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            order, proof = await self._hold(unit, actor, order_id, version)
            await proofs.move_proof(
                unit.session,
                proof.proof_id,
                ProofEvent.REJECT,
                by=actor.member_id,
                now=now,
                reason=reason.strip(),
            )
            await self._reopen(unit, order)
            await self._record(unit, actor, order, "reject_proof", reason=reason.strip())
            rejected = await queries.order(unit.session, order_id) or order
            if rejected.may_be_paid:  # who has paid otherwise is told nothing: all is well
                await self._tell_rejected(unit, rejected, proof, reason.strip())
            await unit.commit()
        return rejected

    async def _hold(
        self, unit: Unit, actor: Actor, order_id: int, version: int
    ) -> tuple[Order, Proof]:
        """Hold the order and its waiting proof for the actor, if they may decide about it."""
        actor.require(*APPROVERS)
        order = await queries.hold(unit.session, order_id)
        if order is None:
            raise NotFound("order", order_id)
        if order.member_id == actor.member_id:
            raise NotAllowed("somebody_else")
        proof = await proofs.waiting_of(unit.session, order_id)
        if proof is None:
            raise await self._already(unit.session, order)
        if order.version != version:
            raise Invalid("order", "changed", version=order.version)
        return order, proof

    async def _already(self, session: AsyncSession, order: Order) -> AlreadyDone:
        last = await proofs.last_reviewed(session, order.order_id)
        if last is None or last.reviewed_by is None:
            return AlreadyDone("order", at=order.closed_at)
        by = await people.member(session, last.reviewed_by)
        return AlreadyDone("approval", by=by.name if by else None, at=last.reviewed_at)

    async def _see(
        self, unit: Unit, actor: Actor, order: Order, proof: Proof, seen: Money, *, name: str
    ) -> Approval:
        """Keep what somebody saw; take the money with the last of those who have to see it."""
        others = await self._agree(unit, actor, order, proof, seen)
        needs_two = rules.needs_two_people(order.due, self._rules.two_people_from)
        if needs_two and not others and not await self._stated(unit, proof, seen):
            asked = await self._ask_second(unit, actor, order, proof, name)
            nothing = Money(0, order.due.currency)
            return Approval(order, None, nothing, is_complete=False, asked=asked)
        return await self._take(unit, actor, order, proof, seen)

    async def _agree(
        self, unit: Unit, actor: Actor, order: Order, proof: Proof, seen: Money
    ) -> set[int]:
        """Keep what this person saw; return the others who saw the same."""
        before = await proofs.approvals(unit.session, proof.proof_id)
        if actor.member_id in before:
            raise AlreadyDone("own_approval")
        if any(minor != seen.minor for minor in before.values()):
            raise Invalid("amount", "differs_from_first")
        await proofs.add_approval(
            unit.session,
            proof_id=proof.proof_id,
            approver_id=actor.member_id,
            amount_minor=seen.minor,
            now=self._clock.now(),
        )
        await self._record(unit, actor, order, "approve", seen=seen)
        return set(before)

    async def _stated(self, unit: Unit, proof: Proof, seen: Money) -> bool:
        """Say whether the account's statement stands for one of two people, and agrees."""
        if not self._rules.statement_approves or proof.reference is None:
            return False
        lines = await statements.lines(unit.session, proof.reference)
        return any(line.amount == seen for line in lines)

    async def _take(
        self, unit: Unit, actor: Actor, order: Order, proof: Proof, seen: Money
    ) -> Approval:
        await proofs.move_proof(
            unit.session,
            proof.proof_id,
            ProofEvent.ACCEPT,
            by=actor.member_id,
            now=self._clock.now(),
        )
        taken = await self._till.take(
            unit,
            Income(
                gateway=GATEWAY,
                external_id=proof.reference or f"proof-{proof.proof_id}",
                amount=seen,
                order_id=order.order_id,
                payer_id=order.member_id,
            ),
            actor_id=actor.member_id,
        )
        if not taken.is_new:
            raise Invalid("reference", "used")
        await people.forget_draft(unit.session, order.member_id, step=PROOF_STEP)
        return Approval(taken.order or order, taken.entitlement, taken.surplus, is_complete=True)

    async def _reopen(self, unit: Unit, order: Order) -> None:
        """Give the member the usual time again; a closed order stays closed."""
        has_seats = order.tier.seats is not None
        expires_at = self._clock.now() + self._rules.open_for(has_seats=has_seats)
        await queries.step(
            unit.session,
            order.order_id,
            OrderEvent.REJECT_PROOF,
            expires_at=max(order.expires_at, expires_at),
            review_by=None,
        )

    async def _ask_second(
        self, unit: Unit, actor: Actor, order: Order, proof: Proof, name: str
    ) -> int:
        """Ask everybody else who may approve; return how many there are."""
        wanted = SecondApprovalWanted(
            order_id=order.order_id, order_code=order.code, first_name=name, due=order.due
        )
        approvers = await self._people.with_roles_in(unit.session, *APPROVERS)
        others = set(approvers) - {actor.member_id, order.member_id}
        await tell(self._outbox, unit, others, wanted, key=f"second_approval:{proof.proof_id}")
        return len(others)

    async def _tell_rejected(self, unit: Unit, order: Order, proof: Proof, reason: str) -> None:
        rejected = ProofRejected(
            order_id=order.order_id,
            order_code=order.code,
            reason=reason,
            expires_at=order.expires_at,
            is_open=order.is_open,
        )
        key = f"proof_rejected:{proof.proof_id}"
        await tell(self._outbox, unit, [order.member_id], rejected, key=key)

    async def _record(
        self,
        unit: Unit,
        actor: Actor,
        order: Order,
        action: str,
        *,
        reason: str | None = None,
        seen: Money | None = None,
    ) -> None:
        await journal.record(
            unit,
            at=self._clock.now(),
            actor_id=actor.member_id,
            action=action,
            subject="order",
            subject_key=order.order_id,
            reason=reason,
            after=None if seen is None else {"seen_minor": seen.minor},
        )
