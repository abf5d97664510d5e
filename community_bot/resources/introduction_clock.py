"""The clock of introductions: reminders, owning up to lateness, and a week later a question."""

from datetime import datetime

from community_bot.delivery.service import Outbox
from community_bot.people.roles import Role
from community_bot.resources import introduction_queries
from community_bot.resources.introduction_notices import (
    IntroductionDelayed,
    IntroductionLate,
    IntroductionNear,
    PartnerRatingWanted,
)
from community_bot.resources.introduction_rules import RATE_AFTER
from community_bot.resources.partner_facts import Introduction
from community_bot.resources.surroundings import Surroundings
from community_bot.resources.telling import tell
from community_bot.storage.unit import Storage, Unit


class IntroductionClock:
    """A chore: what was told is noted in the same transaction, so it is told once."""

    def __init__(self, storage: Storage, around: Surroundings, *, outbox: Outbox) -> None:
        self._storage = storage
        self._around = around
        self._outbox = outbox

    async def sweep(self, now: datetime) -> int:
        """Tell whom the clock concerns; return how many cases it was about."""
        async with self._storage.read() as session:
            near = await introduction_queries.near(session, now)
            late = await introduction_queries.late(session, now)
            unrated = await introduction_queries.unrated(session, before=now - RATE_AFTER)
        for case in near:
            await self._remind(case, now)
        for case in late:
            await self._own_up(case, now)
        for case in unrated:
            await self._ask_rating(case, now)
        return len(near) + len(late) + len(unrated)

    async def _remind(self, case: Introduction, now: datetime) -> None:
        async with self._storage.work() as unit:
            number = case.introduction_id
            is_news = await introduction_queries.note(unit.session, number, "reminded_at", now)
            if is_news and now < case.due_at:
                name = await self._name(unit, case.member_id)
                word = IntroductionNear(number, case.partner_name, name, case.due_at)
                whom = [case.taken_by] if case.taken_by else await self._admins(unit)
                key = f"introduction:{number}:near"
                await tell(self._outbox, unit, whom, word, key=key)
            await unit.commit()

    async def _own_up(self, case: Introduction, now: datetime) -> None:
        """Tell staff and the member alike that the promise was not kept."""
        async with self._storage.work() as unit:
            number = case.introduction_id
            if await introduction_queries.note(unit.session, number, "told_late_at", now):
                name = await self._name(unit, case.member_id)
                late = IntroductionLate(number, case.partner_name, name, case.due_at)
                key = f"introduction:{number}:late"
                await tell(self._outbox, unit, await self._admins(unit), late, key=key)
                delayed = IntroductionDelayed(number, case.partner_name, case.due_at)
                key = f"introduction:{number}:delayed"
                await tell(self._outbox, unit, [case.member_id], delayed, key=key)
            await unit.commit()

    async def _ask_rating(self, case: Introduction, now: datetime) -> None:
        async with self._storage.work() as unit:
            number = case.introduction_id
            if await introduction_queries.note(unit.session, number, "rating_asked_at", now):
                word = PartnerRatingWanted(case.partner_id, case.partner_name)
                key = f"introduction:{number}:rating"
                await tell(self._outbox, unit, [case.member_id], word, key=key)
            await unit.commit()

    async def _admins(self, unit: Unit) -> list[int]:
        return await self._around.people.with_roles_in(unit.session, Role.ADMIN)

    async def _name(self, unit: Unit, member_id: int) -> str:
        names = await self._around.people.names_in(unit.session, [member_id])
        return names.get(member_id, str(member_id))
