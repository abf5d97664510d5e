"""Words of an invoice inside Telegram, within its limits."""

from community_bot.billing.facts import Order
from handlers.texts.joining import plan_name
from handlers.texts.words import Words

# core.telegram.org/bots/api#sendinvoice
MOST_OF_TITLE = 32
MOST_OF_DESCRIPTION = 255


def title(_: Words, of: Order) -> str:
    return plan_name(_, of.plan, of.tier)[:MOST_OF_TITLE]


def description(_: Words, of: Order) -> str:
    if of.renews:
        return _.plain(
            "Order {code}: {plan}. Renewed every {n} days until you stop it.",
            code=of.code,
            plan=plan_name(_, of.plan, of.tier),
            n=of.plan.period.length,
        )[:MOST_OF_DESCRIPTION]
    return _.plain(
        "Order {code}: {plan}. It is paid once and never renewed by itself.",
        code=of.code,
        plan=plan_name(_, of.plan, of.tier),
    )[:MOST_OF_DESCRIPTION]
