"""Words for refusals about questions and tickets."""

from community_bot.errors import LimitReached
from community_bot.tickets.rules import TicketState
from handlers.texts.words import Html, Words


def invalid(_: Words) -> dict[tuple[str, str], Html]:
    """Return the words by field and reason."""
    return {
        ("question", "unsupported"): _(
            "I cannot pass that on to a mentor. Please send it as text, a picture, voice or a file."
        ),
        ("topic", "unknown"): _("That topic is not offered any more. Please choose another."),
        ("market", "unknown"): _("I do not know that market. Please choose another."),
        ("urgent", "taken"): _("A mentor sees to this question already."),
        ("urgent", "open"): _("Mentors are at work now, and answer by the time on the card."),
        ("urgent", "no_promise"): _("This question has no promised time. A mentor will answer."),
        ("pause", "state"): _("Only who wrote what is no question can be kept from asking."),
        ("pause", "span"): _("At most 30 days, please."),
        ("rating", "open"): _("This question is open again. Please say so when it is settled."),
        ("reason", "too_long"): _("Please shorten it to 1,000 characters."),
    }


def not_found(_: Words) -> dict[str, Html]:
    return {
        "draft": _("This draft is no longer there. Please send your question again, or use /ask."),
        "question": _("There is no such question of yours. Yours are under /tickets."),
        "message": _("That has found its place already. Your questions are under /tickets."),
        "pause": _("This member may ask already."),
        "rating": _("Please say first whether the answer was useful."),
    }


def not_allowed(_: Words) -> dict[str, Html]:
    return {
        "questions": _(
            "Your tier has no questions to mentors. What each one has is under /join; "
            "the FAQ under /faq is open to you."
        ),
    }


def already_done(_: Words) -> dict[str, Html]:
    return {
        "draft": _("This was handed in already. Where it is, is under /tickets."),
        "rating": _("You have said so already. Thank you!"),
        "recall": _("That was taken back already."),
        "urgent": _("Mentors were called already: it counts as urgent."),
        "split": _("A mentor has answered that already. To ask something else, use /ask."),
        "follow": _("You follow this question already; its answer comes to you too."),
        "answer": _("It was answered already, so it cannot be taken back any more."),
    }


def over(_: Words, state: str) -> Html | None:
    """Say in which state a question is that allows no such step."""
    known = {
        TicketState.ACTIVE: _("A mentor sees to this question already."),
        TicketState.ANSWERED: _("This question is answered already. If it is settled, say so."),
        TicketState.RESOLVED: _("This question is settled already."),
        TicketState.CLOSED: _(
            "This question is closed. What is still missing you add under /tickets: it becomes a "
            "question that goes on from it."
        ),
        TicketState.CANCELLED: _("You have taken this question back. Just ask it anew."),
        TicketState.MERGED: _("This goes on together with another question of yours: /tickets."),
        TicketState.SPAM: _("The mentors did not take this for a question. Just ask it anew."),
    }
    return {one.value: words for one, words in known.items()}.get(state)


def limits(_: Words, error: LimitReached) -> dict[str, Html]:
    return {
        "draft_parts": _(
            "One question may have {n} messages. Please hand this one in first.", n=error.value
        ),
        "urgent": _(
            "Your urgent questions of this month are used up. A mentor answers by the time on the "
            "card."
        ),
        "album_parts": _("An album may have {n} parts. Please send the rest again.", n=error.value),
    }
