"""Acts that wait for the bot's answer: presses, payments and inline queries."""

from collections.abc import Callable
from datetime import timedelta

from community_bot.sandbox.control_input import Input, wanted
from community_bot.sandbox.control_sending import Where
from community_bot.sandbox.facts import Json, Message
from community_bot.sandbox.refusals import Refused
from community_bot.sandbox.world import World

# Telegram's apps stop the spinner of a button and give up on results after about this long.
PATIENCE = timedelta(seconds=12)


async def press(given: Input) -> Json:
    """Press an inline button, named by its callback data, and wait for what the bot says."""
    person, message, data = given.person(), given.message(), given.text("data")
    try:
        query = given.world.press(person, message.chat, message.message_id, data)
    except LookupError as exc:
        raise wanted("data", "a button of this message") from exc
    if not await _answered(given.world, lambda: query.answer is not None):
        return {"answered": False}
    answer = query.answer
    if answer is None:
        return {"answered": False}
    return {
        "answered": True,
        "text": answer.text,
        "show_alert": answer.show_alert,
        "url": answer.url,
    }


async def pay(given: Input) -> Json:
    """Pay an invoice: the bot is asked first and may refuse."""
    person = given.person()
    what = (
        given.world.invoices.get(given.text("link")) if "link" in given.facts else given.message()
    )
    if what is None or (isinstance(what, Message) and what.invoice is None):
        raise wanted("message", "an invoice")
    place = what.chat if isinstance(what, Message) else person.id
    try:
        checkout = given.world.pay(person, place, what)
    except LookupError as exc:
        raise wanted("message", "an invoice of a bot that this person has started") from exc
    await _answered(given.world, lambda: checkout.state != "asked")
    return {"paid": checkout.state == "paid", "reason": checkout.error}


async def query(given: Input) -> Json:
    """Type @bot and words; the results come back."""
    asked = given.world.inline_query(given.person(), given.text("text"))
    await _answered(given.world, lambda: asked.results is not None)
    return {"query": asked.id, "results": asked.results or []}


def choose(given: Input) -> Json:
    """Send one of the results into the chat."""
    asked, where = given.world.inline_queries.get(given.text("query")), Where(given)
    if asked is None or asked.person is not where.person:
        raise Refused(404, "query: nobody asked that")
    result = given.text("result")
    if not any(each.get("id") == result for each in asked.results or []):
        raise wanted("result", "one of the results")
    sent = given.world.choose(asked, result, where.chat)
    return {"messages": [sent.message_id]}


async def _answered(world: World, predicate: Callable[[], bool]) -> bool:
    try:
        await world.until(predicate, PATIENCE)
    except TimeoutError:
        return False
    return True
