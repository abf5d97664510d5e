"""The last look at a post: shown as it will be, confirmed, agreed to or given back."""

from community_bot.errors import Invalid
from community_bot.people.roles import Role
from handlers.composing import preview_of
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import posts as keys
from handlers.replies import Screen, acknowledge, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import posts_confirming as texts

REASON = "post_reason"


async def try_on(inbound: Inbound, context: Context) -> None:
    """Send the post to whoever asks, exactly as it will look, with what can be decided below."""
    post_id = inbound.pressed.number(0)
    await context.community.resources.trying.try_on(inbound.actor, post_id=post_id)
    await acknowledge(inbound, texts.shown_below(inbound.words))


async def confirm(inbound: Inbound, context: Context) -> None:
    post_id, mark = inbound.pressed.number(0), await _mark(inbound, context)
    post = await context.community.resources.posts.confirm(
        inbound.actor, post_id=post_id, mark=mark
    )
    text = texts.confirmed(inbound.words, post, context.community.config.community.zone)
    await show(inbound, context, Screen(text, keys.confirmed(inbound.words, post)))


async def agree(inbound: Inbound, context: Context) -> None:
    """Agree as the second person to exactly what was shown."""
    post_id, mark = inbound.pressed.number(0), await _mark(inbound, context)
    post = await context.community.resources.posts.approve(
        inbound.actor, post_id=post_id, mark=mark
    )
    text = texts.confirmed(inbound.words, post, context.community.config.community.zone)
    await show(inbound, context, Screen(text, keys.confirmed(inbound.words, post)))


async def ask_reason(inbound: Inbound, context: Context) -> None:
    post_id, mark = inbound.pressed.number(0), await _mark(inbound, context)
    await context.community.drafts.begin(inbound.actor, REASON, post_id=post_id, mark=mark)
    text = texts.reason_wanted(inbound.words)
    await send(inbound, context, Screen(text, keys.back(inbound.words, post_id)))


async def return_(inbound: Inbound, context: Context) -> None:
    """Give a post back to its author with the typed reason."""
    about = await asked(inbound, context)
    post = await context.community.resources.posts.return_(
        context.community.drafts.finishing(inbound.actor),
        post_id=int(about["post_id"]),
        mark=str(about["mark"]),
        reason=typed(inbound),
    )
    text = texts.returned(inbound.words, post)
    await send(inbound, context, Screen(text, keys.home_again(inbound.words)))


async def _mark(inbound: Inbound, context: Context) -> str:
    """Return the mark of the post as it is, if it still is what the button stands under."""
    preview = await preview_of(inbound, context, inbound.pressed.number(0))
    if keys.short(preview.mark) != inbound.pressed.word(1):
        raise Invalid("post", "changed")
    return preview.mark


AREA: Area = (
    on_press("post", "try", try_on, Role.ADMIN),
    on_press("post", "confirm", confirm, Role.ADMIN),
    on_press("post", "agree", agree, Role.ADMIN),
    on_press("post", "return", ask_reason, Role.ADMIN),
)
STEPS: Steps = reserved({REASON: return_}, Role.ADMIN)
