import pytest

from community_bot.billing.checkout import Checkout
from community_bot.billing.gateways.fake import FakeGateway
from community_bot.billing.gateways.port import Arrivals
from community_bot.billing.gateways.stars import Stars
from community_bot.billing.gateways.telegram import TelegramInvoices
from community_bot.billing.rules import OrderState, PaymentState, Verdict
from community_bot.errors import AlreadyDone, Declined, Invalid, NotFound, Unreachable
from community_bot.money import Money
from tests.billing.shop import LI, WANG, Shop


@pytest.fixture
def checkout(shop: Shop) -> Checkout:
    return shop.checkout


async def test_money_that_is_told_twice_is_taken_once(shop: Shop, checkout: Checkout) -> None:
    gateway = FakeGateway()
    order = await shop.orders.place(shop.wang, plan_code="annual")
    invoice = await checkout.invoice(shop.wang, order_id=order.order_id)
    charge = gateway.charge(invoice.payload, invoice.amount, WANG)

    first = await checkout.paid(gateway="fake", charge=charge)
    second = await checkout.paid(gateway="fake", charge=charge)

    assert (first.is_new, first.verdict, second.is_new) == (True, Verdict.PAYS, False)
    assert len(await shop.memberships.of(WANG)) == 1


async def test_a_notice_that_was_lost_is_found_by_looking_back(
    shop: Shop, checkout: Checkout
) -> None:
    gateway = FakeGateway()
    order = await shop.orders.place(shop.wang, plan_code="annual")
    invoice = await checkout.invoice(shop.wang, order_id=order.order_id)
    gateway.charge(invoice.payload, invoice.amount, WANG)

    assert await checkout.reconcile(gateway) == 1
    assert await checkout.reconcile(gateway) == 0
    assert (await shop.memberships.standing(WANG)).is_member


async def test_paying_twice_grants_once_and_the_second_goes_back(
    shop: Shop, checkout: Checkout
) -> None:
    gateway = FakeGateway()
    order = await shop.orders.place(shop.wang, plan_code="annual")
    invoice = await checkout.invoice(shop.wang, order_id=order.order_id)
    for _ in range(2):
        charge = gateway.charge(invoice.payload, invoice.amount, WANG)
        taken = await checkout.paid(gateway="fake", charge=charge)

    assert taken.verdict is Verdict.EXTRA
    assert len(await shop.memberships.of(WANG)) == 1
    await shop.payback.give_back(shop.finance, payment_id=taken.payment.payment_id, reason="重复")
    await shop.payback.push("fake", gateway.give_back)
    assert gateway.given_back == {"refund-1": Money(888800, "CNY")}
    assert [payment.state for payment in await shop.payments(order)] == [
        PaymentState.MATCHED,
        PaymentState.REFUNDED,
    ]


async def test_the_check_before_payment_refuses_what_would_go_wrong(
    shop: Shop, checkout: Checkout
) -> None:
    order = await shop.orders.place(shop.wang, plan_code="annual")
    invoice = await checkout.invoice(shop.wang, order_id=order.order_id)

    good = await checkout.check(payload=invoice.payload, amount=invoice.amount, payer_id=WANG)
    assert good == order
    with pytest.raises(NotFound):
        await checkout.check(payload=invoice.payload, amount=invoice.amount, payer_id=LI)
    with pytest.raises(NotFound):
        await checkout.check(payload="order:1:WRONG", amount=invoice.amount, payer_id=WANG)
    with pytest.raises(Invalid):
        await checkout.check(payload=invoice.payload, amount=Money(1, "CNY"), payer_id=WANG)
    await shop.orders.cancel(shop.wang, order_id=order.order_id)
    with pytest.raises(AlreadyDone):
        await checkout.check(payload=invoice.payload, amount=invoice.amount, payer_id=WANG)


async def test_a_strangers_order_has_no_invoice(shop: Shop, checkout: Checkout) -> None:
    order = await shop.orders.place(shop.wang, plan_code="annual")

    with pytest.raises(NotFound):
        await checkout.invoice(shop.li, order_id=order.order_id)


async def test_stars_pay_an_order_in_stars_and_go_back_whole(
    shop: Shop, checkout: Checkout
) -> None:
    refunded: list[tuple[int, str]] = []

    async def refund(payer_id: int, charge_id: str) -> None:
        refunded.append((payer_id, charge_id))

    provider = FakeGateway()
    stars = Stars(refund=refund, transactions=provider.arrived)
    order = await shop.orders.place(shop.wang, plan_code="annual", in_stars=True)
    invoice = await checkout.invoice(shop.wang, order_id=order.order_id)
    provider.charge(invoice.payload, invoice.amount, WANG)
    await checkout.reconcile(stars)

    await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="?")
    await shop.payback.push("stars", stars.give_back)

    assert refunded == [(WANG, "charge-1")]
    (payment,) = await shop.payments(order)
    with pytest.raises(Declined):
        await stars.give_back(payment, Money(1, "XTR"), "key")


async def test_what_no_gateway_can_give_back_is_noted_by_a_person(
    shop: Shop, checkout: Checkout
) -> None:
    provider = FakeGateway()
    order = await shop.orders.place(shop.wang, plan_code="annual")
    invoice = await checkout.invoice(shop.wang, order_id=order.order_id)
    charge = provider.charge(invoice.payload, invoice.amount, WANG)
    await checkout.paid(gateway="telegram", charge=charge)
    await shop.refunds.ask(shop.wang, order_id=order.order_id, reason="?")

    await shop.payback.push("telegram", TelegramInvoices().give_back)
    (due,) = await shop.payback.due(shop.finance)
    await shop.payback.returned(shop.finance, refund_id=due.refund_id, reference="dashboard")

    (payment,) = await shop.payments(order)
    assert payment.state is PaymentState.REFUNDED
    refunded = await shop.orders.one(shop.wang, order_id=order.order_id)
    assert refunded.state is OrderState.REFUNDED


async def test_a_silent_provider_changes_nothing(shop: Shop, checkout: Checkout) -> None:
    gateway = FakeGateway()
    gateway.is_silent = True

    with pytest.raises(Unreachable):
        await checkout.reconcile(gateway)


async def test_a_look_back_goes_on_where_the_last_one_ended(shop: Shop, checkout: Checkout) -> None:
    gateway = FakeGateway()
    for number in range(120):
        gateway.charge(f"nothing {number}", Money(100, "CNY"), WANG)
    first = await checkout.reconcile(gateway)
    gateway.charge("nothing more", Money(100, "CNY"), WANG)
    asked: list[int] = []

    async def noting(since: int) -> Arrivals:
        asked.append(since)
        return await FakeGateway.arrived(gateway, since)

    later = Stars(refund=_never, transactions=noting)
    await checkout.reconcile(later)
    gateway.charge("the last", Money(100, "CNY"), WANG)
    await checkout.reconcile(later)

    assert first == 120
    assert asked == [0, 121]


async def _never(_payer_id: int, _charge_id: str) -> None:
    raise Declined("nothing goes back here")


async def test_what_could_not_be_granted_is_refused_before_the_money_moves(
    shop: Shop, checkout: Checkout
) -> None:
    order = await shop.orders.place(shop.wang, plan_code="course")
    invoice = await checkout.invoice(shop.wang, order_id=order.order_id)
    await shop.grants.give(shop.admin, member_id=WANG, plan_code="course", reason="创始成员")

    with pytest.raises(AlreadyDone) as refused:
        await checkout.check(payload=invoice.payload, amount=invoice.amount, payer_id=WANG)

    assert refused.value.what == "membership"
