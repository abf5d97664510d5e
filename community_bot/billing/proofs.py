"""Proofs: what a member shows for a transfer, kept until a person has looked at the account."""

from datetime import timedelta

from community_bot.billing import proof_queries as proofs
from community_bot.billing import queries, rules
from community_bot.billing.facts import Order, Proof
from community_bot.billing.notices import ProofWaiting
from community_bot.billing.rules import OPEN, OrderEvent, OrderState, ProofEvent
from community_bot.billing.telling import APPROVERS, tell
from community_bot.clock import Clock
from community_bot.config.payments import Payments
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.membership import access_queries as access
from community_bot.people.roles import Actor
from community_bot.people.service import People
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

PROOF_STEP = "proof"  # the step of a member's draft; it is over when the money has been seen


class Proofs:
    """Takes proofs in; Approvals decides about them."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        outbox: Outbox,
        people: People,
        payments: Payments,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people
        self._payments = payments

    async def submit(
        self,
        actor: Actor,
        *,
        order_id: int,
        reference: str | None = None,
        file_id: str | None = None,
        file_unique_id: str | None = None,
        is_document: bool = False,
        picture_hash: str | None = None,
        caption: str | None = None,
    ) -> Order:
        """Show a transfer's number, a picture, or both, at once or one after the other.

        What comes while a proof waits completes it or takes its place; the promised time stays.
        A number is also looked for in what stands under the picture.

        For an order that expired or was cancelled it is taken too: money that comes late is
        looked at like any other.
        """
        if reference is None and file_id is None:
            raise Invalid("proof", "empty")
        member = await self._people.find(actor.member_id)
        async with self._storage.work(actor.cause) as unit:
            order = await queries.hold(unit.session, order_id)
            if order is None or order.member_id != actor.member_id:
                raise NotFound("order", order_id)
            if not order.may_be_paid:
                raise AlreadyDone("order", at=order.paid_at)
            number = rules.reference_in(caption or "")
            if reference is not None:
                number = rules.reference_for(order.code, reference)
            await self._check_unclaimed(unit, order, number)
            before = await self._replace(unit, actor, order)
            kept = before if before is not None and file_id is None else None
            proof_id = await proofs.add_proof(
                unit.session,
                order_id=order_id,
                reference=number or (before.reference if before else None),
                file_id=kept.file_id if kept else file_id,
                file_unique_id=kept.file_unique_id if kept else file_unique_id,
                is_document=kept.is_document if kept else is_document,
                picture_hash=kept.picture_hash if kept else picture_hash,
                submitted_at=self._clock.now(),
            )
            # Nobody is taken out of a group for which they may have paid.
            held_for = proofs.hold_of(proof_id)
            await access.hold(unit.session, order.member_id, held_for, now=self._clock.now())
            submitted = await self._wait_for_review(unit, actor, order, proof_id)
            if before is None:
                await self._ask_approvers(unit, submitted, proof_id, member.name)
            await unit.commit()
        return submitted

    async def of(self, actor: Actor, *, order_id: int) -> Proof | None:
        """Return the proof of the actor's own order that waits, if one does."""
        async with self._storage.read() as session:
            order = await queries.order(session, order_id)
            if order is None or order.member_id != actor.member_id:
                raise NotFound("order", order_id)
            return await proofs.waiting_of(session, order_id)

    async def _check_unclaimed(self, unit: Unit, order: Order, reference: str | None) -> None:
        if reference is None:
            return
        claimed = await proofs.claimed_by(unit.session, reference)
        if claimed is not None and claimed != order.order_id:
            raise Invalid("reference", "used")

    async def _replace(self, unit: Unit, actor: Actor, order: Order) -> Proof | None:
        """Set the proof aside that waits for the same order, and return it."""
        waiting = await proofs.waiting_of(unit.session, order.order_id)
        if waiting is not None:
            await proofs.move_proof(
                unit.session,
                waiting.proof_id,
                ProofEvent.REPLACE,
                by=actor.member_id,
                now=self._clock.now(),
            )
        return waiting

    async def _wait_for_review(
        self, unit: Unit, actor: Actor, order: Order, proof_id: int
    ) -> Order:
        now = self._clock.now()
        promised = now + timedelta(hours=self._payments.manual.review_within)
        still_waits = order.state is OrderState.PROOF_SUBMITTED
        review_by = (order.review_by if still_waits else None) or promised
        if order.state in OPEN:
            await queries.step(
                unit.session, order.order_id, OrderEvent.SUBMIT_PROOF, review_by=review_by
            )
        else:
            await queries.promise_review(unit.session, order.order_id, review_by=review_by)
        await journal.record(
            unit,
            at=now,
            actor_id=actor.member_id,
            action="submit_proof",
            subject="order",
            subject_key=order.order_id,
            after={"proof": proof_id},
        )
        return await queries.order(unit.session, order.order_id) or order

    async def _ask_approvers(
        self, unit: Unit, order: Order, proof_id: int, member_name: str
    ) -> None:
        asked = ProofWaiting(
            order_id=order.order_id,
            order_code=order.code,
            member_id=order.member_id,
            member_name=member_name,
            due=order.due,
            review_by=order.review_by or self._clock.now(),
        )
        approvers = await self._people.with_roles_in(unit.session, *APPROVERS)
        others = set(approvers) - {order.member_id}
        await tell(self._outbox, unit, others, asked, key=f"proof_waiting:{proof_id}")
