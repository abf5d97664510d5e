"""Quiet hours as members choose them."""

from community_bot.clock import Clock
from community_bot.people.roles import Actor
from community_bot.resources import choice_queries, quiet_rules
from community_bot.resources.quiet_rules import QuietHours
from community_bot.resources.rows import QuietHoursRow
from community_bot.storage.unit import Storage


class Quiet:
    """When nothing may ring, by each member's own clock."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def of(self, member_id: int) -> QuietHours | None:
        """Return somebody's quiet hours; None where they have chosen none."""
        async with self._storage.read() as session:
            row = await choice_queries.quiet_hours(session, member_id)
        return None if row is None else QuietHours(row.zone, row.from_minute, row.until_minute)

    async def choose(self, actor: Actor, hours: QuietHours) -> None:
        """Keep the hours; raises Invalid for a zone that nobody knows."""
        hours = quiet_rules.checked(hours)
        async with self._storage.work(actor.cause) as unit:
            await choice_queries.save_quiet_hours(
                unit.session,
                QuietHoursRow(
                    member_id=actor.member_id,
                    zone=hours.zone,
                    from_minute=hours.from_minute,
                    until_minute=hours.until_minute,
                    chosen_at=self._clock.now(),
                ),
            )
            await unit.commit()

    async def forget(self, actor: Actor) -> None:
        """Let everything ring at any hour."""
        async with self._storage.work(actor.cause) as unit:
            await choice_queries.forget_quiet_hours(unit.session, actor.member_id)
            await unit.commit()
