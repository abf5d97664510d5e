"""Carrying one letter: what the messenger raises, turned into what becomes of the delivery."""

import logging
from datetime import datetime, timedelta

from community_bot.delivery.letters import Letter, Messenger, Outcome
from community_bot.delivery.rules import DeliveryEvent, event_after_doubt, pause_after
from community_bot.errors import (
    BadContent,
    DeliveryError,
    Moved,
    TopicGone,
    TryLater,
    Uncertain,
    Undeliverable,
)

log = logging.getLogger(__name__)

PAUSE_IN_DOUBT = timedelta(seconds=5)


async def carry(messenger: Messenger, letter: Letter, *, now: datetime) -> Outcome:
    """Send once. Moved and TopicGone pass through: they are mended before anything is decided."""
    try:
        receipt = await messenger.deliver(letter)
    except (Moved, TopicGone):
        raise
    except DeliveryError as error:
        return outcome_of(letter, error, now=now)
    except Exception as error:
        # A fault of our own after the request may have left: nobody knows, so nobody is told
        # that it arrived, and it does not go out again without a decision.
        log.exception("delivery %s (%s)", letter.delivery_id, letter.kind)
        return outcome_of(letter, Uncertain(f"{type(error).__name__}: {error}"), now=now)
    return Outcome(letter, DeliveryEvent.ARRIVE, receipt)


def outcome_of(letter: Letter, error: DeliveryError, *, now: datetime) -> Outcome:
    """Decide what follows from an error."""
    match error:
        case TryLater():
            wait = error.wait if error.flood else max(error.wait, pause_after(letter.attempts + 1))
            return Outcome(letter, DeliveryEvent.PUT_OFF, error=str(error), not_before=now + wait)
        case Uncertain():
            return after_doubt(letter, error.reason, now=now)
        case Undeliverable() if error.unreachable:
            return Outcome(letter, DeliveryEvent.BLOCK, error=error.reason)
        case Undeliverable() | BadContent():
            return Outcome(letter, DeliveryEvent.REFUSE, error=error.reason)
        case _:
            return Outcome(letter, DeliveryEvent.REFUSE, error=str(error))


def after_doubt(letter: Letter, reason: str, *, now: datetime) -> Outcome:
    """Decide what follows when it may have arrived."""
    event = event_after_doubt(letter.doubt, letter.resent)
    again = event is DeliveryEvent.PUT_OFF
    return Outcome(
        letter,
        event,
        error=reason,
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
