"""The room as the rest of the program sees it: every use case of the FAQ, wired once."""

from community_bot.clock import Clock
from community_bot.config.sections import Faq as FaqSection
from community_bot.delivery.service import Outbox
from community_bot.faq.access import Access, Levels, RankOf
from community_bot.faq.bringing import Bringing
from community_bot.faq.calling_back import CallingBack
from community_bot.faq.entries import Entries
from community_bot.faq.failing import Failing
from community_bot.faq.following import LiveIndex
from community_bot.faq.gaps import Gaps
from community_bot.faq.keepers import Keepers
from community_bot.faq.learning import Learning
from community_bot.faq.publishing import Publishing
from community_bot.faq.reading import Reading
from community_bot.faq.reviews import Reviews
from community_bot.faq.rules import Intervals
from community_bot.faq.searching import Searching
from community_bot.faq.terms import Terms
from community_bot.faq.transfer import Transfer
from community_bot.faq.votes import Votes
from community_bot.people.service import People
from community_bot.storage.unit import Storage


class Faq:
    """Questions with their settled answers."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        outbox: Outbox,
        people: People,
        rank_of: RankOf,
        levels: Levels,
        section: FaqSection,
    ) -> None:
        intervals = Intervals.of_days(section.review_days, section.review_days_by_topic)
        access = Access(rank_of, levels)
        self.index = LiveIndex(storage)
        calling_back = CallingBack(outbox=outbox, index=self.index, access=access)
        self.entries = Entries(
            storage, clock, index=self.index, intervals=intervals, calling_back=calling_back
        )
        self.publishing = Publishing(
            storage,
            clock,
            outbox=outbox,
            people=people,
            calling_back=calling_back,
            intervals=intervals,
        )
        self.reading = Reading(storage, clock, access=access, index=self.index)
        self.searching = Searching(
            storage, clock, access=access, index=self.index, reading=self.reading
        )
        self.votes = Votes(storage, clock, access=access)
        keepers = Keepers(outbox=outbox, people=people)
        self.failing = Failing(clock, keepers=keepers)
        self.reviews = Reviews(storage, clock, outbox=outbox, keepers=keepers)
        self.gaps = Gaps(
            storage,
            clock,
            outbox=outbox,
            people=people,
            index=self.index,
            entries=self.entries,
            calling_back=calling_back,
        )
        self.learning = Learning(storage, clock, index=self.index, entries=self.entries)
        self.terms = Terms(storage, clock)
        self.transfer = Transfer(
            storage,
            entries=self.entries,
            bringing=Bringing(clock, intervals=intervals),
            publishing=self.publishing,
            access=access,
        )
