"""Who may read what: decided when an entry is shown, never when it is found."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from community_bot.faq.content_rules import Content, EntryKind
from community_bot.faq.facts import Level
from community_bot.people.roles import Actor, Role

EDITORS = (Role.MENTOR, Role.ADMIN)
RankOf = Callable[[int], Awaitable[int]]
Levels = Callable[[], Awaitable[Mapping[str, Level]]]


@dataclass(frozen=True, slots=True)
class Reader:
    """How high somebody's tier is; staff who answer questions read everything."""

    rank: int
    is_editor: bool
    levels: Mapping[str, Level]

    def may_read(self, kind: EntryKind, least_tier: str | None) -> bool:
        """Say whether the body may be shown; a tier that nobody knows any more opens nothing."""
        if self.is_editor:
            return True
        if kind is not EntryKind.FAQ:
            return False
        level = self.levels.get(least_tier) if least_tier is not None else None
        return least_tier is None or (level is not None and level.rank <= self.rank)

    def may_see(self, kind: EntryKind) -> bool:
        """Say whether even the title may be shown."""
        return self.is_editor or kind is EntryKind.FAQ

    def may_open(self, content: Content) -> bool:
        return self.may_read(content.kind, content.least_tier)


class Access:
    """Asks the membership, through what the composition root hands in."""

    def __init__(self, rank_of: RankOf, levels: Levels) -> None:
        self._rank_of = rank_of
        self._levels = levels

    async def reader(self, actor: Actor) -> Reader:
        """Return what this person may read now."""
        return Reader(
            rank=await self._rank_of(actor.member_id),
            is_editor=actor.has(*EDITORS),
            levels=await self._levels(),
        )

    async def may_open(self, member_id: int, content: Content) -> bool:
        """Say whether a member may read an entry now; their tier alone counts."""
        if content.least_tier is None:
            return content.kind is EntryKind.FAQ
        levels, rank = await self._levels(), await self._rank_of(member_id)
        return Reader(rank=rank, is_editor=False, levels=levels).may_open(content)

    async def anybody(self) -> Reader:
        """Return what may be read where everybody can look: in groups and inline."""
        return Reader(rank=0, is_editor=False, levels=await self._levels())
