"""Refunds for the member: the sum before anything is asked, the request, and what becomes of it."""

from community_bot.billing.refund_facts import Case
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import refunds as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_command, on_link, on_press
from handlers.texts import refunds as texts

REASON, ANSWER, APPEAL = "refund_reason", "refund_answer", "refund_appeal"


async def overview(inbound: Inbound, context: Context) -> None:
    """Show the actor's requests, and what they could ask for."""
    cases = await context.community.refunds.mine(inbound.actor)
    open_to = await context.community.refunds.open_to(inbound.actor)
    screen = Screen(
        texts.overview(inbound.words, cases[: keys.MOST], open_to),
        keys.overview(inbound.words, cases, open_to),
    )
    await show(inbound, context, screen)


async def quote(inbound: Inbound, context: Context) -> None:
    """Show what would be given back today; nothing is asked for yet."""
    number = inbound.pressed.number(0)
    order = await context.community.refunds.of(inbound.actor, order_id=number)
    found = await context.community.refunds.quote(inbound.actor, order_id=number)
    text = texts.quoted(inbound.words, order, found, context.community.config.community.zone)
    await show(inbound, context, Screen(text, keys.quoted(inbound.words, order)))


async def ask_reason(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    order = await context.community.refunds.of(inbound.actor, order_id=number)
    await context.community.refunds.quote(inbound.actor, order_id=number)
    await context.community.drafts.begin(inbound.actor, REASON, order_id=number)
    text = texts.reason_wanted(inbound.words, order.code)
    await show(inbound, context, Screen(text, keys.reason_wanted(inbound.words, number)))


async def open_case(inbound: Inbound, context: Context) -> None:
    """Open the case; within the first days the answer is yes at once."""
    about, reason = await asked(inbound, context), typed(inbound)
    case = await context.community.refunds.ask(
        context.community.drafts.finishing(inbound.actor),
        order_id=int(about["order_id"]),
        reason=reason,
    )
    await send(inbound, context, _screen(inbound, context, case))


async def show_case(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    case = await context.community.refunds.one(inbound.actor, case_id=number)
    await show(inbound, context, _screen(inbound, context, case))


async def ask_answer(inbound: Inbound, context: Context) -> None:
    case = await _begin(inbound, context, ANSWER)
    screen = Screen(texts.answer_wanted(inbound.words), keys.back(inbound.words, case.case_id))
    await send(inbound, context, screen)


async def ask_appeal(inbound: Inbound, context: Context) -> None:
    case = await _begin(inbound, context, APPEAL)
    screen = Screen(texts.appeal_wanted(inbound.words), keys.back(inbound.words, case.case_id))
    await send(inbound, context, screen)


async def _begin(inbound: Inbound, context: Context, step: str) -> Case:
    """Remember which case the next message is for."""
    number = inbound.pressed.number(0)
    case = await context.community.refunds.one(inbound.actor, case_id=number)
    await context.community.drafts.begin(inbound.actor, step, case_id=number)
    return case


async def answer(inbound: Inbound, context: Context) -> None:
    about, text = await asked(inbound, context), typed(inbound)
    actor = context.community.drafts.finishing(inbound.actor)
    case = await context.community.refunds.answer(actor, case_id=int(about["case_id"]), text=text)
    await send(inbound, context, _screen(inbound, context, case))


async def appeal(inbound: Inbound, context: Context) -> None:
    about, text = await asked(inbound, context), typed(inbound)
    actor = context.community.drafts.finishing(inbound.actor)
    case = await context.community.refunds.appeal(actor, case_id=int(about["case_id"]), text=text)
    await send(inbound, context, _screen(inbound, context, case))


async def ask_withdraw(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    case = await context.community.refunds.one(inbound.actor, case_id=number)
    screen = Screen(
        texts.withdraw_sure(inbound.words, case), keys.withdraw_sure(inbound.words, case)
    )
    await show(inbound, context, screen)


async def withdraw(inbound: Inbound, context: Context) -> None:
    number = inbound.pressed.number(0)
    case = await context.community.refunds.withdraw(inbound.actor, case_id=number)
    await show(inbound, context, _screen(inbound, context, case))


def _screen(inbound: Inbound, context: Context, case: Case) -> Screen:
    text = texts.case_whole(inbound.words, case, context.community.config.community.zone)
    return Screen(text, keys.case_whole(inbound.words, case))


AREA: Area = (
    on_command("refund", overview),
    on_link("refund", overview),
    on_press("refund", "mine", overview),
    on_press("refund", "quote", quote),
    on_press("refund", "ask", ask_reason),
    on_press("refund", "case", show_case),
    on_press("refund", "answer", ask_answer),
    on_press("refund", "appeal", ask_appeal),
    on_press("refund", "drop", ask_withdraw),
    on_press("refund", "withdraw", withdraw),
)
STEPS: Steps = {REASON: open_case, ANSWER: answer, APPEAL: appeal}
