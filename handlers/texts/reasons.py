"""The usual reasons why a proof is turned down, by a code short enough for a button."""

from handlers.texts.words import Words


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
