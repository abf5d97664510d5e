"""The outbox: what is promised is written down with what it is about, and kept until it is told."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.clock import Clock
from community_bot.delivery import card_queries as cards
from community_bot.delivery import keeping_queries as keeping
from community_bot.delivery import queries
from community_bot.delivery import reach_queries as reaching
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Letter, Promise, Shown
from community_bot.delivery.parcels import Copies, Piece
from community_bot.delivery.rows import Reach
from community_bot.delivery.rules import DeliveryEvent, DeliveryState
from community_bot.delivery.splitting import parts_of
from community_bot.errors import AlreadyDone
from community_bot.storage import journal
from community_bot.storage.unit import Cause, Storage, Unit

KEPT_FOR = timedelta(days=30)
# The key of a reminder keeps it from being told twice: it outlives every rule that counts days.
KEYS_KEPT_FOR = timedelta(days=400)
PURGED_AT_ONCE = 500  # so that no writer waits for long


class Outbox:
    """Takes promises inside the unit of work of whoever makes them."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self.wake: Callable[[], None] = _nobody

    async def put(self, unit: Unit, *promises: Promise) -> None:
        """Promise; kept if, and only if, the unit commits.

        Promises to the same chat in the same lane are kept in the order in which they are made.
        """
        parts = [part for promise in promises for part in _parts(promise)]
        if parts:
            await queries.put(unit.session, parts, now=self._clock.now())
            await cards.replace_older(unit.session, parts)
            unit.after_commit(self.wake)

    async def card_of(
        self, session: AsyncSession, card: str, *, chat_id: int | None = None
    ) -> Shown | None:
        """Return which message a card is now; of several chats, where it was shown last."""
        return await cards.find(session, card, chat_id)

    async def cards_among(
        self, session: AsyncSession, names: Collection[str], *, chat_id: int
    ) -> set[str]:
        """Return which of these cards a chat is shown."""
        return await cards.among(session, names, chat_id)

    async def forget_card(self, unit: Unit, card: str, *, chat_id: int | None = None) -> None:
        """Let the next letter of a card be a new message below, and the old one stay as it is."""
        await cards.forget(unit.session, card=card, chat_id=chat_id)

    async def call_off(
        self, unit: Unit, *, about: str, chat_ids: Collection[int] | None = None
    ) -> int:
        """Let be what has not left yet of something; return how many letters it were."""
        return await keeping.call_off(unit.session, about, chat_ids=chat_ids)

    async def tally(self, session: AsyncSession, *, about: str) -> dict[DeliveryState, int]:
        """Count what became of the letters of something."""
        return await keeping.tally(session, about)

    async def stuck(self, session: AsyncSession, *, before: datetime) -> int:
        """Count what should have left before then and has not, and what nobody knows of."""
        return await queries.stuck(session, before=before)

    async def reopened(self, unit: Unit, chat_id: int) -> int:
        """Note that a chat can be written to again; return how many kept letters go out now."""
        now = self._clock.now()
        if await reaching.reach_of(unit.session, chat_id) is Reach.OPEN:
            return 0
        await reaching.set_reach(unit.session, chat_id, Reach.OPEN, now=now)
        unit.after_commit(self.wake)
        return await queries.move(unit.session, DeliveryEvent.RETURN, chat_id=chat_id)

    async def is_open(self, chat_id: int) -> bool:
        """Say whether a chat can be written to, as far as we know."""
        async with self._storage.read() as session:
            return await reaching.reach_of(session, chat_id) is Reach.OPEN

    async def closed(self, unit: Unit, chat_id: int, reason: str) -> None:
        """Note that a chat cannot be written to any more."""
        await reaching.set_reach(
            unit.session, chat_id, Reach.CLOSED, now=self._clock.now(), reason=reason
        )

    async def rename_chat(self, unit: Unit, old: int, new: int) -> None:
        """Readdress what waits for a group that became a supergroup; its messages stay behind."""
        await queries.rename_chat(unit.session, old, new)
        await cards.forget(unit.session, chat_id=old)
        await reaching.set_reach(
            unit.session, old, Reach.MOVED, now=self._clock.now(), moved_to=new
        )

    async def rename_topic(self, unit: Unit, chat_id: int, old: int, new: int) -> None:
        """Readdress what waits for a topic that had to be made anew."""
        await queries.rename_topic(unit.session, chat_id, old, new)

    async def send_again(
        self, *, delivery_id: int, actor_id: int, cause: Cause | None = None
    ) -> None:
        """Let an uncertain or failed delivery go out again: a person decided so."""
        async with self._storage.work(cause) as unit:
            await self.send_again_in(unit, delivery_id=delivery_id, actor_id=actor_id)
            await unit.commit()

    async def send_again_in(self, unit: Unit, *, delivery_id: int, actor_id: int) -> None:
        """Let it go out again in the unit of work of whoever has looked at whose it is."""
        await self._decide(unit, delivery_id, DeliveryEvent.SEND_AGAIN, actor_id)

    async def dismiss(self, *, delivery_id: int, actor_id: int, cause: Cause | None = None) -> None:
        """Let it be: a person decided so."""
        async with self._storage.work(cause) as unit:
            await self._decide(unit, delivery_id, DeliveryEvent.DISMISS, actor_id)
            await unit.commit()

    async def letter(self, session: AsyncSession, delivery_id: int) -> Letter | None:
        """Return one letter, so that its room can say whose it is."""
        return await queries.letter(session, delivery_id)

    async def counts(self) -> dict[DeliveryState, int]:
        async with self._storage.read() as session:
            return await queries.count_by_state(session)

    async def has_due(self) -> bool:
        """Say whether anything waits that may go out now; what was put off does not count."""
        async with self._storage.read() as session:
            return bool(
                await queries.due(
                    session,
                    lanes=tuple(Lane),
                    now=self._clock.now(),
                    most=1,
                    besides=(),
                    resting=(),
                )
            )

    async def purge(self) -> int:
        """Forget what was settled long ago, in small groups; what is in doubt is kept for ever."""
        now, purged = self._clock.now(), 0
        while True:
            async with self._storage.work() as unit:
                found = await keeping.purge(
                    unit.session,
                    before=now - KEPT_FOR,
                    keys_before=now - KEYS_KEPT_FOR,
                    most=PURGED_AT_ONCE,
                )
                await unit.commit()
            purged += found
            if found < PURGED_AT_ONCE:
                return purged

    async def _decide(
        self, unit: Unit, delivery_id: int, event: DeliveryEvent, actor_id: int
    ) -> None:
        if not await queries.move(unit.session, event, delivery_id=delivery_id):
            raise AlreadyDone("delivery")
        await journal.record(
            unit,
            at=self._clock.now(),
            actor_id=actor_id,
            action=event.value,
            subject="delivery",
            subject_key=delivery_id,
        )
        unit.after_commit(self.wake)


def _parts(promise: Promise) -> Iterator[Promise]:
    """Promise what is too much for one message as several: each is sent, and told of, once."""
    content = promise.content
    match content:
        case Piece():
            parts: list[Piece] | list[Copies] = parts_of(content)
        case Copies():
            parts = content.parts()
        case _:
            yield promise
            return
    for number, part in enumerate(parts):
        key = promise.once_key
        yield replace(promise, content=part, once_key=f"{key}:{number}" if key and number else key)


def _nobody() -> None:
    """Nobody waits: the courier finds the letter when it starts."""
