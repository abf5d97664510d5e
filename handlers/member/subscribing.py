"""A subscription in Stars: whether Telegram charges again, and how that is stopped."""

from collections.abc import Mapping

from telegram import Update
from telegram.ext import BaseHandler

from handlers.context import Context, Inbound
from handlers.keyboards import subscriptions as keys
from handlers.replies import Screen, show
from handlers.routing import Area, on_press
from handlers.texts import subscriptions as texts


async def look(inbound: Inbound, context: Context) -> None:
    """Show whether and when Telegram charges again."""
    number = inbound.pressed.number(0)
    community = context.community
    found, last = await community.subscriptions.of(inbound.actor, order_id=number)
    standing = await community.memberships.standing(inbound.actor.member_id)
    reader_id, zone = inbound.actor.member_id, community.config.community.zone
    text = texts.subscription(
        inbound.words, found, last, reader_id=reader_id, until=standing.until, zone=zone
    )
    is_payer = found.member_id == reader_id
    keyboard = keys.subscription(inbound.words, found, number, is_payer=is_payer)
    await show(inbound, context, Screen(text, keyboard))


async def stop(inbound: Inbound, context: Context) -> None:
    """Ask Telegram to charge no more; its answer comes by itself."""
    number = inbound.pressed.number(0)
    await context.community.subscriptions.end(inbound.actor, order_id=number)
    text = texts.ending(inbound.words)
    await show(inbound, context, Screen(text, keys.back(inbound.words, number)))


class OnSubscription(BaseHandler[Update, Context, None]):
    """Answers updates about subscriptions, which PTB 22.8 passes on as they came.

    (core.telegram.org/bots/api#botsubscriptionupdated)
    """

    def check_update(self, update: object) -> Mapping[str, object] | None:
        if not isinstance(update, Update):
            return None
        found = update.api_kwargs.get("subscription")
        return found if isinstance(found, Mapping) else None


async def reported(update: Update, context: Context) -> None:
    """Note what Telegram says about a subscription of ours; what it does not say is left alone."""
    said = update.api_kwargs["subscription"]
    handling = context.handling
    await context.community.checkout.reported(
        payload=str(said.get("invoice_payload", "")),
        member_id=int(said.get("user", {}).get("id", 0)),
        state=str(said.get("state", "")),
        cause=handling.cause if handling else None,
    )


AREA: Area = (
    on_press("renewal", "show", look),
    on_press("renewal", "stop", stop),
    OnSubscription(reported),
)
