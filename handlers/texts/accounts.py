"""Words of where to transfer, what to write, and by when."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from community_bot.billing.facts import Order
from community_bot.config.payments import Payee
from community_bot.money import STARS
from handlers.texts.figures import moment, money
from handlers.texts.words import Html, Words, bold, code


def how_to_pay(_: Words, of: Order, payees: Sequence[Payee], zone: ZoneInfo) -> list[Html]:
    """Where to transfer, what to write, and what to send back."""
    if of.due.currency == STARS:
        return [_("Tap the button below to pay with Stars: it is yours at once.")]
    if not payees:
        return [_("No account to pay to has been set up yet. Please ask the staff.")]
    accounts = [
        _(
            "· {method}: {account} ({name})",
            method=method(_, payee.method),
            account=code(payee.account),
            name=payee.name,
        )
        for payee in payees
    ]
    return [
        bold(_("How to pay")),
        _("1. Transfer {due} to one of these accounts:", due=bold(money(of.missing, _.locale))),
        *accounts,
        _("2. Write the order code in the note: {code}", code=code(of.code)),
        _("3. Tap the button below and send the screenshot or the transaction number."),
        _pay_by(_, of, zone),
    ]


def _pay_by(_: Words, of: Order, zone: ZoneInfo) -> Html:
    last = bold(moment(of.expires_at, zone, _.locale))
    if of.tier.seats is None:
        return _("Please pay by {moment}.", moment=last)
    return _(
        "Your seat is held until {moment}. After that it may be somebody else's: "
        "please order again before you pay.",
        moment=last,
    )


def method(_: Words, of: str) -> str:
    known = {
        "wechat": _.plain("WeChat"),
        "alipay": _.plain("Alipay"),
        "bank": _.plain("Bank transfer"),
    }
    return known.get(of, of)
