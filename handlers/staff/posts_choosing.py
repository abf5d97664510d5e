"""For whom a post is and where it is posted, by buttons with numbers of people."""

import re
from datetime import timedelta

from community_bot.errors import Invalid
from community_bot.people.roles import Role
from community_bot.resources.audience_rules import (
    Audience,
    Criterion,
    Who,
    parse,
    toggled,
    without,
)
from community_bot.resources.facts import Composition, Place
from community_bot.resources.surroundings import STAFF_PLACES
from handlers.composing import card_of, change, change_pressed, names_of, preview_of
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import posts_choosing as keys
from handlers.keyboards.posts_choosing import STAFF, WHO, Choice
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import posts as texts

RULE, TOPIC = "post_rule", "post_topic"
# t.me/c/1234567/15/99 and t.me/name/15/99; the number of the topic stands before the message's.
_LINK = re.compile(r"(.*?)\s*(?:https?://)?t\.me/(?:c/(\d+)|(\w+))/(\d+)(?:/\d+)?/?(?:\?\S*)?")
_SUPERGROUP = "-100"


async def people(inbound: Inbound, context: Context) -> None:
    await show(inbound, context, await _people(inbound, context, inbound.pressed.number(0)))


async def _people(inbound: Inbound, context: Context, post_id: int) -> Screen:
    """Return the screen with every choice and how many people it means."""
    names, preview = await names_of(context), await preview_of(inbound, context, post_id)
    offered = {
        **WHO,
        **{f"tier.{code}": Criterion(Who.TIERS, names=(code,)) for code in names.tiers},
    }
    counts = await context.community.resources.composing.head_counts(
        inbound.actor, [Audience((one,)) for one in offered.values()]
    )
    choices = [
        Choice(name, one, count)
        for (name, one), count in zip(offered.items(), counts, strict=True)
        if count or one.who is Who.EVERYBODY
    ]
    keyboard = keys.audience(inbound.words, preview.post, choices, names.tiers)
    return Screen(texts.audience_wanted(inbound.words, preview, names), keyboard)


async def who(inbound: Inbound, context: Context) -> None:
    """Add a criterion to the audience, or take it away."""
    name = inbound.pressed.word(2)
    code = name.removeprefix("tier.")
    one = WHO.get(name) if code == name else Criterion(Who.TIERS, names=(code,))
    if one is None:
        raise Invalid("button", "broken")
    await _toggle(inbound, context, one)


async def topic(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(2)
    known = await context.community.resources.reading.topics(inbound.actor)
    found = next((one for one in known if one.topic_id == number), None)
    if found is None:
        raise Invalid("button", "broken")
    await _toggle(inbound, context, Criterion(Who.TOPICS, names=(found.code,)))


async def cohort(inbound: Inbound, context: Context) -> None:
    """Choose who joined within the last days, counted from today."""
    days = timedelta(days=max(1, min(inbound.pressed.number(2), 365)))
    zone = context.community.config.community.zone
    today = context.community.clock.now().astimezone(zone).date()
    await _toggle(inbound, context, Criterion(Who.JOINED, since=today - days))


async def _toggle(inbound: Inbound, context: Context, one: Criterion) -> None:
    composed = await _composed(inbound, context)
    post_id = await change_pressed(inbound, context, audience=toggled(composed.audience, one))
    await show(inbound, context, await _people(inbound, context, post_id))


async def leave_staff_out(inbound: Inbound, context: Context) -> None:
    composed = await _composed(inbound, context)
    post_id = await change_pressed(inbound, context, audience=without(composed.audience, STAFF))
    await show(inbound, context, await _people(inbound, context, post_id))


async def nobody(inbound: Inbound, context: Context) -> None:
    post_id = await change_pressed(inbound, context, audience=None)
    await show(inbound, context, await _people(inbound, context, post_id))


async def topics(inbound: Inbound, context: Context) -> None:
    preview = await preview_of(inbound, context, inbound.pressed.number(0))
    found = await context.community.resources.reading.topics(inbound.actor)
    keyboard = keys.topics(inbound.words, preview.post, found)
    await show(inbound, context, Screen(texts.topics_wanted(inbound.words), keyboard))


async def cohorts(inbound: Inbound, context: Context) -> None:
    preview = await preview_of(inbound, context, inbound.pressed.number(0))
    text = texts.audience_wanted(inbound.words, preview, await names_of(context))
    await show(inbound, context, Screen(text, keys.cohorts(inbound.words, preview.post)))


async def ask_rule(inbound: Inbound, context: Context) -> None:
    post_id, revision = inbound.pressed.number(0), inbound.pressed.number(1)
    await context.community.drafts.begin(inbound.actor, RULE, post_id=post_id, revision=revision)
    text = texts.rule_wanted(inbound.words, await names_of(context))
    await send(inbound, context, Screen(text, keys.rule(inbound.words, post_id)))


async def take_rule(inbound: Inbound, context: Context) -> None:
    about = await asked(inbound, context)
    post_id = int(about["post_id"])
    await change(
        context,
        context.community.drafts.finishing(inbound.actor),
        post_id=post_id,
        revision=int(about["revision"]),
        audience=parse(typed(inbound)),
    )
    await send(inbound, context, await _people(inbound, context, post_id))


async def places(inbound: Inbound, context: Context) -> None:
    await show(inbound, context, await _places(inbound, context, inbound.pressed.number(0)))


async def _places(inbound: Inbound, context: Context, post_id: int) -> Screen:
    preview = await preview_of(inbound, context, post_id)
    spaces = [one for one in await context.community.spaces.all() if one.role not in STAFF_PLACES]
    keyboard = keys.places(inbound.words, preview.post, spaces)
    return Screen(texts.places_wanted(inbound.words, spaces), keyboard)


async def place(inbound: Inbound, context: Context) -> None:
    """Add a place, or take it away."""
    await _turn(inbound, context, Place(inbound.pressed.number(2)))


async def untopic(inbound: Inbound, context: Context) -> None:
    chat_id, topic_id = inbound.pressed.number(2), inbound.pressed.number(3)
    composed = await _composed(inbound, context)
    kept = [one for one in composed.places if (one.chat_id, one.topic_id) != (chat_id, topic_id)]
    post_id = await change_pressed(inbound, context, places=tuple(kept))
    await show(inbound, context, await _places(inbound, context, post_id))


async def _turn(inbound: Inbound, context: Context, wanted: Place) -> None:
    composed = await _composed(inbound, context)
    others = tuple(one for one in composed.places if one != wanted)
    places = others if wanted in composed.places else (*others, wanted)
    post_id = await change_pressed(inbound, context, places=places)
    await show(inbound, context, await _places(inbound, context, post_id))


async def ask_topic(inbound: Inbound, context: Context) -> None:
    """Ask for the link of a topic: Telegram tells bots of no list of them."""
    post_id, revision, chat_id = (inbound.pressed.number(at) for at in range(3))
    space = await context.community.spaces.one(chat_id)
    await context.community.drafts.begin(
        inbound.actor, TOPIC, post_id=post_id, revision=revision, chat_id=chat_id
    )
    text = texts.topic_wanted(inbound.words, space.title)
    await send(inbound, context, Screen(text, keys.forum(inbound.words, post_id)))


async def take_topic(inbound: Inbound, context: Context) -> None:
    about = await asked(inbound, context)
    post_id, chat_id = int(about["post_id"]), int(about["chat_id"])
    composing = context.community.resources.composing
    post = await composing.one(inbound.actor, post_id=post_id)
    wanted = _topic_of(typed(inbound), chat_id)
    await change(
        context,
        context.community.drafts.finishing(inbound.actor),
        post_id=post_id,
        revision=int(about["revision"]),
        places=(*post.composed.places, wanted),
    )
    await send(inbound, context, await card_of(inbound, context, post_id))


def _topic_of(text: str, chat_id: int) -> Place:
    """Read the link of a topic, and what stands before it as its name; raises Invalid."""
    found = _LINK.fullmatch(text.strip())
    if found is None:
        raise Invalid("place", "no_topic")
    number = found[2]
    if number is not None and f"{_SUPERGROUP}{number}" != str(chat_id):
        raise Invalid("place", "other_group")
    return Place(chat_id, int(found[4]), found[1].strip(" -:：") or None)


async def _composed(inbound: Inbound, context: Context) -> Composition:
    post_id = inbound.pressed.number(0)
    composing = context.community.resources.composing
    return (await composing.one(inbound.actor, post_id=post_id)).composed


AREA: Area = (
    on_press("post", "people", people, Role.ADMIN),
    on_press("post", "who", who, Role.ADMIN),
    on_press("post", "topics", topics, Role.ADMIN),
    on_press("post", "topic", topic, Role.ADMIN),
    on_press("post", "cohorts", cohorts, Role.ADMIN),
    on_press("post", "cohort", cohort, Role.ADMIN),
    on_press("post", "nostaff", leave_staff_out, Role.ADMIN),
    on_press("post", "nobody", nobody, Role.ADMIN),
    on_press("post", "rule", ask_rule, Role.ADMIN),
    on_press("post", "places", places, Role.ADMIN),
    on_press("post", "place", place, Role.ADMIN),
    on_press("post", "untopic", untopic, Role.ADMIN),
    on_press("post", "forum", ask_topic, Role.ADMIN),
)
STEPS: Steps = reserved({RULE: take_rule, TOPIC: take_topic}, Role.ADMIN)
