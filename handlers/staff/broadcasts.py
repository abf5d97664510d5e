"""What goes out: held, let go on, ended, reported, sent again, corrected and taken back."""

from community_bot.errors import Invalid
from community_bot.people.roles import Role
from community_bot.people.service import Member
from community_bot.resources.rules import CopyState
from handlers.composing import names_of
from handlers.contents import content_of
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import posts_runs as keys
from handlers.replies import Screen, acknowledge, send, send_file, show
from handlers.routing import Area, Steps, on_press, reserved
from handlers.texts import posts_runs as texts
from handlers.texts import posts_why as why_texts

CORRECT, WHY = "run_correct", "run_why"
MOST_DIGITS = 19


async def pause(inbound: Inbound, context: Context) -> None:
    """Hold a run; its card says so a moment later."""
    await context.community.resources.steering.pause(
        inbound.actor, run_id=inbound.pressed.number(0)
    )
    await acknowledge(inbound, texts.held(inbound.words))


async def resume(inbound: Inbound, context: Context) -> None:
    await context.community.resources.steering.resume(
        inbound.actor, run_id=inbound.pressed.number(0)
    )
    await acknowledge(inbound, texts.going_on(inbound.words))


async def cancel_sure(inbound: Inbound, context: Context) -> None:
    """Say for how many it would end, before it ends."""
    run_id = inbound.pressed.number(0)
    run = await context.community.resources.steering.one(inbound.actor, run_id=run_id)
    text = texts.cancel_sure(inbound.words, run)
    await send(inbound, context, Screen(text, keys.sure(inbound.words, run_id, "yescancel")))


async def cancel(inbound: Inbound, context: Context) -> None:
    run_id = inbound.pressed.number(0)
    await context.community.resources.steering.cancel(inbound.actor, run_id=run_id)
    text = texts.called_off(inbound.words)
    await show(inbound, context, Screen(text, keys.back(inbound.words, run_id)))


async def force(inbound: Inbound, context: Context) -> None:
    """Let a run go out in spite of what was found, or although its time is over."""
    run_id = inbound.pressed.number(0)
    await context.community.resources.steering.send_nevertheless(inbound.actor, run_id=run_id)
    text = texts.sending_nevertheless(inbound.words)
    await show(inbound, context, Screen(text, keys.back(inbound.words, run_id)))


async def skip(inbound: Inbound, context: Context) -> None:
    await context.community.resources.steering.skip(inbound.actor, run_id=inbound.pressed.number(0))
    await show(inbound, context, Screen(texts.skipped(inbound.words)))


async def report(inbound: Inbound, context: Context) -> None:
    run_id = inbound.pressed.number(0)
    found = await context.community.resources.reporting.report(inbound.actor, run_id=run_id)
    names = await names_of(context)
    text = texts.report(inbound.words, found, names.tiers, names.zone)
    await show(inbound, context, Screen(text, keys.report(inbound.words, found)))


async def table(inbound: Inbound, context: Context) -> None:
    """Send every recipient with what became of their copy, as a file."""
    run_id = inbound.pressed.number(0)
    found = await context.community.resources.reporting.table(inbound.actor, run_id=run_id)
    screen = Screen(texts.table_caption(inbound.words), keys.back(inbound.words, run_id))
    name = f"post-run-{run_id}.csv"
    await send_file(inbound, context, found.encode("utf-8-sig"), name=name, screen=screen)


async def again(inbound: Inbound, context: Context) -> None:
    """Send once more to those alone whose copy is uncertain, or was refused."""
    run_id, state = inbound.pressed.number(0), inbound.pressed.word(1)
    if state not in set(CopyState):
        raise Invalid("button", "broken")
    made = await context.community.resources.steering.send_again(
        inbound.actor, run_id=run_id, state=CopyState(state)
    )
    text = texts.sent_again(inbound.words)
    await show(inbound, context, Screen(text, keys.back(inbound.words, made)))


async def ask_correction(inbound: Inbound, context: Context) -> None:
    run_id = inbound.pressed.number(0)
    run = await context.community.resources.steering.one(inbound.actor, run_id=run_id)
    await context.community.drafts.begin(inbound.actor, CORRECT, run_id=run_id)
    text = texts.correction_wanted(inbound.words, run)
    await send(inbound, context, Screen(text, keys.back(inbound.words, run_id)))


async def correct(inbound: Inbound, context: Context) -> None:
    """Put what was sent now into what everybody has already."""
    run_id, resources = int((await asked(inbound, context))["run_id"]), context.community.resources
    await resources.mending.correct(
        context.community.drafts.finishing(inbound.actor),
        run_id=run_id,
        content=content_of(inbound.message),
    )
    text = texts.correcting(inbound.words)
    await send(inbound, context, Screen(text, keys.back(inbound.words, run_id)))


async def withdraw_sure(inbound: Inbound, context: Context) -> None:
    run_id = inbound.pressed.number(0)
    run = await context.community.resources.steering.one(inbound.actor, run_id=run_id)
    text = texts.withdraw_sure(inbound.words, run)
    await send(inbound, context, Screen(text, keys.sure(inbound.words, run_id, "yeswithdraw")))


async def withdraw(inbound: Inbound, context: Context) -> None:
    run_id = inbound.pressed.number(0)
    await context.community.resources.mending.withdraw(inbound.actor, run_id=run_id)
    text = texts.withdrawing(inbound.words)
    await show(inbound, context, Screen(text, keys.back(inbound.words, run_id)))


async def ask_whom(inbound: Inbound, context: Context) -> None:
    run_id = inbound.pressed.number(0)
    await context.community.drafts.begin(inbound.actor, WHY, run_id=run_id)
    text = why_texts.why_wanted(inbound.words)
    await send(inbound, context, Screen(text, keys.back(inbound.words, run_id)))


async def find(inbound: Inbound, context: Context) -> None:
    """Find who is meant by what was typed; one that fits is told about at once."""
    run_id = int((await asked(inbound, context))["run_id"])
    found = await _found(context, typed(inbound).strip())
    if len(found) == 1:
        await send(inbound, context, await _why(inbound, context, run_id, found[0]))
        return
    text = why_texts.several(inbound.words) if found else why_texts.nobody_found(inbound.words)
    await send(inbound, context, Screen(text, keys.people(inbound.words, run_id, found)))


async def whom(inbound: Inbound, context: Context) -> None:
    member = await context.community.people.find(inbound.pressed.number(1))
    screen = await _why(inbound, context, inbound.pressed.number(0), member)
    await show(inbound, context, screen)


async def _found(context: Context, word: str) -> list[Member]:
    people = context.community.people
    if word.isdecimal() and len(word) <= MOST_DIGITS:
        return [await people.find(int(word))]
    return await people.search(word)


async def _why(inbound: Inbound, context: Context, run_id: int, member: Member) -> Screen:
    found = await context.community.resources.reporting.why(
        inbound.actor, run_id=run_id, member_id=member.member_id
    )
    names = await names_of(context)
    text = why_texts.why(inbound.words, found, member, names.tiers, names.zone)
    return Screen(text, keys.back(inbound.words, run_id))


AREA: Area = (
    on_press("run", "pause", pause, Role.ADMIN),
    on_press("run", "resume", resume, Role.ADMIN),
    on_press("run", "cancel", cancel_sure, Role.ADMIN),
    on_press("run", "yescancel", cancel, Role.ADMIN),
    on_press("run", "force", force, Role.ADMIN),
    on_press("run", "skip", skip, Role.ADMIN),
    on_press("run", "report", report, Role.ADMIN),
    on_press("run", "table", table, Role.ADMIN),
    on_press("run", "again", again, Role.ADMIN),
    on_press("run", "correct", ask_correction, Role.ADMIN),
    on_press("run", "withdraw", withdraw_sure, Role.ADMIN),
    on_press("run", "yeswithdraw", withdraw, Role.ADMIN),
    on_press("run", "why", ask_whom, Role.ADMIN),
    on_press("run", "whom", whom, Role.ADMIN),
)
STEPS: Steps = reserved({CORRECT: correct, WHY: find}, Role.ADMIN)
