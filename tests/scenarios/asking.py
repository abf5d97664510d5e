"""Members who ask and mentors who answer, for scenarios of questions."""

from community_bot.people.roles import Actor, Role
from community_bot.sandbox.facts import Chat, Message, Person
from community_bot.tickets.facts import Said, Ticket
from community_bot.tickets.rules import TicketState
from tests.paid import paid
from tests.town import Town

QUESTION = "美国站 GPSR 需要弄吗？收到一封邮件"


async def member(town: Town, name: str = "王女士") -> Person:
    """Let somebody come who has paid and may ask."""
    person = town.person(name)
    await town.says(person, "/start")
    await paid(town, person)
    return person


async def mentor(town: Town, name: str = "Leo") -> Actor:
    person = await town.staff(name, Role.MENTOR)
    return await town.community.actor(person.id)


async def asks(town: Town, person: Person, *texts: str) -> Ticket:
    """Let a member write a question and hand it in; return the ticket."""
    for text in texts or (QUESTION,):
        town.world.send_text(person, town.chat(person), text)
    await card(town, person)
    await town.presses(person, "ask:submit")
    await town.told(person, "已提交，成为提问")
    return (await own(town, person))[0]


async def card(town: Town, person: Person) -> Message:
    """Wait for the card of the draft."""
    return await town.told(person, "📝 草稿")


async def own(town: Town, person: Person) -> list[Ticket]:
    """Return a member's tickets, the open ones first, then the newest."""
    actor = await town.community.actor(person.id)
    page = await town.community.tickets.views.own(actor)
    return [one.ticket for one in page.lines]


async def ticket(town: Town, number: int) -> Ticket:
    owner = Actor(town.owner.id, frozenset({Role.OWNER}))
    return await town.community.tickets.views.ticket(owner, ticket_id=number)


async def answers(town: Town, by: Actor, one: Ticket, text: str) -> Message:
    """Let a mentor take a ticket, if it is free, and answer it; return what they wrote."""
    tickets, person = town.community.tickets, town.world.people[by.member_id]
    if (await ticket(town, one.ticket_id)).state is TicketState.QUEUED:
        await tickets.claiming.claim(by, ticket_id=one.ticket_id)
    message = town.world.send_text(person, town.chat(person), text)
    said = Said(chat_id=person.id, message_id=message.message_id, text=text)
    await tickets.answering.answer(by, ticket_id=one.ticket_id, said=[said])
    return message


async def group(town: Town, *people: Person, is_bound: bool = True) -> Chat:
    """Let people be in a group that belongs to the community."""
    chat = town.world.add_supergroup("会员群", town.owner)
    town.world.add_bot(town.owner, chat, {})
    for person in people:
        town.world.join(person, chat)
    if is_bound:
        owner = Actor(town.owner.id, frozenset({Role.OWNER}))
        await town.community.spaces.bind(
            owner, chat_id=chat.id, role="members", title="会员群", is_forum=False
        )
    return chat
