"""The usual reasons why a proof is turned down, by a code short enough for a button."""

from handlers.texts.words import Html, Words


def reason(_: Words, given: str) -> str:
    """Put one of the usual reasons into the reader's language; what was typed stays as it is."""
    return reasons(_).get(given, given)


def reasons(_: Words) -> dict[str, str]:
    """Return the usual reasons, by a code short enough for a button."""
    return {
        "missing": _.plain("The money has not arrived in the account"),
        "amount": _.plain("The amount does not match the order"),
        "unclear": _.plain("The screenshot cannot be read"),
    }


def what_next(_: Words, given: str) -> Html:
    """Say what the member does now, so that the next proof is a better one."""
    ways = {
        "missing": _(
            "Please check whether the transfer went through, and to which account. "
            "Then send the proof again, with the transaction number."
        ),
        "amount": _(
            "Please compare what left your account with the amount of the order. "
            "Where something is missing, transfer the rest and send that proof."
        ),
        "unclear": _(
            "Please send a screenshot that shows the amount, the time and the transaction number, "
            "or type the number."
        ),
    }
    return ways.get(given, _("Please check, and send the proof again."))
