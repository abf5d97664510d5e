"""The composition root: every service behind one object, wired once."""

from community_bot.billing.approvals import Approvals
from community_bot.billing.auditor import Auditor
from community_bot.billing.books import Books
from community_bot.billing.cards import Cards
from community_bot.billing.checkout import Checkout
from community_bot.billing.coupons import AccessCodes, Coupons
from community_bot.billing.deadlines import Deadlines
from community_bot.billing.fapiao import Fapiao
from community_bot.billing.lessons import Lessons
from community_bot.billing.money_queue import MoneyQueue
from community_bot.billing.open_business import money_is_open
from community_bot.billing.orders import Orders
from community_bot.billing.payback import Payback
from community_bot.billing.proofs import Proofs
from community_bot.billing.referrals import Referrals
from community_bot.billing.refund_desk import RefundDesk
from community_bot.billing.refunds import Refunds
from community_bot.billing.subscription_queries import renewing
from community_bot.billing.subscriptions import Subscriptions
from community_bot.billing.till import Till
from community_bot.billing.waitlist import Waitlist
from community_bot.billing.window import Window
from community_bot.business_time.service import BusinessTime
from community_bot.clock import Clock
from community_bot.config.loading import Config
from community_bot.delivery.ledger import EVERYBODY, Aftermath
from community_bot.delivery.service import Outbox
from community_bot.delivery.troubles import Troubles
from community_bot.faq.facts import Level
from community_bot.faq.service import Faq
from community_bot.ids import Ids
from community_bot.inbox.second_tries import SecondTries
from community_bot.inbox.service import Inbox
from community_bot.membership.admissions import Admissions
from community_bot.membership.doors import Doors
from community_bot.membership.facts import Change
from community_bot.membership.grants import Grants
from community_bot.membership.imports import Imports
from community_bot.membership.leaving import Leaving
from community_bot.membership.marks import Marks
from community_bot.membership.memberships import Memberships
from community_bot.membership.outages import Outages
from community_bot.membership.passages import Passages
from community_bot.membership.places import Places
from community_bot.membership.reloading import Reloading
from community_bot.membership.reminders import Reminders
from community_bot.membership.removals import Removals
from community_bot.membership.spaces import Spaces
from community_bot.membership.tiers import Tiers
from community_bot.people.drafts import Draft, Drafts
from community_bot.people.incidents import Incidents
from community_bot.people.privacy import Privacy
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People
from community_bot.resources.service import Resources
from community_bot.resources.surroundings import Surroundings
from community_bot.storage.unit import Cause, Storage, Unit
from community_bot.tickets.asker_queries import has_asked
from community_bot.tickets.service import Tickets


class Community:
    """One community: its people, its money, its questions, over one database."""

    def __init__(self, config: Config, *, storage: Storage, clock: Clock, ids: Ids) -> None:
        self.config = config
        self.clock = clock
        self.ids = ids
        self.storage = storage
        self.inbox = Inbox(storage, clock)
        self.outbox = Outbox(storage, clock)
        self.people = People(
            storage,
            clock,
            outbox=self.outbox,
            owners=config.community.owners,
            default_locale=config.community.locale,
        )
        self.troubles = Troubles(clock, outbox=self.outbox, owners=lambda: self.people.owners)
        self.incidents = Incidents(storage, clock, outbox=self.outbox, owners=self.people.owners)
        self.second_tries = SecondTries(storage, clock)
        self.drafts = Drafts(storage, clock)
        contact = config.community.contact
        self.privacy = Privacy(
            storage, clock, outbox=self.outbox, people=self.people, contact=contact
        )
        calendar, zone = config.calendar, config.community.zone
        self.business_time = BusinessTime(
            storage, clock, outbox=self.outbox, people=self.people, section=calendar, zone=zone
        )
        self._open_membership()
        self._open_billing()
        self.faq = Faq(
            storage,
            clock,
            outbox=self.outbox,
            people=self.people,
            rank_of=self.memberships.rank_of,
            levels=self._levels,
            section=config.faq,
        )
        self.tickets = Tickets(
            storage,
            clock,
            ids,
            section=config.desk,
            zone=zone,
            is_protected=config.delivery.protect_content,
            outbox=self.outbox,
            people=self.people,
            memberships=self.memberships,
            business_time=self.business_time,
            knowledge=self.faq,
        )
        self.privacy.rooms.blockers.append(self.tickets.personal.is_open)
        self.privacy.rooms.endings += [self.tickets.personal.erase, self.faq.learning.erase]
        self._open_resources()
        self.privacy.rooms.endings.append(self.resources.introductions.leave)

    def _open_resources(self) -> None:
        around = Surroundings(
            self.clock,
            self.config.community.zone,
            self.people,
            self.business_time,
            self.tiers,
            self.memberships,
            has_asked,
            per_second=self.config.delivery.bulk_per_second,
            two_person_from=self.config.posts.two_person_from,
            protects_all=self.config.delivery.protect_content,
        )
        self.resources = Resources(
            self.storage,
            around,
            outbox=self.outbox,
            is_protected=self.config.delivery.protect_content,
        )
        self.lessons.by_courses = self.resources.lessons.used

    def _open_membership(self) -> None:
        storage, clock, config = self.storage, self.clock, self.config
        outbox, people = self.outbox, self.people
        self.tiers = Tiers(storage, clock)
        self.reloading = Reloading(config, tiers=self.tiers)
        memberships = self.memberships = Memberships(storage, clock, zone=config.community.zone)
        self.spaces = Spaces(storage, clock)
        self.places = Places(storage, outbox=outbox, people=people)
        self.doors = Doors(storage, clock, outbox=outbox, people=people, memberships=memberships)
        self.marks = Marks(storage, clock, outbox=outbox, people=people, config=config)
        memberships.changed = self.marks.changed_in
        self.passages = Passages(clock, outbox=outbox, people=people)
        silent = config.groups.read_only_in_grace
        self.reminders = Reminders(
            storage, outbox=outbox, memberships=memberships, is_read_only=silent
        )
        removals = Removals(storage, outbox=outbox, people=people, memberships=memberships)
        self.removals, rails = removals, config.payments
        self.outages = Outages(
            storage, clock, outbox=outbox, people=people, removals=removals, rails=rails
        )
        self._open_member_desk()

    def _open_member_desk(self) -> None:
        storage, clock, memberships = self.storage, self.clock, self.memberships
        self.admissions = Admissions(storage, clock, outbox=self.outbox, people=self.people)
        self.grants = Grants(storage, clock, outbox=self.outbox, memberships=memberships)
        self.imports = Imports(storage, clock, memberships=memberships)
        leaving = Leaving(outbox=self.outbox, memberships=memberships)
        self.privacy.rooms.endings.append(leaving.leave)
        self.privacy.rooms.blockers.append(money_is_open)

    def _open_billing(self) -> None:
        storage, clock, payments = self.storage, self.clock, self.config.payments
        outbox, people, memberships = self.outbox, self.people, self.memberships
        till = Till(clock, ids=self.ids, outbox=outbox, people=people, memberships=memberships)
        self.orders = Orders(
            storage,
            clock,
            ids=self.ids,
            outbox=outbox,
            memberships=memberships,
            till=till,
            payments=payments,
        )
        self.window = Window(storage, clock, tiers=self.tiers, memberships=memberships)
        self.proofs = Proofs(storage, clock, outbox=outbox, people=people, payments=payments)
        self.approvals = Approvals(
            storage, clock, outbox=outbox, people=people, till=till, payments=payments
        )
        self.coupons = Coupons(storage, clock)
        self.access_codes = AccessCodes(storage, clock, ids=self.ids, memberships=memberships)
        self.cards = Cards(storage, people=people, memberships=memberships)
        self.subscriptions = Subscriptions(
            storage, clock, ids=self.ids, outbox=outbox, memberships=memberships
        )
        self.reminders.renewing, self.grants.moved = renewing, self.subscriptions.moved_in
        self.privacy.rooms.endings.append(self.subscriptions.leave)
        self.checkout = Checkout(storage, till=till, subscriptions=self.subscriptions)
        self.money_queue = MoneyQueue(storage, clock, till=till, payments=payments)
        currency, zone = payments.manual.currency, self.config.community.zone
        self.books = Books(storage, clock, currency=currency, zone=zone)
        self.waitlist = Waitlist(storage, clock, outbox=outbox)
        days = self.config.referral.reward_days
        self.referrals = Referrals(
            storage, clock, ids=self.ids, outbox=outbox, memberships=memberships, days=days
        )
        self.deadlines = Deadlines(storage, outbox=outbox, people=people)
        self.fapiao = Fapiao(storage, clock, outbox=outbox, people=people)
        self.auditor = Auditor(storage, clock, memberships=memberships)
        self._open_refunds()

    def _open_refunds(self) -> None:
        storage, clock, outbox = self.storage, self.clock, self.outbox
        people, memberships = self.people, self.memberships
        payback = self.payback = Payback(storage, clock, outbox=outbox, people=people)
        self.refunds = Refunds(
            storage, clock, outbox=outbox, people=people, memberships=memberships, payback=payback
        )
        self.refunds.ended = self.subscriptions.end_in
        self.lessons = Lessons(storage, clock, refunds=self.refunds)
        self.refund_desk = RefundDesk(storage, clock, outbox=outbox, refunds=self.refunds)

    async def prepare(self) -> list[Change]:
        """Look back at an outage, and take over what the configuration decides; return that."""
        await self.outages.look_back()
        await self.people.show_menus()
        return await self.tiers.apply(self.config.tiers)

    async def actor(self, member_id: int, *, cause: Cause | None = None) -> Actor:
        """Return a person with the roles they have now."""
        return (await self.arrival(member_id, cause=cause))[0]

    async def arrival(
        self, member_id: int, *, cause: Cause | None = None
    ) -> tuple[Actor, Draft | None]:
        """Return a person with their roles, and what they are in the middle of, in one look."""
        async with self.storage.read() as session:
            given = await self.people.given_roles_in(session, member_id)
            is_member = await self.memberships.is_member_in(session, member_id, self.clock.now())
            draft = await self.drafts.current_in(session, member_id)
        derived = Role.MEMBER if is_member else Role.GUEST
        return Actor(member_id=member_id, roles=given | {derived}, cause=cause), draft

    @property
    def aftermaths(self) -> dict[str, Aftermath]:
        """What rooms do when something that they promised has been settled, by kind."""
        return {
            EVERYBODY: self.troubles.tell,
            "space_refused": self.doors.refusal_told,
            **self.marks.aftermaths,
            **self.passages.aftermaths,
            **self.subscriptions.aftermaths,
            **self.resources.aftermaths,
            **self.tickets.aftermaths,
        }

    async def _levels(self) -> dict[str, Level]:
        return {one.code: Level(one.code, one.rank, one.name) for one in await self.tiers.known()}

    async def begin_again(self, actor: Actor) -> None:
        """Somebody sent /start: forget their draft, and send what was kept while they were away."""
        drafting = await self.drafts.current(actor.member_id)
        if drafting is None and await self.outbox.is_open(actor.member_id):
            return
        async with self.storage.work(actor.cause) as unit:
            await self.tickets.reaching.came_back(unit, actor.member_id)
            await self.drafts.forget(unit, actor)
            await unit.commit()

    async def reach_changed(
        self, chat_id: int, *, is_open: bool, cause: Cause | None = None
    ) -> None:
        """Note that a person blocked us, or let us back: what was kept for them goes out now."""
        async with self.storage.work(cause) as unit:
            if is_open:
                await self.tickets.reaching.came_back(unit, chat_id)
            else:
                await self.tickets.reaching.stopped(unit, chat_id)
            await unit.commit()

    async def moved(self, unit: Unit, old: int, new: int) -> None:
        """Rename a chat everywhere: a group became a supergroup."""
        await self.outbox.rename_chat(unit, old, new)
        await self.spaces.rename_in(unit, old, new)
        await self.tickets.moved(unit, old, new)
        await self.resources.moved(unit, old, new)

    async def topic_remade(self, unit: Unit, chat_id: int, old: int, new: int) -> None:
        """Rename a topic everywhere: somebody deleted it, and it was made anew."""
        await self.outbox.rename_topic(unit, chat_id, old, new)
        await self.tickets.topic_remade(unit, chat_id, old, new)
        await self.resources.topic_remade(unit, chat_id, old, new)

    async def close(self) -> None:
        await self.storage.close()
