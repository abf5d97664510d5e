"""Second tries: what could not be handled waits until a person says what becomes of it."""

from community_bot.clock import Clock
from community_bot.errors import AlreadyDone
from community_bot.inbox import queries
from community_bot.inbox.received import SetAside
from community_bot.inbox.rules import UpdateEvent
from community_bot.storage import journal
from community_bot.storage.unit import Cause, Storage


class SecondTries:
    """Lists what was set aside, and hands it out again or lets it be."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def waiting(self) -> list[SetAside]:
        """Return what was set aside, oldest first."""
        async with self._storage.read() as session:
            return await queries.set_aside(session)

    async def retry(
        self, *, update_id: int, actor_id: int | None = None, cause: Cause | None = None
    ) -> SetAside:
        """Let an update be handled again, before whatever of its chat still waits.

        What it says was changed since, by edits that found nothing to change: they come once more.
        """
        return await self._decide(update_id, UpdateEvent.RETRY, actor_id, cause)

    async def dismiss(
        self, *, update_id: int, actor_id: int | None = None, cause: Cause | None = None
    ) -> SetAside:
        """Let an update be: nobody needs an answer to it any more."""
        return await self._decide(update_id, UpdateEvent.DISMISS, actor_id, cause)

    async def _decide(
        self, update_id: int, event: UpdateEvent, actor_id: int | None, cause: Cause | None
    ) -> SetAside:
        now = self._clock.now()
        async with self._storage.work(cause) as unit:
            found = await queries.set_aside(unit.session, update_id=update_id)
            if not found or not await queries.decide(unit.session, update_id, event, now=now):
                raise AlreadyDone("update")
            if event is UpdateEvent.RETRY:
                await queries.repeat_edits_of(unit.session, update_id)
            await journal.record(
                unit,
                at=now,
                actor_id=actor_id,
                action=event.value,
                subject="update",
                subject_key=update_id,
                before={"incident": found[0].incident},
            )
            await unit.commit()
        return found[0]
