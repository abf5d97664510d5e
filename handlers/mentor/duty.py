"""Duty: a mentor says when they are there, and what becomes of their tickets when they go."""

from datetime import timedelta

from telegram.ext import MessageHandler, filters

from community_bot.errors import Invalid
from community_bot.people.roles import Role
from community_bot.tickets.mentor_facts import Mentor
from community_bot.tickets.mentor_rules import for_span, until_time
from community_bot.tickets.mentors import Mentors
from handlers.context import Context, Inbound, guarded
from handlers.keyboards import mentors as keys
from handlers.replies import Screen, send, show
from handlers.routing import PRIVATE_MESSAGE, Area, on_command, on_link, on_press
from handlers.texts import mentors as texts

AWAY = timedelta(hours=2)


async def duty(inbound: Inbound, context: Context) -> None:
    """Show one's own hours; with words behind the command, set them."""
    await _hours(inbound, context, texts.said_of_hours(" ".join(inbound.args)))


async def in_chinese(inbound: Inbound, context: Context) -> None:
    """Do the same for what is typed in Chinese, where the command itself may be what is said."""
    await _hours(inbound, context, texts.said_of_hours(inbound.text.removeprefix("/")))


async def _hours(inbound: Inbound, context: Context, said: list[str]) -> None:
    mentor = (
        await _said(inbound, context, said)
        if said
        else await context.community.tickets.mentors.card(
            inbound.actor, mentor_id=inbound.actor.member_id
        )
    )
    await _show(inbound, context, mentor)


async def press(inbound: Inbound, context: Context) -> None:
    await _show(inbound, context, await _said(inbound, context, list(inbound.pressed.args)))


async def hand_over(inbound: Inbound, context: Context) -> None:
    """Give what waits for an answer to the next shift."""
    count = await context.community.tickets.absences.hand_over(inbound.actor)
    await send(inbound, context, Screen(texts.handed_over(inbound.words, count)))


async def keep(inbound: Inbound, context: Context) -> None:
    await context.community.tickets.absences.keep(inbound.actor)
    await send(inbound, context, Screen(texts.goes_on(inbound.words)))


async def _said(inbound: Inbound, context: Context, said: list[str]) -> Mentor:
    """Do what was typed or pressed: on, off, until 18:30, away 2h."""
    mentors, actor = context.community.tickets.mentors, inbound.actor
    match said:
        case ["on"]:
            return await mentors.go_on(actor)
        case ["off"]:
            return await mentors.go_off(actor)
        case ["until" | "on", at] | ["until" | "on", "until", at]:
            return await _until(inbound, context, mentors, at)
        case ["away"]:
            return await mentors.go_away(actor, span=AWAY)
        case ["away", span]:
            return await mentors.go_away(actor, span=for_span(span))
        case [at] if ":" in at or "：" in at:
            return await _until(inbound, context, mentors, at)
        case _:
            raise Invalid("duty", "form")


async def _until(inbound: Inbound, context: Context, mentors: Mentors, at: str) -> Mentor:
    now, zone = context.community.clock.now(), context.community.config.community.zone
    written = at if ":" in at or "：" in at else f"{at[:2]}:{at[2:]}"
    return await mentors.go_on(inbound.actor, until=until_time(written, now, zone))


async def _show(inbound: Inbound, context: Context, mentor: Mentor) -> None:
    zone, now = context.community.config.community.zone, context.community.clock.now()
    text = texts.duty(inbound.words, mentor, zone, now)
    await show(inbound, context, Screen(text, keys.duty(inbound.words, mentor)))


_IN_CHINESE = filters.Regex(rf"^/({'|'.join(texts.DUTY_COMMANDS)})")
AREA: Area = (
    on_command("duty", duty, Role.MENTOR),
    MessageHandler(_IN_CHINESE & PRIVATE_MESSAGE, guarded(in_chinese, Role.MENTOR)),
    on_link("duty", duty, Role.MENTOR),
    on_press("duty", "show", duty, Role.MENTOR),
    on_press("duty", "set", press, Role.MENTOR),
    on_press("duty", "over", hand_over, Role.MENTOR),
    on_press("duty", "keep", keep, Role.MENTOR),
)
