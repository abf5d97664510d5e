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
        ("statement", "workbook"): _(
            "That is an Excel workbook. Please save it as CSV, or send the file as downloaded."
        ),
        ("statement", "unreadable"): _("I cannot read that file. Please send it as CSV."),
        ("statement", "columns"): _(
            "I find no table in that file with a transaction number and an amount. "
            "Please send the statement as it was downloaded."
        ),
        ("statement", "empty"): _("No line of that file says that money came."),
        ("statement", "too_long"): _("That file is too long. Please send a shorter time."),
        ("statement", "too_large"): _("That file is too large. Please send a shorter time."),
        ("statement", "no_file"): _("Please send the statement as a file."),
    }
