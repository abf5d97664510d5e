"""/tickets: a member's questions, what has become of each, and what can be done with it."""

from dataclasses import replace

from community_bot.errors import NotFound
from community_bot.tickets.facts import Ended, Placed, Ticket
from handlers.context import Context, Inbound
from handlers.drafting import asked
from handlers.hearing import said_of
from handlers.keyboards import questions as keys
from handlers.replies import Screen, acknowledge, send, send_file, show
from handlers.routing import Area, Steps, on_command, on_link, on_press
from handlers.texts import questions_pages as texts

MORE = "question_more"


async def list_(inbound: Inbound, context: Context) -> None:
    """Show a page of the actor's questions, the open ones first."""
    tickets = context.community.tickets
    number = inbound.pressed.number(0) if inbound.press and inbound.press.args else 0
    page = await tickets.views.own(inbound.actor, number=number)
    kept = await tickets.shelving.kept(inbound.actor)
    text = texts.page(inbound.words, page, kept)
    await show(inbound, context, Screen(text, keys.page(inbound.words, page, kept)))


async def open_(inbound: Inbound, context: Context) -> None:
    await show(inbound, context, await _whole(inbound, context, inbound.pressed.number(0)))


async def open_by_link(inbound: Inbound, context: Context) -> None:
    """Open the question to which a link of a group leads: to its own member only."""
    token = inbound.args[0].removeprefix("t_")
    await context.community.begin_again(replace(inbound.actor, cause=None))
    ticket = await context.community.tickets.views.by_token(inbound.actor, token=token)
    await send(inbound, context, await _whole(inbound, context, ticket.ticket_id))


async def _whole(inbound: Inbound, context: Context, number: int) -> Screen:
    views = context.community.tickets.views
    card = await views.progress(inbound.actor, ticket_id=number)
    transcript = await views.transcript(inbound.actor, ticket_id=number)
    zone = context.community.config.community.zone
    text = texts.whole(inbound.words, card, transcript, zone)
    return Screen(text, keys.whole(inbound.words, card))


async def file(inbound: Inbound, context: Context) -> None:
    """Send everything that was said as a file."""
    number = inbound.pressed.number(0)
    views = context.community.tickets.views
    await views.progress(inbound.actor, ticket_id=number)
    found = await views.transcript(inbound.actor, ticket_id=number)
    zone = context.community.config.community.zone
    content = texts.transcript(inbound.words, found, zone).encode("utf-8-sig")
    screen = Screen(texts.file_caption(inbound.words, number))
    await send_file(inbound, context, content, name=texts.file_name(number), screen=screen)


async def more(inbound: Inbound, context: Context) -> None:
    """Ask for what is to be added; what is written next belongs to this question."""
    number = inbound.pressed.number(0)
    await context.community.tickets.views.progress(inbound.actor, ticket_id=number)
    await context.community.drafts.begin(inbound.actor, MORE, ticket_id=number)
    await send(inbound, context, Screen(texts.more_wanted(inbound.words, number)))


async def more_said(inbound: Inbound, context: Context) -> None:
    """Add what was said to the question that was named; from a closed one a new one goes on."""
    if inbound.message is None:
        return
    said, about = said_of(inbound.message), await asked(inbound, context)
    tickets, number = context.community.tickets, int(about["ticket_id"])
    actor = context.community.drafts.finishing(inbound.actor)
    done = await tickets.following_up.say_more(actor, ticket_id=number, said=said)
    if isinstance(done, Ended):
        await tickets.drafting.collect(actor, said=said, follows_id=done.ticket.ticket_id)


async def put(inbound: Inbound, context: Context) -> None:
    """Hear where a message belongs that could belong to several questions."""
    number = inbound.pressed.number(0) or None
    tickets = context.community.tickets
    done = await tickets.following_up.choose(inbound.actor, ticket_id=number)
    if isinstance(done, Placed):
        text = texts.placed(inbound.words, done.ticket.ticket_id)
    else:
        await tickets.drafting.show_below(replace(inbound.actor, cause=None))
        text = texts.new_question(inbound.words)
    await show(inbound, context, Screen(text))


async def split(inbound: Inbound, context: Context) -> None:
    """Hear that what was put with a question is another one."""
    tickets, number = context.community.tickets, inbound.pressed.number(0)
    await tickets.splitting.split(inbound.actor, ticket_message_id=number)
    await tickets.drafting.show_below(replace(inbound.actor, cause=None))
    await show(inbound, context, Screen(texts.new_question(inbound.words)))


async def settle(inbound: Inbound, context: Context) -> None:
    """Hear that it is settled; the question about the answer comes by itself."""
    number = inbound.pressed.number(0)
    await _own(inbound, context, number)
    await context.community.tickets.ending.resolve(inbound.actor, ticket_id=number)
    await acknowledge(inbound, texts.settled(inbound.words))


async def reopen(inbound: Inbound, context: Context) -> None:
    """Open a settled question again, and ask what is missing."""
    number = inbound.pressed.number(0)
    await _own(inbound, context, number)
    ticket = await context.community.tickets.ending.reopen(inbound.actor, ticket_id=number)
    await context.community.drafts.begin(replace(inbound.actor, cause=None), MORE, ticket_id=number)
    await send(inbound, context, Screen(texts.reopened(inbound.words, ticket)))


async def cancel(inbound: Inbound, context: Context) -> None:
    """Ask once more before a question is taken back."""
    number = inbound.pressed.number(0)
    await _own(inbound, context, number)
    keyboard = keys.cancel_sure(inbound.words, number)
    await send(inbound, context, Screen(texts.cancel_sure(inbound.words, number), keyboard))


async def cancelled(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.tickets.ending.cancel(inbound.actor, ticket_id=number)
    await show(inbound, context, Screen(texts.cancelled(inbound.words, number)))


async def stay(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    keyboard = keys.back(inbound.words, number)
    await show(inbound, context, Screen(texts.stays(inbound.words, number), keyboard))


async def recall(inbound: Inbound, context: Context) -> None:
    """Ask once more before the last message is taken back."""
    number = inbound.pressed.number(0)
    await _own(inbound, context, number)
    keyboard = keys.recall_sure(inbound.words, number)
    await show(inbound, context, Screen(texts.recall_sure(inbound.words, number), keyboard))


async def recalled(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await _own(inbound, context, number)
    done = await context.community.tickets.amending.recall_last(inbound.actor, ticket_id=number)
    keyboard = keys.back(inbound.words, number)
    await show(inbound, context, Screen(texts.recalled(inbound.words, done), keyboard))


async def hasten(inbound: Inbound, context: Context) -> None:
    """Hear that it cannot wait for the working hours; the card says what is promised now."""
    number = inbound.pressed.number(0)
    await context.community.tickets.urgency.hasten(inbound.actor, ticket_id=number)
    await acknowledge(inbound, texts.hastened(inbound.words))


async def share(inbound: Inbound, context: Context) -> None:
    """Let others follow it without a name, or no longer."""
    number, is_shared = inbound.pressed.number(0), inbound.pressed.number(1) == 1
    sharing = context.community.tickets.sharing
    await sharing.share(inbound.actor, ticket_id=number, is_shared=is_shared)
    screen = await _whole(inbound, context, number)
    toast = texts.shared(inbound.words, is_shared=is_shared)
    await show(inbound, context, replace(screen, toast=toast))


async def _own(inbound: Inbound, context: Context, number: int) -> Ticket:
    """Return a question of the actor's own: staff work on others' at the desk."""
    ticket = await context.community.tickets.views.ticket(inbound.actor, ticket_id=number)
    if ticket.member_id != inbound.actor.member_id:
        raise NotFound("question", number)
    return ticket


AREA: Area = (
    on_command("tickets", list_),
    on_link("tickets", list_),
    on_link(r"t_[A-Za-z0-9_-]{1,62}", open_by_link),
    on_press("questions", "list", list_),
    on_press("questions", "open", open_),
    on_press("questions", "file", file),
    on_press("questions", "more", more),
    on_press("questions", "put", put),
    on_press("questions", "split", split),
    on_press("questions", "settle", settle),
    on_press("questions", "reopen", reopen),
    on_press("questions", "cancel", cancel),
    on_press("questions", "cancelled", cancelled),
    on_press("questions", "stay", stay),
    on_press("questions", "recall", recall),
    on_press("questions", "recalled", recalled),
    on_press("questions", "share", share),
    on_press("questions", "urgent", hasten),
)
STEPS: Steps = {MORE: more_said}
