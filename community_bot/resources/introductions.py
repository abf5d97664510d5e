"""Introductions: a member asks to meet a partner, staff see to it by a promised time."""

from datetime import datetime

from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.delivery.service import Outbox
from community_bot.errors import AlreadyDone, LimitReached, NotAllowed, NotFound
from community_bot.people.roles import Actor, Role
from community_bot.resources import (
    introduction_queries,
    introduction_rules,
    partner_queries,
    partner_rules,
)
from community_bot.resources.introduction_notices import (
    IntroductionCard,
    IntroductionDeclined,
    IntroductionMade,
    IntroductionTaken,
)
from community_bot.resources.introduction_rules import (
    MOST_OPEN,
    OPEN,
    REMIND,
    WITHIN,
    IntroductionEvent,
)
from community_bot.resources.partner_facts import Case, Introduction, Partner
from community_bot.resources.partner_rules import PartnerState
from community_bot.resources.surroundings import Surroundings
from community_bot.resources.telling import tell
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

Word = IntroductionTaken | IntroductionMade | IntroductionDeclined


class Introductions:
    """Each step is told on the other end; what staff hold of a case is one card that lives on."""

    def __init__(self, storage: Storage, around: Surroundings, *, outbox: Outbox) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox

    async def ask(self, actor: Actor, *, partner_id: int, wish: str) -> Introduction:
        """Open a case, with a time by which it is seen to."""
        actor.require(Role.MEMBER)
        kept, now = introduction_rules.check_wish(wish), self._around.clock.now()
        rank, levels = await self._around.rank_of(actor.member_id), await self._around.levels()
        async with self._storage.work(actor.cause) as unit:
            partner = await partner_queries.one(unit.session, partner_id)
            if partner is None or partner.state is not PartnerState.LISTED:
                raise NotFound("partner", partner_id)
            least = levels.get(partner.least_tier or "")
            if not partner_rules.may_open(
                rank, least_tier=partner.least_tier, least_rank=least.rank if least else None
            ):
                raise NotAllowed("higher_tier")
            number = await self._open(unit, actor, partner, kept, now)
            case = await self._shown(unit, number)
            await unit.commit()
        return case

    async def mine(self, actor: Actor) -> list[Introduction]:
        """Return the actor's own cases, the newest first."""
        async with self._storage.read() as session:
            return await introduction_queries.of_member(session, actor.member_id)

    async def own(self, actor: Actor, *, introduction_id: int) -> Introduction:
        async with self._storage.read() as session:
            found = await introduction_queries.one(session, introduction_id)
        return _owned(found, actor, introduction_id)

    async def withdraw(self, actor: Actor, *, introduction_id: int) -> Introduction:
        """Take a wish of one's own back; the cards of staff say so."""
        async with self._storage.work(actor.cause) as unit:
            found = await introduction_queries.one(unit.session, introduction_id)
            _owned(found, actor, introduction_id)
            await self._step(unit, actor, introduction_id, IntroductionEvent.WITHDRAW)
            case = await self._shown(unit, introduction_id)
            await unit.commit()
        return case

    async def waiting(self, actor: Actor) -> list[Case]:
        """Return the open cases, the first due first."""
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            found = await introduction_queries.in_states(session, OPEN)
        return [await self._case(one) for one in found]

    async def one(self, actor: Actor, *, introduction_id: int) -> Case:
        actor.require(Role.ADMIN)
        async with self._storage.read() as session:
            found = await introduction_queries.one(session, introduction_id)
        if found is None:
            raise NotFound("introduction", introduction_id)
        return await self._case(found)

    async def take(self, actor: Actor, *, introduction_id: int) -> Case:
        """Say that one sees to a case; the first who says so has it."""
        actor.require(Role.ADMIN)
        async with self._storage.work(actor.cause) as unit:
            await self._step(unit, actor, introduction_id, IntroductionEvent.TAKE)
            shown = await self._shown(unit, introduction_id)
            names = await self._around.people.names_in(unit.session, [actor.member_id])
            name = names.get(actor.member_id, "")
            word = IntroductionTaken(introduction_id, shown.partner_name, name, shown.due_at)
            await self._tell_member(unit, shown, word, "taken")
            await unit.commit()
        return await self._case(shown)

    async def make(self, actor: Actor, *, introduction_id: int, words: str | None = None) -> Case:
        """Introduce them: the member gets the words, or the contact as it is kept."""
        actor.require(Role.ADMIN)
        kept = None if words is None else introduction_rules.check_reply(words)
        async with self._storage.work(actor.cause) as unit:
            partner = await self._partner_of(unit, introduction_id)
            said = partner.contact if kept is None else kept
            await self._step(unit, actor, introduction_id, IntroductionEvent.MAKE, reply=said)
            shown = await self._shown(unit, introduction_id)
            word = IntroductionMade(introduction_id, partner.partner_id, partner.name, said)
            await self._tell_member(unit, shown, word, "made")
            await unit.commit()
        return await self._case(shown)

    async def decline(self, actor: Actor, *, introduction_id: int, reason: str) -> Case:
        """Say that it is not possible, and why."""
        actor.require(Role.ADMIN)
        kept = introduction_rules.check_reply(reason)
        async with self._storage.work(actor.cause) as unit:
            await self._step(unit, actor, introduction_id, IntroductionEvent.DECLINE, reply=kept)
            shown = await self._shown(unit, introduction_id)
            word = IntroductionDeclined(introduction_id, shown.partner_id, shown.partner_name, kept)
            await self._tell_member(unit, shown, word, "declined")
            await unit.commit()
        return await self._case(shown)

    async def leave(self, unit: Unit, actor: Actor, member_id: int) -> None:
        """Take back what somebody still waits for, in the unit in which they are forgotten."""
        for one in await introduction_queries.of_member(unit.session, member_id):
            if one.state in OPEN:
                await self._step(unit, actor, one.introduction_id, IntroductionEvent.WITHDRAW)

    async def _open(
        self, unit: Unit, actor: Actor, partner: Partner, wish: str, now: datetime
    ) -> int:
        cases = await introduction_queries.of_member(unit.session, actor.member_id)
        if any(one.state in OPEN for one in cases if one.partner_id == partner.partner_id):
            raise AlreadyDone("introduction")
        if sum(one.state in OPEN for one in cases) >= MOST_OPEN:
            raise LimitReached("introductions", MOST_OPEN)
        calendar = await self._around.hours.calendar_in(unit.session)
        number = await introduction_queries.add(
            unit.session,
            partner_id=partner.partner_id,
            member_id=actor.member_id,
            wish=wish,
            asked_at=now,
            remind_at=calendar.add(now, REMIND),
            due_at=calendar.add(now, WITHIN),
        )
        if number is None:
            raise AlreadyDone("introduction")
        await self._record(unit, actor, number, "ask_introduction")
        return number

    async def _step(
        self,
        unit: Unit,
        actor: Actor,
        introduction_id: int,
        event: IntroductionEvent,
        *,
        reply: str | None = None,
    ) -> None:
        """Take a step and write it down; raises AlreadyDone, naming who was quicker."""
        now = self._around.clock.now()
        columns: dict[str, object] = (
            {"taken_by": actor.member_id, "taken_at": now}
            if event is IntroductionEvent.TAKE
            else {"decided_by": actor.member_id, "decided_at": now, "reply": reply}
        )
        if not await introduction_queries.step(unit.session, introduction_id, event, **columns):
            found = await introduction_queries.one(unit.session, introduction_id)
            if found is None:
                raise NotFound("introduction", introduction_id)
            by = found.decided_by or found.taken_by or found.member_id
            names = await self._around.people.names_in(unit.session, [by])
            raise AlreadyDone("introduction_case", by=names.get(by))
        await self._record(unit, actor, introduction_id, f"{event.value}_introduction", reply)

    async def _shown(self, unit: Unit, introduction_id: int) -> Introduction:
        """Renew the cards of staff, and return the case as it is now."""
        found = await introduction_queries.one(unit.session, introduction_id)
        if found is None:
            raise NotFound("introduction", introduction_id)
        admins = await self._around.people.with_roles_in(unit.session, Role.ADMIN)
        by = found.decided_by or found.taken_by
        people = [found.member_id, *([by] if by else [])]
        names = await self._around.people.names_in(unit.session, people)
        card = IntroductionCard(
            introduction_id=introduction_id,
            partner_name=found.partner_name,
            member_name=names.get(found.member_id, str(found.member_id)),
            wish=found.wish,
            state=found.state,
            due_at=found.due_at,
            by_name=names.get(by) if by else None,
        )
        await self._outbox.put(
            unit,
            *(
                Promise(
                    card,
                    chat_id=admin,
                    member_id=admin,
                    lane=Lane.DESK,
                    doubt=Doubt.ONCE_MORE,
                    card=f"introduction:{introduction_id}",
                )
                for admin in admins
            ),
        )
        return found

    async def _tell_member(self, unit: Unit, case: Introduction, word: Word, step: str) -> None:
        key = f"introduction:{case.introduction_id}:{step}"
        await tell(self._outbox, unit, [case.member_id], word, key=key)

    async def _case(self, found: Introduction) -> Case:
        people = self._around.people
        by = found.decided_by or found.taken_by
        names = await people.names([found.member_id, *([by] if by else [])])
        async with self._storage.read() as session:
            partner = await partner_queries.one(session, found.partner_id)
        return Case(
            introduction=found,
            member_name=names.get(found.member_id, str(found.member_id)),
            taken_by_name=names.get(by) if by else None,
            contact=partner.contact if partner else "",
            is_late=found.state in OPEN and found.due_at < self._around.clock.now(),
        )

    async def _partner_of(self, unit: Unit, introduction_id: int) -> Partner:
        found = await introduction_queries.one(unit.session, introduction_id)
        partner = found and await partner_queries.one(unit.session, found.partner_id)
        if not partner:
            raise NotFound("introduction", introduction_id)
        return partner

    async def _record(
        self, unit: Unit, actor: Actor, number: int, action: str, reason: str | None = None
    ) -> None:
        await journal.record(
            unit,
            at=self._around.clock.now(),
            actor_id=actor.member_id,
            action=action,
            subject="introduction",
            subject_key=number,
            reason=reason,
        )


def _owned(found: Introduction | None, actor: Actor, introduction_id: int) -> Introduction:
    if found is None or found.member_id != actor.member_id:
        raise NotFound("introduction", introduction_id)
    return found
