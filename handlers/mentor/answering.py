"""What is written at the desk: answers go to the member, everything else stays inside."""

from telegram import Message, Update
from telegram.ext import CommandHandler, MessageHandler, filters

from community_bot.errors import Invalid
from community_bot.people.roles import Role
from community_bot.tickets.facts import Heard, Said
from community_bot.tickets.rules import OPEN, MessageKind, TicketState
from handlers.context import Context, Inbound, guarded, topic_of
from handlers.desk_page import is_at_desk
from handlers.hearing import kind_of, said_of
from handlers.keyboards import desk as keys
from handlers.replies import Screen, acknowledge, reply, show
from handlers.routing import Area, on_press
from handlers.texts import desk_steps as texts

DESK = (Role.MENTOR, Role.ADMIN)
HERE = filters.ChatType.GROUPS
WRITTEN = HERE & filters.UpdateType.MESSAGE & ~filters.COMMAND & ~filters.StatusUpdate.ALL


async def written(update: Update, context: Context) -> None:
    """Take what was written about a ticket; talk among mentors is none of our business."""
    message = update.effective_message
    if message is None or not await is_at_desk(context, message.chat_id):
        return
    if await context.community.tickets.answering.about(said=_place_of(message)) is None:
        return
    if message.sender_chat is not None:
        raise Invalid("sender", "nobody")
    if kind_of(message) is None:
        raise Invalid("answer", "unsupported")
    inbound = await Inbound.of(update, context)
    heard = await context.community.tickets.answering.hear(inbound.actor, said=said_of(message))
    screen = _remark(inbound, heard)
    if screen is not None:
        await reply(inbound, context, screen)


def _place_of(message: Message) -> Said:
    """Return where something was written, whatever it is."""
    return Said(
        chat_id=message.chat_id,
        message_id=message.message_id,
        media_group_id=message.media_group_id,
        reply_to=message.reply_to_message.message_id if message.reply_to_message else None,
        forum_topic_id=topic_of(message),
    )


def _remark(inbound: Inbound, heard: Heard) -> Screen | None:
    """Say what was not sent and might have been meant to be; nothing where all is plain."""
    if heard.is_more or heard.is_note or heard.kind is MessageKind.PUBLIC:
        return None
    ticket, _ = heard.ticket, inbound.words
    if ticket.state is TicketState.QUEUED:
        return Screen(texts.unclaimed(_, ticket.ticket_id), keys.claim(_, ticket.ticket_id))
    if ticket.state not in OPEN:
        can_reopen = ticket.state is TicketState.RESOLVED
        text = texts.over(_, ticket.ticket_id, can_reopen=can_reopen)
        return Screen(text, keys.again(_, ticket.ticket_id) if can_reopen else None)
    if heard.may_assist:
        return Screen(texts.inside(_), keys.assist(_, heard.ticket_message_id))
    return None


async def assist_sure(inbound: Inbound, context: Context) -> None:
    message = inbound.pressed.number(0)
    _ = inbound.words
    await show(inbound, context, Screen(texts.assist_sure(_), keys.assist_sure(_, message)))


async def assist(inbound: Inbound, context: Context) -> None:
    """Send one's own inner message to the member after all."""
    await context.community.tickets.answering.assist(
        inbound.actor, ticket_message_id=inbound.pressed.number(0)
    )
    await show(inbound, context, Screen(texts.assisted(inbound.words)))


async def inside(inbound: Inbound, context: Context) -> None:
    await show(inbound, context, Screen(texts.stays_inside(inbound.words)))


async def recall_last(inbound: Inbound, context: Context) -> None:
    """Take back what one wrote last in a ticket."""
    recalled = await context.community.tickets.amending.recall_last(
        inbound.actor, ticket_id=inbound.pressed.number(0)
    )
    await acknowledge(inbound, texts.recalled(inbound.words, recalled), alert=True)


async def undo(inbound: Inbound, context: Context) -> None:
    """Take back the whole of an answer that was sent from the private chat."""
    recalled = await context.community.tickets.amending.recall_answer(
        inbound.actor, ticket_message_id=inbound.pressed.number(0), most=inbound.pressed.number(1)
    )
    await acknowledge(inbound, texts.recalled(inbound.words, recalled), alert=True)


async def recall(inbound: Inbound, context: Context) -> None:
    """Take back the message that the command replies to."""
    message = inbound.message.reply_to_message if inbound.message else None
    if message is None:
        raise Invalid("recall", "reply")
    recalled = await context.community.tickets.amending.recall(
        inbound.actor, chat_id=inbound.chat_id, message_id=message.message_id
    )
    await reply(inbound, context, Screen(texts.recalled(inbound.words, recalled)))


async def resend(inbound: Inbound, context: Context) -> None:
    """Let an answer that did not arrive go out again."""
    await context.community.tickets.resending.send_again(
        inbound.actor, delivery_id=inbound.pressed.number(0)
    )
    await acknowledge(inbound, texts.resent(inbound.words))


AREA: Area = (
    on_press("desk", "assist", assist_sure, *DESK),
    on_press("desk", "yesassist", assist, *DESK),
    on_press("desk", "inside", inside, *DESK),
    on_press("desk", "recall", recall_last, *DESK),
    on_press("desk", "undo", undo, *DESK),
    on_press("desk", "resend", resend, *DESK),
    CommandHandler("recall", guarded(recall, *DESK), filters=HERE & filters.UpdateType.MESSAGE),
    MessageHandler(WRITTEN, written),
)
