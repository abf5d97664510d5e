"""The table of chores: what, how often, which service call; each is safe to repeat and to miss."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from community_bot.billing.gateways.port import Gateway
from community_bot.billing.gateways.stars import Stars
from community_bot.community import Community
from community_bot.insight.digests import Digests
from community_bot.membership.removals import IsIn
from community_bot.resources.looks import NOBODY_LOOKS, Looks
from community_bot.resources.rules import PROGRESS
from community_bot.scheduling.audits import Audits
from community_bot.scheduling.backups import Backups

FOLLOW = timedelta(seconds=1)  # what another process has changed is found that soon
TICK = timedelta(seconds=1)
SOON = timedelta(seconds=1)  # albums and drafts go on when nothing more comes
LOOK_FOR_BACKUP = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something the program does by itself, again and again.

    Where several processes share the work, those that answer people do it too if `everywhere`.
    """

    name: str
    every: timedelta
    do: Callable[[], Awaitable[object]]
    everywhere: bool = False


def chores(
    community: Community,
    is_in: IsIn,
    rails: Iterable[Gateway] = (),
    looks: Looks = NOBODY_LOOKS,
) -> tuple[Chore, ...]:
    """Return every chore of a community.

    `is_in` asks Telegram who is in a space; `rails` are the gateways that can be asked what came;
    `looks` sees whether a post can go out.
    """

    def at_now(do: Callable[[datetime], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
        return lambda: do(community.clock.now())

    every = timedelta(hours=community.config.delivery.backup_hours)
    backups = Backups(community.storage, community.clock, every=every)
    return (
        Chore("deadlines of money", timedelta(minutes=1), at_now(community.deadlines.sweep)),
        Chore("marks of members", timedelta(minutes=10), at_now(community.marks.sweep)),
        Chore("waiting lists", timedelta(minutes=1), at_now(community.waitlist.sweep)),
        Chore("wishes to be forgotten", timedelta(hours=1), at_now(community.privacy.sweep)),
        Chore("recommendations", timedelta(hours=1), at_now(community.referrals.sweep)),
        Chore("reminders", timedelta(minutes=10), at_now(community.reminders.sweep)),
        Chore(
            "removals",
            timedelta(hours=1),
            at_now(lambda now: community.removals.sweep(now, is_in)),
        ),
        Chore("lock of removals", timedelta(days=1), at_now(community.outages.remind)),
        Chore("posts", TICK, at_now(lambda now: community.resources.sweep(now, looks))),
        Chore("courses", timedelta(minutes=1), at_now(community.resources.course_round.sweep)),
        Chore("progress of posts", PROGRESS, at_now(community.resources.showing.sweep)),
        Chore("questions left alone", SOON, at_now(community.tickets.sweep_often)),
        Chore("tickets", timedelta(minutes=1), at_now(community.tickets.sweep)),
        Chore("welcome back", timedelta(minutes=10), at_now(community.resources.welcoming.sweep)),
        Chore("digests", timedelta(minutes=5), at_now(community.resources.digests.sweep)),
        Chore(
            "introductions",
            timedelta(minutes=1),
            at_now(community.resources.introduction_clock.sweep),
        ),
        Chore("follow the library", FOLLOW, community.resources.index.catch_up, everywhere=True),
        Chore("follow the FAQ", FOLLOW, community.faq.index.catch_up, everywhere=True),
        Chore("reviews of the FAQ", timedelta(hours=1), at_now(community.faq.reviews.sweep)),
        Chore(
            "forget old searches",
            timedelta(days=1),
            at_now(community.faq.reviews.forget_searches),
        ),
        Chore(
            "next year's holidays", timedelta(days=1), at_now(community.business_time.warn_ahead)
        ),
        Chore("digest of the week", timedelta(minutes=10), at_now(Digests(community).weekly)),
        Chore("forget handled updates", timedelta(hours=1), community.inbox.purge),
        Chore("forget old deliveries", timedelta(days=1), community.outbox.purge),
        Chore("audit", timedelta(minutes=10), Audits(community).nightly),
        Chore("backup", LOOK_FOR_BACKUP, backups.keep),
        *(chore for rail in rails for chore in _of_rail(community, rail)),
    )


def _of_rail(community: Community, rail: Gateway) -> Iterator[Chore]:
    """Find first what was paid while nobody listened: it may be what is to be given back."""

    async def look_back() -> int:
        """After a restore look through everything, and note it: removals wait for that."""
        is_unseen = await community.outages.stars_are_unseen()
        found = await community.checkout.reconcile(rail, whole=is_unseen)
        if is_unseen and rail.name == Stars.name:
            await community.outages.stars_seen()
        return found

    async def give_back() -> int:
        return await community.payback.push(rail.name, rail.give_back)

    yield Chore(f"payments that came by {rail.name}", timedelta(hours=1), look_back)
    yield Chore(f"refunds by {rail.name}", timedelta(hours=1), give_back)
