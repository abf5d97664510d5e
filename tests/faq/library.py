"""A FAQ over a real database with the people who read it and those who look after it."""

from collections.abc import Mapping
from dataclasses import dataclass

from community_bot.clock import StandingClock
from community_bot.config.sections import Faq as FaqSection
from community_bot.delivery.service import Outbox
from community_bot.faq.content_rules import Content
from community_bot.faq.facts import Entry, Level
from community_bot.faq.service import Faq
from community_bot.people.roles import Actor, Role
from community_bot.people.service import People, Person
from community_bot.storage.unit import Storage

LEVELS = {
    "guest": Level("guest", 0, {"zh": "访客", "en": "Guest"}),
    "annual": Level("annual", 10, {"zh": "年度会员", "en": "Annual"}),
}
ADMIN = Actor(1, frozenset({Role.ADMIN, Role.MEMBER}))
MENTOR = Actor(2, frozenset({Role.MENTOR, Role.MEMBER}))
MEMBER = Actor(3, frozenset({Role.MEMBER}))
GUEST = Actor(4, frozenset({Role.GUEST}))
OTHER = Actor(5, frozenset({Role.MEMBER}))
RANKS: Mapping[int, int] = {1: 10, 2: 10, 3: 10, 5: 10}
ALPHABET = {1: "艾管", 2: "莫导", 3: "林晓", 4: "陈立", 5: "王悦"}

PAYOUT = Content(
    question="TikTok Shop 多久回款一次？",
    body="订单妥投后进入结算期，一般 <b>30 天</b>。",
    aliases=("回款周期",),
    topics=("payout",),
    markets=("uk", "us"),
)
REVIEW = Content(
    question="二审没过怎么办？",
    body="秘密的做法：补近 90 天的采购发票。",
    topics=("account",),
    least_tier="annual",
)


@dataclass
class Library:
    """The FAQ, its clock and its database."""

    storage: Storage
    clock: StandingClock
    faq: Faq
    people: People

    def beside(self) -> "Library":
        """Return another process over the same database."""
        return library(self.storage, self.clock)

    def ranked(self, ranks: Mapping[int, int]) -> "Library":
        """Return the same FAQ with further people of some rank."""
        return library(self.storage, self.clock, {**RANKS, **ranks})

    async def published(self, content: Content, by: Actor = ADMIN) -> Entry:
        entry = await self.faq.entries.write(by, content=content)
        return await self.faq.publishing.publish(ADMIN, entry_id=entry.entry_id)

    async def meet_everybody(self) -> None:
        for number, name in ALPHABET.items():
            await self.people.meet(Person(number, name, None, "zh"))


def library(storage: Storage, clock: StandingClock, ranks: Mapping[int, int] = RANKS) -> Library:
    """Wire a FAQ as the community does."""

    async def rank_of(member_id: int) -> int:
        return ranks.get(member_id, 0)

    async def levels() -> dict[str, Level]:
        return LEVELS

    outbox = Outbox(storage, clock)
    people = People(storage, clock, outbox=outbox, owners=(), default_locale="zh_CN")
    faq = Faq(
        storage,
        clock,
        outbox=outbox,
        people=people,
        rank_of=rank_of,
        levels=levels,
        section=FaqSection(),
    )
    return Library(storage, clock, faq, people)
