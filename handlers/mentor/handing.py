"""A ticket goes to somebody else: handed on with a note, given by an admin, taken over."""

from community_bot.people.roles import Role
from community_bot.tickets.rules import TicketState
from community_bot.tickets.topic_rules import TOPICS
from handlers.context import Context, Inbound
from handlers.desk_page import page_of, show_page, tell_aside
from handlers.drafting import asked, typed
from handlers.keyboards import desk_page as keys
from handlers.replies import Screen, acknowledge, send
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import desk_steps
from handlers.texts import desk_writing as texts

NOTE = "desk_note"
DESK = (Role.MENTOR, Role.ADMIN)


async def hand(inbound: Inbound, context: Context) -> None:
    """Ask to whom a ticket is to go."""
    tickets, number = context.community.tickets, inbound.pressed.number(0)
    ticket = await tickets.views.ticket(inbound.actor, ticket_id=number)
    mentors = await tickets.mentors.all(inbound.actor)
    others = [one for one in mentors if one.mentor_id not in (ticket.assignee_id, ticket.member_id)]
    has_topics = ticket.state is TicketState.ACTIVE
    topics = [one for one in TOPICS if has_topics and one != ticket.topic]
    keyboard = keys.hand(inbound.words, ticket, others, topics)
    text = texts.hand(inbound.words, number, has_topics=has_topics)
    await tell_aside(inbound, context, Screen(text, keyboard))


async def to(inbound: Inbound, context: Context) -> None:
    """Ask for the note that a hand-over needs."""
    press = inbound.pressed
    number, version, mentor = press.number(0), press.number(1), press.number(2)
    await context.community.drafts.begin(
        inbound.actor, NOTE, ticket_id=number, version=version, to=mentor
    )
    await _ask(inbound, context, number)


async def topic(inbound: Inbound, context: Context) -> None:
    """Ask for the note with which a ticket goes back into the queue, under its topic."""
    number, code = inbound.pressed.number(0), inbound.pressed.word(1)
    await context.community.drafts.begin(inbound.actor, NOTE, ticket_id=number, topic=code)
    await _ask(inbound, context, number)


async def _ask(inbound: Inbound, context: Context, number: int) -> None:
    text = texts.note_wanted(inbound.words, number)
    await send(inbound, context, Screen(text, keys.back(inbound.words, number)))


async def noted(inbound: Inbound, context: Context) -> None:
    """Hand the ticket on, with what the next one should know."""
    facts, note = await asked(inbound, context), typed(inbound)
    claiming, number = context.community.tickets.claiming, int(facts["ticket_id"])
    actor = context.community.drafts.finishing(inbound.actor)
    if "to" in facts:
        await claiming.transfer(
            actor, ticket_id=number, to=int(facts["to"]), note=note, version=int(facts["version"])
        )
    else:
        await claiming.hand_back(actor, ticket_id=number, note=note, topic=str(facts["topic"]))
    await send(inbound, context, Screen(texts.handed_on(inbound.words, number)))
    await send(inbound, context, await page_of(inbound, context, number))


async def regroup(inbound: Inbound, context: Context) -> None:
    """Ask under which other topic a ticket that nobody has is to wait."""
    tickets, number = context.community.tickets, inbound.pressed.number(0)
    ticket = await tickets.views.ticket(inbound.actor, ticket_id=number)
    topics = [one for one in TOPICS if one != ticket.topic]
    keyboard = keys.regroup(inbound.words, number, topics)
    await tell_aside(inbound, context, Screen(texts.regroup(inbound.words, number), keyboard))


async def moved(inbound: Inbound, context: Context) -> None:
    number, code = inbound.pressed.number(0), inbound.pressed.word(1)
    await context.community.tickets.claiming.move(inbound.actor, ticket_id=number, topic=code)
    await acknowledge(inbound, texts.moved(inbound.words, number, code))
    await show_page(inbound, context, number)


async def appoint(inbound: Inbound, context: Context) -> None:
    """Ask an admin who is to answer."""
    tickets, number = context.community.tickets, inbound.pressed.number(0)
    ticket = await tickets.views.ticket(inbound.actor, ticket_id=number)
    mentors = await tickets.mentors.all(inbound.actor)
    others = [one for one in mentors if one.mentor_id not in (ticket.assignee_id, ticket.member_id)]
    keyboard = keys.appoint(inbound.words, number, others)
    await tell_aside(inbound, context, Screen(texts.appoint(inbound.words, number), keyboard))


async def chosen(inbound: Inbound, context: Context) -> None:
    number, mentor = inbound.pressed.number(0), inbound.pressed.number(1)
    await context.community.tickets.claiming.appoint(
        inbound.actor, ticket_id=number, mentor_id=mentor
    )
    await show_page(inbound, context, number)


async def take_over(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.tickets.claiming.take_over(inbound.actor, ticket_id=number)
    await acknowledge(inbound, desk_steps.claimed(inbound.words, number))
    await show_page(inbound, context, number)


async def call_lead(inbound: Inbound, context: Context) -> None:
    """Ask the leads for help with a ticket that one has."""
    number = inbound.pressed.number(0)
    await context.community.tickets.routing.call_lead(inbound.actor, ticket_id=number)
    await acknowledge(inbound, desk_steps.lead_called_on(inbound.words), alert=True)


AREA: Area = (
    on_press("desk", "hand", hand, *DESK),
    on_press("desk", "to", to, *DESK),
    on_press("desk", "topic", topic, *DESK),
    on_press("desk", "regroup", regroup, *DESK),
    on_press("desk", "moved", moved, *DESK),
    on_press("desk", "appoint", appoint, Role.ADMIN),
    on_press("desk", "chosen", chosen, Role.ADMIN),
    on_press("desk", "over", take_over, Role.ADMIN),
    on_press("desk", "lead", call_lead, *DESK),
)
STEPS: Steps = reserved({NOTE: noted}, *DESK)
QUESTIONS = frozenset({NOTE})
