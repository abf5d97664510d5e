"""Words for refusals about files: the configuration, and statements of accounts."""

from community_bot.errors import Invalid
from handlers.texts.words import Html, Words, code


def invalid(_: Words, error: Invalid) -> dict[tuple[str, str], Html]:
    """Return the words by field and reason."""
    return {
        ("config", "mistake"): _(
            "The file has a mistake, and nothing was changed. {key}: {wanted}",
            key=code(error.facts.get("key", "")),
            wanted=str(error.facts.get("wanted", "")),
        ),
        ("config", "changed"): _(
            "The file says something else by now, and nothing was changed. Please look again."
        ),
    }
