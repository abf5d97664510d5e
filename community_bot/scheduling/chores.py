"""The table of chores: what, how often, which service call; each is safe to repeat and to miss."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from community_bot.community import Community
from community_bot.membership.removals import IsIn
from community_bot.scheduling.audits import Audits
from community_bot.scheduling.backups import Backups

FOLLOW = timedelta(seconds=1)  # what another process has changed is found that soon
LOOK_FOR_BACKUP = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something the program does by itself, again and again."""

    name: str
    every: timedelta
    do: Callable[[], Awaitable[object]]


def chores(community: Community, is_in: IsIn) -> tuple[Chore, ...]:
    """Return every chore of a community; `is_in` asks Telegram who is in a space."""

    def at_now(do: Callable[[datetime], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
        return lambda: do(community.clock.now())

    every = timedelta(hours=community.config.delivery.backup_hours)
    backups = Backups(community.storage, community.clock, every=every)
    return (
        Chore("deadlines of money", timedelta(minutes=1), at_now(community.deadlines.sweep)),
        Chore("reminders", timedelta(minutes=10), at_now(community.reminders.sweep)),
        Chore(
            "removals",
            timedelta(hours=1),
            at_now(lambda now: community.removals.sweep(now, is_in)),
        ),
        Chore("follow the FAQ", FOLLOW, community.faq.index.follow),
        Chore("reviews of the FAQ", timedelta(hours=1), at_now(community.faq.reviews.sweep)),
        Chore(
            "forget old searches",
            timedelta(days=1),
            at_now(community.faq.reviews.forget_searches),
        ),
        Chore("forget handled updates", timedelta(hours=1), community.inbox.purge),
        Chore("audit", timedelta(minutes=10), Audits(community).nightly),
        Chore("backup", LOOK_FOR_BACKUP, backups.keep),
    )
