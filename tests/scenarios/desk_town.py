"""A town with a desk: mentors in a forum or in a plain group, and members who ask."""

import asyncio
from collections.abc import Sequence

from community_bot.membership.spaces import DESK
from community_bot.people.roles import Actor, Role
from community_bot.sandbox.facts import Chat, Message, Person
from community_bot.tickets.facts import Opened, Ticket
from tests.paid import english, paid
from tests.town import PATIENCE, Town, keys_of, said

RIGHTS = ("can_manage_topics", "can_pin_messages", "can_delete_messages", "can_invite_users")


class Bureau:
    """The mentors' place of a town, and who works there."""

    def __init__(self, town: Town, place: Chat | None) -> None:
        self.town = town
        self.world = town.world
        self.place = place

    @property
    def chat(self) -> Chat:
        assert self.place is not None
        return self.place

    async def mentor(self, name: str, *roles: Role) -> Person:
        """Let a new mentor come, and into the group."""
        person = await english(self.town, name, *(roles or (Role.MENTOR,)))
        if self.place is not None:
            self.world.join(person, self.place)
        return person

    async def member(self, name: str) -> Person:
        person = await english(self.town, name)
        await paid(self.town, person)
        return person

    async def asks(self, member: Person, *words: str) -> Ticket:
        """Let a member write to the bot, and hand the question in."""
        for text in words:
            self.world.send_text(member, self.town.chat(member), text)
        return await self.hands_in(member, len(words))

    async def hands_in(self, member: Person, parts: int) -> Ticket:
        """Wait until so many messages are gathered, and hand the question in."""
        community = self.town.community
        actor = await community.actor(member.id)
        for _ in range(200):
            draft = await community.tickets.drafting.current(actor)
            if draft and draft.texts + draft.pictures + draft.files >= parts:
                opened = await community.tickets.intake.submit(actor, draft_id=draft.draft_id)
                assert isinstance(opened, Opened)
                return opened.ticket
            await asyncio.sleep(0.05)
        raise LookupError("no draft")

    async def ticket(self, ticket: Ticket) -> Ticket:
        owner = Actor(self.town.owner.id, frozenset({Role.OWNER}))
        return await self.town.community.tickets.views.ticket(owner, ticket_id=ticket.ticket_id)

    async def card(self, ticket: Ticket, *words: str) -> Message:
        """Wait for the card of a ticket in the group, with some words on it."""
        return await self.shows(f"#{ticket.ticket_id} ", *words)

    async def shows(self, *words: str, chat: Chat | None = None) -> Message:
        """Wait for a message of the bot's that has all of some words in it."""
        where = chat or self.chat

        def found() -> Message | None:
            for message in reversed(self.world.history(where)):
                if message.sender is self.world.bot and all(one in said(message) for one in words):
                    return message
            return None

        await self.world.until(lambda: found() is not None, timeout=PATIENCE)
        message = found()
        assert message is not None
        return message

    async def press(self, person: Person, message: Message, verb: str) -> str:
        """Let somebody press a button under a message; return what is shown above the chat."""
        return await self.race((person,), message, verb)

    async def race(self, people: Sequence[Person], message: Message, verb: str) -> str:
        """Let several press the same button at the same moment; return what they are shown."""
        button = next(
            str(key["callback_data"])
            for key in keys_of(message)
            if str(key.get("callback_data", "")).startswith(verb)
        )
        queries = [
            self.world.press(person, message.chat, message.message_id, button) for person in people
        ]
        await self.world.until(lambda: all(one.answer for one in queries), timeout=PATIENCE)
        return "\n".join(one.answer.text or "" for one in queries if one.answer)

    async def topic_of(self, ticket: Ticket) -> int:
        """Wait until a ticket has its topic; return it."""
        for _ in range(200):
            now = await self.ticket(ticket)
            if now.forum_topic_id is not None:
                return now.forum_topic_id
            await asyncio.sleep(0.05)
        raise LookupError("no topic")

    async def reads(self, person: Person, words: str) -> Message:
        """Wait until somebody reads words in their private chat, whoever wrote them first."""
        return await self.shows(words, chat=self.town.chat(person))

    async def reaction(self, message: Message, emoji: str) -> None:
        """Wait until the bot has put an emoji on a message."""
        await self.world.until(
            lambda: any(
                one.get("emoji") == emoji for mine in message.reactions.values() for one in mine
            ),
            timeout=PATIENCE,
        )


async def forum(town: Town) -> Bureau:
    """Open a desk in a forum."""
    return await _opened(town, town.world.add_supergroup("导师", town.owner, forum=True))


async def group(town: Town) -> Bureau:
    """Open a desk in a plain group."""
    return await _opened(town, town.world.add_supergroup("导师", town.owner))


async def _opened(town: Town, place: Chat) -> Bureau:
    town.world.add_bot(town.owner, place, RIGHTS)
    owner = Actor(town.owner.id, frozenset({Role.OWNER}))
    await town.community.spaces.bind(
        owner, chat_id=place.id, role=DESK, title=place.title or "", is_forum=place.is_forum
    )
    return Bureau(town, place)
