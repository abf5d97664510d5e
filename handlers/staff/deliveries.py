"""Deciding about letters of which nobody knows whether they arrived."""

from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.replies import Screen, show
from handlers.routing import Area, on_press
from handlers.texts import staff as texts


async def again(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    actor = inbound.actor
    await context.community.outbox.send_again(
        delivery_id=number, actor_id=actor.member_id, cause=actor.cause
    )
    await show(inbound, context, Screen(texts.sent_again(inbound.words)))


async def dismiss(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    actor = inbound.actor
    await context.community.outbox.dismiss(
        delivery_id=number, actor_id=actor.member_id, cause=actor.cause
    )
    await show(inbound, context, Screen(texts.let_be(inbound.words)))


AREA: Area = (
    on_press("delivery", "again", again, Role.OWNER, Role.ADMIN),
    on_press("delivery", "dismiss", dismiss, Role.OWNER, Role.ADMIN),
)
