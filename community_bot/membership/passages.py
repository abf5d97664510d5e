"""Passages: what is told once somebody was let into a space, or taken out of it, and not before."""

from community_bot.clock import Clock
from community_bot.delivery.acts import ApproveJoin, Remove
from community_bot.delivery.contents import unpack
from community_bot.delivery.lanes import Lane
from community_bot.delivery.ledger import Aftermath
from community_bot.delivery.letters import Outcome
from community_bot.delivery.rules import DeliveryEvent
from community_bot.delivery.service import Outbox
from community_bot.membership import space_queries as spaces
from community_bot.membership.facts import Space
from community_bot.membership.notices import RemovedFromSpace, SpaceEntered, SpaceStuck
from community_bot.people.roles import Role
from community_bot.people.service import People
from community_bot.people.telling import tell, tell_one
from community_bot.storage.unit import Unit


class Passages:
    """Follows what Telegram did about doors and removals, in the transaction that notes it.

    A removal that failed is decided anew by the next sweep, never sent again by hand: meanwhile
    the person may have come back.
    """

    def __init__(self, clock: Clock, *, outbox: Outbox, people: People) -> None:
        self._clock = clock
        self._outbox = outbox
        self._people = people

    @property
    def aftermaths(self) -> dict[str, Aftermath]:
        return dict.fromkeys(("approve_join", "remove"), self._settled)

    async def _settled(self, unit: Unit, outcome: Outcome) -> None:
        if outcome.event is DeliveryEvent.PUT_OFF:
            return
        act = unpack(outcome.letter.kind, outcome.letter.facts)
        if not isinstance(act, ApproveJoin | Remove):
            return
        space = await spaces.space(unit.session, act.chat_id)
        if space is None:
            return
        if outcome.event is DeliveryEvent.ARRIVE:
            await self._tell_done(unit, act, space, outcome.letter.delivery_id)
        else:
            await self._tell_stuck(unit, act, space, outcome.error or "")

    async def _tell_done(
        self, unit: Unit, act: ApproveJoin | Remove, space: Space, delivery_id: int
    ) -> None:
        is_in, chat_id = isinstance(act, ApproveJoin), space.chat_id
        now = self._clock.now()
        await spaces.save_presence(unit.session, chat_id, act.member_id, is_in=is_in, now=now)
        word = (
            SpaceEntered(chat_id, space.title) if is_in else RemovedFromSpace(chat_id, space.title)
        )
        lane = Lane.REPLY if is_in else Lane.NOTICE
        key = f"passage:{delivery_id}"
        await tell_one(self._outbox, unit, act.member_id, word, key=key, lane=lane)

    async def _tell_stuck(
        self, unit: Unit, act: ApproveJoin | Remove, space: Space, reason: str
    ) -> None:
        """Tell admins once a day what Telegram does not let us do in a space."""
        is_removal = isinstance(act, Remove)
        names = await self._people.names_in(unit.session, [act.member_id])
        stuck = SpaceStuck(
            chat_id=space.chat_id,
            title=space.title,
            member_name=names.get(act.member_id, str(act.member_id)),
            is_removal=is_removal,
            reason=reason,
        )
        admins = await self._people.with_roles_in(unit.session, Role.ADMIN)
        verb = "remove" if is_removal else "open"
        key = f"space_stuck:{space.chat_id}:{verb}:{self._clock.now():%Y%m%d}"
        await tell(self._outbox, unit, admins, stuck, key=key)
