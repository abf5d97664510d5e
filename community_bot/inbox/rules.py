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
    REPEAT = "repeat"


# Telegram's numbers lie below; the queues of payments begin at 2 ** 62.
_BEYOND = 2**60


def numbered_anew(update_id: int) -> int:
    """Give an update a number of our own: another update has the one with which it came.

    Telegram counts on from anywhere after a week without updates, and a new Bot API server begins
    anew (core.telegram.org/bots/api#update). The order stays that of Telegram's numbers.
    """
    if update_id >= _BEYOND:
        return update_id + 1
    return _BEYOND + (update_id % 2**40 << 16)


_S, _E = UpdateState, UpdateEvent

UPDATE = Machine(
    "update",
    UpdateState.PENDING,
    {
        (_S.PENDING, _E.FINISH): _S.DONE,
        (_S.PENDING, _E.GIVE_UP): _S.FAILED,
        (_S.FAILED, _E.RETRY): _S.PENDING,
        (_S.FAILED, _E.DISMISS): _S.DISMISSED,
        (_S.DONE, _E.REPEAT): _S.PENDING,
    },
)
