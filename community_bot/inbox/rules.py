"""What may become of an update, as a table."""

from enum import StrEnum

from community_bot.machine import Machine


class UpdateState(StrEnum):
    """Where an update is: waiting, handled, set aside with an incident's code, or let be."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"
    DISMISSED = "dismissed"


class UpdateEvent(StrEnum):
    """What happens to an update."""

    FINISH = "finish"
    GIVE_UP = "give_up"
    RETRY = "retry"
    DISMISS = "dismiss"


_S, _E = UpdateState, UpdateEvent

UPDATE = Machine(
    "update",
    UpdateState.PENDING,
    {
        (_S.PENDING, _E.FINISH): _S.DONE,
        (_S.PENDING, _E.GIVE_UP): _S.FAILED,
        (_S.FAILED, _E.RETRY): _S.PENDING,
        (_S.FAILED, _E.DISMISS): _S.DISMISSED,
    },
)
