"""How an area says what it answers to: commands, buttons and replies, each with who may use it."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence

from telegram import Message, Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from community_bot.people.drafts import Draft
from community_bot.people.roles import Role
from handlers.callbacks import Press, read
from handlers.context import Context, Handle, Inbound, guarded

Handler = BaseHandler[Update, Context, None]
PRIVATE_MESSAGE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE


def on_command(name: str, handle: Handle, *needs: Role) -> Handler:
    """Answer a command in the private chat."""
    return CommandHandler(name, guarded(handle, *needs), filters=PRIVATE_MESSAGE)


def on_link(payload: str, handle: Handle, *needs: Role) -> Handler:
    """Answer t.me/<bot>?start=<payload>."""
    here = PRIVATE_MESSAGE & filters.Regex(rf"^/start {payload}$")
    return CommandHandler("start", guarded(handle, *needs), filters=here)


def on_press(area: str, verb: str, handle: Handle, *needs: Role) -> Handler:
    """Answer a button `area:verb:...`, wherever it was pressed."""
    return CallbackQueryHandler(guarded(handle, *needs), pattern=rf"^{area}:{verb}(:|$)")


def on_any_press(handle: Handle) -> Handler:
    """Answer every button that nothing else answers to: those of last year, and forged ones."""
    return CallbackQueryHandler(guarded(handle))


def on_message(kind: filters.BaseFilter, handle: Handle, *needs: Role) -> Handler:
    """Answer a private message of a kind; edits are not messages."""
    return MessageHandler(kind & PRIVATE_MESSAGE, guarded(handle, *needs))


Area = Sequence[Handler]
# What a person's next message is for, by the step of their draft.
Steps = Mapping[str, Handle]


def reserved(steps: Steps, *needs: Role) -> Steps:
    """Let steps be taken only by who has one of the roles still: it may be gone since they began.

    Who has it no more is told so once, and is in the middle of nothing afterwards.
    """
    return {step: _reserved(step, handle, needs) for step, handle in steps.items()}


def _reserved(step: str, handle: Handle, needs: tuple[Role, ...]) -> Handle:
    async def take(inbound: Inbound, context: Context) -> None:
        if not inbound.actor.has(*needs):
            await context.community.drafts.leave(inbound.actor.member_id, step)
        inbound.actor.require(*needs)
        await handle(inbound, context)

    return take


# What to make of a message that nobody asked for: the first kind that fits.
Unasked = Sequence[tuple[Callable[[Message], bool], Handle]]


class Conversation:
    """Answers private messages: the step somebody is at, or else what came unasked."""

    def __init__(
        self,
        *,
        steps: Steps,
        unasked: Unasked,
        questions: Collection[str] = (),
        from_admins: Unasked = (),
        goes_on: Callable[[Draft, Press], bool] = lambda _draft, _press: False,
        belongs: Callable[[Inbound, Context], Awaitable[bool]] | None = None,
    ) -> None:
        self._steps = steps
        self._unasked = unasked
        self._from_admins = from_admins
        self._questions = frozenset(questions)
        self._goes_on = goes_on
        self._belongs = belongs

    @property
    def leaving(self) -> tuple[Handler, Handler]:
        """Return the handlers that are asked before all others.

        Who is asked for an amount or a reason and turns to something else is not asked any more:
        what they type next would be taken for what they no longer see. The verb `yes` goes on, and
        so does a button that belongs to what the question is about.
        """
        elsewhere = filters.COMMAND & PRIVATE_MESSAGE
        return (
            CallbackQueryHandler(self._leave, pattern=r"^\w+:(?!yes)"),
            MessageHandler(elsewhere, self._leave),
        )

    async def _leave(self, update: Update, context: Context) -> None:
        if update.effective_user is None:
            return
        inbound = await Inbound.of(update, context, with_press=False)
        draft, query = inbound.draft, update.callback_query
        if draft is None or draft.step not in self._questions:
            return
        press = read(query.data) if query is not None and query.data is not None else None
        if press is None or not self._goes_on(draft, press):
            await context.community.drafts.leave(inbound.actor.member_id, draft.step)

    @property
    def handler(self) -> Handler:
        """The handler that is asked last."""
        return MessageHandler(PRIVATE_MESSAGE & ~filters.StatusUpdate.ALL, guarded(self._answer))

    async def _answer(self, inbound: Inbound, context: Context) -> None:
        message = inbound.message
        if message is None:
            return
        # What belongs to something that is over already is for no step that was begun since.
        if self._belongs is not None and await self._belongs(inbound, context):
            return
        draft = inbound.draft
        step = self._steps.get(draft.step) if draft and not is_command(message) else None
        for kind, handle in self._offers(inbound) if step is None else ():
            if kind(message):
                step = handle
                break
        if step is not None:
            await step(inbound, context)

    def _offers(self, inbound: Inbound) -> Unasked:
        """Return what to make of what came unasked; what admins bring goes first."""
        if inbound.actor.has(Role.ADMIN):
            return (*self._from_admins, *self._unasked)
        return self._unasked


def is_command(message: Message) -> bool:
    """Say whether a message begins with a command; those never belong to a draft."""
    return bool(message.text and message.text.startswith("/"))
