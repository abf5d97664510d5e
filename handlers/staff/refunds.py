"""Refunds for those who decide: cases, the decision, and money to be transferred back by hand."""

from community_bot.billing.refund_facts import Case
from community_bot.billing.rules import normal_reference
from community_bot.errors import Invalid, NotFound
from community_bot.people.roles import Role
from handlers.context import Context, Inbound
from handlers.drafting import asked, typed
from handlers.keyboards import refund_desk as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_command, on_press, reserved
from handlers.texts import refund_desk as texts

MOST_DIGITS = 4
DECIDERS = (Role.FINANCE, Role.ADMIN)
AMOUNT, DENIAL, UPHOLDING = "refund_amount", "refund_denial", "refund_upholding"
QUESTION, REFERENCE, LESSONS = "refund_question", "refund_reference", "refund_lessons"
WANTED = {
    AMOUNT: texts.amount_wanted,
    DENIAL: texts.refusal_wanted,
    UPHOLDING: texts.refusal_wanted,
    QUESTION: texts.question_wanted,
    LESSONS: texts.lessons_wanted,
}


async def waiting(inbound: Inbound, context: Context) -> None:
    cases = await context.community.refund_desk.waiting(inbound.actor)
    due = len(await context.community.payback.due(inbound.actor))
    screen = Screen(
        texts.waiting(inbound.words, cases, due), keys.waiting(inbound.words, cases, due)
    )
    await show(inbound, context, screen)


async def show_case(inbound: Inbound, context: Context) -> None:
    """Show a case whole: who, what was said, the sum and the promise."""
    case = await _pressed_case(inbound, context)
    people = {case.member_id, *(one.by for one in case.said), case.decided_by or case.member_id}
    names = await context.community.people.names(people)
    zone = context.community.config.community.zone
    text = texts.case_whole(inbound.words, case, names, zone)
    await show(inbound, context, Screen(text, keys.case_whole(inbound.words, case)))


async def sure_as_quoted(inbound: Inbound, context: Context) -> None:
    """Ask once more before money goes back as it was quoted, or as a whole."""
    case = await _pressed_case(inbound, context)
    whole = case.quote.only_whole
    screen = Screen(
        texts.give_sure(inbound.words, case, whole or case.quote.amount),
        keys.give_sure(inbound.words, case, keys.in_button(whole) if whole else keys.QUOTED),
    )
    await show(inbound, context, screen)


async def sure_of_amount(inbound: Inbound, context: Context) -> None:
    """Ask once more, with the amount that was typed."""
    about, text = await asked(inbound, context), typed(inbound)
    case = await _case(inbound, context, int(about["case_id"]))
    amount = await context.community.refund_desk.read_amount(
        inbound.actor, case_id=case.case_id, amount_text=text
    )
    screen = Screen(
        texts.give_sure(inbound.words, case, amount),
        keys.give_sure(inbound.words, case, keys.in_button(amount)),
    )
    await send(inbound, context, screen)


async def give(inbound: Inbound, context: Context) -> None:
    """Give back what the button says."""
    case = await context.community.refund_desk.approve(
        context.community.drafts.finishing(inbound.actor),
        case_id=inbound.pressed.number(0),
        keeps_access=inbound.pressed.word(1) == keys.KEEPS,
        amount_text=keys.from_button(inbound.pressed.word(2)),
    )
    await _say_decided(inbound, context, case)


async def overrule(inbound: Inbound, context: Context) -> None:
    """Give back what the first person would not."""
    case = await context.community.refund_desk.overrule(
        context.community.drafts.finishing(inbound.actor),
        case_id=inbound.pressed.number(0),
        keeps_access=inbound.pressed.word(1) == keys.KEEPS,
        amount_text=keys.from_button(inbound.pressed.word(2)),
    )
    await _say_decided(inbound, context, case)


async def ask_amount(inbound: Inbound, context: Context) -> None:
    await _ask(inbound, context, AMOUNT)


async def ask_denial(inbound: Inbound, context: Context) -> None:
    await _ask(inbound, context, DENIAL)


async def ask_upholding(inbound: Inbound, context: Context) -> None:
    await _ask(inbound, context, UPHOLDING)


async def ask_question(inbound: Inbound, context: Context) -> None:
    await _ask(inbound, context, QUESTION)


async def _ask(inbound: Inbound, context: Context, step: str) -> None:
    case = await _pressed_case(inbound, context)
    await context.community.drafts.begin(inbound.actor, step, case_id=case.case_id)
    text = WANTED[step](inbound.words, case)
    await send(inbound, context, Screen(text, keys.back(inbound.words, case.case_id)))


async def deny(inbound: Inbound, context: Context) -> None:
    about, reason = await asked(inbound, context), typed(inbound)
    case = await context.community.refund_desk.deny(
        context.community.drafts.finishing(inbound.actor),
        case_id=int(about["case_id"]),
        reason=reason,
    )
    await _say_decided(inbound, context, case)


async def uphold(inbound: Inbound, context: Context) -> None:
    about, reason = await asked(inbound, context), typed(inbound)
    case = await context.community.refund_desk.uphold(
        context.community.drafts.finishing(inbound.actor),
        case_id=int(about["case_id"]),
        reason=reason,
    )
    await _say_decided(inbound, context, case)


async def question(inbound: Inbound, context: Context) -> None:
    about, text = await asked(inbound, context), typed(inbound)
    case = await context.community.refund_desk.question(
        context.community.drafts.finishing(inbound.actor), case_id=int(about["case_id"]), text=text
    )
    await _say_decided(inbound, context, case)


async def ask_lessons(inbound: Inbound, context: Context) -> None:
    await _ask(inbound, context, LESSONS)


async def count_lessons(inbound: Inbound, context: Context) -> None:
    """Take the number of lessons that was typed before the reason."""
    about = await asked(inbound, context)
    number, _, reason = typed(inbound).strip().partition(" ")
    if not number.isdecimal() or len(number) > MOST_DIGITS:
        raise Invalid("lessons", "malformed")
    case = await context.community.lessons.count(
        context.community.drafts.finishing(inbound.actor),
        case_id=int(about["case_id"]),
        used=int(number),
        reason=reason,
    )
    text = texts.lessons_counted(inbound.words, case)
    await send(inbound, context, Screen(text, keys.back(inbound.words, case.case_id)))


async def due(inbound: Inbound, context: Context) -> None:
    found = await context.community.payback.due(inbound.actor)
    await show(
        inbound, context, Screen(texts.due(inbound.words, found), keys.due(inbound.words, found))
    )


async def ask_reference(inbound: Inbound, context: Context) -> None:
    """Ask for the number under which the money was transferred back."""
    number = inbound.pressed.number(0)
    found = await context.community.payback.due(inbound.actor)
    refund = next((one for one in found if one.refund_id == number), None)
    if refund is None:
        raise NotFound("refund", number)
    await context.community.drafts.begin(inbound.actor, REFERENCE, refund_id=number)
    text = texts.reference_wanted(inbound.words, refund)
    await send(inbound, context, Screen(text, keys.reference_wanted(inbound.words, number)))


async def returned(inbound: Inbound, context: Context) -> None:
    """Note the transfer under the number that was typed."""
    about, reference = await asked(inbound, context), typed(inbound)
    refund = await context.community.payback.returned(
        context.community.drafts.finishing(inbound.actor),
        refund_id=int(about["refund_id"]),
        reference=normal_reference(reference),
    )
    await send(inbound, context, Screen(texts.returned(inbound.words, refund)))


async def returned_without(inbound: Inbound, context: Context) -> None:
    refund = await context.community.payback.returned(
        context.community.drafts.finishing(inbound.actor),
        refund_id=inbound.pressed.number(0),
        reference=None,
    )
    await show(inbound, context, Screen(texts.returned(inbound.words, refund)))


async def _pressed_case(inbound: Inbound, context: Context) -> Case:
    return await _case(inbound, context, inbound.pressed.number(0))


async def _case(inbound: Inbound, context: Context, case_id: int) -> Case:
    return await context.community.refunds.one(inbound.actor, case_id=case_id)


async def _say_decided(inbound: Inbound, context: Context, case: Case) -> None:
    keyboard = keys.back(inbound.words, case.case_id)
    await show(inbound, context, Screen(texts.decided(inbound.words, case), keyboard))


AREA: Area = (
    on_command("refunds", waiting, *DECIDERS),
    on_press("refunds", "waiting", waiting, *DECIDERS),
    on_press("refunds", "case", show_case, *DECIDERS),
    on_press("refunds", "sure", sure_as_quoted, *DECIDERS),
    on_press("refunds", "amount", ask_amount, *DECIDERS),
    on_press("refunds", "give", give, *DECIDERS),
    on_press("refunds", "overrule", overrule, *DECIDERS),
    on_press("refunds", "deny", ask_denial, *DECIDERS),
    on_press("refunds", "uphold", ask_upholding, *DECIDERS),
    on_press("refunds", "lessons", ask_lessons, *DECIDERS),
    on_press("refunds", "question", ask_question, *DECIDERS),
    on_press("refunds", "due", due, *DECIDERS),
    on_press("refunds", "returned", ask_reference, *DECIDERS),
    on_press("refunds", "done", returned_without, *DECIDERS),
)
STEPS: Steps = reserved(
    {
        AMOUNT: sure_of_amount,
        DENIAL: deny,
        UPHOLDING: uphold,
        QUESTION: question,
        LESSONS: count_lessons,
        REFERENCE: returned,
    },
    *DECIDERS,
)
