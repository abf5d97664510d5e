"""The books: tables to take away, the journal to read, statements, and figures for everybody."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from community_bot.billing import export_queries as exports
from community_bot.billing import journal_queries as journals
from community_bot.billing import queries as orders
from community_bot.billing.journal_queries import Change, Filter
from community_bot.billing.statements import Statements
from community_bot.billing.trust import Trust
from community_bot.clock import Clock
from community_bot.errors import NotFound
from community_bot.membership.import_rules import write
from community_bot.people.roles import Actor, Role
from community_bot.storage import journal
from community_bot.storage.unit import Storage

READERS = (Role.FINANCE, Role.ADMIN)
ON_PAGE = 8
LARGEST = 2**63 - 1  # number that stands in a database
# What the journal calls things, by what a reader looks for.
GROUPS: dict[str, tuple[str, ...] | None] = {
    "all": None,
    "money": (
        *("order", "payment", "refund", "refund_case", "case", "fapiao", "coupon", "code"),
        *("statement", "statement_line"),
    ),
    "people": ("member", "application"),
    "settings": ("tier", "plan", "space", "removals"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the journal; `next_before` is None on the last one."""

    wanted: str
    entries: tuple[Change, ...]
    next_before: int | None


class Books:
    """What finance and admins read and take away."""

    def __init__(self, storage: Storage, clock: Clock, *, currency: str, zone: ZoneInfo) -> None:
        self._storage = storage
        self._clock = clock
        self._zone = zone
        self.statements = Statements(storage, clock, currency=currency, zone=zone)
        self.trust = Trust(storage, clock)

    async def table(self, actor: Actor, *, what: str) -> bytes:
        """Return a table file that Excel opens; that it was taken away stands in the journal."""
        actor.require(*READERS)
        query = exports.SHEETS.get(what)
        if query is None:
            raise NotFound("table", what)
        async with self._storage.read() as session:
            heading, rows = await query(session, self._zone)
        async with self._storage.work(actor.cause) as unit:
            await journal.record(
                unit,
                at=self._clock.now(),
                actor_id=actor.member_id,
                action="export",
                subject="books",
                subject_key=what,
                after={"rows": len(rows)},
            )
            await unit.commit()
        return ("\ufeff" + write(rows, heading)).encode()

    async def page(self, actor: Actor, *, wanted: str, before: int | None = None) -> Page:
        """Return a page of the journal: a group, `m` and a person's number, `o` and an order's."""
        actor.require(*READERS)
        async with self._storage.read() as session:
            found = await journals.page(session, _filter(wanted), before=before, most=ON_PAGE + 1)
        shown = tuple(found[:ON_PAGE])
        return Page(wanted, shown, shown[-1].entry_id if len(found) > ON_PAGE else None)

    async def search(self, actor: Actor, *, word: str) -> Page:
        """Return what happened to an order, by its code, or to and by a person, by their number."""
        actor.require(*READERS)
        async with self._storage.read() as session:
            order = await orders.order_by_code(session, word)
        if order is not None:
            return await self.page(actor, wanted=f"o{order.order_id}")
        if word.isascii() and word.isdecimal():
            return await self.page(actor, wanted=f"m{int(word)}")
        raise NotFound("journal", word)


def _filter(wanted: str) -> Filter:
    if wanted in GROUPS:
        return Filter(subjects=GROUPS[wanted])
    kind, number = wanted[:1], wanted[1:]
    if kind not in ("m", "o") or not number.isdecimal() or int(number) > LARGEST:
        raise NotFound("journal", wanted)
    if kind == "o":
        return Filter(about=("order", number))
    return Filter(about=("member", number), by=int(number))
