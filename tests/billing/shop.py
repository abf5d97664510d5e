"""A small shop: two paid tiers, a trial, two people who look after money, and members who buy."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from community_bot.billing import payment_queries
from community_bot.billing.approvals import Approvals
from community_bot.billing.auditor import Auditor
from community_bot.billing.checkout import Checkout
from community_bot.billing.coupons import AccessCodes, Coupons
from community_bot.billing.deadlines import Deadlines
from community_bot.billing.facts import Order, Payment
from community_bot.billing.fapiao import Fapiao
from community_bot.billing.money_queue import MoneyQueue
from community_bot.billing.orders import Orders
from community_bot.billing.payback import Payback
from community_bot.billing.proofs import Proofs
from community_bot.billing.refund_desk import RefundDesk
from community_bot.billing.refunds import Refunds
from community_bot.billing.subscription_queries import renewing
from community_bot.billing.subscriptions import Subscriptions
from community_bot.billing.till import Till
from community_bot.billing.window import Window
from community_bot.clock import StandingClock
from community_bot.config.payments import Manual, Payments, Stars
from community_bot.config.tiers import Tier
from community_bot.delivery.contents import unpack
from community_bot.delivery.rows import DeliveryRow
from community_bot.delivery.rules import DeliveryState
from community_bot.delivery.service import Outbox
from community_bot.ids import CountingIds
from community_bot.membership.admissions import Admissions
from community_bot.membership.doors import Doors
from community_bot.membership.grants import Grants
from community_bot.membership.imports import Imports
from community_bot.membership.memberships import Memberships
from community_bot.membership.reminders import Reminders
from community_bot.membership.removals import Removals
from community_bot.membership.spaces import Spaces
from community_bot.membership.tiers import Tiers
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People, Person
from community_bot.storage.unit import Storage

SHANGHAI = ZoneInfo("Asia/Shanghai")
OWNER, FINANCE, ADMIN, WANG, LI = 1, 2, 3, 1001, 1002

FREE = {"code": "guest", "name": {"zh": "访客", "en": "Guest"}, "rank": 0, "opens": ["lobby"]}
COURSE = {
    "code": "course",
    "name": {"zh": "九节课", "en": "Nine lessons"},
    "rank": 10,
    "opens": ["course"],
    "refund": {"afterwards": "unused_lessons", "lessons": 9},
    "plans": [{"code": "course", "price": "2699.00", "lifetime": True}],
}
ANNUAL = {
    "code": "annual",
    "name": {"zh": "年费会员", "en": "Annual"},
    "rank": 20,
    "questions_per_month": 30,
    "answer_within": 8,
    "opens": ["members", "course"],
    "credits": ["monthly"],
    "plans": [
        {"code": "annual", "price": "8888.00", "years": 1, "stars": 60000},
        {"code": "trial", "trial_days": 7},
    ],
}
MONTHLY: dict[str, Any] = {
    "code": "monthly",
    "name": {"zh": "月费会员", "en": "Monthly"},
    "rank": 15,
    "opens": ["members"],
    "plans": [{"code": "monthly", "price": "899.00", "months": 1}],
}
RENEWING = {"code": "renewing", "price": "199.00", "days": 30, "stars": 1500, "stars_renew": True}
SAMPLE: tuple[dict[str, Any], ...] = (FREE, COURSE, MONTHLY, ANNUAL)


def sections(*raw: dict[str, Any]) -> tuple[Tier, ...]:
    return tuple(Tier.model_validate(section) for section in raw)


@dataclass
class Shop:
    """Every service of membership and billing over one database."""

    storage: Storage
    clock: StandingClock
    ids: CountingIds = field(default_factory=CountingIds)
    manual: Manual = field(default_factory=lambda: Manual(two_person_from="5000"))

    def __post_init__(self) -> None:
        payments = Payments(manual=self.manual, stars=Stars(enabled=True))
        self.outbox = Outbox(self.storage, self.clock)
        self.people = People(
            self.storage, self.clock, outbox=self.outbox, owners=[OWNER], default_locale="zh_CN"
        )
        self.tiers = Tiers(self.storage, self.clock)
        self.memberships = Memberships(self.storage, self.clock, zone=SHANGHAI)
        self.spaces = Spaces(self.storage, self.clock)
        self.reminders = Reminders(self.storage, outbox=self.outbox, memberships=self.memberships)
        self.removals = Removals(
            self.storage, outbox=self.outbox, people=self.people, memberships=self.memberships
        )
        self.doors = Doors(
            self.storage,
            self.clock,
            outbox=self.outbox,
            people=self.people,
            memberships=self.memberships,
        )
        self.till = Till(
            self.clock,
            ids=self.ids,
            outbox=self.outbox,
            people=self.people,
            memberships=self.memberships,
        )
        self.coupons = Coupons(self.storage, self.clock)
        self.codes = AccessCodes(
            self.storage, self.clock, ids=self.ids, memberships=self.memberships
        )
        self.orders = Orders(
            self.storage,
            self.clock,
            ids=self.ids,
            outbox=self.outbox,
            memberships=self.memberships,
            till=self.till,
            payments=payments,
        )
        self.window = Window(
            self.storage, self.clock, tiers=self.tiers, memberships=self.memberships
        )
        self.proofs = Proofs(
            self.storage, self.clock, outbox=self.outbox, people=self.people, payments=payments
        )
        self.approvals = Approvals(
            self.storage,
            self.clock,
            outbox=self.outbox,
            people=self.people,
            till=self.till,
            payments=payments,
        )
        self.money_queue = MoneyQueue(self.storage, self.clock, till=self.till, payments=payments)
        self.subscriptions = Subscriptions(
            self.storage,
            self.clock,
            ids=self.ids,
            outbox=self.outbox,
            memberships=self.memberships,
        )
        self.checkout = Checkout(self.storage, till=self.till, subscriptions=self.subscriptions)
        self._open_desks()
        self._meet()

    def _open_desks(self) -> None:
        self.fapiao = Fapiao(self.storage, self.clock, outbox=self.outbox, people=self.people)
        self.admissions = Admissions(
            self.storage, self.clock, outbox=self.outbox, people=self.people
        )
        self.grants = Grants(
            self.storage, self.clock, outbox=self.outbox, memberships=self.memberships
        )
        self.imports = Imports(self.storage, self.clock, memberships=self.memberships)
        self.deadlines = Deadlines(self.storage, outbox=self.outbox, people=self.people)
        self.payback = Payback(self.storage, self.clock, outbox=self.outbox, people=self.people)
        self.refunds = Refunds(
            self.storage,
            self.clock,
            outbox=self.outbox,
            people=self.people,
            memberships=self.memberships,
            payback=self.payback,
        )
        self.refunds.ended = self.subscriptions.end_in
        self.grants.moved = self.subscriptions.moved_in
        self.reminders.renewing = renewing
        self.refund_desk = RefundDesk(
            self.storage, self.clock, outbox=self.outbox, refunds=self.refunds
        )
        self.auditor = Auditor(self.storage, self.clock, memberships=self.memberships)

    def _meet(self) -> None:
        self.owner = Actor(OWNER, frozenset({Role.OWNER}))
        self.finance = Actor(FINANCE, frozenset({Role.FINANCE}))
        self.admin = Actor(ADMIN, frozenset({Role.ADMIN}))
        self.wang = Actor(WANG, frozenset({Role.GUEST}))
        self.li = Actor(LI, frozenset({Role.GUEST}))

    async def open(self, *raw: dict[str, Any]) -> "Shop":
        """Put the tiers on sale and let everybody be known."""
        await self.tiers.apply(sections(*(raw or SAMPLE)))
        for member_id, name in (
            (OWNER, "陈总"),
            (FINANCE, "小周"),
            (ADMIN, "阿杰"),
            (WANG, "王敏"),
            (LI, "李强"),
        ):
            await self.people.meet(Person(member_id, name, None, "zh"))
        await self.people.give_role(self.owner, member_id=FINANCE, role=Role.FINANCE)
        await self.people.give_role(self.owner, member_id=ADMIN, role=Role.ADMIN)
        return self

    async def shown(
        self, buyer: Actor, plan_code: str, reference: str = "4200002026030211"
    ) -> Order:
        """Let somebody order and show a transfer."""
        order = await self.orders.place(buyer, plan_code=plan_code)
        return await self.proofs.submit(buyer, order_id=order.order_id, reference=reference)

    async def bought(
        self, buyer: Actor, plan_code: str, reference: str = "4200002026030211"
    ) -> Order:
        """Let somebody order, transfer, and two people approve."""
        order = await self.shown(buyer, plan_code, reference)
        amount = f"{order.missing.minor // 100}.{order.missing.minor % 100:02d}"
        approval = await self.approve(self.finance, order, amount)
        if not approval:
            await self.approve(self.admin, order, amount)
        return await self.orders.one(buyer, order_id=order.order_id)

    async def approve(self, by: Actor, order: Order, amount: str) -> bool:
        approval = await self.approvals.approve(
            by, order_id=order.order_id, version=order.version, amount_text=amount
        )
        return approval.is_complete

    async def told(self, member_id: int) -> list[object]:
        """Return what somebody was promised to be told, oldest first."""
        async with self.storage.read() as session:
            rows = await session.execute(
                sa.select(DeliveryRow.kind, DeliveryRow.facts)
                .where(DeliveryRow.chat_id == member_id, DeliveryRow.kind != "show_menu")
                .order_by(DeliveryRow.delivery_id)
            )
            return [unpack(row.kind, row.facts) for row in rows]

    async def nobody_is_removed(self, *, until: datetime) -> None:
        """Pause removals, as after an import or an outage."""
        async with self.storage.work() as unit:
            now = self.clock.now()
            await self.removals.pause_in(unit, until=until, reason="import", by=None, now=now)
            await unit.commit()

    async def delivered(self) -> None:
        """Let everything that was promised arrive."""
        async with self.storage.work() as unit:
            await unit.session.execute(
                sa.update(DeliveryRow)
                .where(DeliveryRow.state == DeliveryState.PENDING)
                .values(state=DeliveryState.SENT, finished_at=self.clock.now())
            )
            await unit.commit()

    async def payments(self, order: Order) -> list[Payment]:
        async with self.storage.read() as session:
            return await payment_queries.payments_for(session, order.order_id)
