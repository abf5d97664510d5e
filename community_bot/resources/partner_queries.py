"""SQL of the directory: partners, their tags, and what members think of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.resources import partner_rules, topic_rules
from community_bot.resources.partner_facts import Partner, Tag
from community_bot.resources.partner_rows import PartnerRatingRow, PartnerRow, PartnerTopicRow
from community_bot.resources.partner_rules import PARTNER, PartnerEvent, PartnerState
from community_bot.resources.rows import LibraryTopicRow
from community_bot.storage.inserting import insert_into

_QUIET = {"synchronize_session": False}


async def add(session: AsyncSession, **columns: Any) -> int:  # noqa: ANN401  a row's columns
    number = await session.scalar(
        sa.insert(PartnerRow)
        .values(state=PARTNER.start, **columns)
        .returning(PartnerRow.partner_id)
    )
    return int(number or 0)


async def change(
    session: AsyncSession,
    partner_id: int,
    **columns: Any,  # noqa: ANN401  a row's columns
) -> bool:
    """Change what is known of a partner; say whether there is one."""
    changed = await session.scalar(
        sa.update(PartnerRow)
        .where(PartnerRow.partner_id == partner_id)
        .values(**columns)
        .returning(PartnerRow.partner_id)
        .execution_options(**_QUIET)
    )
    return changed is not None


async def step(
    session: AsyncSession, partner_id: int, event: PartnerEvent, *, now: datetime
) -> bool:
    """Move a partner by its machine; say whether its state allowed it."""
    states = PARTNER.before(event)
    target = {PARTNER.after(state, event) for state in states}.pop()
    moved = await session.scalar(
        sa.update(PartnerRow)
        .where(PartnerRow.partner_id == partner_id, PartnerRow.state.in_(states))
        .values(state=target, changed_at=now)
        .returning(PartnerRow.partner_id)
        .execution_options(**_QUIET)
    )
    return moved is not None


async def set_tags(
    session: AsyncSession, partner_id: int, tags: Sequence[str], *, now: datetime
) -> None:
    """Give a partner exactly these tags; those that nobody has used before are made."""
    await session.execute(
        sa.delete(PartnerTopicRow).where(PartnerTopicRow.partner_id == partner_id)
    )
    if not tags:
        return
    made = [{"code": code, "kind": topic_rules.kind_of(code), "made_at": now} for code in tags]
    await session.execute(
        insert_into(session, LibraryTopicRow).on_conflict_do_nothing(index_elements=["code"]), made
    )
    numbers = await session.scalars(
        sa.select(LibraryTopicRow.topic_id).where(LibraryTopicRow.code.in_(tags))
    )
    await session.execute(
        sa.insert(PartnerTopicRow),
        [{"partner_id": partner_id, "topic_id": number} for number in numbers],
    )


async def one(session: AsyncSession, partner_id: int) -> Partner | None:
    found = await _partners(session, PartnerRow.partner_id == partner_id)
    return found[0] if found else None


async def in_state(session: AsyncSession, states: Collection[PartnerState]) -> list[Partner]:
    """Return partners, the best rated first, and then by their names."""
    found = await _partners(session, PartnerRow.state.in_(states))
    return sorted(found, key=lambda one: (-(one.rating or 0), -one.ratings, one.name))


async def rate(
    session: AsyncSession, partner_id: int, member_id: int, *, stars: int, now: datetime
) -> None:
    """Keep what a member thinks; a second word takes the place of the first."""
    await session.execute(
        insert_into(session, PartnerRatingRow)
        .values(partner_id=partner_id, member_id=member_id, stars=stars, rated_at=now)
        .on_conflict_do_update(
            index_elements=["partner_id", "member_id"], set_={"stars": stars, "rated_at": now}
        )
    )


async def stars_of(session: AsyncSession, partner_id: int, member_id: int) -> int | None:
    return await session.scalar(
        sa.select(PartnerRatingRow.stars).where(
            PartnerRatingRow.partner_id == partner_id, PartnerRatingRow.member_id == member_id
        )
    )


async def _partners(session: AsyncSession, condition: sa.ColumnElement[bool]) -> list[Partner]:
    rows = (
        await session.scalars(
            sa.select(PartnerRow).where(condition).execution_options(populate_existing=True)
        )
    ).all()
    numbers = [row.partner_id for row in rows]
    tags, ratings = await _tags(session, numbers), await _ratings(session, numbers)
    return [
        Partner(
            partner_id=row.partner_id,
            kind=row.kind,
            state=row.state,
            name=row.name,
            contact=row.contact,
            about=row.about,
            tags=tuple(tags.get(row.partner_id, ())),
            least_tier=row.least_tier,
            ratings=ratings.get(row.partner_id, (0, 0))[0],
            rating=partner_rules.shown_rating(*ratings.get(row.partner_id, (0, 0))),
        )
        for row in rows
    ]


async def _tags(session: AsyncSession, numbers: Sequence[int]) -> dict[int, list[Tag]]:
    rows = await session.execute(
        sa.select(PartnerTopicRow.partner_id, LibraryTopicRow.topic_id, LibraryTopicRow.code)
        .join(LibraryTopicRow, LibraryTopicRow.topic_id == PartnerTopicRow.topic_id)
        .where(PartnerTopicRow.partner_id.in_(numbers))
        .order_by(LibraryTopicRow.kind, LibraryTopicRow.code)
    )
    found: dict[int, list[Tag]] = {}
    for partner_id, topic_id, code in rows:
        found.setdefault(partner_id, []).append(Tag(topic_id, code))
    return found


async def _ratings(session: AsyncSession, numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return how many have rated each partner, and the sum of their stars."""
    rows = await session.execute(
        sa.select(PartnerRatingRow.partner_id, sa.func.count(), sa.func.sum(PartnerRatingRow.stars))
        .where(PartnerRatingRow.partner_id.in_(numbers))
        .group_by(PartnerRatingRow.partner_id)
    )
    return {partner_id: (int(ratings), int(stars)) for partner_id, ratings, stars in rows}
