"""Words of gifts and of codes that give a membership."""

from zoneinfo import ZoneInfo

from community_bot.billing.notices import GiftReady
from community_bot.membership.facts import Entitlement, Tier
from handlers.texts.figures import day
from handlers.texts.joining import named
from handlers.texts.words import Html, Words, bold, code, lines


def gift_ready(_: Words, told: GiftReady, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🎁 Your gift is ready")),
        _(
            "{tier} · order {code}",
            tier=bold(named(_, told.tier_name)),
            code=code(told.order_code),
        ),
        _("The code: {code}", code=code(told.code)),
        "",
        _("Whoever opens it first has it, so pass it on to one person only."),
    )


def link_to_pass_on(_: Words, *, url: str, given_code: str) -> Html:
    return lines(
        bold(_("🎁 Your gift")),
        _("Pass this link on to one person; whoever opens it first has it:"),
        code(url),
        _("Or tell them the code: {code}", code=code(given_code)),
    )


def code_wanted(_: Words) -> Html:
    return _("Please type the code you were given.")


def redeem_sure(_: Words, given: str) -> Html:
    return lines(
        _("Redeem the code {code} for yourself?", code=code(given)),
        _("It can be used once. What it gives is added to what you have."),
    )


def redeemed(_: Words, tier: Tier, of: Entitlement, zone: ZoneInfo) -> Html:
    return lines(
        _("🎉 The code gives you {tier}.", tier=bold(named(_, tier.name))),
        _("Valid through {day} (end of the day)", day=bold(day(of.ends_at, zone, _.locale)))
        if of.ends_at
        else _("Valid for life"),
    )


def coupon_wanted(_: Words) -> Html:
    return _("Please type the coupon's code. You see the new price before you pay.")


def claim_wanted(_: Words) -> Html:
    return _("Please type the number or name under which the staff noted your membership.")
