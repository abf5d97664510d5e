"""Keeping the directory: what admins write down of partners, list and take off."""

from collections.abc import Mapping, Sequence

from community_bot.errors import AlreadyDone, Invalid, NotFound
from community_bot.people.roles import Actor, Role
from community_bot.resources import partner_queries, partner_rules, topic_rules
from community_bot.resources.facts import Level
from community_bot.resources.partner_facts import Partner
from community_bot.resources.partner_rules import PartnerEvent, PartnerKind, PartnerState
from community_bot.resources.surroundings import Surroundings
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit


class PartnerKeeping:
    """Nothing is deleted: members who were introduced are still to be told with whom."""

    def __init__(self, storage: Storage, around: Surroundings) -> None:
        self._storage = storage
        self._around = around

    async def levels(self) -> Mapping[str, Level]:
        """Return every tier from which on a partner can be open, by its code."""
        return await self._around.levels()

    async def all(self, actor: Actor) -> list[Partner]:
        """Return every partner, whatever its state."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            return await partner_queries.in_state(session, tuple(PartnerState))

    async def one(self, actor: Actor, *, partner_id: int) -> Partner:
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            found = await partner_queries.one(session, partner_id)
        if found is None:
            raise NotFound("partner", partner_id)
        return found

    async def add(
        self,
        actor: Actor,
        *,
        kind: PartnerKind,
        name: str,
        tags: Sequence[str],
        contact: str,
        about: str,
    ) -> Partner:
        """Write a partner down; nobody finds it before it is listed."""
        actor.require(Role.ADMIN)
        kept_name, kept_contact, kept_about = partner_rules.check_words(name, contact, about)
        kept_tags, now = topic_rules.checked(tags), self._around.clock.now()
        async with self._storage.work(actor.cause) as unit:
            partner_id = await partner_queries.add(
                unit.session,
                kind=kind,
                name=kept_name,
                contact=kept_contact,
                about=kept_about,
                least_tier=None,
                made_by=actor.member_id,
                made_at=now,
                changed_at=now,
            )
            await partner_queries.set_tags(unit.session, partner_id, kept_tags, now=now)
            return await self._done(unit, actor, partner_id, "add_partner")

    async def rewrite(
        self,
        actor: Actor,
        *,
        partner_id: int,
        name: str,
        tags: Sequence[str],
        contact: str,
        about: str,
    ) -> Partner:
        """Write the words of a partner anew."""
        actor.require(Role.ADMIN)
        kept_name, kept_contact, kept_about = partner_rules.check_words(name, contact, about)
        kept_tags, now = topic_rules.checked(tags), self._around.clock.now()
        async with self._storage.work(actor.cause) as unit:
            if not await partner_queries.change(
                unit.session,
                partner_id,
                name=kept_name,
                contact=kept_contact,
                about=kept_about,
                changed_at=now,
            ):
                raise NotFound("partner", partner_id)
            await partner_queries.set_tags(unit.session, partner_id, kept_tags, now=now)
            return await self._done(unit, actor, partner_id, "rewrite_partner")

    async def set_tier(self, actor: Actor, *, partner_id: int, least_tier: str | None) -> Partner:
        """Say from which tier on members see more than the name; None: every member does."""
        actor.require(Role.ADMIN)
        if least_tier is not None and least_tier not in await self._around.levels():
            raise Invalid("button", "broken")
        async with self._storage.work(actor.cause) as unit:
            if not await partner_queries.change(
                unit.session,
                partner_id,
                least_tier=least_tier,
                changed_at=self._around.clock.now(),
            ):
                raise NotFound("partner", partner_id)
            return await self._done(unit, actor, partner_id, "set_partner_tier")

    async def list(self, actor: Actor, *, partner_id: int) -> Partner:
        """Let members find a partner."""
        return await self._step(actor, partner_id, PartnerEvent.LIST)

    async def take_off(self, actor: Actor, *, partner_id: int) -> Partner:
        """Let nobody find a partner any more; cases that are open go on."""
        return await self._step(actor, partner_id, PartnerEvent.TAKE_OFF)

    async def _step(self, actor: Actor, partner_id: int, event: PartnerEvent) -> Partner:
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            if not await partner_queries.step(
                unit.session, partner_id, event, now=self._around.clock.now()
            ):
                if await partner_queries.one(unit.session, partner_id) is None:
                    raise NotFound("partner", partner_id)
                raise AlreadyDone("partner")
            return await self._done(unit, actor, partner_id, f"{event.value}_partner")

    async def _done(self, unit: Unit, actor: Actor, partner_id: int, action: str) -> Partner:
        """Write down who did it, commit, and return the partner as it is now."""
        partner = await partner_queries.one(unit.session, partner_id)
        if partner is None:
            raise NotFound("partner", partner_id)
        await journal.record(
            unit,
            at=self._around.clock.now(),
            actor_id=actor.member_id,
            action=action,
            subject="partner",
            subject_key=partner_id,
            after={
                "name": partner.name,
                "state": partner.state.value,
                "least_tier": partner.least_tier,
            },
        )
        await unit.commit()
        return partner
