"""Members who have paid, and staff who read English, for tests of what comes after."""

from community_bot.billing.checkout import payload_of
from community_bot.billing.facts import Order
from community_bot.billing.gateways.port import Charge
from community_bot.people.roles import Actor, Role
from community_bot.sandbox.facts import Person
from tests.town import Town


async def english(town: Town, name: str, *roles: Role) -> Person:
    """Let somebody who reads English start the bot, and be given roles."""
    person = town.person(name, language="en")
    await town.says(person, "/start")
    owner = Actor(town.owner.id, frozenset({Role.OWNER}))
    for role in roles:
        await town.community.people.give_role(owner, member_id=person.id, role=role)
    return person


async def paid(
    town: Town, person: Person, plan_code: str = "annual_year", *, as_gift: bool = False
) -> Order:
    """Let somebody order a plan, and their transfer arrive."""
    community = town.community
    actor = await community.actor(person.id)
    order = await community.orders.place(actor, plan_code=plan_code, as_gift=as_gift)
    charge = Charge(f"transfer-{order.order_id}", order.due, payload_of(order), person.id)
    await community.checkout.paid(gateway="manual", charge=charge)
    await town.told(person, "🎁" if as_gift else "🎉")
    return await community.orders.one(actor, order_id=order.order_id)


async def shown(town: Town, person: Person, plan_code: str = "annual_year") -> Order:
    """Let somebody order a plan, and show the number of a transfer."""
    actor = await town.community.actor(person.id)
    order = await town.community.orders.place(actor, plan_code=plan_code)
    return await town.community.proofs.submit(
        actor, order_id=order.order_id, reference=f"42000020260{order.order_id:05}"
    )
