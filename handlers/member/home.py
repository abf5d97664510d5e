"""The first screen, help, settings, terms: what everybody sees."""

from community_bot.errors import Invalid
from community_bot.people.roles import Role
from handlers.commands import visible_to
from handlers.context import Context, Inbound
from handlers.keyboards import home as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Unasked, on_any_press, on_command, on_link, on_press
from handlers.texts import home as texts
from handlers.texts.words import words


async def start(inbound: Inbound, context: Context) -> None:
    """Show the first screen; whatever was begun before is forgotten, what was kept is sent."""
    community = context.community
    await community.begin_again(inbound.actor)
    standing = await community.memberships.standing(inbound.actor.member_id)
    names = {"community": community.config.community.name, "name": inbound.person.name}
    if standing.entitlements:
        zone = community.config.community.zone
        text = texts.member_home(inbound.words, standing, zone, **names)
    else:
        text = texts.welcome(inbound.words, **names)
    await show(inbound, context, Screen(text, keys.home(inbound.words, inbound.actor)))


async def help_(inbound: Inbound, context: Context) -> None:
    commands = [
        (command.name, command.words(inbound.words))
        for command in visible_to(inbound.actor.roles)
        if command.name != "start"
    ]
    contact = context.community.config.community.contact
    text = texts.help_(inbound.words, commands=commands, contact=contact)
    await show(inbound, context, Screen(text, keys.way_home(inbound.words)))


async def settings(inbound: Inbound, context: Context) -> None:
    await show(
        inbound, context, Screen(texts.settings(inbound.words), keys.settings(inbound.words))
    )


async def choose_language(inbound: Inbound, context: Context) -> None:
    """Keep the language that was chosen and answer in it."""
    locale = inbound.pressed.word(0)
    await context.community.people.choose_locale(inbound.actor, locale)
    _ = words(locale)
    screen = Screen(texts.settings(_), keys.way_home(_), toast=texts.language_chosen(_))
    await show(inbound, context, screen)


async def terms(inbound: Inbound, context: Context) -> None:
    """Show the terms, and which version of them this person agreed to when."""
    community = context.community.config.community
    accepted = await context.community.window.accepted_terms(inbound.actor)
    text = texts.terms(
        inbound.words,
        accepted,
        community.zone,
        community=community.name,
        contact=community.contact,
    )
    await show(inbound, context, Screen(text, keys.way_home(inbound.words)))


async def paysupport(inbound: Inbound, context: Context) -> None:
    contact = context.community.config.community.contact
    text = texts.paysupport(inbound.words, contact=contact)
    await show(inbound, context, Screen(text, keys.way_home(inbound.words)))


async def staff(inbound: Inbound, context: Context) -> None:
    community = context.community.config.community.name
    text = texts.staff_home(inbound.words, community=community)
    await show(inbound, context, Screen(text, keys.staff(inbound.words, inbound.actor)))


async def elsewhere(inbound: Inbound, context: Context) -> None:
    """Say kindly where to begin when a message fits nothing."""
    screen = Screen(texts.lost(inbound.words), keys.home(inbound.words, inbound.actor))
    await send(inbound, context, screen)


async def out_of_date(_inbound: Inbound, _context: Context) -> None:
    """Stop the wheel on a button that no area before this one, the last, answers to."""
    raise Invalid("button", "broken")


AREA: Area = (
    on_link("help", help_),
    on_link("settings", settings),
    on_link("terms", terms),
    on_link("paysupport", paysupport),
    on_command("start", start),
    on_press("home", "start", start),
    on_command("help", help_),
    on_press("home", "help", help_),
    on_command("settings", settings),
    on_press("home", "settings", settings),
    on_press("home", "language", choose_language),
    on_command("terms", terms),
    on_command("paysupport", paysupport),
    on_command("admin", staff, Role.ADMIN, Role.FINANCE),
    on_press("home", "staff", staff, Role.ADMIN, Role.FINANCE),
    on_any_press(out_of_date),
)
UNASKED: Unasked = ((lambda _message: True, elsewhere),)
