import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from community_bot.billing.notices import (
    OrderApproved,
    OrderPlaced,
    ProofRejected,
    ProofWaiting,
)
from community_bot.billing.pictures import look_of
from community_bot.billing.rules import OrderState, PaymentState
from community_bot.delivery.acts import ApproveJoin
from community_bot.errors import AlreadyDone, IllegalTransition, Invalid, NotAllowed, NotFound
from community_bot.membership import access_queries
from community_bot.membership.doors import Answer
from community_bot.membership.notices import SpaceRefused
from community_bot.membership.rules import Phase
from community_bot.money import Money
from tests.billing.receipts import receipt, saved_anew
from tests.billing.shop import ADMIN, FINANCE, LI, WANG, Shop

GROUP = -1001000000001
A_YEAR_ON = datetime(2027, 3, 2, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in Shanghai


async def test_a_guest_becomes_a_member_and_is_let_in(shop: Shop) -> None:
    await shop.spaces.bind(
        shop.owner, chat_id=GROUP, role="members", title="年费群", is_forum=False
    )
    offers = await shop.tiers.offers()

    order = await shop.orders.place(shop.wang, plan_code=offers[-1].plans[-1].code)
    order = await shop.proofs.submit(
        shop.wang, order_id=order.order_id, reference="4200 0020 2603 0211", file_id="photo-1"
    )
    first = await shop.approve(shop.finance, order, "￥8,888")
    second = await shop.approve(shop.admin, order, "8888.00元")
    joined = await shop.doors.asked_to_join(chat_id=GROUP, member_id=WANG, reply_chat_id=WANG)

    standing = await shop.memberships.standing(WANG)
    assert (first, second) == (False, True)
    assert (standing.phase, standing.until) == (Phase.ACTIVE, A_YEAR_ON)
    assert standing.tier is not None
    assert standing.tier.code == "annual"
    assert joined.answer is Answer.APPROVED
    assert await shop.told(GROUP) == [ApproveJoin(GROUP, WANG)]
    _, receipt = await shop.told(WANG)
    assert isinstance(receipt, OrderApproved)
    assert (receipt.paid, receipt.until) == (Money(888800, "CNY"), A_YEAR_ON)


async def test_a_stranger_is_not_let_in_and_hears_why(shop: Shop) -> None:
    await shop.spaces.bind(
        shop.owner, chat_id=GROUP, role="members", title="年费群", is_forum=False
    )

    joined = await shop.doors.asked_to_join(chat_id=GROUP, member_id=LI, reply_chat_id=777)

    assert joined.answer is Answer.DECLINED
    assert await shop.told(777) == [SpaceRefused(GROUP, "年费群", Phase.GUEST, None)]


async def test_staff_may_enter_and_other_groups_are_left_alone(shop: Shop) -> None:
    await shop.spaces.bind(shop.owner, chat_id=GROUP, role="desk", title="答疑台", is_forum=True)

    ours = await shop.doors.asked_to_join(chat_id=GROUP, member_id=ADMIN, reply_chat_id=ADMIN)
    other = await shop.doors.asked_to_join(chat_id=-5, member_id=ADMIN, reply_chat_id=ADMIN)

    assert (ours.answer, other.answer) == (Answer.APPROVED, Answer.UNKNOWN)
    assert await shop.told(-5) == []


async def test_ordering_twice_is_one_order(shop: Shop) -> None:
    first = await shop.orders.place(shop.wang, plan_code="annual")
    second = await shop.orders.place(shop.wang, plan_code="annual")

    assert second == first
    assert [order.code for order in await shop.orders.mine(shop.wang)] == [first.code]


async def test_two_taps_at_once_are_one_order(shop: Shop) -> None:
    placed = await asyncio.gather(
        *(shop.orders.place(shop.wang, plan_code="annual") for _ in range(10))
    )

    assert len({order.order_id for order in placed}) == 1


async def test_a_strangers_order_does_not_exist(shop: Shop) -> None:
    order = await shop.shown(shop.wang, "annual")

    with pytest.raises(NotFound):
        await shop.orders.one(shop.li, order_id=order.order_id)
    with pytest.raises(NotFound):
        await shop.orders.cancel(shop.li, order_id=order.order_id)
    with pytest.raises(NotFound):
        await shop.proofs.submit(shop.li, order_id=order.order_id, reference="4200002026030299")
    assert (await shop.orders.one(shop.finance, order_id=order.order_id)).code == order.code


async def test_a_transfer_counts_once_however_the_orders_code_stands_beside_it(shop: Shop) -> None:
    first = await shop.orders.place(shop.wang, plan_code="annual")
    second = await shop.orders.place(shop.li, plan_code="annual")
    typed = f"{first.code} 4200002026030299"
    await shop.proofs.submit(shop.wang, order_id=first.order_id, reference=typed)

    for again in ("4200002026030299", f"{second.code} 4200002026030299"):
        with pytest.raises(Invalid):
            await shop.proofs.submit(shop.li, order_id=second.order_id, reference=again)
    with pytest.raises(Invalid):
        await shop.proofs.submit(shop.li, order_id=second.order_id, reference=second.code)


async def test_only_those_who_look_after_money_approve(shop: Shop) -> None:
    order = await shop.shown(shop.wang, "annual")

    with pytest.raises(NotAllowed):
        await shop.approve(shop.wang, order, "8888")
    with pytest.raises(NotAllowed):
        await shop.approvals.waiting(shop.li)


async def test_nobody_approves_their_own_order(shop: Shop) -> None:
    order = await shop.shown(shop.finance, "course")

    with pytest.raises(NotAllowed) as refused:
        await shop.approve(shop.finance, order, "2699")

    assert refused.value.need == "somebody_else"
    assert [type(word) for word in await shop.told(FINANCE)] == [OrderPlaced]
    assert [type(word) for word in await shop.told(ADMIN)] == [ProofWaiting]


async def test_a_small_amount_needs_one_person(shop: Shop) -> None:
    order = await shop.shown(shop.wang, "course")

    assert await shop.approve(shop.finance, order, "2699")
    assert (await shop.memberships.standing(WANG)).until is None


async def test_the_first_person_cannot_be_the_second(shop: Shop) -> None:
    order = await shop.shown(shop.wang, "annual")
    await shop.approve(shop.finance, order, "8888")

    with pytest.raises(AlreadyDone):
        await shop.approve(shop.finance, order, "8888")
    assert (await shop.memberships.standing(WANG)).phase is Phase.GUEST


async def test_both_people_must_have_seen_the_same_amount(shop: Shop) -> None:
    order = await shop.shown(shop.wang, "annual")
    await shop.approve(shop.finance, order, "8888")

    with pytest.raises(Invalid) as refused:
        await shop.approve(shop.admin, order, "8889")
    assert refused.value.reason == "differs_from_first"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("2698.99", "less_than_due"), ("26990", "far_too_much"), ("two", "malformed"), ("0", "zero")],
)
async def test_an_amount_that_cannot_be_right_changes_nothing(
    shop: Shop, typed: str, reason: str
) -> None:
    order = await shop.shown(shop.wang, "course")

    with pytest.raises(Invalid) as refused:
        await shop.approve(shop.finance, order, typed)

    assert refused.value.reason == reason
    assert await shop.orders.one(shop.wang, order_id=order.order_id) == order
    assert await shop.payments(order) == []


async def test_what_came_above_the_price_is_recorded(shop: Shop) -> None:
    order = await shop.shown(shop.wang, "course")

    approval = await shop.approvals.approve(
        shop.finance, order_id=order.order_id, version=order.version, amount_text="2700"
    )

    assert approval.surplus == Money(100, "CNY")
    assert approval.order.state is OrderState.FULFILLED


async def test_a_short_payment_is_kept_and_the_rest_completes_it(shop: Shop) -> None:
    order = await shop.shown(shop.wang, "course")

    short = await shop.approvals.take_short(
        shop.finance, order_id=order.order_id, version=order.version, amount_text="2000"
    )
    assert (short.order.missing, short.entitlement) == (Money(69900, "CNY"), None)
    order = await shop.proofs.submit(
        shop.wang, order_id=order.order_id, reference="4200002026030299"
    )
    await shop.approve(shop.finance, order, "699")

    assert (await shop.memberships.standing(WANG)).is_member
    assert {payment.state for payment in await shop.payments(order)} == {PaymentState.MATCHED}


async def test_part_of_a_large_amount_is_seen_by_two_as_well(shop: Shop) -> None:
    order = await shop.shown(shop.wang, "annual")
    about: dict[str, int] = {"order_id": order.order_id, "version": order.version}

    first = await shop.approvals.take_short(shop.finance, **about, amount_text="8800")
    with pytest.raises(Invalid) as refused:
        await shop.approvals.take_short(shop.admin, **about, amount_text="8000")
    before = (await shop.orders.one(shop.wang, order_id=order.order_id)).received
    second = await shop.approvals.take_short(shop.admin, **about, amount_text="8800")

    assert (first.is_complete, second.is_complete) == (False, True)
    assert refused.value.reason == "differs_from_first"
    assert (before, second.order.missing) == (Money(0, "CNY"), Money(8800, "CNY"))


async def test_a_rejected_member_hears_why_and_may_show_more(shop: Shop) -> None:
    order = await shop.shown(shop.wang, "course")

    rejected = await shop.approvals.reject(
        shop.finance, order_id=order.order_id, version=order.version, reason="没有查到这笔转账"
    )
    again = await shop.proofs.submit(
        shop.wang, order_id=order.order_id, reference="4200002026030211"
    )

    word = (await shop.told(WANG))[-1]
    assert isinstance(word, ProofRejected)
    assert word.reason == "没有查到这笔转账"
    assert rejected.state is OrderState.AWAITING_PAYMENT
    assert again.state is OrderState.PROOF_SUBMITTED


async def test_the_second_to_decide_hears_who_was_first(shop: Shop) -> None:
    order = await shop.shown(shop.wang, "course")
    await shop.approve(shop.finance, order, "2699")

    with pytest.raises(AlreadyDone) as refused:
        await shop.approvals.reject(
            shop.admin, order_id=order.order_id, version=order.version, reason="?"
        )

    assert refused.value.by == "小周"
    assert refused.value.at == shop.clock.now()


async def test_a_button_on_an_old_card_does_nothing(shop: Shop) -> None:
    old = await shop.shown(shop.wang, "course")
    await shop.proofs.submit(shop.wang, order_id=old.order_id, reference="4200002026030277")

    with pytest.raises(Invalid) as refused:
        await shop.approve(shop.finance, old, "2699")

    assert refused.value.reason == "changed"


async def test_one_transfer_pays_for_one_order_only(shop: Shop) -> None:
    await shop.shown(shop.wang, "course", "4200-0020-2603-0211")
    order = await shop.orders.place(shop.li, plan_code="course")

    with pytest.raises(Invalid) as refused:
        await shop.proofs.submit(shop.li, order_id=order.order_id, reference="4200002026030211")

    assert refused.value.reason == "used"


async def test_a_picture_shown_twice_is_seen_by_the_approver(shop: Shop) -> None:
    mine = await shop.orders.place(shop.wang, plan_code="course")
    theirs = await shop.orders.place(shop.li, plan_code="course")
    await shop.proofs.submit(
        shop.wang, order_id=mine.order_id, file_id="a", picture_hash=look_of(receipt())
    )
    await shop.proofs.submit(
        shop.li, order_id=theirs.order_id, file_id="b", picture_hash=look_of(saved_anew(receipt()))
    )

    first = await shop.approvals.one(shop.admin, order_id=mine.order_id)
    second = await shop.approvals.one(shop.admin, order_id=theirs.order_id)

    assert (first.alike, second.alike) == ((theirs.code,), (mine.code,))
    assert first.member_name == "王敏"


async def test_the_same_file_is_known_for_ever_and_a_look_for_a_year(shop: Shop) -> None:
    look = look_of(receipt())
    codes = []
    for file, buyer in (("same", shop.wang), ("other", shop.admin)):
        order = await shop.orders.place(buyer, plan_code="course")
        await shop.proofs.submit(
            buyer, order_id=order.order_id, file_id=file, file_unique_id=file, picture_hash=look
        )
        codes.append(order.code)
    shop.clock.pass_(timedelta(days=400))
    mine = await shop.orders.place(shop.li, plan_code="course")
    await shop.proofs.submit(
        shop.li, order_id=mine.order_id, file_id="x", file_unique_id="same", picture_hash=look
    )

    found = await shop.approvals.one(shop.finance, order_id=mine.order_id)

    assert found.alike == (codes[0],)


async def test_a_proof_needs_a_number_or_a_picture(shop: Shop) -> None:
    order = await shop.orders.place(shop.wang, plan_code="course")

    with pytest.raises(Invalid):
        await shop.proofs.submit(shop.wang, order_id=order.order_id)
    with pytest.raises(Invalid):
        await shop.proofs.submit(shop.wang, order_id=order.order_id, reference="已付款")


async def test_an_order_may_be_taken_back_before_a_proof_is_shown(shop: Shop) -> None:
    order = await shop.orders.place(shop.wang, plan_code="course")

    cancelled = await shop.orders.cancel(shop.wang, order_id=order.order_id)

    assert cancelled.state is OrderState.CANCELLED
    with pytest.raises(IllegalTransition):
        await shop.orders.cancel(shop.wang, order_id=order.order_id)


async def test_forty_approvals_at_once_grant_once(shop: Shop) -> None:
    order = await shop.shown(shop.wang, "course")

    results = await asyncio.gather(
        *(shop.approve(shop.finance, order, "2699") for _ in range(40)), return_exceptions=True
    )

    assert results.count(True) == 1
    assert {type(other) for other in results if other is not True} == {AlreadyDone}
    assert len(await shop.memberships.of(WANG)) == 1
    assert len(await shop.payments(order)) == 1


async def test_two_people_at_once_complete_an_order_once(shop: Shop) -> None:
    order = await shop.shown(shop.wang, "annual")

    results = await asyncio.gather(
        shop.approve(shop.finance, order, "8888"), shop.approve(shop.admin, order, "8888")
    )

    assert sorted(results) == [False, True]
    assert len(await shop.memberships.of(WANG)) == 1


async def test_money_for_a_cancelled_order_is_not_ignored(shop: Shop) -> None:
    order = await shop.orders.place(shop.wang, plan_code="course")
    await shop.orders.cancel(shop.wang, order_id=order.order_id)

    late = await shop.proofs.submit(
        shop.wang, order_id=order.order_id, reference="4200002026030211"
    )
    await shop.approve(shop.finance, late, "2699")

    assert (await shop.orders.one(shop.wang, order_id=late.order_id)).state is OrderState.FULFILLED
    assert (await shop.memberships.standing(WANG)).is_member


async def test_renewing_early_adds_the_year_after_the_year(shop: Shop) -> None:
    await shop.bought(shop.wang, "annual")
    shop.clock.pass_(timedelta(days=100))

    await shop.bought(shop.wang, "annual", "4200002026069999")

    assert (await shop.memberships.standing(WANG)).until == datetime(
        2028, 3, 2, 15, 59, 59, tzinfo=UTC
    )


async def test_a_trial_is_had_at_once_and_once(shop: Shop) -> None:
    order = await shop.orders.place(shop.wang, plan_code="trial")

    assert order.state is OrderState.FULFILLED
    assert (await shop.memberships.standing(WANG)).phase is Phase.TRIAL
    with pytest.raises(Invalid):
        await shop.orders.place(shop.wang, plan_code="trial")


async def test_nobody_is_removed_while_a_proof_waits(shop: Shop) -> None:
    order = await shop.shown(shop.wang, "annual")
    again = await shop.proofs.submit(
        shop.wang, order_id=order.order_id, reference="4200002026030299"
    )

    assert again.order_id == order.order_id
    assert await _held(shop) == {WANG}
    await shop.approvals.reject(
        shop.finance, order_id=order.order_id, version=again.version, reason="没有到账"
    )
    assert await _held(shop) == set()
    await shop.bought(shop.wang, "annual")
    assert await _held(shop) == set()


async def _held(shop: Shop) -> set[int]:
    async with shop.storage.read() as session:
        return await access_queries.held(session)
