"""Applications: admins read the answers, and let people in or say why not yet."""

from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import admission as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import admission as texts

STEP = "application_decline"


async def waiting(inbound: Inbound, context: Context) -> None:
    found = await context.community.admissions.waiting(inbound.actor)
    names = await context.community.people.names([one.member_id for one in found])
    text = texts.waiting(inbound.words, found, names)
    await show(inbound, context, Screen(text, keys.waiting(inbound.words, found)))


async def show_one(inbound: Inbound, context: Context) -> None:
    community = context.community
    number = inbound.pressed.number(0)
    one = await community.admissions.one(inbound.actor, application_id=number)
    tier = await community.tiers.tier(one.tier_code)
    member = await community.people.find(one.member_id)
    text = texts.application(inbound.words, one, tier, member.name)
    await show(inbound, context, Screen(text, keys.application(inbound.words, one)))


async def admit(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    one = await context.community.admissions.admit(inbound.actor, application_id=number)
    screen = Screen(texts.decided(inbound.words, one), keys.back(inbound.words))
    await show(inbound, context, screen)


async def ask_reason(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    one = await context.community.admissions.one(inbound.actor, application_id=number)
    await context.community.drafts.begin(inbound.actor, STEP, application_id=number)
    text = texts.decline_wanted(inbound.words, one.application_id)
    await send(inbound, context, Screen(text, keys.back(inbound.words)))


async def decline(inbound: Inbound, context: Context) -> None:
    about, reason = await asked(inbound, context), typed(inbound)
    one = await context.community.admissions.decline(
        context.community.drafts.finishing(inbound.actor),
        application_id=int(about["application_id"]),
        reason=reason,
    )
    screen = Screen(texts.decided(inbound.words, one), keys.back(inbound.words))
    await send(inbound, context, screen)


AREA: Area = (
    on_press("applications", "waiting", waiting, Role.ADMIN),
    on_press("applications", "one", show_one, Role.ADMIN),
    on_press("applications", "admit", admit, Role.ADMIN),
    on_press("applications", "decline", ask_reason, Role.ADMIN),
)
STEPS: Steps = reserved({STEP: decline}, Role.ADMIN)
