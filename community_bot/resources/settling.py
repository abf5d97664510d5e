"""What follows when a letter of a run has been settled: the ledger, and the breaker."""

from community_bot.delivery.letters import Outcome
from community_bot.delivery.rules import DeliveryEvent
from community_bot.delivery.service import Outbox
from community_bot.resources import copy_queries, mend_queries, run_queries
from community_bot.resources.parcels import CORRECTION, POST, WITHDRAWAL
from community_bot.resources.rules import UNDER_WAY, CopyEvent, RunState, breaks
from community_bot.resources.steering import hold_back, stop
from community_bot.resources.surroundings import Surroundings
from community_bot.storage.unit import Unit

EVENTS = {
    DeliveryEvent.ARRIVE: CopyEvent.ARRIVE,
    DeliveryEvent.BLOCK: CopyEvent.BLOCK,
    DeliveryEvent.REFUSE: CopyEvent.REFUSE,
    DeliveryEvent.LOSE: CopyEvent.LOSE,
}


class Settling:
    """Aftermaths: in the transaction that writes down what became of the letter."""

    def __init__(self, around: Surroundings, *, outbox: Outbox) -> None:
        self._around = around
        self._outbox = outbox
        self.aftermaths = {
            POST: self.post_settled,
            CORRECTION: self.correction_settled,
            WITHDRAWAL: self.withdrawal_settled,
        }

    async def post_settled(self, unit: Unit, outcome: Outcome) -> None:
        """Keep the message ids with the copy; too many refusals hold the run."""
        copy_id, now = outcome.letter.facts["copy_id"], self._around.clock.now()
        run_id = _run_of(outcome)
        if not copy_id or run_id is None:
            return
        event = EVENTS.get(outcome.event)
        if event is None:
            await self._put_off(unit, run_id)
            return
        await copy_queries.step(
            unit.session,
            [copy_id],
            event,
            reason=outcome.error,
            message_ids=list(outcome.receipt.message_ids) or None,
            settled_at=now,
        )
        if event is CopyEvent.REFUSE:
            await self._break(unit, run_id)

    async def correction_settled(self, unit: Unit, outcome: Outcome) -> None:
        """Note whom a correction could not reach."""
        if outcome.event in EVENTS and outcome.event is not DeliveryEvent.ARRIVE:
            await self._note(unit, outcome, mend_error=outcome.error or outcome.event.value)

    async def withdrawal_settled(self, unit: Unit, outcome: Outcome) -> None:
        """Note what is not there any more, and what could not be taken away."""
        if outcome.event is DeliveryEvent.ARRIVE:
            await self._note(unit, outcome, is_withdrawn=True)
        elif outcome.event in EVENTS:
            await self._note(unit, outcome, mend_error=outcome.error or outcome.event.value)

    async def _note(self, unit: Unit, outcome: Outcome, **columns: object) -> None:
        await mend_queries.note(unit.session, outcome.letter.facts["copy_id"], **columns)

    async def _put_off(self, unit: Unit, run_id: int) -> None:
        """Let a letter that comes back from the air wait like the others of a run that is held."""
        run = await run_queries.row(unit.session, run_id)
        if run is not None and run.state not in UNDER_WAY:
            await hold_back(unit, self._outbox, run_id)
            if run.state is not RunState.PAUSED:
                await copy_queries.cancel_waiting(unit.session, run_id)

    async def _break(self, unit: Unit, run_id: int) -> None:
        figures = await copy_queries.figures(unit.session, run_id)
        if breaks(figures.failed, figures.settled, in_canary=False):
            now = self._around.clock.now()
            await stop(unit, self._around, self._outbox, run_id, now=now)


def _run_of(outcome: Outcome) -> int | None:
    about = outcome.letter.about or ""
    _, _, number = about.partition("run:")
    return int(number) if number.isdecimal() else None
