"""The directory of partners as members see it, and what they think of whom they have met."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from community_bot.errors import NotAllowed, NotFound
from community_bot.people.roles import Actor, Role
from community_bot.resources import introduction_queries, partner_queries, partner_rules
from community_bot.resources.facts import Level
from community_bot.resources.introduction_rules import OPEN, IntroductionState
from community_bot.resources.partner_facts import (
    Directory,
    Introduction,
    Partner,
    PartnerLine,
    PartnerPage,
    PartnerView,
    Tag,
)
from community_bot.resources.partner_rules import PartnerKind, PartnerState
from community_bot.resources.surroundings import Surroundings
from community_bot.storage.unit import Storage

PAGE = 8  # partners on one page
MOST_TAGS = 8  # on the front page, the most frequent


@dataclass(frozen=True, slots=True)
class Visitor:
    """How high somebody's tier is; admins see every partner open."""

    rank: int
    is_keeper: bool
    levels: Mapping[str, Level]

    def may_open(self, partner: Partner) -> bool:
        level = self.levels.get(partner.least_tier or "")
        return self.is_keeper or partner_rules.may_open(
            self.rank,
            least_tier=partner.least_tier,
            least_rank=None if level is None else level.rank,
        )


class Partners:
    """What is locked shows its name and the way up, and nothing else."""

    def __init__(self, storage: Storage, around: Surroundings) -> None:
        self._storage = storage
        self._around = around

    async def directory(self) -> Directory:
        """Return how many partners there are, by kind and by tag."""
        found = await self._listed()
        kinds = Counter(one.kind for one in found)
        tags = Counter(tag for one in found for tag in one.tags)
        return Directory(
            kinds=tuple((kind, kinds[kind]) for kind in PartnerKind if kinds[kind]),
            tags=tuple(tags.most_common(MOST_TAGS)),
            partners=len(found),
        )

    async def page(
        self,
        actor: Actor,
        *,
        kind: PartnerKind | None = None,
        topic_id: int | None = None,
        number: int = 0,
    ) -> PartnerPage:
        """Return a page of the partners of a kind or with a tag, the best rated first."""
        visitor = await self._visitor(actor)
        tag, found = None, await self._listed()
        if kind is not None:
            found = [one for one in found if one.kind is kind]
        if topic_id is not None:
            found = [one for one in found if topic_id in {tag.topic_id for tag in one.tags}]
            tag = _tag(found, topic_id)
        lines = _lines(found, visitor)
        pages = max(1, -(-len(lines) // PAGE))
        number = max(0, min(number, pages - 1))
        shown = tuple(lines[number * PAGE : (number + 1) * PAGE])
        return PartnerPage(kind, tag, shown, number, pages)

    async def open(self, actor: Actor, *, partner_id: int) -> PartnerView:
        """Show a partner; one that was taken off is shown to whom it was introduced."""
        visitor = await self._visitor(actor)
        async with self._storage.read() as session:
            found = await partner_queries.one(session, partner_id)
            cases = [
                case
                for case in await introduction_queries.of_member(session, actor.member_id)
                if case.partner_id == partner_id
            ]
            stars = await partner_queries.stars_of(session, partner_id, actor.member_id)
        if found is None or not (found.state is PartnerState.LISTED or cases):
            raise NotFound("partner", partner_id)
        return _view(found, visitor, cases, stars)

    async def rate(self, actor: Actor, *, partner_id: int, stars: int) -> PartnerView:
        """Keep what a member thinks of a partner to whom they were introduced."""
        stars = partner_rules.check_stars(stars)
        async with self._storage.work(actor.cause) as unit:
            cases = await introduction_queries.of_member(unit.session, actor.member_id)
            if not any(_is_made(case) for case in cases if case.partner_id == partner_id):
                raise NotAllowed("introduction")
            await partner_queries.rate(
                unit.session,
                partner_id,
                actor.member_id,
                stars=stars,
                now=self._around.clock.now(),
            )
            await unit.commit()
        return await self.open(actor, partner_id=partner_id)

    async def _listed(self) -> list[Partner]:
        async with self._storage.read() as session:
            return await partner_queries.in_state(session, (PartnerState.LISTED,))

    async def _visitor(self, actor: Actor) -> Visitor:
        return Visitor(
            rank=await self._around.rank_of(actor.member_id),
            is_keeper=actor.has(Role.ADMIN),
            levels=await self._around.levels(),
        )


def _view(
    found: Partner, visitor: Visitor, cases: Iterable[Introduction], stars: int | None
) -> PartnerView:
    cases, may_open = list(cases), visitor.may_open(found)
    under_way = [case.introduction_id for case in cases if case.state in OPEN]
    return PartnerView(
        partner_id=found.partner_id,
        kind=found.kind,
        name=found.name,
        about=found.about if may_open else "",
        tags=found.tags if may_open else (),
        is_locked=not may_open,
        level=visitor.levels.get(found.least_tier or ""),
        ratings=found.ratings,
        rating=found.rating,
        open_introduction=under_way[0] if under_way else None,
        may_rate=any(_is_made(case) for case in cases),
        own_stars=stars,
    )


def _is_made(case: Introduction) -> bool:
    return case.state is IntroductionState.MADE


def _tag(found: Iterable[Partner], topic_id: int) -> Tag:
    """Return the tag by its number; raises NotFound where no partner has it any more."""
    for partner in found:
        for tag in partner.tags:
            if tag.topic_id == topic_id:
                return tag
    raise NotFound("topic", topic_id)


def _lines(found: Iterable[Partner], visitor: Visitor) -> list[PartnerLine]:
    return [
        PartnerLine(
            partner_id=one.partner_id,
            kind=one.kind,
            name=one.name,
            is_locked=not visitor.may_open(one),
            rating=one.rating,
        )
        for one in found
    ]
