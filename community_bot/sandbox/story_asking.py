"""The story's question: asked in private, taken at the desk, answered in its topic, solved."""

from functools import partial

from community_bot.sandbox.demo import Demo
from community_bot.sandbox.facts import Bot, Chat, Message
from community_bot.sandbox.story_player import Player, Unexpected, data_of, found

QUESTION = "/ask The UK shop wants a UTR, and a sole trader has none yet. What do I put there?"
MORE = "And when does the deposit come back?"
ANSWER = (
    "Put the NINO first; HMRC sends the UTR two weeks after you register. 30 days for the rest."
)
NOTE = "//asked about taxes before, be patient"


async def ask_and_answer(demo: Demo) -> None:
    """Ask as a member, be answered by the mentor who was quicker, and say that it is solved."""
    member, desk = Player(demo, "linxiao"), demo.stage.places["desk"]
    member.says(QUESTION)
    draft = await member.sees(button="ask:submit", words="UTR")
    member.says(MORE)
    draft = await member.sees(button="ask:submit", words="2")
    member.presses(draft, "ask:submit")
    await member.sees(button="questions:")
    topic = await _take(demo, member, desk)
    mentor = demo.stage.people["zhouning"]
    demo.world.send_text(mentor, desk, NOTE, topic=topic)
    demo.world.send_text(mentor, desk, ANSWER, topic=topic)
    await member.sees(words=ANSWER)
    if any(NOTE in one.text for one in demo.world.history(member.chat or desk)):
        raise Unexpected("what is internal to stay inside", repr(NOTE))
    await _solve(member)


async def _take(demo: Demo, member: Player, desk: Chat) -> int:
    """Let both mentors press at the same moment; return the topic that the question gets."""
    card = await _card(demo, member, desk)
    mentors = [demo.stage.people[key] for key in ("zhouning", "leo")]
    claim = found(card, "desk:claim")
    presses = [demo.world.press(one, desk, card.message_id, claim) for one in mentors]
    await member.until(lambda: all(one.answer for one in presses), "both mentors to be answered")
    await member.until(lambda: _topic(desk, card) is not None, "a topic for the question")
    topic = _topic(desk, card)
    if topic is None:
        raise Unexpected("a topic for the question", "none")
    return topic


async def _solve(member: Player) -> None:
    settled = await member.sees(button="questions:settle")
    member.presses(settled, "questions:settle")
    rating = await member.sees(button="rating:give")
    member.presses(rating, "rating:give")
    await member.sees()


async def _card(demo: Demo, member: Player, desk: Chat) -> Message:
    wanted = partial(_newest_claim, demo, desk)
    await member.until(lambda: wanted() is not None, "a card at the mentors' desk")
    card = wanted()
    if card is None:
        raise Unexpected("a card at the mentors' desk", "none")
    return card


def _newest_claim(demo: Demo, desk: Chat) -> Message | None:
    cards = (one for one in reversed(demo.world.history(desk)) if isinstance(one.sender, Bot))
    return next(
        (
            one
            for one in cards
            if "UTR" in one.text and any(data.startswith("desk:claim") for data in data_of(one))
        ),
        None,
    )


def _topic(desk: Chat, card: Message) -> int | None:
    number = card.text.split("#", 1)[1].split()[0]
    return next(
        (one.topic_id for one in desk.topics.values() if one.name.startswith(f"#{number} ")), None
    )
