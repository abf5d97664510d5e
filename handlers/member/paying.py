"""Paying inside Telegram: the invoice, the last question before the money moves, the money."""

from telegram import LabeledPrice, Update
from telegram.ext import PreCheckoutQueryHandler, filters

from community_bot.billing.checkout import Invoice
from community_bot.billing.gateways.port import Charge
from community_bot.errors import DomainError, Invalid
from community_bot.money import STARS, Money
from handlers.context import Context, Inbound
from handlers.gate import Turn
from handlers.keyboards import subscriptions as keys
from handlers.replies import Screen, acknowledge, answer_checkout, show
from handlers.routing import Area, on_message, on_press
from handlers.texts import paying as texts
from handlers.texts import subscriptions
from handlers.texts.errors import as_plain, refusal
from handlers.texts.joining import order_below

STARS_RAIL, INVOICE_RAIL = "stars", "telegram"
MONTH = (
    2_592_000  # seconds, the only period there is (core.telegram.org/bots/api#createinvoicelink)
)


async def pay_in_stars(inbound: Inbound, context: Context) -> None:
    """Order for Stars what was to be ordered for money; the order comes with its key to pay."""
    plan_code = inbound.pressed.word(0)
    await context.community.orders.place(inbound.actor, plan_code=plan_code, in_stars=True)
    await acknowledge(inbound, order_below(inbound.words))


async def pay(inbound: Inbound, context: Context) -> None:
    """Send the invoice of an open order of the actor's own."""
    number = inbound.pressed.number(0)
    invoice = await context.community.checkout.invoice(inbound.actor, order_id=number)
    token, order = _token(context, invoice.amount), invoice.order
    if invoice.renews:
        await _subscribe(inbound, context, invoice)
        return
    await acknowledge(inbound)
    await context.bot.send_invoice(
        inbound.chat_id,
        title=texts.title(inbound.words, order),
        description=texts.description(inbound.words, order),
        payload=invoice.payload,
        currency=invoice.amount.currency,
        prices=[LabeledPrice(texts.title(inbound.words, order), invoice.amount.minor)],
        provider_token=token,
        rate_limit_args=Turn(),
    )


async def _subscribe(inbound: Inbound, context: Context, invoice: Invoice) -> None:
    """Show the way to a subscription: Telegram knows it as a link alone."""
    order = invoice.order
    title = texts.title(inbound.words, order)
    url = await context.bot.create_invoice_link(
        title,
        texts.description(inbound.words, order),
        invoice.payload,
        provider_token="",
        currency=invoice.amount.currency,
        prices=[LabeledPrice(title, invoice.amount.minor)],
        subscription_period=MONTH,
    )
    keyboard = keys.pay(inbound.words, url, order.order_id)
    await show(inbound, context, Screen(subscriptions.subscribe(inbound.words, order), keyboard))


def _token(context: Context, amount: Money) -> str:
    """Return the provider's token; Stars need none (core.telegram.org/bots/api#sendinvoice)."""
    payments = context.community.config.payments
    if amount.currency == STARS and payments.stars.enabled:
        return ""
    if amount.currency != STARS and payments.telegram.enabled:
        return payments.telegram.provider_token.get_secret_value()
    raise Invalid("order", "no_invoice")


async def check(update: Update, context: Context) -> None:
    """Answer within ten seconds whether the money may move; a no says why."""
    query = update.pre_checkout_query
    if query is None:
        return
    inbound = await Inbound.of(update, context)
    try:
        await context.community.checkout.check(
            payload=query.invoice_payload,
            amount=Money(query.total_amount, query.currency),
            payer_id=query.from_user.id,
        )
    except DomainError as error:
        await answer_checkout(query, as_plain(refusal(inbound.words, error)))
    else:
        await answer_checkout(query)


async def paid(inbound: Inbound, context: Context) -> None:
    """Take the money, once; the receipt comes through the outbox."""
    payment = inbound.message.successful_payment if inbound.message else None
    if payment is None:
        return
    charge = Charge(
        external_id=payment.telegram_payment_charge_id,
        amount=Money(payment.total_amount, payment.currency),
        payload=payment.invoice_payload,
        payer_id=inbound.actor.member_id,
        is_recurring=bool(payment.is_recurring),
    )
    rail = STARS_RAIL if payment.currency == STARS else INVOICE_RAIL
    await context.community.checkout.paid(gateway=rail, charge=charge, cause=inbound.actor.cause)


AREA: Area = (
    on_press("pay", "stars", pay_in_stars),
    on_press("pay", "invoice", pay),
    PreCheckoutQueryHandler(check),
    on_message(filters.SUCCESSFUL_PAYMENT, paid),
)
