"""The story's odds and ends: languages, forged buttons, blocking and returning, lost ways."""

import re
from functools import partial

from community_bot.sandbox.dealings import CallbackQuery
from community_bot.sandbox.demo import Demo
from community_bot.sandbox.story_player import Player, Unexpected, data_of

_IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]")


async def choose_language(demo: Demo) -> None:
    """Change the language, and be answered in it from then on."""
    member = Player(demo, "wangyue")
    for locale, is_chinese in (("en", False), ("zh_CN", True)):
        member.says("/settings")
        settings = await member.sees(button=f"home:language:{locale}")
        member.presses(settings, f"home:language:{locale}")
        await member.sees(button="home:start")
        member.says("/terms")
        terms = await member.sees(button="home:start")
        body = terms.text.replace(demo.stage.sample.name, "")
        if bool(_IDEOGRAPHS.search(body)) is not is_chinese:
            raise Unexpected(f"terms in {locale}", repr(terms.text[:60]))


async def forge(demo: Demo) -> None:
    """Refuse what no button says, and what is on the buttons of somebody else."""
    stranger, finance = Player(demo, "chenli"), Player(demo, "fangmin")
    stranger.starts()
    home = await stranger.sees(button="home:help")
    for data in ("orders:review:1", "order:show:1", "orders:amount:1:1", "order:proof:x", "?"):
        query = stranger.forges(home, data)
        await stranger.until(partial(_is_answered, query), f"{data} to be refused")
        if query.answer is None or not query.answer.text:
            raise Unexpected(f"a word of refusal for {data}", "none")
    finance.says("/orders")
    await finance.sees(button="orders:review")


async def come_back(demo: Demo) -> None:
    """Block the bot while something is to be told, return, and be told."""
    buyer, finance = Player(demo, "majun"), Player(demo, "fangmin")
    buyer.starts()
    await buyer.sees(button="join:offers")
    demo.world.block(buyer.person)
    finance.says("/orders")
    waiting = await finance.sees(button="orders:review")
    finance.presses(waiting, "orders:review")
    review = await finance.sees(button="orders:no")
    finance.presses(review, "orders:no")
    reasons = await finance.sees(button="orders:reject")
    finance.presses(reasons, "orders:reject")
    await finance.sees(button="orders:waiting")
    await buyer.until(lambda: _was_turned_away(demo, buyer), "the bot to find itself blocked")
    buyer.starts()
    await buyer.sees(button="order:proof")


async def lose_the_way(demo: Demo) -> None:
    """Type what the bot does not know, and be shown what it can do."""
    guest = Player(demo, "chenli")
    for text in ("/nosuchcommand", "hello?"):
        guest.says(text)
        answer = await guest.sees()
        if "home:help" not in data_of(answer):
            raise Unexpected(f"a way on after {text}", ", ".join(data_of(answer)) or "no button")


def _is_answered(query: CallbackQuery) -> bool:
    return query.answer is not None


def _was_turned_away(demo: Demo, player: Player) -> bool:
    return any(
        call.chat_id == player.person.id and call.outcome == "403" for call in demo.sandbox.calls
    )
