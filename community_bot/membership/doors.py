"""Doors: whoever asks to enter a space is let in if, and only if, a right opens it."""

from dataclasses import dataclass
from enum import StrEnum

from community_bot.clock import Clock
from community_bot.delivery.acts import ApproveJoin, DeclineJoin
from community_bot.delivery.contents import unpack
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Outcome, Promise
from community_bot.delivery.rules import DeliveryEvent, Doubt
from community_bot.delivery.service import Outbox
from community_bot.membership import space_queries as queries
from community_bot.membership.facts import Space, Standing
from community_bot.membership.memberships import Memberships
from community_bot.membership.notices import SpaceRefused
from community_bot.membership.spaces import DESK
from community_bot.people.roles import STAFF, Actor
from community_bot.people.service import People
from community_bot.storage.unit import Cause, Storage, Unit


class Answer(StrEnum):
    """What a door answers. UNKNOWN is a chat of somebody else's: we leave it alone."""

    APPROVED = "approved"
    DECLINED = "declined"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class JoinAnswer:
    """What became of a request to join."""

    chat_id: int
    member_id: int
    answer: Answer


class Doors:
    """Answers requests to join, and notes who came and who left."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        outbox: Outbox,
        people: People,
        memberships: Memberships,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._outbox = outbox
        self._people = people
        self._memberships = memberships

    async def asked_to_join(
        self, *, chat_id: int, member_id: int, reply_chat_id: int, cause: Cause | None = None
    ) -> JoinAnswer:
        """Answer a request from what holds at this moment; staff may always enter.

        `reply_chat_id` is where Telegram lets us write to the person for five minutes, whether
        or not they have started the bot (core.telegram.org/bots/api#chatjoinrequest).
        """
        is_staff = bool(STAFF & await self._people.given_roles(member_id))
        async with self._storage.work(cause) as unit:
            space = await queries.space(unit.session, chat_id)
            if space is None:
                answer = Answer.UNKNOWN
            else:
                standing = await self._memberships.standing_in(
                    unit.session, member_id, self._clock.now()
                )
                opens = is_staff or space.role in standing.opens
                answer = Answer.APPROVED if opens else Answer.DECLINED
                await self._promise(unit, answer, space, standing, reply_chat_id)
            await unit.commit()
        return JoinAnswer(chat_id=chat_id, member_id=member_id, answer=answer)

    async def seen(
        self,
        *,
        chat_id: int,
        member_id: int,
        is_in: bool,
        is_in_charge: bool = False,
        cause: Cause | None = None,
    ) -> None:
        """Note that somebody came or left, and who runs the place; not of chats of others."""
        async with self._storage.work(cause) as unit:
            if await queries.space(unit.session, chat_id) is not None:
                await queries.save_presence(
                    unit.session,
                    chat_id,
                    member_id,
                    is_in=is_in,
                    is_in_charge=is_in_charge,
                    now=self._clock.now(),
                )
                await self._memberships.changed(unit, member_id)
            await unit.commit()

    async def _promise(
        self, unit: Unit, answer: Answer, space: Space, standing: Standing, reply_chat_id: int
    ) -> None:
        """Open the door, of which Passages tells once it is open; or say why it stays closed."""
        if answer is Answer.APPROVED:
            await self._turn(unit, ApproveJoin(space.chat_id, standing.member_id))
            return
        word = Promise(
            _refused(space, standing),
            chat_id=reply_chat_id,
            member_id=standing.member_id,
            lane=Lane.REPLY,
            doubt=Doubt.ONCE_MORE,
            keep=False,
        )
        await self._outbox.put(unit, word)

    async def open_to(self, actor: Actor) -> list[Space]:
        """Return the spaces whose doors open for somebody now; staff may always enter."""
        standing = await self._memberships.standing(actor.member_id)
        async with self._storage.read() as session:
            spaces = await queries.spaces(session)
        return [
            space
            for space in spaces
            if space.role in standing.opens or (actor.has(*STAFF) and space.role != DESK)
        ]

    async def refusal_told(self, unit: Unit, outcome: Outcome) -> None:
        """Close the door once the reason was told, or cannot be told.

        Somebody who never started the bot can be written to only while the request is open
        (core.telegram.org/bots/api#chatjoinrequest, user_chat_id).
        """
        if outcome.event is DeliveryEvent.PUT_OFF:
            return
        told = unpack(outcome.letter.kind, outcome.letter.facts)
        if isinstance(told, SpaceRefused) and outcome.letter.member_id is not None:
            await self._turn(
                unit, DeclineJoin(chat_id=told.chat_id, member_id=outcome.letter.member_id)
            )

    async def _turn(self, unit: Unit, act: ApproveJoin | DeclineJoin) -> None:
        await self._outbox.put(
            unit,
            Promise(
                act,
                chat_id=act.chat_id,
                member_id=act.member_id,
                lane=Lane.REPLY,
                doubt=Doubt.REPEAT,
            ),
        )


def _refused(space: Space, standing: Standing) -> SpaceRefused:
    ended = [
        min(filter(None, (right.ends_at, right.revoked_at)))
        for right in standing.entitlements
        if right.ends_at or right.revoked_at
    ]
    return SpaceRefused(
        chat_id=space.chat_id,
        title=space.title,
        phase=standing.phase,
        ended_at=max(ended, default=None),
    )
