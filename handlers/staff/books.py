"""The books: tables as files, and the journal page by page."""

from community_bot.billing.books import Page
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.drafting import typed
from handlers.keyboards import books as keys
from handlers.replies import Screen, send, send_file, show
from handlers.routing import Area, Steps, on_command, on_press, reserved
from handlers.texts import books as texts

WHO = (Role.FINANCE, Role.ADMIN)
SEARCH = "journal_search"


async def home(inbound: Inbound, context: Context) -> None:
    await show(inbound, context, Screen(texts.home(inbound.words), keys.home(inbound.words)))


async def table(inbound: Inbound, context: Context) -> None:
    """Send a table as a file."""
    what = inbound.pressed.word(0)
    content = await context.community.books.table(inbound.actor, what=what)
    screen = Screen(texts.table_caption(inbound.words, what), keys.back(inbound.words))
    await send_file(inbound, context, content, name=f"{what}.csv", screen=screen)


async def newest(inbound: Inbound, context: Context) -> None:
    """Show the newest entries, or those about what stands behind the command."""
    books = context.community.books
    if inbound.args:
        page = await books.search(inbound.actor, word=inbound.args[0])
    else:
        page = await books.page(inbound.actor, wanted="all")
    await show(inbound, context, await _screen(inbound, context, page))


async def turn(inbound: Inbound, context: Context) -> None:
    """Show a page: of a group, or of one order or person."""
    pressed = inbound.pressed
    before = pressed.number(1) if len(pressed.args) > 1 else None
    page = await context.community.books.page(inbound.actor, wanted=pressed.word(0), before=before)
    await show(inbound, context, await _screen(inbound, context, page))


async def ask_word(inbound: Inbound, context: Context) -> None:
    await context.community.drafts.begin(inbound.actor, SEARCH)
    screen = Screen(texts.search_wanted(inbound.words), keys.back(inbound.words))
    await send(inbound, context, screen)


async def search(inbound: Inbound, context: Context) -> None:
    page = await context.community.books.search(inbound.actor, word=typed(inbound).strip())
    await send(inbound, context, await _screen(inbound, context, page))


async def _screen(inbound: Inbound, context: Context, page: Page) -> Screen:
    actors = {one.actor_id for one in page.entries if one.actor_id}
    names = await context.community.people.names(actors)
    zone = context.community.config.community.zone
    return Screen(texts.page(inbound.words, page, names, zone), keys.page(inbound.words, page))


AREA: Area = (
    on_command("audit", newest, *WHO),
    on_press("books", "home", home, *WHO),
    on_press("books", "table", table, *WHO),
    on_press("audit", "page", turn, *WHO),
    on_press("audit", "search", ask_word, *WHO),
)
STEPS: Steps = reserved({SEARCH: search}, *WHO)
