"""The staff: an owner gives roles and takes them back."""

from telegram import Message, MessageOriginUser

from community_bot.errors import Invalid, NotFound
from community_bot.people.roles import Role
from community_bot.people.service import Member
from handlers.context import Context, Inbound, person_of
from handlers.drafting import asked, confirmed, to_confirm
from handlers.keyboards import team as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import team as texts

STEP, SURE_GIVE, SURE_TAKE = "give_role", "give_role_sure", "take_role_sure"


async def team(inbound: Inbound, context: Context) -> None:
    staff = await context.community.people.staff()
    screen = Screen(texts.team(inbound.words, staff), keys.team(inbound.words, staff))
    await show(inbound, context, screen)


async def ask(inbound: Inbound, context: Context) -> None:
    """Ask who is to have a role."""
    role = role_of(inbound.pressed.word(0))
    await context.community.drafts.begin(inbound.actor, STEP, role=role.value)
    text = texts.person_wanted(inbound.words, role)
    await show(inbound, context, Screen(text, keys.back(inbound.words)))


async def give_sure(inbound: Inbound, context: Context) -> None:
    """Say who would have which role, by name and number, before it is given."""
    about = await asked(inbound, context)
    role = role_of(str(about["role"]))
    member = await named(inbound, context)
    mark = await to_confirm(
        inbound, context, SURE_GIVE, member_id=member.member_id, role=role.value
    )
    text = texts.give_sure(inbound.words, member, role)
    await send(inbound, context, Screen(text, keys.sure(inbound.words, "yesgive", mark)))


async def give(inbound: Inbound, context: Context) -> None:
    about = await confirmed(inbound, context, SURE_GIVE)
    member = await context.community.people.find(int(about["member_id"]))
    role = role_of(str(about["role"]))
    actor = context.community.drafts.finishing(inbound.actor)
    await context.community.people.give_role(actor, member_id=member.member_id, role=role)
    text = texts.given(inbound.words, member, role)
    await show(inbound, context, Screen(text, keys.back(inbound.words)))


async def take_sure(inbound: Inbound, context: Context) -> None:
    number, role = inbound.pressed.number(0), role_of(inbound.pressed.word(1))
    member = await context.community.people.find(number)
    mark = await to_confirm(inbound, context, SURE_TAKE, member_id=number, role=role.value)
    text = texts.take_sure(inbound.words, member, role)
    await show(inbound, context, Screen(text, keys.sure(inbound.words, "yestake", mark)))


async def take(inbound: Inbound, context: Context) -> None:
    about = await confirmed(inbound, context, SURE_TAKE)
    member = await context.community.people.find(int(about["member_id"]))
    role = role_of(str(about["role"]))
    actor = context.community.drafts.finishing(inbound.actor)
    await context.community.people.take_role(actor, member_id=member.member_id, role=role)
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
    on_press("team", "take", take_sure, Role.OWNER),
    on_press("team", "yesgive", give, Role.OWNER),
    on_press("team", "yestake", take, Role.OWNER),
)
STEPS: Steps = reserved({STEP: give_sure}, Role.OWNER)
QUESTIONS = frozenset({STEP, SURE_GIVE, SURE_TAKE})
