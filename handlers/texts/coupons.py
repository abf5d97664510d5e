"""Words of coupons and batches of codes, for staff."""

from collections.abc import Sequence

from community_bot.billing.pricing_rules import Coupon
from handlers.texts.figures import money
from handlers.texts.words import GAP, Html, Words, bold, code, lines

MOST = 20


def coupons(_: Words, found: Sequence[tuple[Coupon, int]]) -> Html:
    shown = [
        _(
            "· {code}: {off}, used {used} of {uses}",
            code=code(one.code),
            off=off(_, one),
            used=used,
            uses=one.uses or "∞",
        )
        for one, used in found[:MOST]
        if not one.is_disabled
    ]
    return lines(bold(_("🎟 Coupons")), *(shown or [_("There is none that can be used.")]))


def off(_: Words, of: Coupon) -> str:
    if of.amount is not None:
        return money(of.amount, _.locale)
    return f"{of.percent}%"


def coupon_wanted(_: Words) -> Html:
    return lines(
        _("Type the code, what it takes off, and how often it may be used, for example:"),
        code("SPRING 10% 50"),
        code("FRIEND 200.00"),
    )


def made(_: Words, of: Coupon) -> Html:
    return _("✅ Coupon {code} takes off {off}.", code=code(of.code), off=bold(off(_, of)))


def disabled(_: Words) -> Html:
    return _("✅ Nobody can use it any more. Orders that hold it keep their price.")


def batch_wanted(_: Words, plan_code: str) -> Html:
    return lines(
        _("How many codes for {plan}, and what for? Type it, for example:", plan=code(plan_code)),
        code("20 sold in our shop, invoice 118"),
    )


def batch_made(_: Words, count: int) -> Html:
    return lines(
        _.count("✅ {n} code is in this file.", "✅ {n} codes are in this file.", count),
        GAP,
        _("Each gives the plan once, to whoever redeems it first."),
    )
