"""A clear sentence for each refusal: what is wrong and what to do."""

import html
import re
from collections.abc import Callable
from typing import TypeVar

from community_bot.errors import (
    AlreadyDone,
    DomainError,
    IllegalTransition,
    Invalid,
    LimitReached,
    NotAllowed,
    NotFound,
)
from handlers.texts.words import Html, Words

E = TypeVar("E", bound=DomainError)
Sentence = Callable[[Words, Invalid], Html]


def refusal(_: Words, error: DomainError) -> Html:
    """Return the words for any refusal of the rules."""
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
            return _("That is more than is allowed here (limit: {n}).", n=error.value)
        case IllegalTransition():
            return _("That is no longer possible: things have moved on. Please look again.")
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


def _invalid(_: Words, error: Invalid) -> Html:
    by_both = {
        ("amount", "malformed"): _(
            "Please type the amount as a number, for example 8888 or 8888.00."
        ),
        ("amount", "zero"): _("The amount must be more than nought."),
        ("amount", "too_large"): _("That amount is too large. Please check the number of digits."),
        ("amount", "decimals"): _(
            "The amount has too many decimals. Please type, for example, 8888.00."
        ),
        ("place", "private"): _("That works in our private chat only. Tap the button below."),
        ("sender", "nobody"): _(
            "Please write as yourself: what is sent as a channel or an anonymous admin "
            "cannot be matched to a person."
        ),
    }
    by_field = {
        "button": _("This button is out of date. Please send /start and try again."),
        "amount": _("Please type the amount as a number, for example 8888 or 8888.00."),
        "locale": _("Please choose one of the languages below."),
        "role": _("That role cannot be given."),
    }
    return (
        by_both.get((error.field, error.reason))
        or by_field.get(error.field)
        or _("That cannot be used. Please check it and try again.")
    )


def _not_found(_: Words, error: NotFound) -> Html:
    by_what = {
        "order": _("There is no such order of yours. Your orders are under /me."),
        "member": _("Nobody of that name or number has written to me yet."),
        "plan": _("That plan is not offered any more. What is offered now is under /join."),
        "space": _("I do not know that place. Add me there first."),
        "role": _("That person does not have this role."),
        "delivery": _("There is nothing to decide about that message any more."),
    }
    return by_what.get(error.what) or _("I cannot find that. Please send /start and look again.")


def _not_allowed(_: Words, error: NotAllowed) -> Html:
    by_need = {
        "owner": _("Only the owner of the community can do that."),
        "finance": _("Only finance staff can do that."),
        "admin": _("Only admins can do that."),
        "mentor": _("Only mentors can do that."),
        "member": _("That is for members. See /join for how to become one."),
        "another_person": _("Somebody else has to do this: nobody approves what is their own."),
    }
    return by_need.get(error.need) or _("You do not have the right to do that.")


def _already_done(_: Words, error: AlreadyDone) -> Html:
    if error.by is not None:
        return _("That has been dealt with already, by {by}.", by=error.by)
    return _("That has been done already; nothing was changed.")
