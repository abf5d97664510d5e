"""Removals that were stopped or locked: looking at who it would be, and saying yes or no."""

from community_bot.membership.removals import Fate
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.keyboards import ending as keys
from handlers.presence import looking
from handlers.replies import Screen, show
from handlers.routing import Area, on_press
from handlers.texts import ending as texts


async def plan(inbound: Inbound, context: Context) -> None:
    """Show who would be removed now; nobody is."""
    community = context.community
    space = await community.spaces.one(inbound.pressed.number(0))
    reports = await community.removals.plan(community.clock.now(), looking(context.bot))
    report = next((one for one in reports if one.space.chat_id == space.chat_id), None)
    found = report.with_fate(Fate.REMOVE) if report else []
    known = await community.people.names(found)
    names = [(member_id, known.get(member_id, "–")) for member_id in found]
    text = texts.dry_run(inbound.words, space.title, names, report.present if report else 0)
    await show(
        inbound, context, Screen(text, keys.dry_run(inbound.words, space.chat_id, len(names)))
    )


async def confirm(inbound: Inbound, context: Context) -> None:
    """Remove whoever, looked at once more, has still no right to be there."""
    community = context.community
    space = await community.spaces.one(inbound.pressed.number(0))
    report = await community.removals.confirm(
        inbound.actor, community.clock.now(), looking(context.bot), chat_id=space.chat_id
    )
    count = len(report.with_fate(Fate.REMOVE)) if report else 0
    await show(inbound, context, Screen(texts.removed(inbound.words, space.title, count)))


async def leave(inbound: Inbound, context: Context) -> None:
    space = await context.community.spaces.one(inbound.pressed.number(0))
    await show(inbound, context, Screen(texts.left_alone(inbound.words, space.title)))


async def lock(inbound: Inbound, context: Context) -> None:
    """Show what would happen if removals went on after a restored backup."""
    community = context.community
    found = await community.outages.lock(inbound.actor, looking(context.bot))
    names = await community.people.names([one for report in found.reports for one in report.fates])
    text = texts.locked(inbound.words, found, names, community.config.community.zone)
    await show(inbound, context, Screen(text, keys.locked(inbound.words, found)))


async def unlock(inbound: Inbound, context: Context) -> None:
    community = context.community
    until = await community.outages.unlock(inbound.actor)
    text = texts.unlocked(inbound.words, until, community.config.community.zone)
    await show(inbound, context, Screen(text))


AREA: Area = (
    on_press("removals", "lock", lock, Role.ADMIN),
    on_press("removals", "unlock", unlock, Role.ADMIN),
    on_press("removals", "plan", plan, Role.ADMIN),
    on_press("removals", "confirm", confirm, Role.ADMIN),
    on_press("removals", "leave", leave, Role.ADMIN),
)
