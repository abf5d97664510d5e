"""The one catch: a refusal becomes a clear sentence, anything else an incident with a number."""

import logging
import traceback
from pathlib import PurePath

from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from community_bot.community import Community
from community_bot.delivery.notices import Incident
from community_bot.errors import (
    DomainError,
    Moved,
    Superseded,
    TopicGone,
    TryLater,
    Uncertain,
    Undeliverable,
)
from community_bot.people.roles import Role
from community_bot.storage.faults import is_passing
from handlers.context import Context, Inbound
from handlers.desk_page import is_at_desk
from handlers.failures import consequence
from handlers.gate import Closed
from handlers.keyboards.returning import after_refusal
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
    elif isinstance(error, TelegramError) and _is_beyond_us(update, error):
        await _unsaid(update, context, error)
    else:
        await _report(update, context, error)


def _pass_on(context: Context, error: BaseException) -> None:
    """Leave it to the dispatcher: it tries again, or finds that it is another one's turn."""
    if context.handling is not None:
        context.handling.passing = error


def _is_beyond_us(update: Update, error: TelegramError) -> bool:
    """Say whether the way to Telegram, the person or the group stands in the way, and no mistake.

    In a group that has moved, or in which we may not speak, nobody is there to be told so.
    """
    match consequence(error):
        case TryLater() | Uncertain() | Undeliverable(unreachable=True):
            return True
        case Undeliverable() | Moved() | TopicGone():
            return update.callback_query is None and not _is_private(update)
        case _:
            return False


def _is_private(update: Update) -> bool:
    return update.effective_chat is None or update.effective_chat.type == ChatType.PRIVATE


async def _unsaid(update: Update, context: Context, error: TelegramError) -> None:
    """Let it be: what was promised is in the outbox, the rest can be asked for again."""
    log.warning("update %s: the answer was not sent: %s", update.update_id, error)
    if isinstance(error, Closed) and isinstance(error.chat_id, int):
        async with context.community.storage.work() as unit:
            await context.community.outbox.closed(unit, error.chat_id, str(error))
            await unit.commit()


async def _refuse(update: Update, context: Context, error: DomainError) -> None:
    """Tell the person what to do instead; in a group only whoever pressed sees it."""
    inbound = await _readable(update, context)
    if inbound is None:
        return
    at_desk = inbound.actor.has(Role.MENTOR, Role.ADMIN)
    sentence = texts.refusal(inbound.words, error, at_desk=at_desk)
    if inbound.query is None:
        keyboard = after_refusal(inbound.words, inbound.draft) if inbound.is_private else None
        await _say(inbound, context, Screen(sentence, keyboard))
        return
    plain = texts.as_plain(sentence)
    is_shown = await acknowledge(inbound, plain, alert=True)
    if inbound.is_private and (len(plain) > TOAST or not is_shown):
        await _say(inbound, context, Screen(sentence))


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
            await _say(inbound, context, Screen(sentence))


async def _say(inbound: Inbound, context: Context, screen: Screen) -> None:
    """Say what went wrong; where nothing can be said any more, that is all there is to do."""
    try:
        await send(inbound, context, screen)
    except TelegramError as error:
        log.warning("update %s: nobody could be told: %s", context.update_id, error)


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
    await community.incidents.tell(incident, key=f"incident:{code}", alike=_place_of(error))


def _place_of(error: BaseException) -> str:
    """Name what happened and where: a fault that happens again is the same fault."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{PurePath(frames[-1].filename).stem}.{frames[-1].lineno}" if frames else "nowhere"
    return f"{type(error).__name__}@{where}"


async def _readable(update: Update, context: Context) -> Inbound | None:
    """Return who to tell, if anybody: a broken button is told without its data."""
    if update.effective_user is None or not await _is_spoken(update, context):
        return None
    try:
        return await Inbound.of(update, context)
    except DomainError:
        return await Inbound.of(update, context, with_press=False)


async def _is_spoken(update: Update, context: Context) -> bool:
    """Say whether somebody waits for an answer of ours.

    Who joins, leaves or types a search does not; nor do people who talk to each other in a group.
    """
    if update.callback_query is not None or update.pre_checkout_query is not None:
        return True
    message = update.effective_message
    if not isinstance(message, Message):
        return False
    return (
        _is_private(update)
        or _is_for_us(message, context)
        or await is_at_desk(context, message.chat_id)
    )


def _is_for_us(message: Message, context: Context) -> bool:
    """Say whether a message in a group is a command, calls us by our name or replies to us."""
    replied = message.reply_to_message
    replied_to = replied.from_user if replied is not None else None
    said = message.text or message.caption or ""
    entities = message.entities or message.caption_entities
    is_named = any(entity.type == MessageEntity.MENTION for entity in entities)
    return (
        (replied_to is not None and replied_to.id == context.bot.id)
        or (is_named and f"@{context.bot.username}".lower() in said.lower())
        or said.startswith("/")
    )
