"""Entries and snippets for mentors: found by words, looked at, sent to a ticket by one tap."""

from telegram.ext import CommandHandler, filters

from community_bot.people.roles import Role
from community_bot.tickets.view_queries import View
from handlers.context import Context, Inbound, guarded
from handlers.desk_page import tell_aside
from handlers.drafting import typed
from handlers.keyboards import desk_entries as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_command, on_link, on_press, reserved
from handlers.texts import desk_writing as texts

SEARCH = "snippet_search"
DESK = (Role.MENTOR, Role.ADMIN)


async def snippets(inbound: Inbound, context: Context) -> None:
    """Search with the words behind the command, or ask for some."""
    if inbound.args:
        await _search(inbound, context, " ".join(inbound.args))
        return
    await context.community.drafts.begin(inbound.actor, SEARCH)
    await send(inbound, context, Screen(texts.search_wanted(inbound.words)))


async def searched(inbound: Inbound, context: Context) -> None:
    await _search(inbound, context, typed(inbound))


async def for_ticket(inbound: Inbound, context: Context) -> None:
    """Search with the words of a ticket's question."""
    number = inbound.pressed.number(0)
    ticket = await context.community.tickets.views.ticket(inbound.actor, ticket_id=number)
    await _search(inbound, context, ticket.summary)


async def entry(inbound: Inbound, context: Context) -> None:
    """Show an entry as the member would read it, with one's tickets to send it to."""
    community, number = context.community, inbound.pressed.number(0)
    view = await community.faq.reading.glance(inbound.actor, entry_id=number)
    mine = (await community.tickets.views.queue(inbound.actor, view=View.MINE)).page
    screen = Screen(texts.entry(inbound.words, view, mine), keys.entry(inbound.words, number, mine))
    await show(inbound, context, screen)


async def use(inbound: Inbound, context: Context) -> None:
    """Answer a ticket with an entry."""
    ticket, number = inbound.pressed.number(0), inbound.pressed.number(1)
    await context.community.tickets.entry_answers.use(
        inbound.actor, ticket_id=ticket, entry_id=number
    )
    keyboard = keys.used(inbound.words, ticket)
    await show(inbound, context, Screen(texts.entry_sent(inbound.words, ticket), keyboard))


async def _search(inbound: Inbound, context: Context, words: str) -> None:
    found = await context.community.tickets.entry_answers.search(inbound.actor, text=words)
    text = texts.found(inbound.words, words, found)
    await tell_aside(inbound, context, Screen(text, keys.found(inbound.words, found)))


AREA: Area = (
    on_command("snippets", snippets, *DESK),
    on_link("snippets", snippets, *DESK),
    CommandHandler(
        ["s", "snippets"],
        guarded(snippets, *DESK),
        filters=filters.ChatType.GROUPS & filters.UpdateType.MESSAGE,
        has_args=True,
    ),
    on_press("desk", "entries", for_ticket, *DESK),
    on_press("desk", "entry", entry, *DESK),
    on_press("desk", "use", use, *DESK),
)
STEPS: Steps = reserved({SEARCH: searched}, *DESK)
QUESTIONS = frozenset({SEARCH})
