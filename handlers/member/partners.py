"""The directory of partners for members: who is there, asking to meet one, and rating."""

from community_bot.people.roles import Role
from community_bot.resources.partner_facts import PartnerPage, PartnerView
from community_bot.resources.partner_rules import kind_of
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import partners as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_command, on_link, on_press
from handlers.texts import partners as texts

STEP = "introduction_wish"


async def home(inbound: Inbound, context: Context) -> None:
    found = await context.community.resources.partners.directory()
    keyboard = keys.home(inbound.words, found, inbound.actor)
    await show(inbound, context, Screen(texts.home(inbound.words, found), keyboard))


async def of_kind(inbound: Inbound, context: Context) -> None:
    press = inbound.pressed
    page = await context.community.resources.partners.page(
        inbound.actor, kind=kind_of(press.word(0)), number=press.number(1)
    )
    await _page(inbound, context, page)


async def with_tag(inbound: Inbound, context: Context) -> None:
    press = inbound.pressed
    page = await context.community.resources.partners.page(
        inbound.actor, topic_id=press.number(0), number=press.number(1)
    )
    await _page(inbound, context, page)


async def open_(inbound: Inbound, context: Context) -> None:
    view = await context.community.resources.partners.open(
        inbound.actor, partner_id=inbound.pressed.number(0)
    )
    await _partner(inbound, context, view)


async def rate(inbound: Inbound, context: Context) -> None:
    press = inbound.pressed
    view = await context.community.resources.partners.rate(
        inbound.actor, partner_id=press.number(0), stars=press.number(1)
    )
    await _partner(inbound, context, view, toast=texts.rated(inbound.words))


async def ask_wish(inbound: Inbound, context: Context) -> None:
    """Ask what somebody needs of a partner."""
    number = inbound.pressed.number(0)
    view = await context.community.resources.partners.open(inbound.actor, partner_id=number)
    await context.community.drafts.begin(inbound.actor, STEP, partner_id=number)
    text = texts.wish_wanted(inbound.words, view.name)
    await send(inbound, context, Screen(text, keys.to_partner(inbound.words, number)))


async def ask(inbound: Inbound, context: Context) -> None:
    """Let a case be opened with what was typed."""
    about, wish = await asked(inbound, context), typed(inbound)
    case = await context.community.resources.introductions.ask(
        context.community.drafts.finishing(inbound.actor),
        partner_id=int(about["partner_id"]),
        wish=wish,
    )
    zone = context.community.config.community.zone
    screen = Screen(texts.asked(inbound.words, case, zone), keys.case(inbound.words, case))
    await send(inbound, context, screen)


async def mine(inbound: Inbound, context: Context) -> None:
    cases = await context.community.resources.introductions.mine(inbound.actor)
    screen = Screen(texts.mine(inbound.words, cases), keys.mine(inbound.words, cases))
    await show(inbound, context, screen)


async def case(inbound: Inbound, context: Context) -> None:
    found = await context.community.resources.introductions.own(
        inbound.actor, introduction_id=inbound.pressed.number(0)
    )
    zone = context.community.config.community.zone
    screen = Screen(texts.one(inbound.words, found, zone), keys.case(inbound.words, found))
    await show(inbound, context, screen)


async def sure_withdraw(inbound: Inbound, context: Context) -> None:
    found = await context.community.resources.introductions.own(
        inbound.actor, introduction_id=inbound.pressed.number(0)
    )
    keyboard = keys.sure_withdraw(inbound.words, found)
    await show(inbound, context, Screen(texts.sure_withdraw(inbound.words, found), keyboard))


async def withdraw(inbound: Inbound, context: Context) -> None:
    found = await context.community.resources.introductions.withdraw(
        inbound.actor, introduction_id=inbound.pressed.number(0)
    )
    _, zone = inbound.words, context.community.config.community.zone
    screen = Screen(texts.one(_, found, zone), keys.case(_, found), texts.withdrawn(_))
    await show(inbound, context, screen)


async def _page(inbound: Inbound, context: Context, page: PartnerPage) -> None:
    screen = Screen(texts.page(inbound.words, page), keys.page(inbound.words, page))
    await show(inbound, context, screen)


async def _partner(
    inbound: Inbound, context: Context, view: PartnerView, toast: str | None = None
) -> None:
    _ = inbound.words
    await show(inbound, context, Screen(texts.partner(_, view), keys.partner(_, view), toast))


AREA: Area = (
    on_command("partners", home),
    on_link("partners", home),
    on_press("partners", "home", home),
    on_press("partners", "kind", of_kind),
    on_press("partners", "tag", with_tag),
    on_press("partners", "open", open_),
    on_press("partners", "rate", rate),
    on_press("partners", "ask", ask_wish, Role.MEMBER),
    on_press("partners", "mine", mine),
    on_press("partners", "case", case),
    on_press("partners", "withdraw", sure_withdraw),
    on_press("partners", "yeswithdraw", withdraw),
)
STEPS: Steps = {STEP: ask}
