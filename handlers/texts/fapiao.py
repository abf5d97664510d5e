"""Words about a fapiao: asked for, issued, or not possible as it was asked for."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from community_bot.billing.facts import Order
from community_bot.billing.fapiao_queries import Request
from community_bot.billing.notices import FapiaoAsked, FapiaoDeclined, FapiaoIssued
from handlers.texts.figures import money
from handlers.texts.words import Html, Words, bold, code, lines


def fapiao_asked(_: Words, told: FapiaoAsked, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🧾 A fapiao is wanted")),
        _(
            "No. {number}, order {code}: {amount}, to {title}",
            number=told.fapiao_id,
            code=code(told.order_code),
            amount=bold(money(told.amount, _.locale)),
            title=told.title,
        ),
    )


def fapiao_issued(_: Words, told: FapiaoIssued, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🧾 Your fapiao has been issued")),
        _("Number: {number}", number=code(told.number)),
        _("It is sent to {email}.", email=told.email) if told.email else None,
    )


def fapiao_declined(_: Words, told: FapiaoDeclined, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("Your fapiao could not be issued as asked")),
        _("Reason: {reason}", reason=told.reason),
        _("Please correct it and ask again."),
    )


def details_wanted(_: Words, order_code: str) -> Html:
    return lines(
        bold(_("🧾 Fapiao for order {code}", code=order_code)),
        _("Please type each on a line of its own:"),
        _("1. the title (a company or a person)"),
        _("2. the tax number (a person types -)"),
        _("3. the e-mail address that it goes to"),
    )


def asked(_: Words, of: Request) -> Html:
    return _(
        "✅ Your fapiao for {title} has been asked for; you are told when it is issued.",
        title=bold(of.title),
    )


def waiting(_: Words, found: Sequence[Request]) -> Html:
    if not found:
        return _("✅ No fapiao waits to be issued.")
    return bold(_("🧾 Fapiao to issue: {n}", n=len(found)))


def one(_: Words, of: Request, order: Order) -> Html:
    return lines(
        bold(_("🧾 Fapiao no. {number}", number=of.fapiao_id)),
        _("Order {code}", code=code(order.code)),
        _("Amount: {amount}", amount=bold(money(order.due - order.refunded, _.locale))),
        _("Title: {title}", title=code(of.title)),
        _("Tax number: {number}", number=code(of.tax_number or "–")),
        _("E-mail: {email}", email=code(of.email)),
        _("Member: {number}", number=code(of.member_id)),
    )


def number_wanted(_: Words) -> Html:
    return _("Type the number of the fapiao, or send the file with the number under it.")


def decline_wanted(_: Words) -> Html:
    return _("Why can it not be issued as asked? The member reads what you type.")


def settled(_: Words) -> Html:
    return _("✅ Noted. The member has been told.")


def file_caption(_: Words, of: Request) -> Html:
    return _("Fapiao {number}", number=code(of.number or "–"))
