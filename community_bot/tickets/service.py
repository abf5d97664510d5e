"""The room as the rest of the program sees it: every use case of tickets, wired once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from community_bot.business_time.service import BusinessTime
from community_bot.clock import Clock
from community_bot.config.sections import Desk as DeskSection
from community_bot.delivery.ledger import Aftermath
from community_bot.delivery.service import Outbox
from community_bot.faq.service import Faq
from community_bot.ids import Ids
from community_bot.membership.memberships import Memberships
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import message_queries, queries
from community_bot.tickets.aging import Aging
from community_bot.tickets.albums import Albums
from community_bot.tickets.amending import Amending
from community_bot.tickets.answering import Answering
from community_bot.tickets.auditor import TicketAuditor
from community_bot.tickets.capturing import Capturing
from community_bot.tickets.cards import CardFacts
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.choosing import Choosing
from community_bot.tickets.claiming import Claiming
from community_bot.tickets.desk import Desk
from community_bot.tickets.drafting import Drafting, Suggested
from community_bot.tickets.ending import Ending
from community_bot.tickets.entry_answers import EntryAnswers
from community_bot.tickets.escalations import Escalations
from community_bot.tickets.facts import Hit
from community_bot.tickets.following_up import FollowingUp
from community_bot.tickets.intake import Intake
from community_bot.tickets.mentor_absence import Absences
from community_bot.tickets.mentors import Mentors
from community_bot.tickets.merging import Merging
from community_bot.tickets.pausing import Pausing
from community_bot.tickets.personal import PersonalTickets
from community_bot.tickets.placing import Placing
from community_bot.tickets.promoting import Promoting
from community_bot.tickets.publishing import Publishing
from community_bot.tickets.quotas import Quotas
from community_bot.tickets.ratings import Ratings
from community_bot.tickets.reach import Reaching
from community_bot.tickets.relaying import Relaying
from community_bot.tickets.resending import Resending
from community_bot.tickets.routing_sweep import Routing
from community_bot.tickets.settling import Settling
from community_bot.tickets.sharing import Sharing
from community_bot.tickets.shelving import Shelving
from community_bot.tickets.splitting import Splitting
from community_bot.tickets.telling import Telling
from community_bot.tickets.urgency import Urgency
from community_bot.tickets.views import Views


class Tickets:
    """Members' questions, from the first word to the rated answer."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        ids: Ids,
        *,
        section: DeskSection,
        zone: ZoneInfo,
        is_protected: bool,
        outbox: Outbox,
        people: People,
        memberships: Memberships,
        business_time: BusinessTime,
        knowledge: Faq,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._faq = knowledge
        self._section = section
        self._outbox, self._people, self._memberships = outbox, people, memberships
        self.quotas = Quotas(memberships=memberships)
        self.casebook = Casebook(clock, business_time=business_time)
        self._telling = Telling(clock, outbox=outbox, people=people, identity=section.identity)
        self._facts = CardFacts(
            clock,
            memberships=memberships,
            business_time=business_time,
            quotas=self.quotas,
            telling=self._telling,
        )
        self._relaying = Relaying(clock, outbox=outbox, protect=is_protected)
        self.desk = Desk(
            clock,
            telling=self._telling,
            facts=self._facts,
            relaying=self._relaying,
            casebook=self.casebook,
        )
        self.mentors = Mentors(storage, clock, people=people, cap=section.cap, zone=zone)
        self._open_intake(ids)
        self._open_desk()
        self._open_conversation()
        self._open_ends()

    def _open_intake(self, ids: Ids) -> None:
        storage, clock, telling = self._storage, self._clock, self._telling
        self.sharing = Sharing(
            storage, clock, casebook=self.casebook, desk=self.desk, index=self._faq.index
        )
        self.drafting = Drafting(
            storage, clock, quotas=self.quotas, telling=telling, suggest=self._suggest
        )
        self.choosing = Choosing(storage, clock, drafting=self.drafting)
        self.shelving = Shelving(
            storage, clock, quotas=self.quotas, drafting=self.drafting, telling=telling
        )
        self.intake = Intake(
            storage,
            clock,
            ids,
            quotas=self.quotas,
            drafting=self.drafting,
            casebook=self.casebook,
            desk=self.desk,
            telling=telling,
            failing=self._faq.failing,
        )
        self.capturing = Capturing(
            storage,
            clock,
            ids,
            memberships=self._memberships,
            casebook=self.casebook,
            desk=self.desk,
            telling=telling,
        )

    def _open_desk(self) -> None:
        storage, clock, casebook, desk = self._storage, self._clock, self.casebook, self.desk
        outbox, people = self._outbox, self._people
        self.claiming = Claiming(
            storage, clock, casebook=casebook, desk=desk, telling=self._telling
        )
        self._escalations = Escalations(
            clock, outbox=outbox, people=people, casebook=casebook, desk=desk
        )
        self.routing = Routing(
            storage,
            clock,
            casebook=casebook,
            mentors=self.mentors,
            escalations=self._escalations,
        )
        self.urgency = Urgency(
            storage,
            clock,
            quotas=self.quotas,
            casebook=casebook,
            mentors=self.mentors,
            escalations=self._escalations,
            desk=desk,
        )
        self.absences = Absences(
            storage,
            outbox=outbox,
            people=people,
            casebook=casebook,
            mentors=self.mentors,
            claiming=self.claiming,
            hand_back_minutes=self._section.hand_back_minutes,
        )
        self.views = Views(
            storage,
            clock,
            facts=self._facts,
            desk=desk,
            relaying=self._relaying,
            telling=self._telling,
        )
        self.auditor = TicketAuditor(storage, clock, casebook=casebook, outbox=outbox)

    def _open_conversation(self) -> None:
        storage, clock, casebook, desk = self._storage, self._clock, self.casebook, self.desk
        relaying, telling = self._relaying, self._telling
        self._publishing = Publishing(
            clock,
            casebook=casebook,
            desk=desk,
            relaying=relaying,
            telling=telling,
            failing=self._faq.failing,
        )
        self._placing = Placing(
            clock,
            casebook=casebook,
            claiming=self.claiming,
            mentors=self.mentors,
            desk=desk,
            relaying=relaying,
            telling=telling,
        )
        self.answering = Answering(
            storage,
            clock,
            casebook=casebook,
            publishing=self._publishing,
            relaying=relaying,
            telling=telling,
        )
        self.entry_answers = EntryAnswers(
            storage, casebook=casebook, publishing=self._publishing, knowledge=self._faq
        )
        self.following_up = FollowingUp(storage, clock, casebook=casebook, placing=self._placing)
        self.amending = Amending(
            storage,
            clock,
            drafting=self.drafting,
            casebook=casebook,
            desk=desk,
            telling=telling,
        )
        self.resending = Resending(storage, outbox=self._outbox)
        self.splitting = Splitting(
            storage,
            clock,
            casebook=casebook,
            placing=self._placing,
            amending=self.amending,
            desk=desk,
            telling=telling,
        )
        self.albums = Albums(storage, placing=self._placing, publishing=self._publishing)

    def _open_ends(self) -> None:
        storage, clock, casebook, desk = self._storage, self._clock, self.casebook, self.desk
        telling = self._telling
        self.ending = Ending(
            storage, clock, casebook=casebook, placing=self._placing, desk=desk, telling=telling
        )
        self.merging = Merging(
            storage, clock, casebook=casebook, relaying=self._relaying, desk=desk, telling=telling
        )
        self.aging = Aging(
            storage, clock, casebook=casebook, ending=self.ending, desk=desk, telling=telling
        )
        self.pausing = Pausing(storage, clock, casebook=casebook, telling=telling)
        self.ratings = Ratings(storage, clock, casebook=casebook, desk=desk, telling=telling)
        self.promoting = Promoting(storage, casebook=casebook, knowledge=self._faq)
        self.personal = PersonalTickets(storage)
        self.reaching = Reaching(casebook=casebook, desk=desk, telling=telling)
        self._settling = Settling(
            casebook=casebook,
            desk=desk,
            relaying=self._relaying,
            telling=telling,
            reaching=self.reaching,
        )

    @property
    def aftermaths(self) -> dict[str, Aftermath]:
        """What the room does when something that it promised has been settled."""
        return {"ticket:": self._settling.settled}

    async def sweep_often(self, now: datetime) -> int:
        """Carry albums on, submit drafts that were left alone, house what is unclear."""
        done = await self.albums.sweep(now)
        done += await self.following_up.sweep(now)
        return done + await self.intake.sweep(now)

    async def sweep(self, now: datetime) -> int:
        """Look at every ticket that waits, and at those for which it is time."""
        done = await self.aging.sweep(now)
        done += await self.absences.sweep(now)
        return done + await self.routing.sweep(now)

    async def topic_remade(self, unit: Unit, chat_id: int, old: int, new: int) -> None:
        """Follow a topic of the desk that had to be made anew."""
        await self.desk.topic_remade(unit, chat_id, old, new)

    async def moved(self, unit: Unit, old: int, new: int) -> None:
        """Follow a group that became a supergroup; its messages have other ids there."""
        await queries.rename_chat(unit.session, old, new)
        await message_queries.forget_anchors(unit.session, old)

    async def _suggest(self, actor: Actor, words: str, most: int) -> Suggested:
        found = await self._faq.searching.suggest(actor, text=words, limit=most)
        hits = tuple(Hit(line.entry_id, line.question) for line in found)
        may_follow = actor.has(Role.MEMBER)
        alike = await self.sharing.similar(actor, words=words) if may_follow else []
        return Suggested(hits, len(alike))
