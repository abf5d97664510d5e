"""The composition root: every service behind one object, wired once."""

from community_bot.clock import Clock
from community_bot.config.loading import Config
from community_bot.delivery.courier import Aftermath
from community_bot.delivery.letters import Outcome, Promise
from community_bot.delivery.notices import DeliveryTrouble
from community_bot.delivery.rules import DeliveryEvent, Doubt
from community_bot.delivery.service import Outbox
from community_bot.ids import Ids
from community_bot.inbox.service import Inbox
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People
from community_bot.storage.unit import Cause, Storage, Unit

TROUBLE = (DeliveryEvent.LOSE, DeliveryEvent.REFUSE)
DELIVERY_TROUBLE, INCIDENT = "delivery_trouble", "incident"


class Community:
    """One community: its people, its money, its questions, over one database."""

    def __init__(self, config: Config, *, storage: Storage, clock: Clock, ids: Ids) -> None:
        self.config = config
        self.clock = clock
        self.ids = ids
        self.storage = storage
        self.inbox = Inbox(storage, clock)
        self.outbox = Outbox(storage, clock)
        self.people = People(
            storage,
            clock,
            owners=config.community.owners,
            default_locale=config.community.locale,
        )

    async def actor(self, member_id: int, *, cause: Cause | None = None) -> Actor:
        """Return a person with the roles they have now."""
        given = await self.people.given_roles(member_id)
        return Actor(member_id=member_id, roles=given | {Role.GUEST}, cause=cause)

    @property
    def aftermaths(self) -> dict[str, Aftermath]:
        """What rooms do when something that they promised has been settled, by kind."""
        return {"*": self._tell_of_trouble}

    async def moved(self, unit: Unit, old: int, new: int) -> None:
        """Rename a chat everywhere: a group became a supergroup."""
        await self.outbox.rename_chat(unit, old, new)

    async def _tell_of_trouble(self, unit: Unit, outcome: Outcome) -> None:
        """Tell the owners of a letter that failed or that nobody knows of."""
        letter = outcome.letter
        if outcome.event not in TROUBLE or letter.kind in (DELIVERY_TROUBLE, INCIDENT):
            return
        trouble = DeliveryTrouble(
            delivery_id=letter.delivery_id,
            about=letter.kind,
            chat_id=letter.chat_id,
            uncertain=outcome.event is DeliveryEvent.LOSE,
            reason=outcome.error or "",
        )
        await self.outbox.put(
            unit,
            *(
                Promise(
                    trouble,
                    chat_id=owner,
                    member_id=owner,
                    once_key=f"trouble:{letter.delivery_id}:{letter.attempts}:{owner}",
                    doubt=Doubt.ONCE_MORE,
                )
                for owner in sorted(self.people.owners)
            ),
        )

    async def close(self) -> None:
        await self.storage.close()
