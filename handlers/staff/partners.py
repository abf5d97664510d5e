"""Partners for admins: writing them down, listing them, and seeing to introductions."""

import re

from community_bot.people.roles import Role
from community_bot.resources.partner_facts import Case, Partner
from community_bot.resources.partner_rules import kind_of
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import partner_desk as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import partner_desk as texts

NEW, REWRITE = "partner_new", "partner_rewrite"
MAKE, DECLINE = "introduction_make", "introduction_decline"
HEAD = 3  # lines before what they do: name, tags, contact
NONE = frozenset({"-", "–", "—"})  # what is typed where there are no tags


async def home(inbound: Inbound, context: Context) -> None:
    resources = context.community.resources
    cases = await resources.introductions.waiting(inbound.actor)
    partners = await resources.partner_keeping.all(inbound.actor)
    keyboard = keys.home(inbound.words, cases, partners)
    await show(inbound, context, Screen(texts.home(inbound.words, cases, partners), keyboard))


async def all_(inbound: Inbound, context: Context) -> None:
    partners = await context.community.resources.partner_keeping.all(inbound.actor)
    keyboard = keys.all_(inbound.words, partners, inbound.pressed.number(0))
    await show(inbound, context, Screen(texts.all_(inbound.words, partners), keyboard))


async def case(inbound: Inbound, context: Context) -> None:
    found = await context.community.resources.introductions.one(
        inbound.actor, introduction_id=inbound.pressed.number(0)
    )
    await _case(inbound, context, found)


async def take(inbound: Inbound, context: Context) -> None:
    found = await context.community.resources.introductions.take(
        inbound.actor, introduction_id=inbound.pressed.number(0)
    )
    await _case(inbound, context, found)


async def ask_words(inbound: Inbound, context: Context) -> None:
    """Ask what the member gets."""
    number = inbound.pressed.number(0)
    found = await context.community.resources.introductions.one(
        inbound.actor, introduction_id=number
    )
    await context.community.drafts.begin(inbound.actor, MAKE, introduction_id=number)
    keyboard = keys.making(inbound.words, number)
    await send(inbound, context, Screen(texts.words_wanted(inbound.words, found), keyboard))


async def make(inbound: Inbound, context: Context) -> None:
    about, words = await asked(inbound, context), typed(inbound)
    await context.community.resources.introductions.make(
        context.community.drafts.finishing(inbound.actor),
        introduction_id=int(about["introduction_id"]),
        words=words,
    )
    await send(inbound, context, Screen(texts.settled(inbound.words), keys.back(inbound.words)))


async def send_contact(inbound: Inbound, context: Context) -> None:
    await context.community.resources.introductions.make(
        inbound.actor, introduction_id=inbound.pressed.number(0)
    )
    await show(inbound, context, Screen(texts.settled(inbound.words), keys.back(inbound.words)))


async def ask_reason(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.drafts.begin(inbound.actor, DECLINE, introduction_id=number)
    keyboard = keys.to_case(inbound.words, number)
    await send(inbound, context, Screen(texts.reason_wanted(inbound.words), keyboard))


async def decline(inbound: Inbound, context: Context) -> None:
    about, reason = await asked(inbound, context), typed(inbound)
    await context.community.resources.introductions.decline(
        context.community.drafts.finishing(inbound.actor),
        introduction_id=int(about["introduction_id"]),
        reason=reason,
    )
    await send(inbound, context, Screen(texts.settled(inbound.words), keys.back(inbound.words)))


async def ask_kind(inbound: Inbound, context: Context) -> None:
    screen = Screen(texts.kind_wanted(inbound.words), keys.kinds(inbound.words))
    await show(inbound, context, screen)


async def ask_details(inbound: Inbound, context: Context) -> None:
    kind = kind_of(inbound.pressed.word(0))
    await context.community.drafts.begin(inbound.actor, NEW, kind=kind.value)
    text = texts.details_wanted(inbound.words, kind)
    await send(inbound, context, Screen(text, keys.back(inbound.words)))


async def add(inbound: Inbound, context: Context) -> None:
    about = await asked(inbound, context)
    name, tags, contact, words = _details(typed(inbound))
    partner = await context.community.resources.partner_keeping.add(
        context.community.drafts.finishing(inbound.actor),
        kind=kind_of(str(about["kind"])),
        name=name,
        tags=tags,
        contact=contact,
        about=words,
    )
    await _partner(inbound, context, partner)


async def one(inbound: Inbound, context: Context) -> None:
    partner = await context.community.resources.partner_keeping.one(
        inbound.actor, partner_id=inbound.pressed.number(0)
    )
    await _partner(inbound, context, partner)


async def ask_anew(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    partner = await context.community.resources.partner_keeping.one(
        inbound.actor, partner_id=number
    )
    await context.community.drafts.begin(inbound.actor, REWRITE, partner_id=number)
    text = texts.details_wanted(inbound.words, partner.kind)
    await send(inbound, context, Screen(text, keys.back(inbound.words)))


async def rewrite(inbound: Inbound, context: Context) -> None:
    about = await asked(inbound, context)
    name, tags, contact, words = _details(typed(inbound))
    partner = await context.community.resources.partner_keeping.rewrite(
        context.community.drafts.finishing(inbound.actor),
        partner_id=int(about["partner_id"]),
        name=name,
        tags=tags,
        contact=contact,
        about=words,
    )
    await _partner(inbound, context, partner)


async def list_(inbound: Inbound, context: Context) -> None:
    partner = await context.community.resources.partner_keeping.list(
        inbound.actor, partner_id=inbound.pressed.number(0)
    )
    await _partner(inbound, context, partner)


async def take_off(inbound: Inbound, context: Context) -> None:
    partner = await context.community.resources.partner_keeping.take_off(
        inbound.actor, partner_id=inbound.pressed.number(0)
    )
    await _partner(inbound, context, partner)


async def ask_tier(inbound: Inbound, context: Context) -> None:
    resources = context.community.resources
    partner = await resources.partner_keeping.one(
        inbound.actor, partner_id=inbound.pressed.number(0)
    )
    keyboard = keys.tiers(
        inbound.words, partner, (await resources.partner_keeping.levels()).values()
    )
    await show(inbound, context, Screen(texts.tier_wanted(inbound.words), keyboard))


async def set_tier(inbound: Inbound, context: Context) -> None:
    number, code = inbound.pressed.number(0), inbound.pressed.word(1)
    partner = await context.community.resources.partner_keeping.set_tier(
        inbound.actor, partner_id=number, least_tier=None if code == keys.ANY else code
    )
    await _partner(inbound, context, partner)


def _details(text: str) -> tuple[str, list[str], str, str]:
    """Read name, tags, contact and, from the fourth line on, what they do."""
    name, tags, contact, *words = [*text.strip().split("\n", HEAD), "", "", ""][: HEAD + 1]
    found = [] if tags.strip() in NONE else re.split(r"[\s,，、]+", tags.strip())
    return name, found, contact, "".join(words)


async def _case(inbound: Inbound, context: Context, found: Case) -> None:
    zone = context.community.config.community.zone
    screen = Screen(texts.case(inbound.words, found, zone), keys.case(inbound.words, found))
    await show(inbound, context, screen)


async def _partner(inbound: Inbound, context: Context, partner: Partner) -> None:
    levels = await context.community.resources.partner_keeping.levels()
    text = texts.partner(inbound.words, partner, levels.get(partner.least_tier or ""))
    await show(inbound, context, Screen(text, keys.partner(inbound.words, partner)))


WHO = Role.ADMIN
AREA: Area = (
    on_press("partnerdesk", "home", home, WHO),
    on_press("partnerdesk", "all", all_, WHO),
    on_press("partnerdesk", "case", case, WHO),
    on_press("partnerdesk", "take", take, WHO),
    on_press("partnerdesk", "make", ask_words, WHO),
    on_press("partnerdesk", "contact", send_contact, WHO),
    on_press("partnerdesk", "decline", ask_reason, WHO),
    on_press("partnerdesk", "new", ask_kind, WHO),
    on_press("partnerdesk", "kind", ask_details, WHO),
    on_press("partnerdesk", "one", one, WHO),
    on_press("partnerdesk", "rewrite", ask_anew, WHO),
    on_press("partnerdesk", "list", list_, WHO),
    on_press("partnerdesk", "off", take_off, WHO),
    on_press("partnerdesk", "tiers", ask_tier, WHO),
    on_press("partnerdesk", "tier", set_tier, WHO),
)
STEPS: Steps = reserved({NEW: add, REWRITE: rewrite, MAKE: make, DECLINE: decline}, Role.ADMIN)
