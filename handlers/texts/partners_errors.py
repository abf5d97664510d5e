"""Words for refusals about partners and introductions."""

from community_bot.errors import Invalid, LimitReached
from handlers.texts.words import Html, Words


def invalid(_: Words, error: Invalid) -> dict[tuple[str, str], Html]:
    """Return the words by field and reason."""
    limit = error.facts.get("limit", "–")
    return {
        ("partner_name", "length"): _(
            "The first line is the name, with at most {limit} characters. "
            "Please type all the lines again.",
            limit=limit,
        ),
        ("partner_contact", "length"): _(
            "The third line is the contact, with at most {limit} characters. "
            "Please type all the lines again.",
            limit=limit,
        ),
        ("partner_about", "length"): _(
            "From the fourth line on, say what they do, with at most {limit} characters. "
            "Please type all the lines again.",
            limit=limit,
        ),
        ("wish", "too_short"): _(
            "That is too short for the staff to work with. Please say what you need and for "
            "which market, in {limit} characters or more.",
            limit=limit,
        ),
        ("wish", "too_long"): _(
            "That is too long: {limit} characters at most. Please say it in fewer words.",
            limit=limit,
        ),
        ("introduction", "words"): _(
            "Please type between 1 and {limit} characters; the member reads them.", limit=limit
        ),
    }


def not_found(_: Words) -> dict[str, Html]:
    return {
        "partner": _("This partner is not listed any more. Who is, stands under /partners."),
        "introduction": _("There is no such wish of yours. Yours are under /partners."),
    }


def not_allowed(_: Words) -> dict[str, Html]:
    return {
        "higher_tier": _("That is for a higher tier. What each one opens is under /join."),
        "introduction": _("You can rate partners to whom we have introduced you."),
    }


def already_done(_: Words) -> dict[str, Html]:
    return {
        "partner": _("It is so already; nothing was changed. Please look again."),
        "introduction": _(
            "You have asked to meet this partner already. Where that is, stands under /partners."
        ),
    }


def limits(_: Words, error: LimitReached) -> dict[str, Html]:
    return {
        "introductions": _(
            "You have {n} open wishes. Please wait for one of them, or take one back, "
            "under /partners.",
            n=error.value,
        ),
    }
