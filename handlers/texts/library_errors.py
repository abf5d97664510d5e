"""Words for refusals of the library: what cannot be kept, and what is not there any more."""

from community_bot.errors import Invalid
from handlers.texts.words import Html, Words


def invalid(_: Words, error: Invalid) -> dict[tuple[str, str], Html]:
    """Return the words by field and reason."""
    limit = error.facts.get("limit", "–")
    return {
        ("content", "empty"): _("There is nothing in it yet. Please send text, a photo or a file."),
        ("content", "unsupported"): _(
            "I cannot use that kind of message. Please send text, a photo, a video, a file, "
            "voice or a link."
        ),
        ("content", "too_long"): _(
            "The text is too long: {limit} characters at most. Please shorten it.", limit=limit
        ),
        ("content", "too_many_files"): _(
            "Those are too many files: {limit} at most. Please leave some out.", limit=limit
        ),
        ("title", "length"): _(
            "A title has between 1 and {limit} characters. Please type another.", limit=limit
        ),
        ("topics", "too_many"): _(
            "Those are too many topics: {limit} at most. Please name fewer.", limit=limit
        ),
        ("topics", "malformed"): _(
            "“{topic}” cannot be a topic. Please type short words with spaces between, "
            "for example: US logistics",
            topic=str(error.facts.get("topic", ""))[:40],
        ),
        ("release", "malformed"): _(
            "I cannot read when that is. Please type a day such as 3, a date such as 2026-12-01, "
            "or: after"
        ),
        ("release", "too_far"): _(
            "That is too many days: {limit} at most. Please type fewer.", limit=limit
        ),
        ("release", "no_such_day"): _("There is no such day. Please type the date again."),
        ("silence", "malformed"): _("Please type a number of days, for example 7."),
        ("about", "length"): _(
            "Please type between 1 and {limit} characters about the course.", limit=limit
        ),
        ("task", "length"): _(
            "Please type between 1 and {limit} characters on what to do.", limit=limit
        ),
        ("words", "length"): _(
            "Please type between 1 and {limit} characters on what to change.", limit=limit
        ),
        ("lessons", "full"): _(
            "A course has {limit} lessons at most. Please make a second one.", limit=limit
        ),
        ("lessons", "none"): _("There is no lesson yet. Please add one, then open the course."),
        ("lessons", "under_way"): _(
            "Somebody has begun this lesson, so it stays. You can change what it says."
        ),
        ("lesson", "not_yet"): _("This lesson is not open yet. I tell you as soon as it is."),
        ("homework", "wanted"): _("This lesson asks for homework. Please hand it in."),
        ("resource", "changed"): _(
            "Somebody has changed this meanwhile; nothing of yours was saved. Please open it again."
        ),
    }


def not_found(_: Words) -> dict[str, Html]:
    return {
        "resource": _("That is not in the library any more. What there is, is under /library."),
        "course": _("There is no such course now. What there is, is under /library."),
        "lesson": _("There is no such lesson any more. Please look at the course again."),
        "homework": _("That homework is not there. What waits is under “Homework”."),
        "mentor": _("That person is no mentor any more. Please choose another."),
        "topic": _("There is no such topic any more. Please choose another under /library."),
    }


def not_allowed(_: Words) -> dict[str, Html]:
    return {"course": _("This course is for a higher membership. See /join for the way up.")}


def already_done(_: Words) -> dict[str, Html]:
    return {
        "resource": _("This resource is there already; nothing was changed. Please look again."),
        "course": _("The course is there already; nothing was changed. Please look again."),
        "lesson": _("You have done this lesson already. On you go with the next!"),
        "homework": _("Somebody has looked at this homework already; nothing was changed."),
    }
