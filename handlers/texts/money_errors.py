"""Words for refusals about coupons, codes, credits and refunds."""

from community_bot.errors import LimitReached
from handlers.texts.words import Html, Words


def invalid(_: Words) -> dict[tuple[str, str], Html]:
    """Return the words by field and reason."""
    return {**_of_coupons(_), **_of_codes(_), **_of_orders(_), **_of_fapiao(_), **_of_lessons(_)}


def _of_coupons(_: Words) -> dict[tuple[str, str], Html]:
    return {
        ("coupon", "percent_or_amount"): _("A coupon takes off a percentage or an amount."),
        ("coupon", "uses"): _("Please give as a number how often the coupon may be used."),
        ("coupon", "percent"): _("Please give a percentage from 1 to 100."),
        ("coupon", "used"): _("You have used this coupon already, or an open order holds it."),
        ("coupon", "over"): _("This coupon is no longer valid."),
        ("coupon", "not_yet"): _("This coupon is not valid yet."),
        ("coupon", "other_plan"): _("This coupon is for another plan."),
        ("coupon", "new_only"): _("This coupon is for people who are new here."),
        ("coupon", "lapsed_only"): _("This coupon is for people whose membership has ended."),
        ("coupon", "other_currency"): _("This coupon is for another currency."),
        ("coupon", "too_late"): _(
            "Your payment for this plan is being checked already, without this coupon. "
            "Please do not pay again; your order is under /me."
        ),
    }


def _of_codes(_: Words) -> dict[tuple[str, str], Html]:
    return {
        ("code", "malformed"): _("A code has letters and digits only. Please check it."),
        ("access_code", "over"): _("This code is no longer valid. Please ask who gave it to you."),
        ("access_code", "own_gift"): _("You bought this gift yourself: it is for somebody else."),
        ("note", "empty"): _("Please say what the codes are for."),
    }


def _of_orders(_: Words) -> dict[tuple[str, str], Html]:
    return {
        ("plan", "no_gift"): _("This plan cannot be given as a gift."),
        ("order", "no_invoice"): _(
            "This order cannot be paid inside Telegram. Open it to see how it can be paid."
        ),
        ("amount", "changed"): _("The order has changed meanwhile. Please open it and pay again."),
        ("amount", "whole_in_stars"): _(
            "Stars go back whole or not at all. Please name the whole amount, "
            "or turn the request down and say why."
        ),
        ("plan", "no_stars"): _("This plan cannot be paid with Stars."),
        ("plan", "worth_less_than_credit"): _(
            "What you have is worth more than this plan: the change would lose you money. "
            "Please write to the staff."
        ),
        ("order", "gift_redeemed"): _(
            "This gift has been redeemed already, so it cannot be given back."
        ),
        ("order", "not_granted"): _(
            "Nothing was granted for this order, so nothing is given back."
        ),
        ("order", "credited"): _(
            "What was left of this order has made a later one cheaper. "
            "Only the later one can be given back."
        ),
        ("order", "moved"): _(
            "This membership was moved to another account. Please ask from that account."
        ),
        ("refund", "returning"): _(
            "The payment provider is giving this back right now. Please look again in an hour: "
            "transferring it as well would pay it twice."
        ),
        ("amount", "more_than_paid"): _("That is more than was paid for this order."),
        ("refund", "part_returning"): _(
            "Another part of this money is on its way back. Note that transfer first, under "
            "Refund requests, To transfer back; then decide again."
        ),
        ("order", "nothing_paid"): _("Nothing was paid for this order."),
        ("number", "too_large"): _("That number is too large. Please check it."),
    }


def _of_fapiao(_: Words) -> dict[tuple[str, str], Html]:
    return {
        ("title", "malformed"): _("Please give the title of the fapiao, up to 128 characters."),
        ("email", "missing"): _(
            "Please send three lines: the title, the tax number (- for a person), the e-mail."
        ),
        ("email", "malformed"): _("That is no e-mail address. Please check it."),
        ("tax_number", "malformed"): _(
            "That is no tax number: it has 15 to 20 letters and digits. Please check it."
        ),
    }


def not_found(_: Words) -> dict[str, Html]:
    return {
        "statement_line": _(
            "That line is no longer open. What is open stands under Books, Statements."
        ),
        "order_code": _(
            "There is no order with that code. It stands on the order and in the transfer's note."
        ),
        "table": _("There is no such table. The tables are under Books."),
        "coupon": _("There is no such coupon. Please check the letters and digits."),
        "access_code": _("There is no such code, or it is no longer valid. Please check it."),
        "payment": _("There is no such payment."),
        "subscription": _("There is no renewal for this order."),
        "tier": _("There is no such tier any more."),
        "surplus": _("There is no surplus to give back for this order."),
        "fapiao": _("There is no such fapiao."),
        "refund": _("There is no such refund."),
        "case": _("There is no such refund request of yours. Yours are under /refund."),
        "entitlement": _("That right is no longer there. Please open the card again."),
    }


def limits(_: Words, error: LimitReached) -> dict[str, Html]:
    return {
        "coupon": _("This coupon has been used up: it was for {n} orders.", n=error.value),
        "codes": _("Please make between 1 and {n} codes at once.", n=error.value),
    }


def _of_lessons(_: Words) -> dict[tuple[str, str], Html]:
    return {
        ("lessons", "malformed"): _(
            "Please type the number of lessons first, then a space, then how you know."
        ),
        ("lessons", "too_many"): _("That is more lessons than were promised. Please check."),
        ("lessons", "not_by_lessons"): _("This refund does not depend on lessons."),
    }
