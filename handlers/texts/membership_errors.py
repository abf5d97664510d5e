"""Words for refusals about being let in, and about memberships that staff give and move."""

from community_bot.errors import LimitReached
from handlers.texts.words import Html, Words


def invalid(_: Words) -> dict[tuple[str, str], Html]:
    """Return the words by field and reason."""
    return {
        ("answers", "incomplete"): _("Please answer every question."),
        ("answers", "choose"): _("Please tap one of the answers under the question."),
        ("answers", "too_long"): _("That answer is too long. Please say it in fewer words."),
        ("account", "malformed"): _(
            "Please type the number of the new account first, then a space, then the reason."
        ),
        ("member", "same"): _("That is the same account. Please name the other one."),
        ("erasure", "money_open"): _(
            "Money of theirs is still to be decided about. Please settle that first."
        ),
        ("erasure", "question_open"): _(
            "A question of theirs is still open. Please answer or close it first."
        ),
        ("erasure", "staff"): _(
            "They belong to the staff. Please take their roles back first, or leave it."
        ),
        ("removals", "stars_unseen"): _(
            "Not yet: since the restore Telegram has not told me which Stars came. "
            "I ask it at start and every hour; please look again later."
        ),
        ("waitlist", "free"): _("A seat is free: you can order at once, under /join."),
        ("import", "not_clean"): _(
            "The file still has lines that cannot be taken in. Nothing was changed; "
            "please mend them and send it again."
        ),
    }


def not_found(_: Words) -> dict[str, Html]:
    return {
        "application": _("There is no such application any more."),
        "membership": _("There is no membership that could be moved."),
        "journal": _("There is no order with that code. A person is found by their number."),
        "erasure": _("There is no such wish any more."),
        "referral": _("Recommendations are not rewarded here at the moment."),
        "waitlist": _("There is no waiting list for that any more. See /join for what is offered."),
        "claim": _("There is no such membership waiting to be claimed. Please check the name."),
    }


def needs(_: Words) -> dict[str, Html]:
    return {
        "admission": _(
            "Before you can order this, we would like to know you a little. "
            "Open the plan under /join and answer its questions."
        ),
        "second_person": _(
            "Somebody else has to do this: you noted this money yourself, "
            "and two people must have seen so much."
        ),
    }


def limits(_: Words, error: LimitReached) -> dict[str, Html]:
    return {
        "moves": _("A membership can be moved once in {n} days.", n=error.value),
    }
