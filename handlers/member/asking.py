"""Asking a mentor in private: what is written in a burst becomes one question, nothing is lost."""

from dataclasses import replace

from telegram import Message
from telegram.ext import MessageHandler, filters

from community_bot.people.roles import Actor
from community_bot.tickets.facts import Ended, Placed, Said, Ticket, Unclear
from community_bot.tickets.wording_rules import is_courtesy, is_greeting
from handlers.answers import found_screen
from handlers.context import Context, Handle, Inbound, guarded
from handlers.hearing import command_of, said_of
from handlers.keyboards import asking as keys
from handlers.keyboards import home as home_keys
from handlers.keyboards import questions as questions_keys
from handlers.replies import Screen, acknowledge, send
from handlers.routing import (
    PRIVATE_MESSAGE,
    Area,
    Steps,
    Unasked,
    is_command,
    on_command,
    on_link,
    on_press,
)
from handlers.texts import asking as texts
from handlers.texts import questions_pages as questions_texts

ASKING = "asking"


async def ask(inbound: Inbound, context: Context) -> None:
    """Answer /ask: with words they are the question, without any it is asked for."""
    if inbound.message is None or not inbound.args or inbound.text.startswith("/start"):
        await begin(inbound, context)
        return
    said = said_of(inbound.message, without=command_of(inbound.message))
    await _gather(inbound, context, said)


async def begin(inbound: Inbound, context: Context) -> None:
    """Ask for the question; a draft that is being written is shown again."""
    drafting = context.community.tickets.drafting
    allowance = await drafting.allowance(inbound.actor)
    if allowance is None:
        await _refuse_kindly(inbound, context)
    elif await drafting.show_below(inbound.actor) is None:
        await context.community.drafts.begin(inbound.actor, ASKING)
        zone = context.community.config.community.zone
        text = texts.wanted(inbound.words, allowance, zone)
        await send(inbound, context, Screen(text, keys.wanted(inbound.words)))
    else:
        await acknowledge(inbound)


async def asked(inbound: Inbound, context: Context) -> None:
    """Take the question that was asked for: it is a new one, whatever else is open."""
    if inbound.message is None:
        return
    said = said_of(inbound.message)
    actor = context.community.drafts.finishing(inbound.actor)
    await context.community.tickets.drafting.collect(actor, said=said)


async def hear(inbound: Inbound, context: Context) -> None:
    """Take what came unasked: a word to a question of theirs, more of a draft, or a new one."""
    if inbound.message is None:
        return
    said = said_of(inbound.message)
    heard = await context.community.tickets.following_up.follow_up(inbound.actor, said=said)
    match heard:
        case Placed():
            return
        case Unclear():
            await _ask_where(inbound, context, heard)
        case Ended():
            await _go_on(inbound, context, said, heard.ticket)
        case None:
            await _take(inbound, context, said)


async def _go_on(inbound: Inbound, context: Context, said: Said, ticket: Ticket) -> None:
    """Begin a question that follows a closed one."""
    await context.community.tickets.drafting.collect(
        inbound.actor, said=said, follows_id=ticket.ticket_id
    )


async def _ask_where(inbound: Inbound, context: Context, heard: Unclear) -> None:
    """Ask once where it belongs; what follows in the same burst waits with it."""
    if heard.is_first:
        text = questions_texts.where(inbound.words, heard.choices)
        keyboard = questions_keys.where(inbound.words, heard.choices)
        await send(inbound, context, Screen(text, keyboard))


async def _take(inbound: Inbound, context: Context, said: Said) -> None:
    drafting = context.community.tickets.drafting
    if await drafting.is_writing(inbound.actor):
        await drafting.collect(inbound.actor, said=said)
    elif is_courtesy(said.content, said.text):
        screen = Screen(texts.welcome(inbound.words), home_keys.home(inbound.words, inbound.actor))
        await send(inbound, context, screen)
    elif is_greeting(said.content, said.text):
        screen = Screen(texts.hello(inbound.words), home_keys.home(inbound.words, inbound.actor))
        await send(inbound, context, screen)
    else:
        await _take_question(inbound, context, said)


async def _take_question(inbound: Inbound, context: Context, said: Said) -> None:
    """Let the FAQ answer first; what it does not answer goes on to the mentors."""
    may_ask = await context.community.tickets.drafting.allowance(inbound.actor) is not None
    if said.content != "text":
        await (_gather if may_ask else _decline)(inbound, context, said)
        return
    searching = context.community.faq.searching
    if not may_ask:
        found = await searching.search(inbound.actor, text=inbound.text)
        await send(inbound, context, found_screen(inbound, context, found))
        return
    found = await searching.search(_without_cause(inbound.actor), text=inbound.text)
    if found.answer is None:
        await context.community.tickets.drafting.collect(inbound.actor, said=said)
        return
    draft_id = await context.community.tickets.shelving.put_by(inbound.actor, said=said)
    await send(inbound, context, found_screen(inbound, context, found, draft_id=draft_id))


def _without_cause(actor: Actor) -> Actor:
    """Return the actor for a step after which the update is not done yet."""
    return replace(actor, cause=None)


async def _gather(inbound: Inbound, context: Context, said: Said) -> None:
    if await context.community.tickets.drafting.allowance(inbound.actor) is None:
        await _refuse_kindly(inbound, context)
    else:
        await context.community.tickets.drafting.collect(inbound.actor, said=said)


async def _decline(inbound: Inbound, context: Context, _said: Said) -> None:
    await _refuse_kindly(inbound, context)


async def _refuse_kindly(inbound: Inbound, context: Context) -> None:
    screen = Screen(texts.no_questions(inbound.words), keys.no_questions(inbound.words))
    await send(inbound, context, screen)


async def take(inbound: Inbound, context: Context) -> None:
    """Go on to a mentor with what was typed before."""
    if await context.community.tickets.drafting.allowance(inbound.actor) is None:
        await _refuse_kindly(inbound, context)
        return
    number = inbound.pressed.number(0)
    await context.community.tickets.shelving.take_up(inbound.actor, draft_id=number)
    await acknowledge(inbound)


def unasked(pictures: Unasked) -> Unasked:
    """Return what to make of what came unasked; `pictures` may be proofs of a payment instead."""
    return (*((kind, _unless_asking(handle)) for kind, handle in pictures), (is_said, hear))


def _unless_asking(handle: Handle) -> Handle:
    async def choose(inbound: Inbound, context: Context) -> None:
        heard = await _is_asking(inbound, context)
        await (hear if heard else handle)(inbound, context)

    return choose


async def _is_asking(inbound: Inbound, context: Context) -> bool:
    """Say whether a picture belongs to a question: who owes nothing and may ask means one."""
    community, actor = context.community, inbound.actor
    if inbound.message is not None and inbound.message.reply_to_message is not None:
        return True
    if await community.tickets.drafting.is_writing(actor):
        return True
    if await community.orders.payable(actor):
        return False
    if await community.tickets.drafting.allowance(actor) is not None:
        return True
    return (await community.tickets.views.own(actor)).total > 0


def is_said(message: Message) -> bool:
    """Say whether somebody told or showed something; unknown commands are answered elsewhere."""
    return not is_command(message)


_IN_CHINESE = filters.Regex(rf"^/({'|'.join(texts.ASK_COMMANDS)})(\s|$)")
AREA: Area = (
    on_command("ask", ask),
    MessageHandler(_IN_CHINESE & PRIVATE_MESSAGE, guarded(ask)),
    on_link("ask", begin),
    on_press("ask", "begin", begin),
    on_press("ask", "take", take),
)
STEPS: Steps = {ASKING: asked}
