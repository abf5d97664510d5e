"""People: meeting them, their language, and the roles that are given and taken back."""

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.delivery.service import Outbox
from community_bot.errors import Invalid, NotFound
from community_bot.people import queries
from community_bot.people.menus import menu_of
from community_bot.people.roles import GIVEN, Actor, Role
from community_bot.people.rows import MemberRow
from community_bot.storage import journal
from community_bot.storage.unit import Storage, Unit

REMEMBERED = 4096  # people whose row need not be read again for each message
SEEN_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote to us, as the messenger says."""

    member_id: int
    name: str
    username: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """A person the community knows."""

    member_id: int
    name: str
    username: str | None
    locale: str
    seen_at: datetime


class People:
    """Everybody the community has met."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        outbox: Outbox,
        owners: Collection[int],
        default_locale: str,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self.owners = frozenset(owners)
        self._default_locale = default_locale
        self._known: OrderedDict[int, Member] = OrderedDict()

    async def meet(self, person: Person) -> Member:
        """Note who wrote; the database is asked only when something is new or an hour has gone."""
        now = self._clock.now()
        known = self._known.get(person.member_id)
        if (
            known is None
            or (known.name, known.username) != (person.name, person.username)
            or now - known.seen_at > SEEN_EVERY
        ):
            known = await self._note(person, now)
        return known

    async def find(self, member_id: int) -> Member:
        """Return a known member; raises NotFound."""
        async with self._storage.read() as session:
            row = await queries.member(session, member_id)
        if row is None:
            raise NotFound("member", member_id)
        return self._fact(row)

    async def find_by_username(self, username: str) -> Member:
        async with self._storage.read() as session:
            row = await queries.by_username(session, username.removeprefix("@"))
        if row is None:
            raise NotFound("member", username)
        return self._fact(row)

    async def names(self, member_ids: Collection[int]) -> dict[int, str]:
        """Return how people are called; who never wrote to us is left out."""
        async with self._storage.read() as session:
            return await self.names_in(session, member_ids)

    @staticmethod
    async def names_in(session: AsyncSession, member_ids: Collection[int]) -> dict[int, str]:
        """Return the same inside a unit of work."""
        return await queries.names(session, member_ids)

    async def search(self, text: str, *, most: int = 10) -> list[Member]:
        """Return people whose name or username contains the text, who wrote last first."""
        part = text.strip().removeprefix("@")
        if not part:
            return []
        async with self._storage.read() as session:
            return [self._fact(row) for row in await queries.named_like(session, part, most=most)]

    async def locale_of(self, member_id: int | None) -> str:
        """Return the language somebody reads; a group or a stranger gets the community's own."""
        if member_id is None:
            return self._default_locale
        known = self._known.get(member_id)
        if known is None:
            async with self._storage.read() as session:
                row = await queries.member(session, member_id)
            if row is None:
                return self._default_locale
            known = self._fact(row)
        return known.locale

    async def choose_locale(self, actor: Actor, locale: str) -> None:
        if locale not in LOCALES:
            raise Invalid("locale", "unknown")
        async with self._storage.work(actor.cause) as unit:
            row = await queries.member(unit.session, actor.member_id)
            if row is None:
                raise NotFound("member", actor.member_id)
            row.chosen_locale = locale
            await unit.session.flush()
            await self._show_menu(unit, actor.member_id)
            await unit.commit()
        self._remember(replace(self._fact(row), locale=locale))

    async def given_roles(self, member_id: int) -> frozenset[Role]:
        """Return the staff roles of a person; owners stand in the configuration."""
        async with self._storage.read() as session:
            return await self.given_roles_in(session, member_id)

    async def given_roles_in(self, session: AsyncSession, member_id: int) -> frozenset[Role]:
        """Return the same inside a unit of work."""
        given = await queries.roles_of(session, member_id)
        return given | {Role.OWNER} if member_id in self.owners else given

    async def with_roles(self, *roles: Role) -> list[int]:
        """Return everybody with one of these roles; owners have every staff role."""
        async with self._storage.read() as session:
            given = await queries.with_roles(session, frozenset(roles))
        return sorted({*given, *self.owners})

    async def with_roles_in(self, session: AsyncSession, *roles: Role) -> list[int]:
        """Return the same inside a unit of work."""
        return sorted({*await queries.with_roles(session, frozenset(roles)), *self.owners})

    async def staff(self) -> list[tuple[Member, Role]]:
        """Return everybody who was given a role, oldest first; who was never met is left out."""
        async with self._storage.read() as session:
            return [(self._fact(row), role) for row, role in await queries.staff_met(session)]

    @staticmethod
    async def staff_in(session: AsyncSession) -> list[tuple[int, Role]]:
        """Return the number of everybody who was given a role, inside a unit of work."""
        return await queries.staff(session)

    async def give_role(self, actor: Actor, *, member_id: int, role: Role) -> None:
        """Let an owner give a staff role; AlreadyDone where the person has it."""
        actor.require(Role.OWNER)
        if role not in GIVEN:
            raise Invalid("role", "not_given")
        now = self._clock.now()
        async with self._storage.work(actor.cause) as unit:
            await queries.give(
                unit.session, member_id=member_id, role=role, given_by=actor.member_id, now=now
            )
            await journal.record(
                unit,
                at=now,
                actor_id=actor.member_id,
                action="give_role",
                subject="member",
                subject_key=member_id,
                after={"role": role.value},
            )
            await self._show_menu(unit, member_id)
            await unit.commit()

    async def take_role(self, actor: Actor, *, member_id: int, role: Role) -> None:
        """Let an owner take a staff role back."""
        actor.require(Role.OWNER)
        async with self._storage.work(actor.cause) as unit:
            if not await queries.take_back(unit.session, member_id=member_id, role=role):
                raise NotFound("role", role.value)
            await journal.record(
                unit,
                at=self._clock.now(),
                actor_id=actor.member_id,
                action="take_role",
                subject="member",
                subject_key=member_id,
                before={"role": role.value},
            )
            await self._show_menu(unit, member_id)
            await unit.commit()

    async def show_menus(self) -> None:
        """Show all staff the menu of this release, once."""
        async with self._storage.work() as unit:
            staff = {member_id for member_id, _ in await queries.staff(unit.session)}
            for member_id in sorted(staff | self.owners):
                await self._show_menu(unit, member_id, again="")
            await unit.commit()

    async def _show_menu(self, unit: Unit, member_id: int, *, again: str | None = None) -> None:
        """Promise the menu that follows from what holds in this unit; `again` "" is once only."""
        row = await queries.member(unit.session, member_id)
        roles = await queries.roles_of(unit.session, member_id)
        if member_id in self.owners:
            roles |= {Role.OWNER}
        locale = self._fact(row).locale if row else self._default_locale
        mark = self._clock.now().isoformat() if again is None else again
        await self._outbox.put(unit, menu_of(member_id, locale, roles, again=mark))

    async def _note(self, person: Person, now: datetime) -> Member:
        async with self._storage.work() as unit:
            name, guessed = person.name[:128], guess_locale(person.language, self._default_locale)
            locale = await queries.note(
                unit.session,
                member_id=person.member_id,
                name=name,
                username=person.username,
                guessed_locale=guessed,
                now=now,
            )
            if person.username is not None:
                await queries.take_username(unit.session, person.username, besides=person.member_id)
            await unit.commit()
        self._forget_others(person)
        return self._remember(Member(person.member_id, name, person.username, locale, now))

    def _forget_others(self, person: Person) -> None:
        """Read anew whoever had this username before, should they write again."""
        taken = (person.username or "").lower()
        stale = [one for one in self._known.values() if taken and taken == _lower(one.username)]
        for one in stale:
            del self._known[one.member_id]

    def forget(self, member_id: int) -> None:
        """Read a person anew when they are met next."""
        self._known.pop(member_id, None)

    def _remember(self, member: Member) -> Member:
        self._known[member.member_id] = member
        self._known.move_to_end(member.member_id)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return member

    @staticmethod
    def _fact(row: MemberRow) -> Member:
        return Member(
            member_id=row.member_id,
            name=row.name,
            username=row.username,
            locale=row.chosen_locale or row.guessed_locale,
            seen_at=row.seen_at,
        )


def _lower(username: str | None) -> str:
    return (username or "").lower()


LOCALES = ("zh_CN", "en")


def guess_locale(language: str | None, default: str) -> str:
    """Guess from the messenger's language code; who says nothing gets the community's own."""
    if not language:
        return default
    return "zh_CN" if language.lower().startswith("zh") else "en"
