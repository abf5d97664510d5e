"""Words for refusals about digests and quiet hours."""

from handlers.texts.words import Html, Words


def invalid(_: Words) -> dict[tuple[str, str], Html]:
    """Return the words by field and reason."""
    return {
        ("zone", "unknown"): _(
            "I do not know that zone. Please type one such as Asia/Singapore or Europe/Madrid, "
            "or choose a place above."
        ),
        ("quiet_hours", "malformed"): _(
            "Please type from when to when nothing may ring, for example 22:30-07:00."
        ),
    }
