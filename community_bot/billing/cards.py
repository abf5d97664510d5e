"""Cards: everything that is known of one person, for staff and for the person themselves."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from community_bot.billing import queries
from community_bot.billing import refund_queries as cases
from community_bot.billing.facts import Order
from community_bot.billing.refund_facts import Case
from community_bot.membership.facts import Standing
from community_bot.membership.memberships import Memberships
from community_bot.people.roles import Actor, Role
from community_bot.people.service import Member, People
from community_bot.storage import journal
from community_bot.storage.unit import Storage


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody did to a person's rights, when and why; `actor_id` None is the program."""

    at: datetime
    actor_id: int | None
    action: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """One person with all that is kept about their membership and money."""

    member: Member
    standing: Standing
    orders: tuple[Order, ...]
    cases: tuple[Case, ...]
    entries: tuple[Entry, ...]


_CARD = TypeAdapter(Card)


def exported(card: Card) -> bytes:
    """Return a card as JSON that a person can read and a program too."""
    return _CARD.dump_json(card, indent=2)


class Cards:
    """Puts together what several rooms know of a person."""

    def __init__(self, storage: Storage, *, people: People, memberships: Memberships) -> None:
        self._storage = storage
        self._people = people
        self._memberships = memberships

    async def of(self, actor: Actor, *, member_id: int) -> Card:
        """Return somebody's card to staff who look after people or money, or their own."""
        if member_id != actor.member_id:
            actor.require(Role.ADMIN, Role.FINANCE)
        member = await self._people.find(member_id)
        standing = await self._memberships.standing(member_id)
        async with self._storage.read() as session:
            orders = await queries.orders_of(session, member_id)
            asked = await cases.cases_of(session, member_id)
            entries = await journal.entries_of(session, "member", member_id)
        return Card(
            member=member,
            standing=standing,
            orders=tuple(orders),
            cases=tuple(asked),
            entries=tuple(Entry(one.at, one.actor_id, one.action, one.reason) for one in entries),
        )
