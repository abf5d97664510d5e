"""The card of a draft: what may answer it, what it is about, and handing it in."""

from community_bot.errors import NotFound
from community_bot.tickets.facts import Draft
from community_bot.tickets.topic_rules import MARKETS
from handlers.context import Context, Inbound
from handlers.keyboards import asking as keys
from handlers.replies import Screen, acknowledge, send, show
from handlers.routing import Area, on_press
from handlers.texts import asking as texts
from handlers.texts import faq as faq_texts


async def submit(inbound: Inbound, context: Context) -> None:
    """Hand the draft in; its card says what became of it, the question's own card the rest."""
    number = inbound.pressed.number(0)
    await context.community.tickets.intake.submit(inbound.actor, draft_id=number)
    await acknowledge(inbound)


async def more(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.tickets.choosing.add_more(inbound.actor, draft_id=number)
    await acknowledge(inbound, texts.more_wanted(inbound.words))


async def drop(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    draft = await context.community.tickets.shelving.cancel(inbound.actor, draft_id=number)
    await show(inbound, context, Screen(texts.draft(inbound.words, draft)))


async def solved(inbound: Inbound, context: Context) -> None:
    """Hear that the FAQ has answered it: nothing is asked, nothing is used."""
    number = inbound.pressed.number(0)
    draft = await context.community.tickets.shelving.solved(inbound.actor, draft_id=number)
    await send(inbound, context, Screen(texts.draft(inbound.words, draft)))


async def later(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    draft = await context.community.tickets.shelving.next_month(inbound.actor, draft_id=number)
    await _show_kept(inbound, context, draft)


async def over(inbound: Inbound, context: Context) -> None:
    """Show a draft that waits for another month."""
    number = inbound.pressed.number(0)
    kept = await context.community.tickets.shelving.kept(inbound.actor)
    draft = next((one for one in kept if one.draft_id == number), None)
    if draft is None:
        raise NotFound("draft", number)
    await _show_kept(inbound, context, draft)


async def _show_kept(inbound: Inbound, context: Context, draft: Draft) -> None:
    allowance = await context.community.tickets.drafting.month(inbound.actor)
    zone = context.community.config.community.zone
    text = texts.over(inbound.words, draft, allowance, zone)
    keyboard = keys.over(inbound.words, draft, allowance)
    await show(inbound, context, Screen(text, keyboard))


async def topics(inbound: Inbound, context: Context) -> None:
    draft = await _writing(inbound, context)
    keyboard = keys.topics(inbound.words, draft)
    await show(inbound, context, Screen(texts.topic_wanted(inbound.words), keyboard))


async def markets(inbound: Inbound, context: Context) -> None:
    draft = await _writing(inbound, context)
    keyboard = keys.markets(inbound.words, draft)
    await show(inbound, context, Screen(texts.market_wanted(inbound.words), keyboard))


async def topic(inbound: Inbound, context: Context) -> None:
    draft = await _writing(inbound, context)
    draft = await context.community.tickets.choosing.choose_topic(
        inbound.actor,
        draft_id=draft.draft_id,
        topic=keys.chosen(inbound.pressed, draft.topics),
    )
    await _show(inbound, context, draft)


async def market(inbound: Inbound, context: Context) -> None:
    draft = await context.community.tickets.choosing.choose_market(
        inbound.actor,
        draft_id=inbound.pressed.number(0),
        market=keys.chosen(inbound.pressed, tuple(MARKETS)),
    )
    await _show(inbound, context, draft)


async def card(inbound: Inbound, context: Context) -> None:
    await _show(inbound, context, await _writing(inbound, context))


async def read(inbound: Inbound, context: Context) -> None:
    """Show an entry that may answer the draft, below its card."""
    draft_id, entry_id = inbound.pressed.number(0), inbound.pressed.number(1)
    view = await context.community.faq.reading.open(inbound.actor, entry_id=entry_id)
    zone = context.community.config.community.zone
    keyboard = keys.read(
        inbound.words, draft_id, has_files=bool(view.media), entry_id=view.entry_id
    )
    await send(inbound, context, Screen(faq_texts.answer(inbound.words, view, zone), keyboard))


async def alike(inbound: Inbound, context: Context) -> None:
    """Show open questions of others that may be followed instead."""
    draft = await _writing(inbound, context)
    found = await context.community.tickets.sharing.similar(inbound.actor, words=draft.words)
    keyboard = keys.alike(inbound.words, found, draft.draft_id)
    await show(inbound, context, Screen(texts.alike(inbound.words, found), keyboard))


async def follow(inbound: Inbound, context: Context) -> None:
    followed = await context.community.tickets.sharing.follow(
        inbound.actor, ticket_id=inbound.pressed.number(0), draft_id=inbound.pressed.number(1)
    )
    await show(inbound, context, Screen(texts.followed(inbound.words, followed)))


async def _writing(inbound: Inbound, context: Context) -> Draft:
    """Return the draft of the pressed card; raises NotFound once it is no longer written."""
    draft = await context.community.tickets.drafting.current(inbound.actor)
    if draft is None or draft.draft_id != inbound.pressed.number(0):
        raise NotFound("draft", inbound.pressed.number(0))
    return draft


async def _show(inbound: Inbound, context: Context, draft: Draft) -> None:
    screen = Screen(texts.draft(inbound.words, draft), keys.draft(inbound.words, draft))
    await show(inbound, context, screen)


AREA: Area = (
    on_press("ask", "submit", submit),
    on_press("ask", "more", more),
    on_press("ask", "drop", drop),
    on_press("ask", "solved", solved),
    on_press("ask", "later", later),
    on_press("ask", "over", over),
    on_press("ask", "topics", topics),
    on_press("ask", "topic", topic),
    on_press("ask", "markets", markets),
    on_press("ask", "market", market),
    on_press("ask", "card", card),
    on_press("ask", "read", read),
    on_press("ask", "alike", alike),
    on_press("ask", "follow", follow),
)
