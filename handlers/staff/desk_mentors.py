"""Mentors as admins look after them: what they answer, how much they carry, a pause."""

from datetime import timedelta

from community_bot.insight.digests import Digests
from community_bot.people.roles import Role
from community_bot.tickets.figures import Figures
from community_bot.tickets.mentor_facts import Mentor
from handlers.context import Context, Inbound
from handlers.keyboards import desk_office as keys
from handlers.replies import Screen, show
from handlers.routing import Area, on_press
from handlers.texts import desk_office as texts

WEEK = timedelta(days=7)


async def mentors(inbound: Inbound, context: Context) -> None:
    """Show everybody's week."""
    all_ = await context.community.tickets.mentors.all(inbound.actor)
    figures = await _week(inbound, context)
    text = texts.mentors(inbound.words, figures, {one.mentor_id: one for one in all_})
    await show(inbound, context, Screen(text, keys.mentors(inbound.words, all_)))


async def mentor(inbound: Inbound, context: Context) -> None:
    await _show(inbound, context, await _mentor(inbound, context))


async def pause(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    changed = await context.community.tickets.mentors.pause(inbound.actor, mentor_id=number)
    await _show(inbound, context, changed)


async def resume(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    changed = await context.community.tickets.mentors.bring_back(inbound.actor, mentor_id=number)
    await _show(inbound, context, changed)


async def skills(inbound: Inbound, context: Context) -> None:
    await _show_skills(inbound, context, await _mentor(inbound, context))


async def topic(inbound: Inbound, context: Context) -> None:
    """Switch one topic on or off."""
    of, code = await _mentor(inbound, context), inbound.pressed.word(1)
    changed = await context.community.tickets.mentors.set_skills(
        inbound.actor,
        mentor_id=of.mentor_id,
        topics=keys.toggled(code, of.skills.topics),
        markets=of.skills.markets,
        tiers=of.skills.tiers,
    )
    await _show_skills(inbound, context, changed)


async def market(inbound: Inbound, context: Context) -> None:
    """Switch one market on or off."""
    of, code = await _mentor(inbound, context), inbound.pressed.word(1)
    changed = await context.community.tickets.mentors.set_skills(
        inbound.actor,
        mentor_id=of.mentor_id,
        topics=of.skills.topics,
        markets=keys.toggled(code, of.skills.markets),
        tiers=of.skills.tiers,
    )
    await _show_skills(inbound, context, changed)


async def caps(inbound: Inbound, context: Context) -> None:
    of = await _mentor(inbound, context)
    screen = Screen(texts.cap_wanted(inbound.words, of), keys.caps(inbound.words, of))
    await show(inbound, context, screen)


async def cap(inbound: Inbound, context: Context) -> None:
    """Set how much a mentor is given; nought is what the configuration says."""
    number, most = inbound.pressed.number(0), inbound.pressed.number(1)
    changed = await context.community.tickets.mentors.set_cap(
        inbound.actor, mentor_id=number, cap=most or None
    )
    await _show(inbound, context, changed)


async def _mentor(inbound: Inbound, context: Context) -> Mentor:
    number = inbound.pressed.number(0)
    return await context.community.tickets.mentors.card(inbound.actor, mentor_id=number)


async def _week(inbound: Inbound, context: Context) -> Figures:
    now = context.community.clock.now()
    return await Digests(context.community).figures(inbound.actor, since=now - WEEK, until=now)


async def _show(inbound: Inbound, context: Context, of: Mentor) -> None:
    zone, now = context.community.config.community.zone, context.community.clock.now()
    figures = await _week(inbound, context)
    own = next((one for one in figures.mentors if one.mentor_id == of.mentor_id), None)
    text = texts.mentor(inbound.words, of, own, zone, now)
    await show(inbound, context, Screen(text, keys.mentor(inbound.words, of)))


async def _show_skills(inbound: Inbound, context: Context, of: Mentor) -> None:
    screen = Screen(texts.topics_wanted(inbound.words, of), keys.skills(inbound.words, of))
    await show(inbound, context, screen)


AREA: Area = (
    on_press("office", "mentors", mentors, Role.ADMIN),
    on_press("office", "mentor", mentor, Role.ADMIN),
    on_press("office", "pause", pause, Role.ADMIN),
    on_press("office", "resume", resume, Role.ADMIN),
    on_press("office", "skills", skills, Role.ADMIN),
    on_press("office", "topic", topic, Role.ADMIN),
    on_press("office", "market", market, Role.ADMIN),
    on_press("office", "caps", caps, Role.ADMIN),
    on_press("office", "cap", cap, Role.ADMIN),
)
