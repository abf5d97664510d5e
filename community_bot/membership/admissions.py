"""Admissions: where a tier asks questions first, nobody pays before a person has said yes."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from community_bot.membership import admission_queries as queries
from community_bot.membership import queries as tiers
from community_bot.membership.admission_notices import ApplicationDecided, ApplicationWaiting
from community_bot.membership.admission_queries import Application
from community_bot.membership.admission_rules import (
    ApplicationEvent,
    ApplicationState,
    Ruling,
    check_answers,
    chosen,
    ruling,
)
from community_bot.membership.facts import Tier
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People
from community_bot.people.telling import tell, tell_one
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit


class Admissions:
    """Takes applications and decides about them."""

    def __init__(self, storage: Storage, clock: Clock, *, outbox: Outbox, people: People) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people

    async def apply(self, actor: Actor, *, tier_code: str, answers: Sequence[str]) -> Application:
        """Answer the questions of a tier; AlreadyDone while one waits or was admitted.

        Answers that were only tapped decide by themselves, once: whoever was declined and applies
        again is read by a person.
        """
        member = await self._people.find(actor.member_id)
        async with self._storage.work(actor.cause) as unit:
            tier = await tiers.tier(unit.session, tier_code)
            if tier is None or not tier.admission:
                raise NotFound("tier", tier_code)
            last = await queries.last_application(unit.session, actor.member_id, tier_code)
            if last is not None and last.state is not ApplicationState.DECLINED:
                raise AlreadyDone("application", at=last.submitted_at)
            kept = check_answers(answers, questions=len(tier.admission))
            decided = ruling(tier.admission, kept)
            application_id = await queries.add_application(
                unit.session,
                member_id=actor.member_id,
                tier_code=tier_code,
                answers=kept,
                submitted_at=self._clock.now(),
            )
            if decided is None or last is not None:
                await self._ask_admins(unit, application_id, member.name, tier)
            else:
                await self._rule(unit, application_id, decided, member.locale)
            application = await _existing(unit, application_id)
            await unit.commit()
        return application

    def check(self, tier: Tier, *, number: int, answer: str) -> None:
        """Refuse an answer that is none of those that a question offers."""
        if number < len(tier.admission):
            chosen(tier.admission[number], answer)

    async def mine(self, actor: Actor, *, tier_code: str) -> Application | None:
        """Return the actor's last application for a tier; None where they never applied."""
        async with self._storage.read() as session:
            return await queries.last_application(session, actor.member_id, tier_code)

    async def waiting(self, actor: Actor) -> list[Application]:
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            return await queries.submitted(session)

    async def one(self, actor: Actor, *, application_id: int) -> Application:
        """Return an application to whoever may decide about it."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            found = await queries.application(session, application_id)
        if found is None:
            raise NotFound("application", application_id)
        return found

    async def admit(self, actor: Actor, *, application_id: int) -> Application:
        """Say yes: the tier can be ordered now."""
        return await self._decide(actor, application_id, ApplicationEvent.ADMIT, None)

    async def decline(self, actor: Actor, *, application_id: int, reason: str) -> Application:
        """Say not yet, and why; they may apply again."""
        if not reason.strip():
            raise Invalid("reason", "empty")
        return await self._decide(actor, application_id, ApplicationEvent.DECLINE, reason.strip())

    async def _decide(
        self, actor: Actor, application_id: int, event: ApplicationEvent, reason: str | None
    ) -> Application:
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            before = await _existing(unit, application_id)
            if before.member_id == actor.member_id:
                raise NotAllowed("somebody_else")
            if not await self._step(unit, application_id, event, by=actor.member_id, reason=reason):
                by = str(before.decided_by) if before.decided_by else None
                raise AlreadyDone("application", by=by, at=before.decided_at)
            application = await _existing(unit, application_id)
            await self._tell_decided(unit, application)
            await unit.commit()
        return application

    async def _rule(self, unit: Unit, application_id: int, decided: Ruling, locale: str) -> None:
        """Decide as the tier's owner has said beforehand."""
        said = (decided.reason or {}).get("zh" if locale.startswith("zh") else "en")
        await self._step(unit, application_id, decided.event, by=None, reason=said)
        await self._tell_decided(unit, await _existing(unit, application_id))

    async def _step(
        self,
        unit: Unit,
        application_id: int,
        event: ApplicationEvent,
        *,
        by: int | None,
        reason: str | None,
    ) -> bool:
        """Decide, and note it; say whether it was ours to decide."""
        now = self._clock.now()
        if not await queries.step_application(
            unit.session, application_id, event, by=by, now=now, reason=reason
        ):
            return False
        await journal.record(
            unit,
            at=now,
            actor_id=by,
            action=event.value,
            subject="application",
            subject_key=application_id,
            reason=reason,
        )
        return True

    async def _ask_admins(self, unit: Unit, application_id: int, name: str, tier: Tier) -> None:
        waiting = ApplicationWaiting(application_id, name, tier.name)
        admins = await self._people.with_roles_in(unit.session, Role.ADMIN)
        await tell(self._outbox, unit, admins, waiting, key=f"application:{application_id}")

    async def _tell_decided(self, unit: Unit, application: Application) -> None:
        tier = await tiers.tier(unit.session, application.tier_code)
        decided = ApplicationDecided(
            application_id=application.application_id,
            tier_code=application.tier_code,
            tier_name=tier.name if tier else {},
            is_admitted=application.state is ApplicationState.ADMITTED,
            reason=application.reason,
        )
        key = f"application_decided:{application.application_id}"
        await tell_one(self._outbox, unit, application.member_id, decided, key=key)


async def check_admitted(unit: Unit, tier: Tier, member_id: int) -> None:
    """Refuse to sell a tier that asks first to somebody who was not admitted."""
    if not await is_admitted(unit.session, tier, member_id):
        raise NotAllowed("admission")


async def is_admitted(session: AsyncSession, tier: Tier, member_id: int) -> bool:
    """Say whether somebody may have a tier: it asks nothing, they had it, or a person said yes.

    Who was brought along or given it by hand was never asked, and renews like everybody else.
    """
    if not tier.admission:
        return True
    rights = await tiers.entitlements(session, member_id)
    if any(right.tier_code == tier.code and right.revoked_at is None for right in rights):
        return True
    last = await queries.last_application(session, member_id, tier.code)
    return last is not None and last.state is ApplicationState.ADMITTED


async def _existing(unit: Unit, application_id: int) -> Application:
    found = await queries.application(unit.session, application_id)
    if found is None:
        raise NotFound("application", application_id)
    return found
