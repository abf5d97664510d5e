"""The room as the rest of the program sees it: every use case of resources, wired once."""

from datetime import datetime

from community_bot.delivery.ledger import Aftermath
from community_bot.delivery.service import Outbox
from community_bot.resources import place_queries
from community_bot.resources.composing import Composing
from community_bot.resources.course_round import CourseRound
from community_bot.resources.courses import Courses
from community_bot.resources.digests import Digests
from community_bot.resources.feeding import Feeding
from community_bot.resources.introduction_clock import IntroductionClock
from community_bot.resources.introductions import Introductions
from community_bot.resources.lending import Lending
from community_bot.resources.lesson_checking import LessonChecking
from community_bot.resources.lessons import Lessons
from community_bot.resources.library import Library
from community_bot.resources.looks import Looks
from community_bot.resources.mending import Mending
from community_bot.resources.partner_keeping import PartnerKeeping
from community_bot.resources.partners import Partners
from community_bot.resources.planning import Planning
from community_bot.resources.posts import Posts
from community_bot.resources.preflight import Preflight
from community_bot.resources.quiet import Quiet
from community_bot.resources.reading import Reading
from community_bot.resources.reporting import Reporting
from community_bot.resources.settling import Settling
from community_bot.resources.shelf_index import ShelfIndex
from community_bot.resources.showing import Showing
from community_bot.resources.steering import Steering
from community_bot.resources.surroundings import Surroundings
from community_bot.resources.ticking import Ticking
from community_bot.resources.trying import Trying
from community_bot.resources.welcoming import Welcoming
from community_bot.storage.unit import Storage, Unit


class Resources:
    """The library, and posts that arrive once, on time, to whom they are meant."""

    def __init__(
        self, storage: Storage, around: Surroundings, *, outbox: Outbox, is_protected: bool
    ) -> None:
        self.index = ShelfIndex(storage)
        self.library = Library(storage, around, outbox=outbox)
        self.lending = Lending(outbox=outbox, is_protected=is_protected)
        self.reading = Reading(storage, around, index=self.index, lending=self.lending)
        self._open_courses(storage, around, outbox)
        self.quiet = Quiet(storage, around.clock)
        self.planning = Planning(storage, around)
        self.composing = Composing(storage, around, planning=self.planning)
        self.trying = Trying(storage, around, outbox=outbox, composing=self.composing)
        self.posts = Posts(
            storage, around, outbox=outbox, composing=self.composing, planning=self.planning
        )
        self.steering = Steering(storage, around, outbox=outbox)
        self.mending = Mending(storage, around, outbox=outbox, steering=self.steering)
        self.reporting = Reporting(storage, around)
        self.ticking = Ticking(storage, around, outbox=outbox)
        self.preflight = Preflight(storage, around, outbox=outbox)
        self.feeding = Feeding(storage, around, outbox=outbox)
        self.showing = Showing(storage, around, outbox=outbox)
        self.welcoming = Welcoming(storage, around, outbox=outbox)
        self.partners = Partners(storage, around)
        self.partner_keeping = PartnerKeeping(storage, around)
        self.digests = Digests(storage, around, outbox=outbox)
        self.introductions = Introductions(storage, around, outbox=outbox)
        self.introduction_clock = IntroductionClock(storage, around, outbox=outbox)
        self._settling = Settling(around, outbox=outbox)

    def _open_courses(self, storage: Storage, around: Surroundings, outbox: Outbox) -> None:
        self.courses = Courses(storage, around)
        self.lessons = Lessons(storage, around, outbox=outbox, lending=self.lending)
        self.lesson_checking = LessonChecking(storage, around, outbox=outbox, lending=self.lending)
        self.course_round = CourseRound(storage, around, outbox=outbox, lessons=self.lessons)

    @property
    def aftermaths(self) -> dict[str, Aftermath]:
        """What the room does when something that it promised has been settled, by kind."""
        return {
            **self._settling.aftermaths,
            **self.library.aftermaths,
            **self.lending.aftermaths,
        }

    async def moved(self, unit: Unit, old: int, new: int) -> None:
        """Follow a group that became a supergroup, inside the unit of whoever found out."""
        await place_queries.rename_chat(unit.session, old, new)

    async def topic_remade(self, unit: Unit, chat_id: int, old: int, new: int) -> None:
        """Follow a topic that had to be made anew."""
        await place_queries.rename_topic(unit.session, chat_id, old, new)

    async def sweep(self, now: datetime, looks: Looks) -> int:
        """Do what is due now, from times that have come to letters that leave."""
        await self.ticking.tick(now)
        await self.preflight.sweep(now, looks)
        await self.ticking.begin(now)
        fed = await self.feeding.sweep(now, looks)
        return fed + await self.mending.sweep(now, looks)
