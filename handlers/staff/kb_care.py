"""Looking after the FAQ: what was searched in vain, the vocabulary, what was learnt, new rules."""

from community_bot.errors import Invalid
from community_bot.faq.content_rules import EntryKind
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.keyboards import kb as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press
from handlers.texts import kb as texts

TERMS, POLICY = "kb_terms", "kb_policy"
BODY = "kb_body"  # where writing an entry goes on, in staff/kb.py


async def gaps(inbound: Inbound, context: Context) -> None:
    found = await context.community.faq.gaps.all(inbound.actor)
    text = texts.gaps(inbound.words, found)
    await show(inbound, context, Screen(text, keys.gaps(inbound.words, found)))


async def gap(inbound: Inbound, context: Context) -> None:
    """Show one, with the entries that it may be another wording of."""
    number = inbound.pressed.number(0)
    wording, near = await context.community.faq.gaps.near(inbound.actor, search_id=number)
    text = texts.gap(inbound.words, wording, near)
    await show(inbound, context, Screen(text, keys.gap(inbound.words, number, near)))


async def answer(inbound: Inbound, context: Context) -> None:
    """Begin an entry with the words that were searched."""
    number = inbound.pressed.number(0)
    wording, _near = await context.community.faq.gaps.near(inbound.actor, search_id=number)
    await context.community.drafts.begin(
        inbound.actor, BODY, kind=EntryKind.FAQ.value, question=wording, search_id=number
    )
    text = texts.wanted(inbound.words, "body")
    await send(inbound, context, Screen(text, keys.back(inbound.words)))


async def ignore(inbound: Inbound, context: Context) -> None:
    await context.community.faq.gaps.ignore(inbound.actor, search_id=inbound.pressed.number(0))
    await gaps(inbound, context)


async def same_as(inbound: Inbound, context: Context) -> None:
    """Take it for another wording of an entry."""
    await context.community.faq.gaps.same_as(
        inbound.actor,
        search_id=inbound.pressed.number(0),
        entry_id=inbound.pressed.number(1),
    )
    await gaps(inbound, context)


async def terms(inbound: Inbound, context: Context) -> None:
    own = await context.community.faq.terms.own(inbound.actor)
    text = texts.terms(inbound.words, own)
    await show(inbound, context, Screen(text, keys.terms(inbound.words, own)))


async def ask_terms(inbound: Inbound, context: Context) -> None:
    await context.community.drafts.begin(inbound.actor, TERMS)
    text = texts.wanted(inbound.words, "terms")
    await send(inbound, context, Screen(text, keys.back(inbound.words)))


async def add_terms(inbound: Inbound, context: Context) -> None:
    actor = context.community.drafts.finishing(inbound.actor)
    await context.community.faq.terms.add(actor, text=typed(inbound))
    await terms(inbound, context)


async def forget_terms(inbound: Inbound, context: Context) -> None:
    await context.community.faq.terms.remove(inbound.actor, term_id=inbound.pressed.number(0))
    await terms(inbound, context)


async def learnt(inbound: Inbound, context: Context) -> None:
    await _show_learnt(inbound, context, inbound.pressed.number(0))


async def unlearn(inbound: Inbound, context: Context) -> None:
    await context.community.faq.learning.undo(
        inbound.actor, confirmation_id=inbound.pressed.number(1)
    )
    await _show_learnt(inbound, context, inbound.pressed.number(0))


async def _show_learnt(inbound: Inbound, context: Context, number: int) -> None:
    faq = context.community.faq
    entry = await faq.entries.one(inbound.actor, entry_id=number)
    lessons = await faq.learning.lessons(inbound.actor, entry_id=number)
    zone = context.community.config.community.zone
    text = texts.lessons(inbound.words, entry.content.question, lessons, zone)
    await show(inbound, context, Screen(text, keys.lessons(inbound.words, number, lessons)))


async def topics(inbound: Inbound, context: Context) -> None:
    """Ask about which topic the rules have changed."""
    found = await context.community.faq.reading.topics(inbound.actor)
    text = texts.which_topic(inbound.words)
    await show(inbound, context, Screen(text, keys.topics(inbound.words, found)))


async def ask_policy(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.drafts.begin(inbound.actor, POLICY, topic_id=number)
    text = texts.wanted(inbound.words, "policy")
    await send(inbound, context, Screen(text, keys.back(inbound.words)))


async def rules_changed(inbound: Inbound, context: Context) -> None:
    """Mark the answers of a topic and tell their readers."""
    draft = await context.community.drafts.current(inbound.actor.member_id)
    if draft is None:
        raise Invalid("draft", "gone")
    swept = await context.community.faq.reviews.rules_changed(
        context.community.drafts.finishing(inbound.actor),
        topic_id=int(draft.facts["topic_id"]),
        about=typed(inbound),
    )
    text = texts.swept(inbound.words, swept)
    await send(inbound, context, Screen(text, keys.back(inbound.words)))


def typed(inbound: Inbound) -> str:
    """Return what was typed; a sticker or a voice is no text."""
    if inbound.message is None or not inbound.message.text:
        raise Invalid("text", "missing")
    return inbound.message.text


AREA: Area = (
    on_press("kb", "gaps", gaps, Role.ADMIN),
    on_press("kb", "gap", gap, Role.ADMIN),
    on_press("kb", "answer", answer, Role.ADMIN),
    on_press("kb", "ignore", ignore, Role.ADMIN),
    on_press("kb", "alias", same_as, Role.ADMIN),
    on_press("kb", "terms", terms, Role.ADMIN),
    on_press("kb", "term", ask_terms, Role.ADMIN),
    on_press("kb", "forget", forget_terms, Role.ADMIN),
    on_press("kb", "learnt", learnt, Role.MENTOR, Role.ADMIN),
    on_press("kb", "unlearn", unlearn, Role.ADMIN),
    on_press("kb", "topics", topics, Role.ADMIN),
    on_press("kb", "policy", ask_policy, Role.ADMIN),
)
STEPS: Steps = {TERMS: add_terms, POLICY: rules_changed}
