"""What an entry of the FAQ ever said: save by save, with what each changed, and the way back."""

from community_bot.errors import NotFound
from community_bot.faq.access import EDITORS
from community_bot.faq.facts import Entry
from community_bot.people.roles import Actor, Role
from handlers.context import Context, Inbound
from handlers.keyboards import kb_care as keys
from handlers.replies import Screen, show
from handlers.routing import Area, on_press
from handlers.texts import kb_care as texts


async def versions(inbound: Inbound, context: Context) -> None:
    """Show one save, the newest unless another is asked for."""
    entry_id = inbound.pressed.number(0)
    wanted = inbound.pressed.number(1) if len(inbound.pressed.args) > 1 else None
    await _show(inbound, context, entry_id, wanted)


async def revert(inbound: Inbound, context: Context) -> None:
    """Save an earlier version anew."""
    entry_id, version, newest = (inbound.pressed.number(index) for index in range(3))
    saved = await context.community.faq.entries.revert(
        inbound.actor, entry_id=entry_id, version=version, newest=newest
    )
    await _show(inbound, context, entry_id, saved.version)


async def _show(inbound: Inbound, context: Context, entry_id: int, wanted: int | None) -> None:
    entries, _ = context.community.faq.entries, inbound.words
    entry = await entries.one(inbound.actor, entry_id=entry_id)
    saved = await entries.versions(inbound.actor, entry_id=entry_id)
    one = next((one for one in saved if wanted in (None, one.version)), None)
    if one is None:
        raise NotFound("version", wanted)
    zone = context.community.config.community.zone
    tiers = {tier.code: tier.name for tier in await context.community.tiers.known()}
    text = texts.version(_, entry.content.question, one, entry.version, tiers, zone)
    may_restore = _may_save(inbound.actor, entry)
    keyboard = keys.version(_, entry_id, one.version, entry.version, may_restore=may_restore)
    await show(inbound, context, Screen(text, keyboard))


def _may_save(actor: Actor, entry: Entry) -> bool:
    return actor.has(Role.ADMIN) or actor.member_id == entry.owner_id


AREA: Area = (
    on_press("kb", "versions", versions, *EDITORS),
    on_press("kb", "revert", revert, *EDITORS),
)
