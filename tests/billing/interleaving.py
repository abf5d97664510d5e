"""Members, two people who look after money, a gateway and the clock, in any order whatever."""

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from community_bot.billing.checkout import payload_of
from community_bot.billing.gateways.fake import FakeGateway
from community_bot.billing.gateways.port import Charge
from community_bot.clock import StandingClock
from community_bot.errors import DomainError
from community_bot.membership.doors import Answer
from community_bot.money import Money
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage
from tests.billing.shop import ANNUAL, COURSE, FREE, LI, MONTHLY, RENEWING, WANG, Shop
from tests.conftest import START

T = TypeVar("T")
GROUP = -1001000000001
NUMBERS = st.integers(0, 7)
PLANS = st.sampled_from(["annual", "monthly", "course", "trial"])


class Trade(RuleBasedStateMachine):
    """Whatever happens in whatever order, the auditor finds nothing."""

    open_database: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.references = itertools.count(4200002026000000)
        self.gateway = FakeGateway()

    def run(self, call: Coroutine[Any, Any, T]) -> T | None:
        """Let somebody do something; a refusal is as good as a yes."""
        try:
            return self.runner.run(call)
        except DomainError:
            return None

    @initialize()
    def open(self) -> None:
        self.url = type(self).open_database()
        self.storage = Storage.open(self.url)
        self.clock = StandingClock(START)
        self.shop = Shop(self.storage, self.clock)
        self.checkout = self.shop.checkout
        tiers = (
            FREE,
            COURSE,
            {**MONTHLY, "plans": [*MONTHLY["plans"], RENEWING]},
            {**ANNUAL, "seats": 1},
        )
        self.runner.run(self.shop.open(*tiers))
        self.runner.run(self.shop.coupons.make(self.shop.finance, code="HALF", percent=50, uses=1))
        self.runner.run(self._move_in())

    async def _move_in(self) -> None:
        """Let there be a members' group in which both buyers are."""
        shop = self.shop
        await shop.spaces.bind(
            shop.owner, chat_id=GROUP, role="members", title="年费群", is_forum=False
        )
        for member_id in (WANG, LI):
            await shop.doors.seen(chat_id=GROUP, member_id=member_id, is_in=True)

    def teardown(self) -> None:
        if hasattr(self, "storage"):
            self.runner.run(self.storage.close())
        self.runner.close()

    def buyer(self, number: int) -> Actor:
        return self.shop.wang if number % 2 else self.shop.li

    def judge(self, number: int) -> Actor:
        return self.shop.finance if number % 2 else self.shop.admin

    @rule(who=NUMBERS, plan=PLANS, coupon=st.booleans(), as_gift=st.booleans())
    def place(self, who: int, plan: str, *, coupon: bool, as_gift: bool) -> None:
        code = "HALF" if coupon else None
        buyer = self.buyer(who)
        self.run(self.shop.orders.place(buyer, plan_code=plan, coupon_code=code, as_gift=as_gift))

    @rule(order=NUMBERS)
    def cancel(self, order: int) -> None:
        self.run(self.shop.orders.cancel(self.shop.finance, order_id=order))

    @rule(who=NUMBERS, order=NUMBERS, again=st.booleans())
    def show(self, who: int, order: int, *, again: bool) -> None:
        reference = "4200002026000000" if again else str(next(self.references))
        submit = self.shop.proofs.submit(self.buyer(who), order_id=order, reference=reference)
        self.run(submit)

    @rule(who=NUMBERS, order=NUMBERS, extra=st.sampled_from([0, 0, 0, 1, -1]))
    def approve(self, who: int, order: int, extra: int) -> None:
        self.run(self._approve(self.judge(who), order, extra))

    async def _approve(self, judge: Actor, order_id: int, extra: int) -> None:
        order = await self.shop.orders.one(judge, order_id=order_id)
        amount = order.missing.minor + 10000 * extra
        text = f"{amount // 100}.{amount % 100:02d}"
        decide = self.shop.approvals.take_short if extra < 0 else self.shop.approvals.approve
        await decide(judge, order_id=order_id, version=order.version, amount_text=text)

    @rule(order=NUMBERS)
    def approve_both_at_once(self, order: int) -> None:
        self.run(self._approve_both(order))

    async def _approve_both(self, order_id: int) -> None:
        both = (self._approve(judge, order_id, 0) for judge in (self.shop.finance, self.shop.admin))
        for outcome in await asyncio.gather(*both, return_exceptions=True):
            if isinstance(outcome, BaseException) and not isinstance(outcome, DomainError):
                raise outcome

    @rule(who=NUMBERS, order=NUMBERS)
    def redeem(self, who: int, order: int) -> None:
        self.run(self._redeem(self.buyer(who), order))

    async def _redeem(self, buyer: Actor, order_id: int) -> None:
        order = await self.shop.orders.one(self.shop.finance, order_id=order_id)
        giver = self.shop.wang if order.member_id == WANG else self.shop.li
        code = await self.shop.codes.of_order(giver, order_id=order_id)
        await self.shop.codes.redeem(buyer, code=code.code)

    @rule(who=NUMBERS)
    def ask_to_join(self, who: int) -> None:
        """A right opens the door at this very moment, and nothing else does."""
        member_id = self.buyer(who).member_id
        asked = self.runner.run(
            self.shop.doors.asked_to_join(
                chat_id=GROUP, member_id=member_id, reply_chat_id=member_id
            )
        )
        standing = self.runner.run(self.shop.memberships.standing(member_id))
        assert (asked.answer is Answer.APPROVED) == ("members" in standing.opens)

    @rule(seen=st.sampled_from([True, False, None]), told=st.booleans())
    def sweep_removals(self, *, seen: bool | None, told: bool) -> None:
        async def is_in(_chat_id: int, _member_id: int) -> bool | None:
            return seen

        if told:
            self.runner.run(self.shop.delivered())
        reports = self.runner.run(self.shop.removals.sweep(self.clock.now(), is_in))
        assert seen or not any(report.removed for report in reports)

    @rule()
    def restart(self) -> None:
        """Only what is in the database is known afterwards."""
        self.runner.run(self.storage.close())
        self.storage = Storage.open(self.url)
        self.shop = Shop(self.storage, self.clock, self.shop.ids)
        self.checkout = self.shop.checkout

    @rule(who=NUMBERS, order=NUMBERS)
    def reject(self, who: int, order: int) -> None:
        self.run(self._reject(self.judge(who), order))

    async def _reject(self, judge: Actor, order_id: int) -> None:
        order = await self.shop.orders.one(judge, order_id=order_id)
        await self.shop.approvals.reject(
            judge, order_id=order_id, version=order.version, reason="?"
        )

    @rule(order=NUMBERS, told=st.integers(0, 2), share=st.sampled_from([100, 100, 50, 150]))
    def charge(self, order: int, told: int, share: int) -> None:
        """The gateway takes money, and tells of it not at all, once or twice."""
        self.run(self._charge(order, told, share))

    async def _charge(self, order_id: int, told: int, share: int) -> None:
        order = await self.shop.orders.one(self.shop.finance, order_id=order_id)
        amount = Money(max(order.due.minor * share // 100, 1), order.due.currency)
        charge = self.gateway.charge(payload_of(order), amount, order.member_id)
        for _ in range(told):
            await self.checkout.paid(gateway="fake", charge=charge)

    @rule(who=NUMBERS)
    def subscribe(self, who: int) -> None:
        placed = self.shop.orders.place(self.buyer(who), plan_code="renewing", in_stars=True)
        self.run(placed)

    @rule(order=NUMBERS, told=st.integers(0, 2))
    def charge_again(self, order: int, told: int) -> None:
        """Telegram charges Stars for a period, whatever has become of the order meanwhile."""
        self.run(self._charge_again(order, told))

    async def _charge_again(self, order_id: int, told: int) -> None:
        order = await self.shop.orders.one(self.shop.finance, order_id=order_id)
        if order.renews:
            charge = self.gateway.charge(
                payload_of(order), order.due, order.member_id, is_recurring=True
            )
            for _ in range(told):
                await self.checkout.paid(gateway="fake", charge=charge)

    @rule(who=NUMBERS, order=NUMBERS)
    def stop_renewing(self, who: int, order: int) -> None:
        self.run(self.shop.subscriptions.end(self.buyer(who), order_id=order))

    @rule(order=NUMBERS, state=st.sampled_from(["canceled", "active", "failed", "?"]))
    def telegram_reports(self, order: int, state: str) -> None:
        self.run(self._report(order, state))

    async def _report(self, order_id: int, state: str) -> None:
        order = await self.shop.orders.one(self.shop.finance, order_id=order_id)
        payload, member_id = payload_of(order), order.member_id
        await self.checkout.reported(payload=payload, member_id=member_id, state=state)

    @rule()
    def charge_for_nothing(self) -> None:
        lost = Charge(f"lost-{next(self.references)}", Money(100, "CNY"), "?", None)
        self.run(self.checkout.paid(gateway="fake", charge=lost))

    @rule()
    def look_back(self) -> None:
        self.run(self.checkout.reconcile(self.gateway))

    @rule(payment=NUMBERS, order=NUMBERS, back=st.booleans())
    def decide_about_money(self, payment: int, order: int, *, back: bool) -> None:
        finance = self.shop.finance
        if back:
            self.run(self.shop.payback.give_back(finance, payment_id=payment, reason="?"))
        else:
            assign = self.shop.money_queue.assign(finance, payment_id=payment, order_id=order)
            self.run(assign)

    @rule(order=NUMBERS, back=st.booleans())
    def decide_about_stuck(self, order: int, *, back: bool) -> None:
        if back:
            self.run(self.shop.payback.give_up(self.shop.admin, order_id=order, reason="?"))
        else:
            self.run(self.shop.money_queue.fulfil(self.shop.admin, order_id=order))

    @rule(order=NUMBERS)
    def return_surplus(self, order: int) -> None:
        self.run(self.shop.payback.return_surplus(self.shop.finance, order_id=order))

    @rule(who=NUMBERS, order=NUMBERS)
    def ask_back(self, who: int, order: int) -> None:
        self.run(self.shop.refunds.ask(self.buyer(who), order_id=order, reason="?"))

    @rule(who=NUMBERS, case=NUMBERS, deny=st.booleans(), keep=st.booleans())
    def decide_case(self, who: int, case: int, *, deny: bool, keep: bool) -> None:
        desk, judge = self.shop.refund_desk, self.judge(who)
        if deny:
            self.run(desk.deny(judge, case_id=case, reason="?"))
        else:
            self.run(desk.approve(judge, case_id=case, amount_text="100", keeps_access=keep))

    @rule(who=NUMBERS, case=NUMBERS)
    def appeal(self, who: int, case: int) -> None:
        self.run(self.shop.refunds.appeal(self.buyer(who), case_id=case, text="?"))
        self.run(self.shop.refund_desk.overrule(self.judge(who), case_id=case))

    @rule(who=NUMBERS)
    def move(self, who: int) -> None:
        """An admin moves what somebody has to the account of the other."""
        from_id, to_id = self.buyer(who).member_id, self.buyer(who + 1).member_id
        self.run(self.shop.grants.move(self.shop.admin, from_id=from_id, to_id=to_id, reason="?"))

    @rule(refund=NUMBERS)
    def give_back(self, refund: int) -> None:
        self.run(self.shop.payback.returned(self.shop.finance, refund_id=refund, reference=None))
        self.run(self.shop.payback.push("fake", self.gateway.give_back))

    @rule(hours=st.sampled_from([-2, 1, 30, 80, 24 * 8, 24 * 35, 24 * 400]))
    def time_passes(self, hours: int) -> None:
        self.clock.pass_(timedelta(hours=hours))
        self.run(self.shop.deadlines.sweep(self.clock.now()))
        self.run(self.shop.reminders.sweep(self.clock.now()))

    @invariant()
    def the_auditor_finds_nothing(self) -> None:
        if hasattr(self, "shop"):
            assert self.runner.run(self.shop.auditor.audit()) == []
