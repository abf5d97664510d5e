"""A community that posts: admins, members of two tiers and guests, over a real database."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from community_bot.clock import StandingClock
from community_bot.community import Community
from community_bot.config.loading import parse
from community_bot.delivery.rows import DeliveryRow
from community_bot.ids import CountingIds
from community_bot.membership.rows import EntitlementRow
from community_bot.membership.rules import Source
from community_bot.people.roles import Actor, Role
from community_bot.people.service import Person
from community_bot.resources.audience_rules import parse as audience
from community_bot.resources.content_rules import Content
from community_bot.resources.facts import Composition, Post, Run
from community_bot.resources.looks import NOBODY_LOOKS, Looks
from community_bot.resources.post_rows import CopyRow, RunRow
from community_bot.resources.service import Resources
from community_bot.storage.unit import Storage

OWNER, ADMIN, OTHER = 1, 2, 3
FIRST = 1000  # the number of the first member
TIERS = [
    {"code": "guest", "name": {"zh": "访客", "en": "Guest"}, "rank": 0, "opens": ["lobby"]},
    {
        "code": "course",
        "name": {"zh": "课程", "en": "Course"},
        "rank": 5,
        "opens": ["classroom"],
        "plans": [{"code": "course_once", "price": "2699.00", "months": 6}],
    },
    {
        "code": "annual",
        "name": {"zh": "年度", "en": "Annual"},
        "rank": 10,
        "opens": ["classroom", "members"],
        "plans": [{"code": "annual_year", "price": "8888.00", "years": 1}],
    },
]


@dataclass
class House:
    """The community, and short ways to what the tests do with it."""

    community: Community
    clock: StandingClock

    @property
    def resources(self) -> Resources:
        return self.community.resources

    @property
    def storage(self) -> Storage:
        return self.community.storage

    admin = Actor(ADMIN, frozenset({Role.ADMIN}))
    other = Actor(OTHER, frozenset({Role.ADMIN}))

    def actor(self, member_id: int) -> Actor:
        return Actor(member_id, frozenset({Role.MEMBER}))

    async def people(
        self, count: int, *, tier: str | None = "annual", first: int = FIRST, days: int = 200
    ) -> list[int]:
        """Let people come who have had a tier for a while, and keep it for so many days."""
        now = self.clock.now()
        numbers = list(range(first, first + count))
        for number in numbers:
            await self.community.people.meet(Person(number, f"成员{number}", None, "zh-hans"))
        if tier is not None:
            async with self.storage.work() as unit:
                await unit.session.execute(
                    sa.insert(EntitlementRow),
                    [
                        {
                            "member_id": number,
                            "tier_code": tier,
                            "plan_version_id": None,
                            "source": Source.GRANT,
                            "source_key": f"{tier}:{number}",
                            "starts_at": now - timedelta(days=10),
                            "ends_at": now + timedelta(days=days),
                            "granted_by": OWNER,
                            "reason": None,
                            "made_at": now - timedelta(days=10),
                            "revoked_at": None,
                            "revoked_for": None,
                        }
                        for number in numbers
                    ],
                )
                await unit.commit()
        return numbers

    async def renew(self, member_id: int, *, tier: str = "annual") -> None:
        """Give somebody a right again from now on."""
        now = self.clock.now()
        async with self.storage.work() as unit:
            await self.community.memberships.grant_until(
                unit,
                member_id=member_id,
                tier_code=tier,
                plan_version_id=None,
                starts_at=now,
                ends_at=now + timedelta(days=365),
                source=Source.GRANT,
                source_key=f"renewed:{member_id}",
                actor_id=OWNER,
            )
            await unit.commit()

    async def revoke(self, *members: int) -> None:
        """Take back whatever rights people have, as a refund does."""
        now = self.clock.now()
        async with self.storage.work() as unit:
            await unit.session.execute(
                sa.update(EntitlementRow)
                .where(EntitlementRow.member_id.in_(members))
                .values(revoked_at=now, revoked_for="refund")
            )
            await unit.commit()

    async def bind(self, chat_id: int, role: str) -> None:
        owner = Actor(OWNER, frozenset({Role.OWNER}))
        await self.community.spaces.bind(
            owner, chat_id=chat_id, role=role, title=role, is_forum=False
        )

    async def draft(self, text: str = "本周选品", to: str | None = "all", **more: Any) -> Post:
        composed = Composition(Content(text), audience=None if to is None else audience(to), **more)
        return await self.resources.composing.begin(self.admin, composed)

    async def confirmed(self, text: str = "本周选品", to: str | None = "all", **more: Any) -> Post:
        """Compose a post and confirm what its preview shows."""
        post = await self.draft(text, to, **more)
        return await self.confirm(post)

    async def confirm(self, post: Post) -> Post:
        preview = await self.resources.composing.preview(self.admin, post_id=post.post_id)
        return await self.resources.posts.confirm(
            self.admin, post_id=post.post_id, mark=preview.mark
        )

    async def sweep(self, looks: Looks = NOBODY_LOOKS) -> None:
        await self.resources.sweep(self.clock.now(), looks)

    async def runs(self) -> list[Run]:
        """Return every run, the first due first."""
        found = await self.resources.steering.newest(self.admin)
        return sorted(found, key=lambda run: (run.due_at, run.run_id))

    async def run_rows(self) -> list[RunRow]:
        async with self.storage.read() as session:
            return list(await session.scalars(sa.select(RunRow).order_by(RunRow.due_at)))

    async def copies(self, run_id: int) -> list[CopyRow]:
        async with self.storage.read() as session:
            found = sa.select(CopyRow).where(CopyRow.run_id == run_id).order_by(CopyRow.copy_id)
            return list(await session.scalars(found))

    async def letters(self, kind: str = "post") -> list[DeliveryRow]:
        async with self.storage.read() as session:
            found = sa.select(DeliveryRow).where(DeliveryRow.kind == kind)
            return list(await session.scalars(found.order_by(DeliveryRow.delivery_id)))


def chats(letters: Iterable[DeliveryRow]) -> list[int]:
    return [letter.chat_id for letter in letters]


@asynccontextmanager
async def posting(storage: Storage, clock: StandingClock, **sections: Any) -> AsyncIterator[House]:
    """Open a community whose admins have started the bot, and nobody else."""
    config = parse(
        {
            "telegram": {"token": "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ-house"},
            "community": {"name": "同行会", "owners": [OWNER]},
            "tiers": TIERS,
            **sections,
        }
    )
    community = Community(config, storage=storage, clock=clock, ids=CountingIds())
    await community.tiers.apply(config.tiers)
    owner = Actor(OWNER, frozenset({Role.OWNER}))
    for number, name in ((OWNER, "群主"), (ADMIN, "艾管"), (OTHER, "周管")):
        await community.people.meet(Person(number, name, None, "zh-hans"))
    for number in (ADMIN, OTHER):
        await community.people.give_role(owner, member_id=number, role=Role.ADMIN)
    yield House(community, clock)
