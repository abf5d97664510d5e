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
        ("resource", "changed"): _(
            "Somebody has changed this meanwhile; nothing of yours was saved. Please open it again."
        ),
    }


def not_found(_: Words) -> dict[str, Html]:
    return {
        "resource": _("That is not in the library any more. What there is, is under /library."),
        "topic": _("There is no such topic any more. Please choose another under /library."),
    }


def already_done(_: Words) -> dict[str, Html]:
    return {
        "resource": _("This resource is there already; nothing was changed. Please look again.")
    }
