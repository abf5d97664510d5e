"""The story of `demo --check`: every role once, over the real bot, from /start to the last day."""

from collections.abc import Awaitable, Callable

from community_bot.sandbox.demo import Demo
from community_bot.sandbox.refusals import Refused
from community_bot.sandbox.story_asking import ask_and_answer
from community_bot.sandbox.story_buying import buy, mistype, order
from community_bot.sandbox.story_doors import empty_seats, enter, lapse, stay_out
from community_bot.sandbox.story_odds import choose_language, come_back, forge, lose_the_way
from community_bot.sandbox.story_player import Unexpected

Chapter = Callable[[Demo], Awaitable[object]]

CHAPTERS: tuple[tuple[str, Chapter], ...] = (
    ("a guest orders", order),
    ("a mistyped amount", mistype),
    ("a membership is bought", buy),
    ("the member enters", enter),
    ("a stranger stays out", stay_out),
    ("a question is answered", ask_and_answer),
    ("a forged button", forge),
    ("blocked, and back", come_back),
    ("the language", choose_language),
    ("lost ways", lose_the_way),
    ("a year later", lapse),
    ("the seats are emptied", empty_seats),
)


async def told(demo: Demo) -> str | None:
    """Tell the whole story; return what went otherwise in one line, or None."""
    for name, chapter in CHAPTERS:
        try:
            await chapter(demo)
        except (Unexpected, Refused) as error:
            return f"{name}: {error}"
    return None
