"""Words for refusals about the FAQ."""

from handlers.texts.words import Html, Words


def invalid(_: Words) -> dict[tuple[str, str], Html]:
    """Return the words by field and reason."""
    return {
        ("question", "empty"): _("Please type the question."),
        ("question", "too_long"): _("The question may have 200 characters. Please shorten it."),
        ("body", "empty"): _("Please type the answer."),
        ("body", "too_long"): _(
            "The answer may have 3,000 characters. Please shorten it, or make two of it."
        ),
        ("media", "too_many"): _("An answer may have ten pictures and files."),
        ("media", "kind"): _(
            "An animation, a voice or music cannot stand under an answer. Please send pictures, "
            "videos or files."
        ),
        ("media", "missing"): _("Please send another picture or file, or tap to save."),
        ("policy", "too_long"): _("Please shorten it to 500 characters."),
        ("aliases", "too_many"): _("At most 60 other wordings, each of up to 200 characters."),
        ("topics", "too_many"): _("At most 8 topics, each of up to 32 characters."),
        ("markets", "malformed"): _("Markets are short codes such as US, UK, DE; or ALL."),
        ("entry", "changed"): _(
            "Somebody else has changed this entry meanwhile. Please open it again."
        ),
        ("entry_owner", "no_editor"): _("Only mentors and admins can look after an entry."),
        ("review", "days"): _("Please type a number of days, from 1 to 3650."),
        ("terms", "too_few"): _(
            "Please type at least two words that mean the same, with commas between them."
        ),
        ("terms", "too_long"): _("A word or phrase may have 40 characters, a group 20 of them."),
        ("tier", "unknown"): _("There is no such tier."),
    }


def not_found(_: Words) -> dict[str, Html]:
    return {
        "entry": _("This answer is no longer there. Search again with /faq."),
        "topic": _("There is nothing about this topic any more. See /faq for the others."),
        "vote": _("I have no vote of yours on this version."),
        "version": _("This version is not there."),
        "gap": _("This has been decided already."),
        "terms": _("This group of words is gone already."),
        "lesson": _("This has been undone already."),
    }


def not_allowed(_: Words) -> dict[str, Html]:
    return {"entry_owner": _("Only whoever looks after this entry, or an admin, can do that.")}


def already_done(_: Words) -> dict[str, Html]:
    return {
        "vote": _("Your vote is counted already."),
        "entry_saved": _("Nothing was changed: it says that already."),
    }
