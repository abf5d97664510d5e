"""Invoices, the word before the payment, Stars."""

from datetime import timedelta

from community_bot.sandbox.api.sending import send
from community_bot.sandbox.call import Call
from community_bot.sandbox.dealings import Charge
from community_bot.sandbox.entities import utf16_length
from community_bot.sandbox.facts import Invoice, Json
from community_bot.sandbox.parameters import Parameters
from community_bot.sandbox.refusals import bad

# Smallest and largest totals; they move with exchange rates (core.telegram.org/bots/payments).
TOTALS = {
    "CNY": (716, 7_159_204),
    "USD": (100, 1_000_000),
    "EUR": (86, 859_000),
    "GBP": (75, 745_000),
    "HKD": (778, 7_780_000),
    "SGD": (129, 1_290_000),
    "JPY": (150, 1_500_000),
    "XTR": (1, 100_000),
}
_MONTH = 2_592_000  # the only period of a Star subscription, in seconds
_DEAREST_MONTH = 10_000
_CHECKOUT_TIME = timedelta(seconds=10)  # Bot API, answerPreCheckoutQuery
_LONGEST_TITLE, _LONGEST_DESCRIPTION, _LONGEST_PAYLOAD = 32, 255, 128
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def send_invoice(call: Call) -> Json:
    said = call.parameters
    invoice = _invoice(call)
    content = {
        "invoice": {
            "title": invoice.title,
            "description": said.text("description"),
            "start_parameter": said.text("start_parameter"),
            "currency": invoice.currency,
            "total_amount": invoice.total,
        }
    }
    if "reply_markup" not in said:
        pay = {"text": f"Pay {invoice.total} {invoice.currency}", "pay": True}
        said.values["reply_markup"] = {"inline_keyboard": [[pay]]}
    else:
        _check_pay_button(said)
    return send(call, content, invoice=invoice)


def create_invoice_link(call: Call) -> str:
    invoice = _invoice(call)
    period = call.parameters.integer("subscription_period")
    if period:
        if period != _MONTH or invoice.currency != "XTR":
            raise bad("SUBSCRIPTION_PERIOD_INVALID")
        if invoice.total > _DEAREST_MONTH:
            raise bad("STARS_AMOUNT_INVALID")
        invoice.subscription_period = period
    invoice.url = f"https://t.me/$sandbox{call.world.number():012d}"
    call.world.invoices[invoice.url] = invoice
    return invoice.url


def answer_pre_checkout_query(call: Call) -> bool:
    said, world = call.parameters, call.world
    is_ok = said.flag("ok")
    if not is_ok and not said.text("error_message"):
        raise bad('parameter "error_message" is required')
    checkout = world.checkouts.get(said.text("pre_checkout_query_id"))
    if checkout is None or checkout.state != "asked" or checkout.invoice.bot is not call.bot:
        raise bad(_TOO_OLD)
    if world.clock.now() - checkout.asked_at > _CHECKOUT_TIME:
        checkout.state = "expired"
        world.changed("checkout", checkout)
        raise bad(_TOO_OLD)
    if is_ok:
        world.settle(checkout)
    else:
        checkout.state, checkout.error = "refused", said.text("error_message")
        world.changed("checkout", checkout)
    return True


def refund_star_payment(call: Call) -> bool:
    charge = _charge(call)
    if charge.is_refunded:
        raise bad("CHARGE_ALREADY_REFUNDED")
    if call.bot.stars < charge.invoice.total:
        raise bad("BALANCE_TOO_LOW")
    call.world.refund(charge)
    return True


def edit_user_star_subscription(call: Call) -> bool:
    charge = _charge(call)
    if not charge.invoice.subscription_period:
        raise bad("SUBSCRIPTION_NOT_ACTIVE")
    call.world.end_subscription(charge, is_cancelled=call.parameters.flag("is_canceled"))
    return True


def get_star_transactions(call: Call) -> Json:
    offset = call.parameters.integer("offset")
    limit = min(max(call.parameters.integer("limit", 100), 1), 100)
    mine = [each for each in call.world.charges.values() if each.bot is call.bot]
    moved = [transaction for charge in mine for transaction in charge.transactions]
    moved.sort(key=lambda transaction: transaction["date"])
    return {"transactions": moved[offset : offset + limit]}


def get_my_star_balance(call: Call) -> Json:
    return {"amount": call.bot.stars}


def _charge(call: Call) -> Charge:
    charge_id = call.parameters.text("telegram_payment_charge_id")
    if not charge_id:
        raise bad("CHARGE_ID_EMPTY")
    charge = call.world.charges.get(charge_id)
    person = call.user()
    if charge is None or charge.bot is not call.bot or charge.invoice.currency != "XTR":
        raise bad("CHARGE_NOT_FOUND")
    if charge.person is not person:
        raise bad("USER_ID_INVALID")
    return charge


def _invoice(call: Call) -> Invoice:
    said = call.parameters
    title, payload, currency = said.text("title"), said.text("payload"), said.text("currency")
    if not title or utf16_length(title) > _LONGEST_TITLE:
        raise bad("INVOICE_TITLE_INVALID" if title else "TITLE_EMPTY")
    if not 1 <= utf16_length(said.text("description")) <= _LONGEST_DESCRIPTION:
        raise bad("DESCRIPTION_EMPTY" if not said.text("description") else "DESCRIPTION_INVALID")
    if not 1 <= len(payload.encode()) <= _LONGEST_PAYLOAD:
        raise bad("INVOICE_PAYLOAD_INVALID")
    if currency not in TOTALS:
        raise bad("CURRENCY_INVALID")
    total = _total(said, currency)
    if currency != "XTR" and not said.text("provider_token"):
        raise bad("PAYMENT_PROVIDER_INVALID")
    if currency == "XTR" and said.text("provider_token"):
        raise bad("STARS_PROVIDER_TOKEN_NOT_ALLOWED")
    smallest, largest = TOTALS[currency]
    if not smallest <= total <= largest:
        raise bad("CURRENCY_TOTAL_AMOUNT_INVALID")
    return Invoice(call.bot, title, payload, currency, total)


def _total(said: Parameters, currency: str) -> int:
    prices = said.json("prices", "prices")
    if not isinstance(prices, list):
        raise bad("expected an Array of labeled prices")
    if not prices:
        raise bad("there must be at least one price")
    if currency == "XTR" and len(prices) != 1:
        raise bad("STARS_INVOICE_INVALID")
    for price in prices:
        if not isinstance(price, dict):
            raise bad("can't parse labeled price: LabeledPrice must be an Object")
        if not price.get("label"):
            raise bad("can't parse labeled price: LabeledPrice label must be non-empty")
    return sum(int(price.get("amount", 0)) for price in prices)


def _check_pay_button(said: Parameters) -> None:
    markup = said.json("reply_markup", "reply keyboard markup") or {}
    rows = markup.get("inline_keyboard") or [[]]
    if rows != [[]] and not (rows[0] and rows[0][0].get("pay")):
        raise bad("REPLY_MARKUP_BUY_EMPTY")


METHODS = {
    "sendInvoice": send_invoice,
    "createInvoiceLink": create_invoice_link,
    "answerPreCheckoutQuery": answer_pre_checkout_query,
    "refundStarPayment": refund_star_payment,
    "editUserStarSubscription": edit_user_star_subscription,
    "getStarTransactions": get_star_transactions,
    "getMyStarBalance": get_my_star_balance,
}
