"""Fapiao: members ask for a tax document, finance issues it and sends the file."""

from community_bot.billing import fapiao_queries as fapiao
from community_bot.billing import queries
from community_bot.billing.fapiao_queries import Request
from community_bot.billing.fapiao_rules import FapiaoEvent, check_details
from community_bot.billing.notices import FapiaoAsked, FapiaoDeclined, FapiaoIssued
from community_bot.billing.telling import APPROVERS, tell
from community_bot.clock import Clock
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.people.roles import Actor
from community_bot.people.service import People
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit


class Fapiao:
    """A queue of one request for each paid order."""

    def __init__(self, storage: Storage, clock: Clock, *, outbox: Outbox, people: People) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people

    async def ask(
        self, actor: Actor, *, order_id: int, title: str, tax_number: str | None, email: str
    ) -> Request:
        """Ask for the fapiao of an order of one's own that is paid; declined ones again."""
        kept_title, number, kept_email = check_details(title, tax_number, email)
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            order = await queries.hold(unit.session, order_id)
            if order is None or order.member_id != actor.member_id:
                raise NotFound("order", order_id)
            if order.paid_at is None or not order.due or order.refunded == order.due:
                raise Invalid("order", "nothing_paid")
            details = {"title": kept_title, "tax_number": number, "email": kept_email}
            fapiao_id = await self._ask(unit, actor, order_id, details)
            asked = FapiaoAsked(fapiao_id, order.code, order.due, kept_title)
            approvers = await self._people.with_roles_in(unit.session, *APPROVERS)
            key = f"fapiao:{fapiao_id}:{now:%Y%m%d%H%M%S}"
            await tell(self._outbox, unit, approvers, asked, key=key)
            request = await _existing(unit, fapiao_id)
            await unit.commit()
        return request

    async def of_order(self, actor: Actor, *, order_id: int) -> Request:
        """Return what the actor asked for an order of their own."""
        async with self._storage.read() as session:
            found = await fapiao.of_order(session, order_id)
        if found is None or found.member_id != actor.member_id:
            raise NotFound("fapiao", order_id)
        return found

    async def waiting(self, actor: Actor) -> list[Request]:
        """Return what waits to be issued, oldest first."""
        actor.require(*APPROVERS)
        async with self._storage.read() as session:
            return await fapiao.asked(session)

    async def issue(
        self, actor: Actor, *, fapiao_id: int, number: str, file_id: str | None
    ) -> Request:
        """Note that it was issued; the file goes to the member."""
        return await self._decide(
            actor, fapiao_id, FapiaoEvent.ISSUE, number=number.strip(), file_id=file_id
        )

    async def decline(self, actor: Actor, *, fapiao_id: int, reason: str) -> Request:
        """Say why it cannot be issued as it was asked for."""
        if not reason.strip():
            raise Invalid("reason", "empty")
        return await self._decide(actor, fapiao_id, FapiaoEvent.DECLINE, reason=reason.strip())

    async def _ask(
        self, unit: Unit, actor: Actor, order_id: int, details: dict[str, str | None]
    ) -> int:
        now = self._clock.now()
        known = await fapiao.of_order(unit.session, order_id)
        if known is None:
            return await fapiao.add(
                unit.session,
                order_id=order_id,
                member_id=actor.member_id,
                asked_at=now,
                **details,
            )
        if not await fapiao.step(
            unit.session, known.fapiao_id, FapiaoEvent.ASK_AGAIN, asked_at=now, **details
        ):
            raise AlreadyDone("fapiao", at=known.asked_at)
        return known.fapiao_id

    async def _decide(
        self, actor: Actor, fapiao_id: int, event: FapiaoEvent, **values: str | None
    ) -> Request:
        actor.require(*APPROVERS)
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            if not await fapiao.step(
                unit.session,
                fapiao_id,
                event,
                decided_by=actor.member_id,
                decided_at=now,
                **values,
            ):
                await _existing(unit, fapiao_id)
                raise AlreadyDone("fapiao")
            request = await _existing(unit, fapiao_id)
            await journal.record(
                unit,
                at=now,
                actor_id=actor.member_id,
                action=event.value,
                subject="fapiao",
                subject_key=fapiao_id,
                reason=request.reason,
            )
            key = f"fapiao_{event.value}:{fapiao_id}:{now:%Y%m%d%H%M%S}"
            await tell(self._outbox, unit, [request.member_id], _word(request), key=key)
            await unit.commit()
        return request


def _word(request: Request) -> FapiaoIssued | FapiaoDeclined:
    if request.number is not None:
        return FapiaoIssued(request.order_id, request.number, request.file_id, request.email)
    return FapiaoDeclined(request.order_id, request.reason or "")


async def _existing(unit: Unit, fapiao_id: int) -> Request:
    found = await fapiao.one(unit.session, fapiao_id)
    if found is None:
        raise NotFound("fapiao", fapiao_id)
    return found
