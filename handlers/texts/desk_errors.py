"""Words of refusals at the desk: what stands in the way of a mentor, and what to do."""

from community_bot.errors import AlreadyDone, DomainError, IllegalTransition, NotFound
from community_bot.tickets.rules import OPEN, TicketEvent, TicketState
from handlers.texts.desk_steps import claimed_by
from handlers.texts.words import Html, Words


def to_staff(_: Words, error: DomainError) -> Html | None:
    """Return what is said in other words to who works at the desk than to who asks."""
    match error:
        case NotFound(what="ticket"):
            return _("There is no such ticket. What waits is under /queue.")
        case NotFound(what="message"):
            return _("There is no message of yours here that could be taken back.")
        case AlreadyDone(what="ticket"):
            return _("This ticket has moved on meanwhile. Please look at it again.")
        case AlreadyDone(what="answer"):
            return _("That has been sent to the member already.")
        case IllegalTransition(machine="ticket"):
            return _over(_, error)
        case _:
            return None


def _over(_: Words, error: IllegalTransition) -> Html | None:
    """Say in which state the ticket is that allows no such step, and what can be done instead."""
    if error.state in OPEN and error.event in (TicketEvent.REOPEN, TicketEvent.RESTORE):
        return _("This ticket is open already.")
    known = {
        TicketState.QUEUED: _("Nobody has this ticket. Please take it first."),
        TicketState.ANSWERED: _(
            "It is answered, and the member's turn. Hand it on to a mentor, or mark it solved."
        ),
        TicketState.RESOLVED: _("This ticket is solved. If something is missing, open it again."),
        TicketState.CLOSED: _(
            "This ticket is closed. If the member writes on, a new one follows it."
        ),
        TicketState.CANCELLED: _("The member has taken this question back."),
        TicketState.MERGED: _("This ticket was put together with another one of the member."),
        TicketState.SPAM: _("This was found to be no question. Please bring it back first."),
    }
    return {one.value: words for one, words in known.items()}.get(error.state)


def invalid(_: Words) -> dict[tuple[str, str], Html]:
    """Return the words of refusals by field and reason."""
    return {
        ("ticket", "unanswered"): _("It has no answer yet. Please answer first, or give it back."),
        ("ticket", "waits"): _(
            "The member waits for an answer to what came last. Please answer it, or press "
            "“✅ Nothing to answer” first."
        ),
        ("snooze", "time"): _("Please choose a later time, at most 30 days ahead."),
        ("snooze", "state"): _("Only what waits for your answer can be put off."),
        ("note", "empty"): _("Please type what the next one should know; one line will do."),
        ("note", "too_long"): _("A note has up to 500 characters. Please shorten it."),
        ("answer", "empty"): _("There is nothing to send yet. Please write the answer first."),
        ("answer", "unsupported"): _(
            "I cannot carry this kind of message. Please send it as text, a picture or a file."
        ),
        ("answer", "too_many"): _("One answer has up to 20 messages. Please send these first."),
        ("duty", "form"): _("Please type on, off, until 18:30, or away 2h."),
        ("merge", "itself"): _("That is the same ticket. Please name the other one."),
        ("merge", "other"): _("Only open tickets of the same member can be put together."),
        ("recall", "reply"): _(
            "Please send this as a reply to the message that you want to take back."
        ),
        ("capture", "reply"): _("Please send this as a reply to the member's message."),
        ("capture", "author"): _("This was not written by a member: there is nobody to answer."),
    }


def not_found(_: Words) -> dict[str, Html]:
    return {
        "ticket": _("There is no such ticket any more."),
        "entry": _("This entry is not there any more. Please search again."),
    }


def not_allowed(_: Words) -> dict[str, Html]:
    return {
        "holder": _("Only who has the ticket answers it. Please take it first."),
        "author": _("Only who wrote this can send it, and no note that begins with //."),
    }


def already_done(_: Words, error: AlreadyDone) -> dict[str, Html]:
    return {
        "claim": claimed_by(_, error),
        "capture": _("There is a ticket for this message already."),
        "escalation": _("The leads have been called already."),
        "promotion": _("This ticket is in the FAQ already, as a draft or more."),
    }
