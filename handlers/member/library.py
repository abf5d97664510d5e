"""The library as members use it: topics, the newest, words to search by, topics to follow."""

from handlers.context import Context, Inbound
from handlers.drafting import typed
from handlers.keyboards import library as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_command, on_link, on_press
from handlers.shelf import open_resource
from handlers.texts import library as texts

WANTED, FOUND = "library_words", "library_found"


async def home(inbound: Inbound, context: Context) -> None:
    """Answer /library: with words it searches, without it shows the topics."""
    if inbound.args and inbound.text.startswith("/library"):
        await _search(inbound, context, inbound.text.partition(" ")[2])
        return
    await _topics(inbound, context, 0)


async def topics(inbound: Inbound, context: Context) -> None:
    await _topics(inbound, context, inbound.pressed.number(0))


async def _topics(inbound: Inbound, context: Context, number: int) -> None:
    found = await context.community.resources.reading.topics(inbound.actor)
    keyboard = keys.home(inbound.words, found, number, inbound.actor)
    await show(inbound, context, Screen(texts.home(inbound.words, found), keyboard))


async def newest(inbound: Inbound, context: Context) -> None:
    shelf = await context.community.resources.reading.shelf(
        inbound.actor, number=inbound.pressed.number(0)
    )
    keyboard = keys.newest(inbound.words, shelf)
    await show(inbound, context, Screen(texts.newest(inbound.words, shelf), keyboard))


async def topic(inbound: Inbound, context: Context) -> None:
    await _topic(inbound, context, inbound.pressed.number(1))


async def _topic(inbound: Inbound, context: Context, number: int, toast: str | None = None) -> None:
    shelf = await context.community.resources.reading.shelf(
        inbound.actor, topic_id=inbound.pressed.number(0), number=number
    )
    keyboard = keys.topic(inbound.words, shelf)
    await show(inbound, context, Screen(texts.topic(inbound.words, shelf), keyboard, toast))


async def follow(inbound: Inbound, context: Context) -> None:
    reading = context.community.resources.reading
    await reading.follow(inbound.actor, topic_id=inbound.pressed.number(0))
    await _topic(inbound, context, 0, texts.followed(inbound.words))


async def unfollow(inbound: Inbound, context: Context) -> None:
    reading = context.community.resources.reading
    await reading.unfollow(inbound.actor, topic_id=inbound.pressed.number(0))
    await _topic(inbound, context, 0, texts.unfollowed(inbound.words))


async def open_(inbound: Inbound, context: Context) -> None:
    await open_resource(inbound, context, inbound.pressed.number(0))


async def open_by_link(inbound: Inbound, context: Context) -> None:
    """Open the resource that a link names; whoever follows it sees what they may see."""
    await open_resource(inbound, context, int(inbound.args[0].removeprefix("r_")))


async def ask_words(inbound: Inbound, context: Context) -> None:
    await context.community.drafts.begin(inbound.actor, WANTED)
    await send(inbound, context, Screen(texts.words_wanted(inbound.words)))


async def take_words(inbound: Inbound, context: Context) -> None:
    await _search(inbound, context, typed(inbound))


async def page(inbound: Inbound, context: Context) -> None:
    """Turn to another page of what was found; the words are in the draft."""
    draft = inbound.draft
    if draft is None or draft.step != FOUND:
        await ask_words(inbound, context)
        return
    await _found(inbound, context, str(draft.facts["text"]), inbound.pressed.number(0))


async def _search(inbound: Inbound, context: Context, text: str) -> None:
    await context.community.drafts.begin(inbound.actor, FOUND, text=text)
    await _found(inbound, context, text, 0)


async def _found(inbound: Inbound, context: Context, text: str, number: int) -> None:
    shelf = await context.community.resources.reading.search(
        inbound.actor, text=text, number=number
    )
    keyboard = keys.found(inbound.words, shelf)
    await show(inbound, context, Screen(texts.found(inbound.words, text, shelf), keyboard))


AREA: Area = (
    on_command("library", home),
    on_link("library", home),
    on_link(r"r_\d{1,9}", open_by_link),
    on_press("library", "home", home),
    on_press("library", "topics", topics),
    on_press("library", "newest", newest),
    on_press("library", "topic", topic),
    on_press("library", "follow", follow),
    on_press("library", "unfollow", unfollow),
    on_press("library", "open", open_),
    on_press("library", "search", ask_words),
    on_press("library", "page", page),
)
STEPS: Steps = {WANTED: take_words}
