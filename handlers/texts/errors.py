"""A clear sentence for each refusal: what is wrong and what to do."""

import html
import re

from community_bot.errors import (
    AlreadyDone,
    DomainError,
    IllegalTransition,
    Invalid,
    LimitReached,
    NotAllowed,
    NotFound,
)
from community_bot.money import Money
from handlers.texts import (
    desk_errors,
    digests_errors,
    escalations,
    faq_errors,
    file_errors,
    library_errors,
    membership_errors,
    money_errors,
    partners_errors,
    posts_errors,
    questions_errors,
    working_hours,
)
from handlers.texts.figures import money
from handlers.texts.words import Html, Words, bold


def refusal(_: Words, error: DomainError, *, at_desk: bool = False) -> Html:
    """Return the words for any refusal of the rules; mentors have tickets, members questions."""
    own = desk_errors.to_staff(_, error) if at_desk else None
    return own or _refusal(_, error)


def _refusal(_: Words, error: DomainError) -> Html:
    match error:
        case Invalid():
            return _invalid(_, error)
        case NotFound():
            return _not_found(_, error)
        case NotAllowed():
            return _not_allowed(_, error)
        case AlreadyDone():
            return _already_done(_, error)
        case LimitReached():
            return _limit_reached(_, error)
        case IllegalTransition():
            return _moved_on(_, error)
        case _:
            return _("That is not possible.")


def incident(_: Words, code: str) -> Html:
    return _(
        "😔 Something went wrong on our side, and we have been told. "
        "Nothing of yours was lost; please try again in a moment. Number: {code}",
        code=code,
    )


def as_plain(sentence: str) -> str:
    """Return a sentence for a toast, which knows no HTML."""
    return html.unescape(re.sub(r"<[^>]+>", "", sentence))


def _moved_on(_: Words, error: IllegalTransition) -> Html:
    own = questions_errors.over(_, error.state) if error.machine == "ticket" else None
    return own or _("That is no longer possible: things have moved on. Please look again.")


def _invalid(_: Words, error: Invalid) -> Html:
    """Choose by field and reason; then by field; then in general."""
    by_both = {
        **_of_amounts(_, error),
        **_of_proofs(_),
        **membership_errors.invalid(_),
        **money_errors.invalid(_),
        **partners_errors.invalid(_, error),
        **digests_errors.invalid(_),
        **faq_errors.invalid(_),
        **working_hours.invalid(_),
        **escalations.invalid(_),
        **desk_errors.invalid(_),
        **file_errors.invalid(_, error),
        **posts_errors.invalid(_, error),
        **library_errors.invalid(_, error),
        **questions_errors.invalid(_),
        ("place", "private"): _("That works in our private chat only. Tap the button below."),
        ("private_chat", "closed"): _(
            "I cannot write to you yet. Open our private chat, tap Start, and then tap here again."
        ),
        ("sender", "nobody"): _(
            "Please write as yourself: what is sent as a channel or an anonymous admin "
            "cannot be matched to a person."
        ),
        ("order", "changed"): _("The order has changed meanwhile. Please open it again."),
        ("plan", "trial_used"): _("The trial is for people who are new here."),
        ("plan", "over"): _("This plan has ended already. What is offered now is under /join."),
        ("draft", "gone"): _("I no longer know what this is for. Please tap the button again."),
    }
    by_field = {
        "button": _("This button is out of date. Please send /start and try again."),
        "amount": _("Please type the amount as a number, for example 8888 or 8888.00."),
        "locale": _("Please choose one of the languages below."),
        "role": _("That role cannot be given."),
        "text": _("Please type it as text."),
    }
    return (
        by_both.get((error.field, error.reason))
        or by_field.get(error.field)
        or _("That cannot be used. Please check it and try again.")
    )


def _of_amounts(_: Words, error: Invalid) -> dict[tuple[str, str], Html]:
    due = bold(_money(_, error, "due"))
    seen = bold(_money(_, error, "seen"))
    return {
        ("amount", "zero"): _("The amount must be more than nought."),
        ("amount", "too_large"): _("That amount is too large. Please check the number of digits."),
        ("amount", "decimals"): _(
            "The amount has too many decimals. Please type, for example, 8888.00."
        ),
        ("amount", "less_than_due"): _(
            "You typed {seen}, but {due} is due. Nothing was changed. Please check the account "
            "and type the amount again, or turn the proof down.",
            seen=seen,
            due=due,
        ),
        ("amount", "far_too_much"): _(
            "You typed {seen}, but only {due} is due. Is there a digit too many? "
            "Please type the amount again.",
            seen=seen,
            due=due,
        ),
        ("amount", "differs_from_first"): _(
            "The first person saw another amount. Please both look again; nothing was changed."
        ),
    }


def _of_proofs(_: Words) -> dict[tuple[str, str], Html]:
    return {
        ("proof", "empty"): _("Please send a screenshot or the transaction number."),
        ("proof", "unfit"): _(
            "I can only use a screenshot or the transaction number here. Please send one of them."
        ),
        ("reference", "malformed"): _(
            "That does not look like a transaction number: it is a long row of digits, shown in "
            "the details of the transfer. You can also send a screenshot. "
            "For something else, send /start."
        ),
        ("reference", "used"): _(
            "This transaction number belongs to another order already. "
            "Please check the number; if it is right, write to the staff."
        ),
        ("reason", "empty"): _("Please type the reason; the member reads it."),
    }


def _money(_: Words, error: Invalid, fact: str) -> str:
    amount = error.facts.get(fact)
    return money(amount, _.locale) if isinstance(amount, Money) else "–"


def _not_found(_: Words, error: NotFound) -> Html:
    by_what = {
        **membership_errors.not_found(_),
        **money_errors.not_found(_),
        **partners_errors.not_found(_),
        **faq_errors.not_found(_),
        **working_hours.not_found(_),
        **escalations.not_found(_),
        **questions_errors.not_found(_),
        **desk_errors.not_found(_),
        **library_errors.not_found(_),
        **posts_errors.not_found(_),
        "order": _("There is no such order of yours. Your orders are under /me."),
        "member": _("Nobody of that name or number has written to me yet."),
        "plan": _("That plan is not offered any more. What is offered now is under /join."),
        "space": _("I cannot see that place. Please add me there first, then try again."),
        "role": _("That person does not have this role."),
        "delivery": _("There is nothing to decide about that message any more."),
    }
    return by_what.get(error.what) or _("I cannot find that. Please send /start and look again.")


def _not_allowed(_: Words, error: NotAllowed) -> Html:
    by_need = {
        **membership_errors.needs(_),
        **faq_errors.not_allowed(_),
        **partners_errors.not_allowed(_),
        **questions_errors.not_allowed(_),
        **desk_errors.not_allowed(_),
        **library_errors.not_allowed(_),
        **posts_errors.not_allowed(_),
        "owner": _("Only the owner of the community can do that."),
        "finance": _("Only finance staff can do that."),
        "admin": _("Only admins can do that."),
        "finance_or_admin": _("Only finance staff and admins can do that."),
        "admin_or_finance": _("Only finance staff and admins can do that."),
        "mentor": _("Only mentors can do that."),
        "member": _("That is for members. See /join for how to become one."),
        "payer": _("The account that subscribed pays for it, and only there can it be stopped."),
        "somebody_else": _("Somebody else has to do this: nobody approves what is their own."),
    }
    first = error.need.partition("_or_")[0]
    return (
        by_need.get(error.need) or by_need.get(first) or _("You do not have the right to do that.")
    )


def _already_done(_: Words, error: AlreadyDone) -> Html:
    by_what = {
        **faq_errors.already_done(_),
        **partners_errors.already_done(_),
        **escalations.already_done(_),
        **questions_errors.already_done(_),
        **desk_errors.already_done(_, error),
        **library_errors.already_done(_),
        **posts_errors.already_done(_),
        "order": _("This order is settled already; nothing was changed."),
        "coupon": _("There was a coupon with this code already. Please choose another code."),
        "access_code": _(
            "This code has been used already; each works once. If it was not you, ask who gave it."
        ),
        "subscription": _("Telegram renews this for you already; your order is under /me."),
        "membership": _("You have this for life already: there is nothing more to buy."),
        "own_approval": _("You have noted your amount already. A second person has to look now."),
    }
    if error.by is not None and error.what not in by_what:
        return _("That has been dealt with already, by {by}.", by=error.by)
    return by_what.get(error.what) or _("That has been done already; nothing was changed.")


def _limit_reached(_: Words, error: LimitReached) -> Html:
    by_limit = {
        **membership_errors.limits(_, error),
        **money_errors.limits(_, error),
        **partners_errors.limits(_, error),
        **questions_errors.limits(_, error),
        "open_orders": _(
            "You have {n} open orders. Please pay or cancel one of them first; they are under /me.",
            n=error.value,
        ),
        "seats": _(
            "All {n} seats are taken. Open the plan under /join to get onto the waiting list.",
            n=error.value,
        ),
    }
    return by_limit.get(error.limit) or _(
        "That is more than is allowed here (limit: {n}).", n=error.value
    )
