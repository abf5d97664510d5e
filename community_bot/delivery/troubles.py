"""Trouble: the owners are told of what failed, and of what nobody knows of."""

from collections.abc import Callable, Collection

from community_bot.clock import Clock
from community_bot.delivery.contents import SLIGHT
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Outcome, Promise
from community_bot.delivery.notices import DeliveryTrouble
from community_bot.delivery.rules import DeliveryEvent, Doubt, Fault
from community_bot.delivery.service import Outbox
from community_bot.storage.unit import Unit

TROUBLE = (DeliveryEvent.LOSE, DeliveryEvent.REFUSE)
# Trouble with these would make more of the same.
NEVER_TOLD = frozenset({"delivery_trouble", "incident"})


class Troubles:
    """Tells owners, so that they can decide, and never a hundred times the same."""

    def __init__(
        self, clock: Clock, *, outbox: Outbox, owners: Callable[[], Collection[int]]
    ) -> None:
        self._clock = clock
        self._outbox = outbox
        self._owners = owners

    async def tell(self, unit: Unit, outcome: Outcome) -> None:
        """Tell the owners of a letter that failed or that nobody knows of."""
        letter = outcome.letter
        if outcome.event not in TROUBLE or letter.kind in NEVER_TOLD | SLIGHT:
            return
        trouble = DeliveryTrouble(
            delivery_id=letter.delivery_id,
            about=letter.kind,
            chat_id=letter.chat_id,
            uncertain=outcome.event is DeliveryEvent.LOSE,
            reason=outcome.error or "",
            may_go_again=letter.keep,
            lacks_right=outcome.fault is Fault.NO_RIGHT,
        )
        key = self._key(outcome)
        await self._outbox.put(
            unit,
            *(
                Promise(
                    trouble,
                    chat_id=owner,
                    member_id=owner,
                    once_key=f"trouble:{key}:{owner}",
                    doubt=Doubt.ONCE_MORE,
                )
                for owner in sorted(self._owners())
            ),
        )

    def _key(self, outcome: Outcome) -> str:
        """Name the trouble: of a kind that goes stale once a day, of a broadcast once a fault."""
        letter = outcome.letter
        if letter.lane is Lane.BROADCAST and letter.about is not None:
            return f"{letter.about}:{outcome.fault}"
        if not letter.keep:
            return f"{letter.kind}:{letter.chat_id}:{self._clock.now():%Y%m%d}"
        return f"{letter.delivery_id}:{letter.attempts}"
