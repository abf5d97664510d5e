"""Writing the FAQ: new entries, one field after the other, and their way to the members."""

from collections.abc import Awaitable, Callable

from community_bot.errors import Invalid
from community_bot.faq.access import EDITORS
from community_bot.faq.content_rules import EntryKind
from community_bot.faq.facts import Entry
from community_bot.faq.rules import EntryState, days_typed
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.kb_page import entry_screen
from handlers.keyboards import kb as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_command, on_press, reserved
from handlers.texts import kb as texts

QUESTION, FIELD, REVIEW = "kb_question", "kb_field", "kb_review"
BODY, ANSWER = "kb_body", "kb_answer"  # taken in kb_answers.py
STEP_OF = {"body": ANSWER, "review": REVIEW}  # every other field is typed in one way
Step = Callable[..., Awaitable[Entry]]


async def home(inbound: Inbound, context: Context) -> None:
    counts = await context.community.faq.entries.counts(inbound.actor)
    keyboard = keys.home(inbound.words, counts, is_admin=inbound.actor.has(Role.ADMIN))
    await show(inbound, context, Screen(texts.home(inbound.words, counts), keyboard))


async def listed(inbound: Inbound, context: Context) -> None:
    """Show a page of the entries in one state."""
    state, number = state_of(inbound.pressed.word(0)), inbound.pressed.number(1)
    entries, more = await context.community.faq.entries.in_state(
        inbound.actor, state, number=number
    )
    keyboard = keys.listed(inbound.words, state, entries, number, more=more)
    await show(inbound, context, Screen(texts.listed(inbound.words, state, entries), keyboard))


async def look(inbound: Inbound, context: Context) -> None:
    """Show an entry whole."""
    number = inbound.pressed.number(0)
    entry = await context.community.faq.entries.one(inbound.actor, entry_id=number)
    await show(inbound, context, await entry_screen(inbound, context, entry))


async def new(inbound: Inbound, context: Context) -> None:
    await _ask_question(inbound, context, EntryKind.FAQ)


async def new_snippet(inbound: Inbound, context: Context) -> None:
    await _ask_question(inbound, context, EntryKind.SNIPPET)


async def _ask_question(inbound: Inbound, context: Context, kind: EntryKind) -> None:
    await context.community.drafts.begin(inbound.actor, QUESTION, kind=kind.value)
    text = texts.wanted(inbound.words, "question")
    await show(inbound, context, Screen(text, keys.back(inbound.words)))


async def take_question(inbound: Inbound, context: Context) -> None:
    """Take the question of a new entry, and ask for its answer."""
    facts = await asked(inbound, context)
    question = typed(inbound)
    await context.community.drafts.begin(inbound.actor, BODY, kind=facts["kind"], question=question)
    text = texts.wanted(inbound.words, "body")
    await send(inbound, context, Screen(text, keys.back(inbound.words)))


async def edit(inbound: Inbound, context: Context) -> None:
    """Ask for one field of an entry."""
    number, field = inbound.pressed.number(0), inbound.pressed.word(1)
    if field not in keys.FIELDS:
        raise Invalid("button", "broken")
    entry = await context.community.faq.entries.one(inbound.actor, entry_id=number)
    await context.community.drafts.begin(
        inbound.actor,
        STEP_OF.get(field, FIELD),
        entry_id=number,
        field=field,
        version=entry.version,
    )
    text = texts.wanted(inbound.words, field, texts.as_typed(inbound.words, entry, field))
    await send(inbound, context, Screen(text, keys.back(inbound.words, number)))


async def take_field(inbound: Inbound, context: Context) -> None:
    """Save the field that was typed."""
    facts = await asked(inbound, context)
    field = str(facts["field"])
    entry = await context.community.faq.entries.change(
        context.community.drafts.finishing(inbound.actor),
        entry_id=int(facts["entry_id"]),
        version=int(facts["version"]),
        field=field,
        text=texts.as_kept(inbound.words, field, typed(inbound)),
    )
    await send(inbound, context, await entry_screen(inbound, context, entry))


async def take_review(inbound: Inbound, context: Context) -> None:
    """Save after how many days the entry is looked at again."""
    facts = await asked(inbound, context)
    entry = await context.community.faq.publishing.review_every(
        context.community.drafts.finishing(inbound.actor),
        entry_id=int(facts["entry_id"]),
        days=days_typed(typed(inbound)),
    )
    await send(inbound, context, await entry_screen(inbound, context, entry))


async def tiers(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    known = await context.community.tiers.known()
    keyboard = keys.tiers(inbound.words, number, known)
    await show(inbound, context, Screen(texts.tiers(inbound.words), keyboard))


async def choose_tier(inbound: Inbound, context: Context) -> None:
    """Say from which tier on an answer may be read."""
    number, code = inbound.pressed.number(0), inbound.pressed.word(1)
    tier = (await context.community.tiers.tier(code)).code if code else None
    entry = await context.community.faq.entries.limit_to(inbound.actor, entry_id=number, tier=tier)
    await show(inbound, context, await entry_screen(inbound, context, entry))


async def submit(inbound: Inbound, context: Context) -> None:
    await _step(inbound, context, context.community.faq.publishing.submit)


async def publish(inbound: Inbound, context: Context) -> None:
    await _step(inbound, context, context.community.faq.publishing.publish)


async def send_back(inbound: Inbound, context: Context) -> None:
    await _step(inbound, context, context.community.faq.publishing.send_back)


async def verify(inbound: Inbound, context: Context) -> None:
    await _step(inbound, context, context.community.faq.publishing.verify)


async def archive(inbound: Inbound, context: Context) -> None:
    await _step(inbound, context, context.community.faq.publishing.archive)


async def restore(inbound: Inbound, context: Context) -> None:
    await _step(inbound, context, context.community.faq.publishing.restore)


async def _step(inbound: Inbound, context: Context, step: Step) -> None:
    entry = await step(inbound.actor, entry_id=inbound.pressed.number(0))
    await show(inbound, context, await entry_screen(inbound, context, entry))


def state_of(value: str) -> EntryState:
    """Read a state from a button; raises Invalid for anything else."""
    try:
        return EntryState(value)
    except ValueError:
        raise Invalid("button", "broken") from None


AREA: Area = (
    on_command("kb", home, *EDITORS),
    on_press("kb", "home", home, *EDITORS),
    on_press("kb", "list", listed, *EDITORS),
    on_press("kb", "entry", look, *EDITORS),
    on_press("kb", "new", new, *EDITORS),
    on_press("kb", "snippet", new_snippet, *EDITORS),
    on_press("kb", "edit", edit, *EDITORS),
    on_press("kb", "tiers", tiers, *EDITORS),
    on_press("kb", "tier", choose_tier, *EDITORS),
    on_press("kb", "submit", submit, *EDITORS),
    on_press("kb", "publish", publish, *EDITORS),
    on_press("kb", "return", send_back, *EDITORS),
    on_press("kb", "verify", verify, *EDITORS),
    on_press("kb", "archive", archive, *EDITORS),
    on_press("kb", "restore", restore, *EDITORS),
)
STEPS: Steps = reserved({QUESTION: take_question, FIELD: take_field, REVIEW: take_review}, *EDITORS)
