"""What staff are told about letters that did not arrive and about faults of the program."""

from dataclasses import dataclass

from community_bot.delivery.contents import notice


@notice("delivery_trouble")
@dataclass(frozen=True, slots=True)
class DeliveryTrouble:
    """A letter failed, or nobody knows whether it arrived; `uncertain` says which.

    What goes stale is not offered to be sent again: whoever promised it does so, if need be.
    """

    delivery_id: int
    about: str
    chat_id: int
    uncertain: bool
    reason: str
    may_go_again: bool = True
    lacks_right: bool = False


@notice("incident")
@dataclass(frozen=True, slots=True)
class Incident:
    """Something unexpected happened; the log has it under the same code.

    Where an update was set aside or a chore fails, it says which. Of many that are alike,
    `is_last` says that no more of them are told for a while.
    """

    code: str
    what: str
    update_id: int | None = None
    chore: str | None = None
    is_last: bool = False
