"""Looking after the FAQ: what was searched in vain, the vocabulary, what was learnt, new rules."""

from collections.abc import Sequence
from typing import TypeVar

from community_bot.faq.content_rules import EntryKind
from community_bot.faq.reviews import policy_said
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.drafting import asked, confirmed, to_confirm, typed
from handlers.keyboards import kb as kb_keys
from handlers.keyboards import kb_care as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import kb as kb_texts
from handlers.texts import kb_care as texts

T = TypeVar("T")
TERMS, POLICY, SWEEP = "kb_terms", "kb_policy", "kb_sweep"
BODY = "kb_body"  # where writing an entry goes on, in staff/kb_answers.py
GROUPS, LESSONS = 15, 10  # on a page
LAST = 2**31 - 1  # a page too far is the last one


async def gaps(inbound: Inbound, context: Context) -> None:
    """Show a page of what was searched in vain, each with a tap that closes it."""
    await _show_gaps(inbound, context, _page_in(inbound, 0))


async def gap(inbound: Inbound, context: Context) -> None:
    """Show one, with all the entries that it may be another wording of."""
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
    text = kb_texts.wanted(inbound.words, "body")
    await send(inbound, context, Screen(text, kb_keys.back(inbound.words)))


async def ignore(inbound: Inbound, context: Context) -> None:
    await context.community.faq.gaps.ignore(inbound.actor, search_id=inbound.pressed.number(0))
    toast = texts.gap_closed(inbound.words, None)
    await _show_gaps(inbound, context, _page_in(inbound, 1), toast)


async def same_as(inbound: Inbound, context: Context) -> None:
    """Take it for another wording of an entry."""
    entry = await context.community.faq.gaps.same_as(
        inbound.actor,
        search_id=inbound.pressed.number(0),
        entry_id=inbound.pressed.number(1),
    )
    toast = texts.gap_closed(inbound.words, entry.entry_id)
    await _show_gaps(inbound, context, _page_in(inbound, 2), toast)


async def _show_gaps(
    inbound: Inbound, context: Context, number: int, toast: str | None = None
) -> None:
    page = await context.community.faq.gaps.page(inbound.actor, number=number)
    text = texts.gaps(inbound.words, page, context.community.config.community.zone)
    await show(inbound, context, Screen(text, keys.gaps(inbound.words, page), toast))


async def terms(inbound: Inbound, context: Context) -> None:
    """Show a page of the community's own vocabulary."""
    await _show_terms(inbound, context, _page_in(inbound, 0))


async def _show_terms(inbound: Inbound, context: Context, number: int) -> None:
    own = await context.community.faq.terms.own(inbound.actor)
    shown, number, pages = page_of(own, number, GROUPS)
    text = texts.terms(inbound.words, shown, number, pages)
    await show(inbound, context, Screen(text, keys.terms(inbound.words, shown, number, pages)))


async def ask_terms(inbound: Inbound, context: Context) -> None:
    await context.community.drafts.begin(inbound.actor, TERMS)
    text = kb_texts.wanted(inbound.words, "terms")
    await send(inbound, context, Screen(text, kb_keys.back(inbound.words)))


async def add_terms(inbound: Inbound, context: Context) -> None:
    actor = context.community.drafts.finishing(inbound.actor)
    await context.community.faq.terms.add(actor, text=typed(inbound))
    await _show_terms(inbound, context, LAST)


async def forget_terms(inbound: Inbound, context: Context) -> None:
    await context.community.faq.terms.remove(inbound.actor, term_id=inbound.pressed.number(0))
    await _show_terms(inbound, context, _page_in(inbound, 1))


async def learnt(inbound: Inbound, context: Context) -> None:
    await _show_learnt(inbound, context, inbound.pressed.number(0), _page_in(inbound, 1))


async def unlearn(inbound: Inbound, context: Context) -> None:
    await context.community.faq.learning.undo(
        inbound.actor, confirmation_id=inbound.pressed.number(1)
    )
    await _show_learnt(inbound, context, inbound.pressed.number(0), _page_in(inbound, 2))


async def _show_learnt(inbound: Inbound, context: Context, entry_id: int, number: int) -> None:
    faq, _ = context.community.faq, inbound.words
    entry = await faq.entries.one(inbound.actor, entry_id=entry_id)
    lessons = await faq.learning.lessons(inbound.actor, entry_id=entry_id)
    shown, number, pages = page_of(lessons, number, LESSONS)
    zone = context.community.config.community.zone
    text = texts.lessons(_, entry.content.question, shown, zone, number, pages)
    may_undo = inbound.actor.has(Role.ADMIN)
    keyboard = keys.lessons(_, entry_id, shown, number, pages, may_undo=may_undo)
    await show(inbound, context, Screen(text, keyboard))


async def topics(inbound: Inbound, context: Context) -> None:
    """Ask about which topic the rules have changed."""
    known = await context.community.faq.reading.topics(inbound.actor)
    found = [one for one in known if one.code]
    text = texts.which_topic(inbound.words)
    await show(inbound, context, Screen(text, keys.topics(inbound.words, found)))


async def ask_policy(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    await context.community.drafts.begin(inbound.actor, POLICY, topic_id=number)
    text = kb_texts.wanted(inbound.words, "policy")
    await send(inbound, context, Screen(text, kb_keys.back(inbound.words)))


async def preview_policy(inbound: Inbound, context: Context) -> None:
    """Show what would be marked and told, before it is done."""
    topic_id = int((await asked(inbound, context))["topic_id"])
    about = policy_said(typed(inbound))
    reviews, _ = context.community.faq.reviews, inbound.words
    sweep = await reviews.preview(inbound.actor, topic_id=topic_id)
    mark = await to_confirm(inbound, context, SWEEP, topic_id=topic_id, about=about)
    await send(inbound, context, Screen(texts.sweep(_, sweep, about), keys.sweep(_, mark)))


async def rules_changed(inbound: Inbound, context: Context) -> None:
    """Mark the answers of a topic and tell their readers."""
    facts = await confirmed(inbound, context, SWEEP)
    swept = await context.community.faq.reviews.rules_changed(
        context.community.drafts.finishing(inbound.actor),
        topic_id=int(facts["topic_id"]),
        about=str(facts["about"]),
    )
    text = texts.swept(inbound.words, swept)
    await show(inbound, context, Screen(text, kb_keys.back(inbound.words)))


def page_of(all_: Sequence[T], number: int, size: int) -> tuple[Sequence[T], int, int]:
    """Return a page, its number and how many there are; a page too far is the last one."""
    pages = max(-(-len(all_) // size), 1)
    number = max(min(number, pages - 1), 0)
    return all_[number * size : (number + 1) * size], number, pages


def _page_in(inbound: Inbound, place: int) -> int:
    """Return the page that a button asks for; without one it is the first."""
    return inbound.pressed.number(place) if len(inbound.pressed.args) > place else 0


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
    on_press("kb", "yes_policy", rules_changed, Role.ADMIN),
)
STEPS: Steps = reserved({TERMS: add_terms, POLICY: preview_policy}, Role.ADMIN)
