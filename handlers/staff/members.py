"""Members for staff: finding somebody, their whole card, and what is decided by hand."""

from community_bot.errors import Invalid, NotFound
from community_bot.people.roles import Role
from community_bot.people.service import Member
from handlers.context import Context, Inbound
from handlers.drafting import asked, confirmed, to_confirm, typed
from handlers.keyboards import members as keys
from handlers.replies import Screen, send, show
from handlers.routing import Area, Steps, on_command, on_press, reserved
from handlers.texts import members as texts

STAFF = (Role.ADMIN, Role.FINANCE)
SEARCH, GIVE, END, MOVE = "member_search", "member_give", "member_end", "member_move"
SURE_GIVE, SURE_END, SURE_MOVE = "member_give_sure", "member_end_sure", "member_move_sure"
MOST_DIGITS = 19  # more are no 64-bit number


async def search(inbound: Inbound, context: Context) -> None:
    """Ask whom to look for."""
    await context.community.drafts.begin(inbound.actor, SEARCH)
    screen = Screen(texts.search_wanted(inbound.words), keys.found(inbound.words, ()))
    await show(inbound, context, screen)


async def find(inbound: Inbound, context: Context) -> None:
    """Show everybody who fits; the next message is looked for as well."""
    inbound.actor.require(*STAFF)
    people = await _found(inbound, context, typed(inbound).strip())
    screen = Screen(texts.found(inbound.words, people), keys.found(inbound.words, people))
    await send(inbound, context, screen)


async def _found(inbound: Inbound, context: Context, word: str) -> list[Member]:
    """Look for a number, then for an order's code, then for a part of a name."""
    community = context.community
    if word.isdecimal() and len(word) <= MOST_DIGITS:
        return [await community.people.find(int(word))]
    people = await community.people.search(word)
    if people or not word.isascii():
        return people
    try:
        order = await community.orders.by_code(inbound.actor, code=word.upper())
    except NotFound:
        return []
    return [await community.people.find(order.member_id)]


async def show_card(inbound: Inbound, context: Context) -> None:
    community = context.community
    card = await community.cards.of(inbound.actor, member_id=inbound.pressed.number(0))
    names = await community.people.names({one.actor_id for one in card.entries if one.actor_id})
    text = texts.card(inbound.words, card, names, community.config.community.zone)
    keyboard = keys.card(inbound.words, card, may_change=inbound.actor.has(Role.ADMIN))
    await show(inbound, context, Screen(text, keyboard))


async def choose_plan(inbound: Inbound, context: Context) -> None:
    member = await context.community.people.find(inbound.pressed.number(0))
    offers = await context.community.tiers.offers()
    text = texts.plan_wanted(inbound.words, member.name)
    keyboard = keys.plans(inbound.words, member.member_id, offers)
    await show(inbound, context, Screen(text, keyboard))


async def ask_grant_reason(inbound: Inbound, context: Context) -> None:
    member = await context.community.people.find(inbound.pressed.number(0))
    plan = await context.community.tiers.plan(inbound.pressed.word(1))
    await _ask(inbound, context, GIVE, member, plan_code=plan.code)
    tier = await context.community.tiers.tier(plan.tier_code)
    text = texts.grant_reason_wanted(inbound.words, member.name, plan, tier)
    await send(inbound, context, Screen(text, keys.back(inbound.words, member.member_id)))


async def give_sure(inbound: Inbound, context: Context) -> None:
    """Say who would be given what, from when until when, before it is given."""
    about, reason = await asked(inbound, context), typed(inbound)
    member = await context.community.people.find(int(about["member_id"]))
    number, plan_code = member.member_id, str(about["plan_code"])
    prospect = await context.community.grants.would_give(
        inbound.actor, member_id=number, plan_code=plan_code, reason=reason
    )
    mark = await to_confirm(
        inbound, context, SURE_GIVE, member_id=number, plan_code=plan_code, reason=reason
    )
    zone = context.community.config.community.zone
    text = texts.give_sure(inbound.words, member, prospect, reason, zone)
    await send(inbound, context, Screen(text, keys.sure(inbound.words, "yesgive", mark, member)))


async def give(inbound: Inbound, context: Context) -> None:
    about = await confirmed(inbound, context, SURE_GIVE)
    granted = await context.community.grants.give(
        context.community.drafts.finishing(inbound.actor),
        member_id=int(about["member_id"]),
        plan_code=str(about["plan_code"]),
        reason=str(about["reason"]),
    )
    text = texts.granted(inbound.words, granted, context.community.config.community.zone)
    await show(inbound, context, Screen(text, keys.back(inbound.words, granted.member_id)))


async def ask_end_reason(inbound: Inbound, context: Context) -> None:
    member = await context.community.people.find(inbound.pressed.number(0))
    number = inbound.pressed.number(1)
    await _ask(inbound, context, END, member, entitlement_id=number)
    text = texts.end_reason_wanted(inbound.words, member.name, number)
    await send(inbound, context, Screen(text, keys.back(inbound.words, member.member_id)))


async def end_sure(inbound: Inbound, context: Context) -> None:
    """Say whose right would end, and which, before it ends."""
    about, reason = await asked(inbound, context), typed(inbound)
    member = await context.community.people.find(int(about["member_id"]))
    number = int(about["entitlement_id"])
    prospect = await context.community.grants.would_end(
        inbound.actor, member_id=member.member_id, entitlement_id=number, reason=reason
    )
    mark = await to_confirm(
        inbound, context, SURE_END, member_id=member.member_id, number=number, reason=reason
    )
    zone = context.community.config.community.zone
    text = texts.end_sure(inbound.words, member, prospect, reason, zone)
    await send(inbound, context, Screen(text, keys.sure(inbound.words, "yesend", mark, member)))


async def end(inbound: Inbound, context: Context) -> None:
    about = await confirmed(inbound, context, SURE_END)
    member_id = int(about["member_id"])
    await context.community.grants.end(
        context.community.drafts.finishing(inbound.actor),
        member_id=member_id,
        entitlement_id=int(about["number"]),
        reason=str(about["reason"]),
    )
    screen = Screen(texts.ended(inbound.words), keys.back(inbound.words, member_id))
    await show(inbound, context, screen)


async def ask_account(inbound: Inbound, context: Context) -> None:
    member = await context.community.people.find(inbound.pressed.number(0))
    await _ask(inbound, context, MOVE, member)
    text = texts.account_wanted(inbound.words, member.name)
    await send(inbound, context, Screen(text, keys.back(inbound.words, member.member_id)))


async def move_sure(inbound: Inbound, context: Context) -> None:
    """Say what would go from whom to whom; the new account's number comes before the reason."""
    about = await asked(inbound, context)
    number, _, reason = typed(inbound).strip().partition(" ")
    if not number.isdecimal() or len(number) > MOST_DIGITS:
        raise Invalid("account", "malformed")
    from_id, to_id = int(about["member_id"]), int(number)
    prospects = await context.community.grants.would_move(
        inbound.actor, from_id=from_id, to_id=to_id, reason=reason
    )
    people = context.community.people
    old, new = await people.find(from_id), await people.find(to_id)
    mark = await to_confirm(
        inbound, context, SURE_MOVE, from_id=from_id, to_id=to_id, reason=reason
    )
    zone = context.community.config.community.zone
    text = texts.move_sure(inbound.words, old, new, prospects, reason, zone)
    await send(inbound, context, Screen(text, keys.sure(inbound.words, "yesmove", mark, old)))


async def move(inbound: Inbound, context: Context) -> None:
    about = await confirmed(inbound, context, SURE_MOVE)
    to_id = int(about["to_id"])
    count = await context.community.grants.move(
        context.community.drafts.finishing(inbound.actor),
        from_id=int(about["from_id"]),
        to_id=to_id,
        reason=str(about["reason"]),
    )
    screen = Screen(texts.moved(inbound.words, count), keys.back(inbound.words, to_id))
    await show(inbound, context, screen)


async def _ask(
    inbound: Inbound, context: Context, step: str, member: Member, **facts: object
) -> None:
    await context.community.drafts.begin(inbound.actor, step, member_id=member.member_id, **facts)


AREA: Area = (
    on_command("members", search, *STAFF),
    on_press("members", "search", search, *STAFF),
    on_press("members", "card", show_card, *STAFF),
    on_press("members", "give", choose_plan, Role.ADMIN),
    on_press("members", "plan", ask_grant_reason, Role.ADMIN),
    on_press("members", "end", ask_end_reason, Role.ADMIN),
    on_press("members", "move", ask_account, Role.ADMIN),
    on_press("members", "yesgive", give, Role.ADMIN),
    on_press("members", "yesend", end, Role.ADMIN),
    on_press("members", "yesmove", move, Role.ADMIN),
)
STEPS: Steps = {
    **reserved({SEARCH: find}, *STAFF),
    **reserved({GIVE: give_sure, END: end_sure, MOVE: move_sure}, Role.ADMIN),
}
# A search goes on while cards are looked at; what changes something does not.
QUESTIONS = frozenset({GIVE, END, MOVE, SURE_GIVE, SURE_END, SURE_MOVE})
