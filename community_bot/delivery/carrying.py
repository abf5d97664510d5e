"""Carrying one letter: what the messenger raises, turned into what becomes of the delivery."""

import logging
from datetime import datetime, timedelta

from community_bot.delivery.letters import Letter, Messenger, Outcome, Receipt
from community_bot.delivery.rules import DeliveryEvent, Doubt, Fault, event_after_doubt, pause_after
from community_bot.errors import (
    BadContent,
    DeliveryError,
    MessageGone,
    Moved,
    TooLate,
    TopicGone,
    TryLater,
    Uncertain,
    Undeliverable,
)

log = logging.getLogger(__name__)

PAUSE_IN_DOUBT = timedelta(seconds=5)


async def carry(messenger: Messenger, letter: Letter, *, now: datetime) -> Outcome:
    """Send once. What can be mended passes through: it is, before anything is decided."""
    try:
        receipt = await messenger.deliver(letter)
    except DeliveryError as error:
        if can_be_mended(letter, error):
            raise
        return outcome_of(letter, error, now=now)
    except Exception as error:
        # A fault of our own after the request may have left: nobody knows, so nobody is told
        # that it arrived, and it does not go out again without a decision.
        log.exception("delivery %s (%s)", letter.delivery_id, letter.kind)
        return outcome_of(letter, Uncertain(f"{type(error).__name__}: {error}"), now=now)
    return Outcome(letter, DeliveryEvent.ARRIVE, receipt, error=_missing(receipt))


def can_be_mended(letter: Letter, error: DeliveryError) -> bool:
    """Say whether the letter can go out again once its address is right: it has not left yet."""
    match error:
        case Moved():
            return True
        case MessageGone() | TooLate():
            return letter.edits is not None
        case TopicGone():
            return letter.topic_id is not None and letter.topic_name is not None
        case _:
            return False


def _missing(receipt: Receipt) -> str | None:
    if not receipt.missing:
        return None
    return f"{receipt.missing} of the messages could not be copied"


def outcome_of(letter: Letter, error: DeliveryError, *, now: datetime) -> Outcome:
    """Decide what follows from an error."""
    match error:
        case TryLater():
            wait = error.wait if error.flood else max(error.wait, pause_after(letter.attempts + 1))
            return Outcome(letter, DeliveryEvent.PUT_OFF, error=str(error), not_before=now + wait)
        case Uncertain():
            return after_doubt(letter, error.reason, now=now)
        case Undeliverable() if error.unreachable:
            return Outcome(letter, DeliveryEvent.BLOCK, error=error.reason, fault=Fault.BLOCKED)
        case _:
            return Outcome(
                letter, DeliveryEvent.REFUSE, error=str(error), fault=_FAULTS[type(error)]
            )


_FAULTS: dict[type[DeliveryError], Fault] = {
    Undeliverable: Fault.NO_RIGHT,
    BadContent: Fault.CONTENT,
    MessageGone: Fault.GONE,
    TopicGone: Fault.GONE,
    TooLate: Fault.TOO_LATE,
}


def after_doubt(letter: Letter, reason: str, *, now: datetime) -> Outcome:
    """Decide what follows when it may have arrived; an edit may be done twice without harm."""
    doubt = letter.doubt if letter.edits is None else Doubt.REPEAT
    event = event_after_doubt(doubt, letter.resent)
    again = event is DeliveryEvent.PUT_OFF
    return Outcome(
        letter,
        event,
        error=reason,
        fault=None if again else Fault.DOUBT,
        not_before=now + PAUSE_IN_DOUBT if again else None,
        counts_as_resent=again,
    )


def readdressed(letter: Letter, *, now: datetime) -> Outcome:
    """Let a letter whose address was mended go out again at once."""
    return Outcome(letter, DeliveryEvent.PUT_OFF, error="readdressed", not_before=now)


def without_topic(letter: Letter, error: DeliveryError, *, now: datetime) -> Outcome:
    """Decide what follows when the topic could not be made anew: the letter has surely not left."""
    if isinstance(error, Uncertain | Moved | TopicGone):
        error = TryLater(PAUSE_IN_DOUBT)
    return outcome_of(letter, error, now=now)
