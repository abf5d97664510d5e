"""Steps of a ticket, each by one button: taken, given back, put off, solved, found to be none."""

from datetime import timedelta

from community_bot.errors import Invalid
from community_bot.people.roles import Role
from handlers.callbacks import Press
from handlers.context import Context, Handle, Inbound
from handlers.desk_page import show_page
from handlers.replies import Screen, acknowledge, make_sure_of_private_chat, send_file
from handlers.routing import Area, on_press
from handlers.texts import desk_steps as texts
from handlers.texts import desk_transcripts as pages

DESK = (Role.MENTOR, Role.ADMIN)
PUT_OFF = {"2h": timedelta(hours=2), "day": timedelta(days=1)}


async def claim(inbound: Inbound, context: Context) -> None:
    """Take a ticket from its card; the card itself is changed by the desk."""
    number = inbound.pressed.number(0)
    await context.community.tickets.claiming.claim(inbound.actor, ticket_id=number)
    await acknowledge(inbound, texts.claimed(inbound.words, number))


async def take(inbound: Inbound, context: Context) -> None:
    """Take a ticket in the private chat, and go on with it there."""
    number = inbound.pressed.number(0)
    await context.community.tickets.claiming.claim(inbound.actor, ticket_id=number)
    await _stay(inbound, context, number, texts.claimed(inbound.words, number))


async def release(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.tickets.claiming.release(inbound.actor, ticket_id=number)
    await _stay(inbound, context, number, texts.released(inbound.words, number))


async def skip(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.tickets.routing.skip(inbound.actor, ticket_id=number)
    await acknowledge(inbound, texts.skipped(inbound.words))


async def preview(inbound: Inbound, context: Context) -> None:
    """Copy everything that was said to whoever wants to read it."""
    number = inbound.pressed.number(0)
    await make_sure_of_private_chat(inbound, context)
    await context.community.tickets.views.show_all(inbound.actor, ticket_id=number)
    await acknowledge(inbound, texts.on_its_way(inbound.words))


async def transcript(inbound: Inbound, context: Context) -> None:
    """Send a ticket whole, with what was said inside, as a file."""
    community, number = context.community, inbound.pressed.number(0)
    of = await community.tickets.views.transcript(inbound.actor, ticket_id=number)
    written = pages.transcript(inbound.words, of, community.config.community.zone)
    caption = Screen(pages.caption(inbound.words, number))
    name = pages.file_name(number)
    await send_file(inbound, context, written.encode(), name=name, screen=caption)


async def waive(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.tickets.ending.waive(inbound.actor, ticket_id=number)
    await _stay(inbound, context, number, texts.waived(inbound.words))


async def solve(inbound: Inbound, context: Context) -> None:
    number, version = inbound.pressed.number(0), _version(inbound.pressed)
    await context.community.tickets.ending.resolve(inbound.actor, ticket_id=number, version=version)
    await _stay(inbound, context, number, texts.solved(inbound.words, number))


async def later(inbound: Inbound, context: Context) -> None:
    """Put a ticket off; the member's clock stands still meanwhile."""
    number, span = inbound.pressed.number(0), PUT_OFF.get(inbound.pressed.word(1))
    if span is None:
        raise Invalid("button", "broken")
    until = context.community.clock.now() + span
    await context.community.tickets.ending.snooze(inbound.actor, ticket_id=number, until=until)
    zone = context.community.config.community.zone
    await _stay(inbound, context, number, texts.put_off(inbound.words, until, zone))


async def spam(inbound: Inbound, context: Context) -> None:
    number, version = inbound.pressed.number(0), _version(inbound.pressed)
    await context.community.tickets.ending.spam(inbound.actor, ticket_id=number, version=version)
    await _stay(inbound, context, number, texts.no_question(inbound.words, number))


async def pause(inbound: Inbound, context: Context) -> None:
    """Keep who floods from asking, for so many days."""
    number, days = inbound.pressed.number(0), inbound.pressed.number(1)
    pausing, zone = context.community.tickets.pausing, context.community.config.community.zone
    until = await pausing.pause(inbound.actor, ticket_id=number, span=timedelta(days=days))
    await _stay(inbound, context, number, texts.paused(inbound.words, until, zone))


async def resume(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.tickets.pausing.resume(inbound.actor, ticket_id=number)
    await _stay(inbound, context, number, texts.resumed(inbound.words))


async def restore(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.tickets.ending.restore(inbound.actor, ticket_id=number)
    await _stay(inbound, context, number, texts.restored(inbound.words, number))


async def again(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.tickets.ending.reopen(inbound.actor, ticket_id=number)
    await _stay(inbound, context, number, texts.reopened(inbound.words, number))


async def page(inbound: Inbound, context: Context) -> None:
    await show_page(inbound, context, inbound.pressed.number(0))


async def _stay(inbound: Inbound, context: Context, number: int, toast: str) -> None:
    """Say what was done; in the private chat show the ticket as it is now."""
    await acknowledge(inbound, toast)
    if inbound.is_private:
        await show_page(inbound, context, number)


def _version(press: Press) -> int | None:
    """Return the version of the ticket that somebody saw, where the button knows it."""
    return press.number(1) if len(press.args) > 1 else None


STEPS_OF_A_TICKET: dict[str, Handle] = {
    "claim": claim,
    "take": take,
    "release": release,
    "skip": skip,
    "preview": preview,
    "file": transcript,
    "waive": waive,
    "solve": solve,
    "later": later,
    "spam": spam,
    "pause": pause,
    "resume": resume,
    "restore": restore,
    "again": again,
    "page": page,
}
AREA: Area = tuple(
    on_press("desk", verb, handle, *DESK) for verb, handle in STEPS_OF_A_TICKET.items()
)
