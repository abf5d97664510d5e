"""SQL of Star subscriptions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.billing.facts import Order
from community_bot.billing.subscription_rows import SubscriptionRow
from community_bot.billing.subscription_rules import (
    PERIOD,
    SUBSCRIPTION,
    SubscriptionEvent,
    SubscriptionState,
)
from community_bot.storage.inserting import insert_into

_QUIET = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription under the order that began it; `charge_id` is Telegram's number for it.

    `member_id` pays, and `holder_id` has what is paid for: another one where it was moved.
    """

    order_id: int
    last_order_id: int
    member_id: int
    holder_id: int
    tier_code: str
    charge_id: str
    state: SubscriptionState
    next_at: datetime

    @property
    def goes_on(self) -> bool:
        return self.state is not SubscriptionState.ENDED


async def one(session: AsyncSession, order_id: int) -> Subscription | None:
    row = await session.get(SubscriptionRow, order_id, populate_existing=True)
    return None if row is None else _subscription_of(row)


async def of(
    session: AsyncSession, member_id: int, tier_code: str | None = None
) -> list[Subscription]:
    """Return what somebody pays or has, of one tier or of all, the newest first."""
    query = sa.select(SubscriptionRow).where(
        sa.or_(SubscriptionRow.member_id == member_id, SubscriptionRow.holder_id == member_id)
    )
    if tier_code is not None:
        query = query.where(SubscriptionRow.tier_code == tier_code)
    rows = await session.scalars(
        query.order_by(SubscriptionRow.order_id.desc()).execution_options(populate_existing=True)
    )
    return [_subscription_of(row) for row in rows]


async def renewing(session: AsyncSession, member_ids: Collection[int]) -> set[tuple[int, str]]:
    """Return whose tier Telegram will charge for again."""
    holder = sa.func.coalesce(SubscriptionRow.holder_id, SubscriptionRow.member_id).label("holder")
    rows = await session.execute(
        sa.select(holder, SubscriptionRow.tier_code).where(
            SubscriptionRow.state == SubscriptionState.ACTIVE
        )
    )
    return {(row.holder, row.tier_code) for row in rows if row.holder in member_ids}


async def hand_over(session: AsyncSession, order_id: int, holder_id: int) -> None:
    """Note that what is paid for belongs to another account now."""
    await session.execute(
        sa.update(SubscriptionRow)
        .where(SubscriptionRow.order_id == order_id)
        .values(holder_id=holder_id)
        .execution_options(**_QUIET)
    )


async def charged(
    session: AsyncSession, first: Order, paid: Order, charge_id: str, *, now: datetime
) -> None:
    """Note a charge: the first begins the subscription, each later one lets it go on."""
    insert = insert_into(session, SubscriptionRow)
    await session.execute(
        insert.values(
            order_id=first.order_id,
            last_order_id=paid.order_id,
            member_id=first.member_id,
            holder_id=paid.member_id,
            tier_code=first.tier.code,
            charge_id=charge_id,
            state=SUBSCRIPTION.start,
            charged_at=now,
        ).on_conflict_do_update(
            index_elements=["order_id"],
            set_={
                "last_order_id": paid.order_id,
                "holder_id": paid.member_id,
                "charged_at": now,
            },
        )
    )
    await step(session, first.order_id, SubscriptionEvent.RESUME)


async def step(session: AsyncSession, order_id: int, event: SubscriptionEvent) -> bool:
    """Let a subscription take a step if the table allows it; say whether it did."""
    targets = {SUBSCRIPTION.after(state, event) for state in SUBSCRIPTION.before(event)}
    moved = await session.scalar(
        sa.update(SubscriptionRow)
        .where(
            SubscriptionRow.order_id == order_id,
            SubscriptionRow.state.in_(SUBSCRIPTION.before(event)),
        )
        .values(state=targets.pop())
        .returning(SubscriptionRow.order_id)
        .execution_options(**_QUIET)
    )
    return moved is not None


def _subscription_of(row: SubscriptionRow) -> Subscription:
    return Subscription(
        order_id=row.order_id,
        last_order_id=row.last_order_id,
        member_id=row.member_id,
        holder_id=row.holder_id or row.member_id,
        tier_code=row.tier_code,
        charge_id=row.charge_id,
        state=row.state,
        next_at=row.charged_at + PERIOD,
    )
