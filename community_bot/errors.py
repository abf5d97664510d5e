"""Every error of the core, named as facts; the words for people are in handlers/texts/errors.py.

CommunityBotError
├── ConfigError                 names the key and what is wanted
├── DomainError                 the rules refuse; shown to the person in words
│   ├── NotFound(what, key)
│   ├── NotAllowed(need)
│   ├── AlreadyDone(what, by, at)
│   ├── Invalid(field, reason)
│   ├── LimitReached(limit)
│   └── IllegalTransition(machine, state, event)
├── DeliveryError
│   ├── Undeliverable(reason)   for good: blocked, deactivated, chat gone
│   ├── Moved(new_chat_id)      the group became a supergroup
│   ├── TopicGone               the forum topic was deleted
│   ├── MessageGone(reason)     what was to be changed or copied is not there any more
│   ├── TooLate(reason)         Telegram lets nobody change or delete it any more
│   ├── BadContent(reason)      Telegram refuses what we want to say
│   ├── TryLater(wait)          for now, and surely not sent
│   └── Uncertain(reason)       the request left, no answer came
├── GatewayError
│   ├── Declined(reason)        the provider says no
│   └── Unreachable             the provider says nothing
└── Superseded                  another worker has taken over what we were doing
"""

from datetime import datetime, timedelta


class CommunityBotError(Exception):
    """Anything that this program raises on purpose."""


class ConfigError(CommunityBotError):
    """The configuration cannot be used; says which key and what is wanted there."""

    def __init__(self, key: str, wanted: str) -> None:
        super().__init__(f"{key}: {wanted}")
        self.key = key
        self.wanted = wanted


class DomainError(CommunityBotError):
    """The rules refuse; nothing was changed."""


class NotFound(DomainError):
    """What was asked for does not exist, or not for this person."""

    def __init__(self, what: str, key: object = None) -> None:
        super().__init__(f"no {what} {key!r}")
        self.what = what
        self.key = key


class NotAllowed(DomainError):
    """The person may not do this; `need` names the role or right that may."""

    def __init__(self, need: str) -> None:
        super().__init__(f"needs {need}")
        self.need = need


class AlreadyDone(DomainError):
    """The same thing again; who did it first, when, and how long ago, where that is known."""

    def __init__(
        self,
        what: str,
        *,
        by: str | None = None,
        at: datetime | None = None,
        ago: timedelta | None = None,
    ) -> None:
        super().__init__(f"{what} already done")
        self.what = what
        self.by = by
        self.at = at
        self.ago = ago


class Invalid(DomainError):
    """What was typed cannot be used; `field` and `reason` choose the words."""

    def __init__(self, field: str, reason: str, **facts: object) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
        self.facts = facts


class LimitReached(DomainError):
    """A limit of the community is reached."""

    def __init__(self, limit: str, value: int) -> None:
        super().__init__(f"{limit} ({value})")
        self.limit = limit
        self.value = value


class IllegalTransition(DomainError):
    """The state machine has no such step."""

    def __init__(self, machine: str, state: str, event: str) -> None:
        super().__init__(f"{machine}: no {event} in {state}")
        self.machine = machine
        self.state = state
        self.event = event


class DeliveryError(CommunityBotError):
    """A letter did not arrive, or may not have."""


class Undeliverable(DeliveryError):
    """For good: the person blocked us, the account or the chat is gone, we lack the right."""

    def __init__(self, reason: str, *, unreachable: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.unreachable = unreachable


class Moved(DeliveryError):
    """The group became a supergroup with another id; surely not sent."""

    def __init__(self, new_chat_id: int) -> None:
        super().__init__(f"moved to {new_chat_id}")
        self.new_chat_id = new_chat_id


class TopicGone(DeliveryError):
    """The forum topic was deleted; surely not sent."""


class MessageGone(DeliveryError):
    """The message to be changed, deleted or copied is not there any more; nothing was done."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooLate(DeliveryError):
    """The message is too old to be changed or deleted, or of a kind that never can be."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadContent(DeliveryError):
    """Telegram refuses the content itself: trying again cannot help."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TryLater(DeliveryError):
    """For now, and surely not sent: flood limit or no connection."""

    def __init__(self, wait: timedelta, *, flood: bool = False) -> None:
        super().__init__(f"try again in {wait}")
        self.wait = wait
        self.flood = flood


class Uncertain(DeliveryError):
    """The request left and no answer came: it may have been sent."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class GatewayError(CommunityBotError):
    """A payment provider did not do what was asked."""


class Declined(GatewayError):
    """The provider says no."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreachable(GatewayError):
    """The provider says nothing."""


class Superseded(CommunityBotError):
    """Another worker has taken over what we were doing; our changes are rolled back."""


def seconds(value: float) -> timedelta:
    """Telegram's waiting times come as numbers of seconds."""
    return timedelta(seconds=value)
