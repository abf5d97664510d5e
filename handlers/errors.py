"""The one catch: a refusal becomes a clear sentence, anything else an incident with a number."""

import logging

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from community_bot.community import Community
from community_bot.delivery.notices import Incident
from community_bot.errors import DomainError, Superseded
from community_bot.people.roles import Role
from community_bot.storage.faults import is_passing
from handlers.context import Context, Inbound
from handlers.failures import is_unreachable
from handlers.keyboards import home as home_keys
from handlers.replies import TOAST, Screen, acknowledge, send
from handlers.texts import errors as texts

log = logging.getLogger(__name__)


async def on_error(update: object, context: Context) -> None:
    """Decide what an error means for the person and for the update."""
    error = context.error
    if error is None or not isinstance(update, Update):
        log.error("outside any update", exc_info=error)
    elif is_passing(error) or isinstance(error, Superseded):
        _pass_on(context, error)
    elif isinstance(error, DomainError):
        await _refuse(update, context, error)
    elif isinstance(error, NetworkError | Forbidden | RetryAfter) and not _is_our_fault(error):
        await _unsaid(update, context, error)
    else:
        await _report(update, context, error)


def _pass_on(context: Context, error: BaseException) -> None:
    """Leave it to the dispatcher: it tries again, or finds that it is another one's turn."""
    if context.handling is not None:
        context.handling.passing = error


def _is_our_fault(error: TelegramError) -> bool:
    """BadRequest is a NetworkError to PTB, and a mistake of ours, unless nobody is there."""
    return isinstance(error, BadRequest) and not is_unreachable(error)


async def _unsaid(update: Update, context: Context, error: TelegramError) -> None:
    """Let it be: what was promised is in the outbox, the rest can be asked for again."""
    log.warning("update %s: the answer was not sent: %s", update.update_id, error)
    if isinstance(error, Forbidden) and update.effective_chat is not None:
        async with context.community.storage.work() as unit:
            await context.community.outbox.closed(unit, update.effective_chat.id, str(error))
            await unit.commit()


async def _refuse(update: Update, context: Context, error: DomainError) -> None:
    """Tell the person what to do instead; in a group only whoever pressed sees it."""
    inbound = await _readable(update, context)
    if inbound is None:
        return
    at_desk = inbound.actor.has(Role.MENTOR, Role.ADMIN)
    sentence = texts.refusal(inbound.words, error, at_desk=at_desk)
    if inbound.query is None:
        keyboard = home_keys.way_home(inbound.words) if inbound.is_private else None
        await send(inbound, context, Screen(sentence, keyboard))
        return
    plain = texts.as_plain(sentence)
    is_shown = await acknowledge(inbound, plain, alert=True)
    if inbound.is_private and (len(plain) > TOAST or not is_shown):
        await send(inbound, context, Screen(sentence))


async def _report(update: Update, context: Context, error: BaseException) -> None:
    """Log under a number, tell the person the number and the owners what happened."""
    code = context.community.ids.code(6)
    log.error("incident %s in update %s", code, update.update_id, exc_info=error)
    if context.handling is not None:
        context.handling.incident = code
    await _tell_owners(context.community, code, update.update_id, error)
    inbound = await _readable(update, context)
    if inbound is not None:
        sentence = texts.incident(inbound.words, code)
        is_shown = await acknowledge(inbound, texts.as_plain(sentence), alert=True)
        if inbound.query is None or (inbound.is_private and not is_shown):
            await send(inbound, context, Screen(sentence))


async def report_unreadable(community: Community, update_id: int, error: BaseException) -> str:
    """Set aside an update that cannot even be read; return the incident's code."""
    code = community.ids.code(6)
    log.error("incident %s: update %s cannot be read", code, update_id, exc_info=error)
    await _tell_owners(community, code, update_id, error)
    return code


async def _tell_owners(
    community: Community, code: str, update_id: int, error: BaseException
) -> None:
    incident = Incident(code=code, what=type(error).__name__, update_id=update_id)
    await community.incidents.tell(incident, key=f"incident:{code}")


async def _readable(update: Update, context: Context) -> Inbound | None:
    """Return who to tell, if anybody: a broken button is told without its data."""
    if update.effective_user is None or not _is_spoken(update):
        return None
    try:
        return await Inbound.of(update, context)
    except DomainError:
        return await Inbound.of(update, context, with_press=False)


def _is_spoken(update: Update) -> bool:
    """Say whether somebody waits for an answer: who joins, leaves or types a search does not."""
    return bool(update.effective_message or update.callback_query or update.pre_checkout_query)
