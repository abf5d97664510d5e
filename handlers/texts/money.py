"""Words of the money queue: money that waits for a person, and proofs that waited too long."""

from zoneinfo import ZoneInfo

from community_bot.billing.notices import ReviewOverdue
from handlers.texts.figures import moment, money
from handlers.texts.words import Html, Words, bold, code, lines


def review_overdue(_: Words, told: ReviewOverdue, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("⏰ A payment has waited longer than we promised")),
        _(
            "Order {code} · {due}: promised by {moment}",
            code=code(told.order_code),
            due=bold(money(told.due, _.locale)),
            moment=bold(moment(told.review_by, zone, _.locale)),
        ),
    )
