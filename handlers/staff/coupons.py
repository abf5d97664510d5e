"""Coupons and batches of codes: staff make them, and end them."""

from typing import Any

from community_bot.errors import Invalid, NotFound
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import coupons as keys
from handlers.replies import Screen, send, send_file, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import coupons as texts

WHO = (Role.FINANCE, Role.ADMIN)
NEW, BATCH = "coupon_new", "codes_batch"
MOST_DIGITS = 9


async def coupons(inbound: Inbound, context: Context) -> None:
    found = await context.community.coupons.all(inbound.actor)
    keyboard = keys.coupons(inbound.words, found, inbound.actor)
    await show(inbound, context, Screen(texts.coupons(inbound.words, found), keyboard))


async def ask_new(inbound: Inbound, context: Context) -> None:
    await context.community.drafts.begin(inbound.actor, NEW)
    text = texts.coupon_wanted(inbound.words)
    await show(inbound, context, Screen(text, keys.back(inbound.words)))


async def make(inbound: Inbound, context: Context) -> None:
    made = await context.community.coupons.make(
        context.community.drafts.finishing(inbound.actor), **wanted(typed(inbound))
    )
    await send(inbound, context, Screen(texts.made(inbound.words, made), keys.back(inbound.words)))


def wanted(text: str) -> dict[str, Any]:
    """Read a coupon as it is typed: its code, a percentage or an amount, and how many uses."""
    code, _, rest = text.strip().partition(" ")
    off, _, uses = rest.strip().partition(" ")
    percent = off.removesuffix("%").strip()
    if not off or (off.endswith("%") and not _is_number(percent)):
        raise Invalid("coupon", "percent_or_amount")
    if uses.strip() and not _is_number(uses.strip()):
        raise Invalid("coupon", "uses")
    return {
        "code": code,
        "percent": int(percent) if off.endswith("%") else None,
        "amount_text": None if off.endswith("%") else off,
        "uses": int(uses) if uses.strip() else None,
    }


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= MOST_DIGITS


async def end(inbound: Inbound, context: Context) -> None:
    """End the coupon whose number stands in the button."""
    number = inbound.pressed.number(0)
    found = await context.community.coupons.all(inbound.actor)
    code = next((one.code for one, _ in found if one.coupon_id == number), None)
    if code is None:
        raise NotFound("coupon", number)
    await context.community.coupons.disable(inbound.actor, code=code)
    screen = Screen(texts.disabled(inbound.words), keys.back(inbound.words))
    await show(inbound, context, screen)


async def choose_plan(inbound: Inbound, context: Context) -> None:
    offers = await context.community.tiers.offers()
    found = await context.community.coupons.all(inbound.actor)
    text = texts.coupons(inbound.words, found)
    await show(inbound, context, Screen(text, keys.plans(inbound.words, offers)))


async def ask_batch(inbound: Inbound, context: Context) -> None:
    plan = await context.community.tiers.plan(inbound.pressed.word(0))
    await context.community.drafts.begin(inbound.actor, BATCH, plan_code=plan.code)
    text = texts.batch_wanted(inbound.words, plan.code)
    await show(inbound, context, Screen(text, keys.back(inbound.words)))


async def make_batch(inbound: Inbound, context: Context) -> None:
    """Make the codes, and send them as a file with their links."""
    about = await asked(inbound, context)
    count, _, note = typed(inbound).strip().partition(" ")
    made = await context.community.access_codes.make(
        context.community.drafts.finishing(inbound.actor),
        plan_code=str(about["plan_code"]),
        count=int(count) if _is_number(count) else 0,
        note=note,
    )
    link = f"https://t.me/{context.bot.username}?start=c_"
    content = "".join(f"{one.code}\t{link}{one.code}\n" for one in made)
    screen = Screen(texts.batch_made(inbound.words, len(made)), keys.back(inbound.words))
    name = f"codes-{about['plan_code']}.txt"
    await send_file(inbound, context, content.encode(), name=name, screen=screen)


AREA: Area = (
    on_press("coupons", "list", coupons, *WHO),
    on_press("coupons", "new", ask_new, *WHO),
    on_press("coupons", "off", end, *WHO),
    on_press("codes", "plans", choose_plan, Role.FINANCE),
    on_press("codes", "make", ask_batch, Role.FINANCE),
)
STEPS: Steps = {**reserved({NEW: make}, *WHO), **reserved({BATCH: make_batch}, Role.FINANCE)}
