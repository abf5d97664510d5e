"""SQL of cards: which message a card is now, and that only its newest letter is ever told."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from community_bot.delivery.letters import Letter, Outcome, Promise, Shown
from community_bot.delivery.queries import insert_into
from community_bot.delivery.rows import CardRow, DeliveryRow
from community_bot.delivery.rules import DELIVERY, DeliveryEvent, DeliveryState

# What is in the air cannot be called back; when it comes back by itself, it is replaced then.
REPLACED = tuple(
    state for state in DELIVERY.before(DeliveryEvent.REPLACE) if state is not DeliveryState.SENDING
)


async def find(session: AsyncSession, card: str, chat_id: int | None = None) -> Shown | None:
    """Return where a card was shown last."""
    query = (
        sa.select(CardRow.chat_id, CardRow.message_id)
        .where(CardRow.card == card)
        .order_by(CardRow.shown_at.desc())
        .limit(1)
    )
    if chat_id is not None:
        query = query.where(CardRow.chat_id == chat_id)
    found = (await session.execute(query)).first()
    return Shown(*found) if found else None


async def among(session: AsyncSession, names: Collection[str], chat_id: int) -> set[str]:
    """Return which of these cards a chat is shown."""
    found = sa.select(CardRow.card).where(CardRow.card.in_(names), CardRow.chat_id == chat_id)
    return set(await session.scalars(found))


async def with_messages(session: AsyncSession, letters: Sequence[Letter]) -> list[Letter]:
    """Tell letters of cards which message they are to edit."""
    cards = {letter.card for letter in letters if letter.card is not None}
    if not cards:
        return list(letters)
    rows = await session.execute(
        sa.select(CardRow.card, CardRow.chat_id, CardRow.message_id).where(CardRow.card.in_(cards))
    )
    shown = {(card, chat_id): message_id for card, chat_id, message_id in rows}
    return [
        replace(letter, edits=shown.get((letter.card, letter.chat_id))) if letter.card else letter
        for letter in letters
    ]


async def note(session: AsyncSession, outcomes: Sequence[Outcome], *, now: datetime) -> None:
    """Remember which messages cards have become; an edited one is where it was."""
    for outcome in outcomes:
        letter, messages = outcome.letter, outcome.receipt.message_ids
        if letter.card is None or letter.edits is not None or not messages:
            continue
        values = {"message_id": messages[0], "shown_at": now}
        insert = insert_into(session, CardRow).values(
            card=letter.card, chat_id=letter.chat_id, **values
        )
        await session.execute(
            insert.on_conflict_do_update(index_elements=["card", "chat_id"], set_=values)
        )


async def forget(
    session: AsyncSession, *, card: str | None = None, chat_id: int | None = None
) -> None:
    """Forget a card, or every card of a chat: its next letter is a new message."""
    query = sa.delete(CardRow)
    if card is not None:
        query = query.where(CardRow.card == card)
    if chat_id is not None:
        query = query.where(CardRow.chat_id == chat_id)
    await session.execute(query)


async def replace_older(session: AsyncSession, promises: Collection[Promise]) -> None:
    """Let the newest letter of each card take the place of those that still wait."""
    shown = {(one.card, one.chat_id) for one in promises if one.card is not None}
    if not shown:
        return
    newer = aliased(DeliveryRow)
    newest = (
        sa.select(sa.func.max(newer.delivery_id))
        .where(newer.card == DeliveryRow.card, newer.chat_id == DeliveryRow.chat_id)
        .correlate(DeliveryRow)
        .scalar_subquery()
    )
    each = [
        sa.and_(DeliveryRow.card == card, DeliveryRow.chat_id == chat_id) for card, chat_id in shown
    ]
    await session.execute(
        sa.update(DeliveryRow)
        .where(
            sa.or_(*each),
            DeliveryRow.state.in_(REPLACED),
            DeliveryRow.delivery_id < newest,
        )
        .values(state=DELIVERY.after(DeliveryState.PENDING, DeliveryEvent.REPLACE))
        .execution_options(synchronize_session=False)
    )


async def with_replaced(session: AsyncSession, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Let those that did not arrive be, where the card has a newer letter already."""
    late = [
        one.letter
        for one in outcomes
        if one.letter.card is not None and one.event is not DeliveryEvent.ARRIVE
    ]
    if not late:
        return list(outcomes)
    older, newer = DeliveryRow, aliased(DeliveryRow)
    replaced = frozenset(
        await session.scalars(
            sa.select(older.delivery_id)
            .join(newer, sa.and_(newer.card == older.card, newer.chat_id == older.chat_id))
            .where(
                older.delivery_id.in_([letter.delivery_id for letter in late]),
                newer.delivery_id > older.delivery_id,
            )
        )
    )
    return [
        Outcome(one.letter, DeliveryEvent.REPLACE, error=one.error)
        if one.letter.delivery_id in replaced and one.event is not DeliveryEvent.ARRIVE
        else one
        for one in outcomes
    ]
