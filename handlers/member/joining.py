"""Reading the plans, ordering one, and looking at one's order."""

from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import joining as keys
from handlers.replies import Screen, acknowledge, show
from handlers.routing import Area, Steps, on_command, on_link, on_press
from handlers.texts import gifts
from handlers.texts import joining as texts
from handlers.texts.subscriptions import renewal_of
from handlers.texts.words import lines

COUPON = "coupon"


async def offers(inbound: Inbound, context: Context) -> None:
    found = await context.community.tiers.offers()
    screen = Screen(texts.offers(inbound.words, found), keys.offers(inbound.words, found))
    await show(inbound, context, screen)


async def plan(inbound: Inbound, context: Context) -> None:
    """Show a plan whole, the refund rule included, before anything is ordered."""
    plan_code = inbound.pressed.word(0)
    view = await context.community.window.look(inbound.actor, plan_code=plan_code)
    text = texts.plan_whole(inbound.words, view)
    await show(inbound, context, Screen(text, keys.plan(inbound.words, view)))


async def place(inbound: Inbound, context: Context) -> None:
    """Place the order; how to pay it comes through the outbox, pressing twice shows the same."""
    plan_code = inbound.pressed.word(0)
    await context.community.orders.place(inbound.actor, plan_code=plan_code)
    await acknowledge(inbound, texts.order_below(inbound.words))


async def place_gift(inbound: Inbound, context: Context) -> None:
    plan_code = inbound.pressed.word(0)
    await context.community.orders.place(inbound.actor, plan_code=plan_code, as_gift=True)
    await acknowledge(inbound, texts.order_below(inbound.words))


async def ask_coupon(inbound: Inbound, context: Context) -> None:
    found = await context.community.tiers.plan(inbound.pressed.word(0))
    await context.community.drafts.begin(inbound.actor, COUPON, plan_code=found.code)
    screen = Screen(gifts.coupon_wanted(inbound.words), keys.to_plan(inbound.words, found.code))
    await show(inbound, context, screen)


async def place_with_coupon(inbound: Inbound, context: Context) -> None:
    """Order with the coupon that was typed: the new price is shown before anybody pays."""
    about, code = await asked(inbound, context), typed(inbound)
    await context.community.orders.place(
        context.community.drafts.finishing(inbound.actor),
        plan_code=str(about["plan_code"]),
        coupon_code=code,
    )


async def show_order(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    community = context.community
    order, ways = await community.orders.one(inbound.actor, order_id=number), community.orders.ways
    renewals = await community.subscriptions.going_on(inbound.actor)
    zone = community.config.community.zone
    text = lines(
        texts.order(inbound.words, order, ways.payees, zone),
        *renewal_of(inbound.words, order, renewals, zone),
    )
    await show(inbound, context, Screen(text, keys.order(inbound.words, order, ways)))


async def cancel(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    cancelled = await context.community.orders.cancel(inbound.actor, order_id=number)
    text = texts.cancelled(inbound.words, cancelled)
    keyboard = keys.order(inbound.words, cancelled, context.community.orders.ways)
    await show(inbound, context, Screen(text, keyboard))


AREA: Area = (
    on_command("join", offers),
    on_link("join", offers),
    on_press("join", "offers", offers),
    on_press("join", "plan", plan),
    on_press("join", "order", place),
    on_press("join", "gift", place_gift),
    on_press("join", "coupon", ask_coupon),
    on_press("order", "show", show_order),
    on_press("order", "cancel", cancel),
)
STEPS: Steps = {COUPON: place_with_coupon}
