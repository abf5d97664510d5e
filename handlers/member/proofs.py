"""Sending the proof of a transfer: a picture, a number, or one after the other."""

from telegram import Message

from community_bot.billing.facts import Order
from community_bot.billing.proofs import PROOF_STEP
from community_bot.billing.rules import is_long_number
from community_bot.errors import Invalid
from handlers.context import Context, Inbound
from handlers.keyboards import joining as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, Unasked, on_press
from handlers.seeing import look_at
from handlers.texts import joining as texts

KINDS = ("image/", "application/pdf")  # what a bank or a phone makes of a receipt


async def begin(inbound: Inbound, context: Context) -> None:
    """Ask for the proof of one order."""
    number = inbound.pressed.number(0)
    order = await context.community.orders.one(inbound.actor, order_id=number)
    await context.community.drafts.begin(inbound.actor, PROOF_STEP, order_id=order.order_id)
    text = texts.proof_wanted(inbound.words, order.code)
    await show(inbound, context, Screen(text, keys.proof_wanted(inbound.words, order.order_id)))


async def take(inbound: Inbound, context: Context) -> None:
    """Take what was sent for the order that was asked about."""
    draft = await context.community.drafts.current(inbound.actor.member_id)
    if draft is None:
        raise Invalid("draft", "gone")
    album = album_of(inbound.message)
    if album is None or draft.facts.get("album") != album:
        await _submit(inbound, context, int(draft.facts["order_id"]))


async def take_unasked(inbound: Inbound, context: Context) -> None:
    """Take a picture or a number that came unasked, when it is clear for which order."""
    payable = await context.community.orders.payable(inbound.actor)
    if len(payable) == 1:
        await _submit(inbound, context, payable[0].order_id)
        return
    screen = Screen(
        texts.which_order(inbound.words, payable), keys.which_order(inbound.words, payable)
    )
    await send(inbound, context, screen)


async def _submit(inbound: Inbound, context: Context, order_id: int) -> None:
    """Submit; after a picture alone stay at this step, for the number may follow."""
    picture = picture_of(inbound.message)
    number = typed_number(inbound.message)
    finishing = context.community.drafts.finishing
    order = await context.community.proofs.submit(
        finishing(inbound.actor) if number else inbound.actor,
        order_id=order_id,
        reference=number,
        file_id=picture[0] if picture else None,
        file_unique_id=picture[1] if picture else None,
        is_document=inbound.message is not None and inbound.message.document is not None,
        picture_hash=await look_at(context.bot, inbound.message),
        caption=inbound.text if picture else None,
    )
    await _thank(inbound, context, order, complete=number is not None)
    album = album_of(inbound.message)
    if album is not None:
        # The rest of the album belongs to the same proof: one picture, one answer.
        await context.community.drafts.begin(
            inbound.actor, PROOF_STEP, order_id=order_id, album=album
        )


async def _thank(inbound: Inbound, context: Context, order: Order, *, complete: bool) -> None:
    zone = context.community.config.community.zone
    proof = await context.community.proofs.of(inbound.actor, order_id=order.order_id)
    if not complete and proof is not None and proof.reference is None:
        text = texts.number_wanted(inbound.words, order, zone)
    else:
        text = texts.proof_kept(inbound.words, order, zone)
    await send(inbound, context, Screen(text, keys.proof_wanted(inbound.words, order.order_id)))


def album_of(message: Message | None) -> str | None:
    """Return the album that a picture came in."""
    return message.media_group_id if message else None


def picture_of(message: Message | None) -> tuple[str, str] | None:
    """Return the file id and the unique id of a photo, or of a picture sent as a file."""
    if message is None:
        return None
    if message.photo:
        return message.photo[-1].file_id, message.photo[-1].file_unique_id
    document = message.document
    if document is not None and (document.mime_type or "").startswith(KINDS):
        return document.file_id, document.file_unique_id
    return None


def typed_number(message: Message | None) -> str | None:
    """Return what was typed; raises Invalid for anything that is neither text nor a picture."""
    if message is None or (message.text is None and picture_of(message) is None):
        raise Invalid("proof", "unfit")
    return message.text


AREA: Area = (on_press("order", "proof", begin),)
STEPS: Steps = {PROOF_STEP: take}
UNASKED: Unasked = (
    (
        lambda message: picture_of(message) is not None or is_long_number(message.text or ""),
        take_unasked,
    ),
)
