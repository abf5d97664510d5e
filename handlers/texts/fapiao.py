"""Words about a fapiao: asked for, issued, or not possible as it was asked for."""

from zoneinfo import ZoneInfo

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
