"""The staff: an owner gives roles and takes them back."""

from telegram import Message, MessageOriginUser

from community_bot.errors import Invalid, NotFound
from community_bot.people.roles import Role
from community_bot.people.service import Member
from handlers.context import Context, Inbound, person_of
from handlers.keyboards import team as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press
from handlers.texts import team as texts

STEP = "give_role"


async def team(inbound: Inbound, context: Context) -> None:
    staff = [
        (await context.community.people.find(member_id), role)
        for member_id, role in await context.community.people.staff()
    ]
    await show(
        inbound, context, Screen(texts.team(inbound.words, staff), keys.team(inbound.words, staff))
    )


async def ask(inbound: Inbound, context: Context) -> None:
    """Ask who is to have a role."""
    role = role_of(inbound.pressed.word(0))
    await context.community.drafts.begin(inbound.actor, STEP, role=role.value)
    text = texts.person_wanted(inbound.words, role)
    await show(inbound, context, Screen(text, keys.back(inbound.words)))


async def give(inbound: Inbound, context: Context) -> None:
    """Give the role to whoever was named."""
    draft = await context.community.drafts.current(inbound.actor.member_id)
    role = role_of(str(draft.facts["role"]) if draft else "")
    member = await named(inbound, context)
    actor = context.community.drafts.finishing(inbound.actor)
    await context.community.people.give_role(actor, member_id=member.member_id, role=role)
    text = texts.given(inbound.words, member, role)
    await send(inbound, context, Screen(text, keys.back(inbound.words)))


async def take(inbound: Inbound, context: Context) -> None:
    number, role = inbound.pressed.number(0), role_of(inbound.pressed.word(1))
    member = await context.community.people.find(number)
    await context.community.people.take_role(inbound.actor, member_id=number, role=role)
    text = texts.taken(inbound.words, member, role)
    await show(inbound, context, Screen(text, keys.back(inbound.words)))


async def named(inbound: Inbound, context: Context) -> Member:
    """Return who is meant: a forwarded message's writer, a number, or a username."""
    people = context.community.people
    writer = writer_of(inbound.message)
    if writer is not None:
        return await people.find(writer)
    word = inbound.text.strip()
    if word.isdecimal() and len(word) < 20:  # noqa: PLR2004  more digits are no 64-bit number
        return await people.find(int(word))
    if not word:
        raise NotFound("member", word)
    return await people.find_by_username(word)


def writer_of(message: Message | None) -> int | None:
    """Return who wrote a forwarded message, unless they hide it."""
    origin = message.forward_origin if message else None
    return (
        person_of(origin.sender_user).member_id if isinstance(origin, MessageOriginUser) else None
    )


def role_of(value: str) -> Role:
    """Read a role from a button or a draft; raises Invalid for anything else."""
    try:
        return Role(value)
    except ValueError:
        raise Invalid("role", "unknown") from None


AREA: Area = (
    on_press("team", "list", team, Role.OWNER),
    on_press("team", "ask", ask, Role.OWNER),
    on_press("team", "take", take, Role.OWNER),
)
STEPS: Steps = {STEP: give}
