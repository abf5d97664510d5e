"""What a handler is given: who wrote what and where, narrowed once, and the way to answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.ext import Application, CallbackContext

from community_bot.community import Community
from community_bot.errors import Invalid
from community_bot.people.drafts import Draft
from community_bot.people.roles import Actor, Role
from community_bot.people.service import Person
from community_bot.storage.unit import Cause
from handlers.callbacks import Press, decode
from handlers.gate import Bot
from handlers.texts.words import Words, words


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who stands behind an update; looked up once, however many handlers ask."""

    actor: Actor
    words: Words
    draft: Draft | None


@dataclass(slots=True)
class Handling:
    """What is known of an update while it is being handled."""

    cause: Cause
    incident: str | None = None
    passing: BaseException | None = None
    is_acknowledged: bool = False
    arrival: Arrival | None = None


class Shared:
    """The one object that every handler reaches; the community is put in when the face is built."""

    community: Community

    def __init__(self) -> None:
        self.handling: dict[int, Handling] = {}


class Context(CallbackContext[Bot, dict[Any, Any], dict[Any, Any], Shared]):
    """PTB's context with the community and the update's own cause."""

    update_id: int = 0

    @classmethod
    def from_update(cls, update: object, application: "FaceApplication") -> "Context":
        context: Context = super().from_update(update, application)
        if isinstance(update, Update):
            context.update_id = update.update_id
        return context

    @property
    def community(self) -> Community:
        return self.bot_data.community

    @property
    def handling(self) -> Handling | None:
        return self.bot_data.handling.get(self.update_id)


FaceApplication: TypeAlias = Application[Bot, Context, dict[Any, Any], dict[Any, Any], Shared, Any]


@dataclass(frozen=True, slots=True)
class Inbound:
    """Somebody's message or press, with everything optional decided."""

    actor: Actor
    person: Person
    words: Words
    draft: Draft | None
    chat_id: int
    is_private: bool
    message: Message | None
    topic_id: int | None
    text: str
    args: tuple[str, ...]
    press: Press | None
    query: CallbackQuery | None
    handling: Handling | None

    @classmethod
    async def of(cls, update: Update, context: Context, *, with_press: bool = True) -> "Inbound":
        """Narrow an update once; raises Invalid for one that nobody stands behind."""
        user, query = update.effective_user, update.callback_query
        if user is None:
            raise Invalid("sender", "nobody")
        person = person_of(user)
        message = (
            update.effective_message if isinstance(update.effective_message, Message) else None
        )
        if user.is_bot or (query is None and message is not None and message.sender_chat):
            arrival = _nobody(person, context)
        else:
            arrival = await _arrival(person, context)
        text = (message.text or message.caption or "") if message and query is None else ""
        return cls(
            actor=arrival.actor,
            person=person,
            words=arrival.words,
            draft=arrival.draft,
            chat_id=update.effective_chat.id if update.effective_chat else user.id,
            is_private=update.effective_chat is None or update.effective_chat.type == Chat.PRIVATE,
            message=message,
            topic_id=topic_of(message),
            text=text,
            args=tuple(text.split()[1:]) if text.startswith("/") else (),
            press=decode(query.data) if with_press and query and query.data else None,
            query=query,
            handling=context.handling,
        )

    @property
    def pressed(self) -> Press:
        """The button that was pressed; only asked for where one was."""
        if self.press is None:
            raise Invalid("button", "broken")
        return self.press


def _nobody(person: Person, context: Context) -> Arrival:
    """Take what is said as a chat, or by a bot, as a guest's: nobody is to be met behind it."""
    cause = context.handling.cause if context.handling else None
    actor = Actor(person.member_id, frozenset({Role.GUEST}), cause)
    return Arrival(actor, words(context.community.config.community.locale), None)


async def _arrival(person: Person, context: Context) -> Arrival:
    handling = context.handling
    if handling is not None and handling.arrival is not None:
        return handling.arrival
    member = await context.community.people.meet(person)
    actor, draft = await context.community.arrival(
        person.member_id, cause=handling.cause if handling else None
    )
    arrival = Arrival(actor, words(member.locale), draft)
    if handling is not None:
        handling.arrival = arrival
    return arrival


Handle: TypeAlias = Callable[[Inbound, Context], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Guarded:
    """A handler that is reached only by who has one of the roles; no role: by everybody."""

    handle: Handle
    needs: tuple[Role, ...]

    async def __call__(self, update: Update, context: Context) -> None:
        inbound = await Inbound.of(update, context)
        if self.needs:
            inbound.actor.require(*self.needs)
        await self.handle(inbound, context)


def guarded(handle: Handle, *needs: Role) -> Guarded:
    """Let a handler be reached only by who has one of the roles; no role named, by everybody."""
    return Guarded(handle, needs)


# Signs that turn the direction of what stands around them: a name with them would turn a sum.
TURNING = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)],
)


def person_of(user: User) -> Person:
    """Read who somebody is, as the messenger says; their name stays in its own place."""
    # The name of an account that is being deleted is empty, and PTB then says None.
    name = (user.full_name or "").translate(TURNING)
    return Person(
        member_id=user.id,
        name=name if name.strip() else str(user.id),
        username=user.username,
        language=user.language_code,
    )


def topic_of(message: Message | None) -> int | None:
    """Return the forum topic to answer in; General has none that can be sent to.

    A reply inside General carries a thread id that sendMessage refuses
    (tdlib/telegram-bot-api issues 356 and 447), hence only real topic messages count.
    """
    if message is None or not message.is_topic_message:
        return None
    return message.message_thread_id
