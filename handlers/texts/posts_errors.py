"""Words for refusals about posts, their times and what goes out."""

from community_bot.errors import Invalid
from handlers.texts.words import Html, Words


def invalid(_: Words, error: Invalid) -> dict[tuple[str, str], Html]:
    """Return the words by field and reason."""
    limit, word = error.facts.get("limit", "–"), error.facts.get("word", "–")
    return {
        **_of_times(_),
        **_of_states(_),
        ("content", "other_shape"): _(
            "What was sent is of another kind: a text stays a text, a photo a photo, an album an "
            "album. To change the words alone, send text."
        ),
        ("button", "too_many"): _("A post may have {n} buttons.", n=limit),
        ("button", "no_resource"): _(
            "There is no resource #{n} in the library. Its number stands in /library, under the "
            "title of the resource.",
            n=error.facts.get("number", "–"),
        ),
        ("label", "length"): _("The text of a button may have {n} characters.", n=limit),
        ("link", "missing"): _(
            "Please type each button on a line of its own, the text and then the link: "
            "Read more - https://example.com"
        ),
        ("link", "malformed"): _("That is no link: it begins with https:// and has no spaces."),
        ("audience", "empty"): _("Please type for whom it is, for example: members"),
        ("audience", "unknown"): _(
            "I do not know “{word}”. Try: tier:annual -role:mentor", word=word
        ),
        ("audience", "no_such"): _(
            "“{word}” does not exist here. These do: {known}",
            word=word,
            known=error.facts.get("known", "–"),
        ),
        ("audience", "none_such"): _(
            "“{word}” does not exist here; there is none of that kind yet.", word=word
        ),
        ("audience", "no_cohort"): _(
            "Nobody joined on those days. There are people who joined in: {known}. Try: "
            "joined:2026-01",
            known=error.facts.get("known") or "–",
        ),
        ("audience", "malformed"): _(
            "I do not understand “{word}”. Try: tier:annual expiring:14 topic:US", word=word
        ),
        ("audience", "missing"): _(
            "Nobody would get it. Please choose people under 👥, or places under 📍."
        ),
        ("audience", "nobody"): _(
            "There is nobody in this audience now. Please choose another one under 👥."
        ),
        ("place", "below_tier"): _(
            "People below the tier can see this there. Take the place out under 📍, or mark the "
            "post as a teaser under ⚙️."
        ),
        ("place", "no_topic"): _(
            "That is no link to a topic. Long press a message in the topic, copy its link and "
            "send it to me."
        ),
        ("place", "other_group"): _("That topic is in another group. Please send one from here."),
        ("place", "unknown"): _("I know no such place. You find all of them under 🏠 Places."),
    }


def _of_times(_: Words) -> dict[tuple[str, str], Html]:
    return {
        ("schedule", "not_understood"): _(
            "I do not understand this time. Try: tomorrow 3pm, every workday 09:30, every day 9:00 "
            "and 18:00, 1st and 15th of every month 10:00, every two weeks on wed 20:00 until "
            "Dec 31"
        ),
        ("schedule", "no_such_hour"): _("There is no such time of day: it ends at 23:59."),
        ("schedule", "midnight"): _(
            "Which day is meant at midnight is easily mistaken. Please type 23:59 of the evening, "
            "or 00:00 of the day after."
        ),
        ("schedule", "no_time"): _(
            "At what time of day? Please add it, for example: every monday 09:30"
        ),
        ("schedule", "no_such_day"): _("There is no such day. Please look into the calendar."),
        ("schedule", "over"): _("This time has passed already. Please choose one to come."),
        ("schedule", "malformed"): _(
            "This rhythm does not work. Try: every week on mon 09:30, or every 3 days 20:00"
        ),
    }


def _of_states(_: Words) -> dict[tuple[str, str], Html]:
    return {
        ("post", "changed"): _(
            "Somebody has changed this post meanwhile; nothing of theirs is overwritten. "
            "Please open it again under /post."
        ),
        ("post", "confirmed"): _(
            "This post is confirmed and is not changed any more. Replace it under /schedule."
        ),
        ("post", "template"): _("This is a template. Tap “Use it” to begin a post like it."),
        ("run", "not_sent"): _("Nothing of it has gone out yet. Change the post itself."),
        ("state", "unknown"): _("This button is out of date. Please send /start and try again."),
    }


def not_found(_: Words) -> dict[str, Html]:
    return {
        "post": _("This post is no longer there. See /post and /schedule."),
        "run": _("I cannot find that. See what went out under /schedule."),
    }


def already_done(_: Words) -> dict[str, Html]:
    return {
        "post": _("This post has been decided on already. See /schedule for what holds now."),
        "run": _("That has been done already. Open the report to see how things are."),
        "mending": _("It is being corrected or taken back right now. Please wait a moment."),
    }


def not_allowed(_: Words) -> dict[str, Html]:
    return {
        "second_person": _("You confirmed this yourself; somebody else has to agree."),
    }
