"""Following up: what a member writes finds its ticket by reply, or is the only one, or is asked."""

from collections.abc import Sequence
from datetime import datetime

from community_bot.clock import Clock
from community_bot.errors import NotFound
from community_bot.people.roles import Actor
from community_bot.storage.unit import Storage, Unit
from community_bot.tickets import draft_queries as drafts
from community_bot.tickets import message_queries as messages
from community_bot.tickets import queries
from community_bot.tickets.casebook import Casebook
from community_bot.tickets.facts import Ended, Placed, Said, Ticket, Unclear
from community_bot.tickets.placing import Placing
from community_bot.tickets.publishing import ticket_at
from community_bot.tickets.rules import LIVE, OPEN, SILENCE, MessageKind
from community_bot.tickets.wording_rules import is_courtesy


class FollowingUp:
    """Never guesses: what is unclear is kept, and the member says where it belongs."""

    def __init__(
        self, storage: Storage, clock: Clock, *, casebook: Casebook, placing: Placing
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._casebook = casebook
        self._placing = placing

    async def follow_up(self, actor: Actor, *, said: Said) -> Placed | Unclear | Ended | None:
        """Take what a member wrote in private; None where it belongs to no ticket of theirs.

        Then it is a new question, or more of the draft that they are writing.
        """
        async with self._storage.work(actor.cause) as unit:
            found = await self._find(unit, actor, said)
            if found is None or isinstance(found, Ended):
                return found  # nothing was changed: the caller goes on with the same cause
            if isinstance(found, Ticket):
                done: Placed | Unclear = await self._placing.place(unit, actor, found, said)
            elif len(found) == 1 and found[0].state in OPEN:
                ticket = await self._casebook.hold(unit, found[0].ticket_id)
                done = await self._placing.place(unit, actor, ticket, said, is_guess=True)
            else:
                done = await self._ask(unit, actor, said, found)
            await unit.commit()
        return done

    async def say_more(self, actor: Actor, *, ticket_id: int, said: Said) -> Placed | Ended:
        """Add to a ticket that the member has named: 'add to it', or 'still a question'."""
        async with self._storage.work(actor.cause) as unit:
            ticket = await self._casebook.hold(unit, ticket_id)
            if ticket.member_id != actor.member_id:
                raise NotFound("question", ticket_id)
            ticket = await self._heir(unit, ticket)
            if ticket.state not in LIVE:
                return Ended(ticket)
            done = await self._placing.place(unit, actor, ticket, said)
            await unit.commit()
        return done

    async def choose(self, actor: Actor, *, ticket_id: int | None) -> Placed | int:
        """Say where what was unclear belongs; None makes a new draft of it, whose number returns.

        NotFound where nothing waits for an answer any more.
        """
        async with self._storage.work(actor.cause) as unit:
            waiting = await messages.homeless(unit.session, actor.member_id)
            if not waiting:
                raise NotFound("message")
            done: Placed | int
            if ticket_id is None:
                done = await self._placing.begin_draft(unit, actor.member_id, waiting)
            else:
                ticket = await self._own(unit, actor, ticket_id)
                done = await self._placing.house(unit, actor.member_id, ticket, waiting)
            await unit.commit()
        return done

    async def sweep(self, now: datetime) -> int:
        """Put what nobody was told about into the ticket that was open last, or into a draft."""
        async with self._storage.read() as session:
            found = await messages.homeless(session)
        authors = {one.author_id for one in found}
        done = 0
        for author_id in sorted(authors):
            async with self._storage.work() as unit:
                done += await self._settle(unit, author_id, now)
                await unit.commit()
        return done

    async def _settle(self, unit: Unit, author_id: int, now: datetime) -> int:
        waiting = await messages.homeless(unit.session, author_id)
        if not waiting or waiting[-1].said_at > now - SILENCE:
            return 0
        candidates = await queries.of_member(unit.session, author_id, OPEN)
        if candidates:
            ticket = await self._casebook.hold(unit, candidates[-1].ticket_id)
            await self._placing.house(unit, author_id, ticket, waiting)
        else:
            await self._placing.begin_draft(unit, author_id, waiting)
        return len(waiting)

    async def _find(
        self, unit: Unit, actor: Actor, said: Said
    ) -> Ticket | list[Ticket] | Ended | None:
        """Return the one ticket, those it may be, or nothing."""
        named = await self._named(unit, actor, said)
        if named is not None:
            held = await self._casebook.hold(unit, named.ticket_id)
            return held if held.state in LIVE else Ended(held)
        if await drafts.gathering(unit.session, actor.member_id) is not None:
            return None
        candidates = await queries.of_member(unit.session, actor.member_id, LIVE)
        return await self._among(unit, said, candidates)

    async def _named(self, unit: Unit, actor: Actor, said: Said) -> Ticket | None:
        """Return the ticket to whose messages it replies, or in whose album it stands."""
        ticket_id = None
        if said.reply_to is not None:
            ticket_id = await ticket_at(unit, said.chat_id, said.reply_to)
        if ticket_id is None:
            ticket_id = await self._of_album(unit, said)
        if ticket_id is None:
            return None
        ticket = await queries.ticket(unit.session, ticket_id)
        if ticket is None or ticket.member_id != actor.member_id:
            return None
        return await self._heir(unit, ticket)

    async def _heir(self, unit: Unit, ticket: Ticket) -> Ticket:
        """Follow a merged ticket to the one that has its messages now."""
        while ticket.merged_into_id is not None:
            found = await queries.ticket(unit.session, ticket.merged_into_id)
            if found is None:
                break
            ticket = found
        return ticket

    async def _of_album(self, unit: Unit, said: Said) -> int | None:
        known = await messages.at(unit.session, said.chat_id, said.message_id)
        if known is not None:
            return known.ticket_id
        if said.media_group_id is None:
            return None
        parts = await messages.of_album(unit.session, said.chat_id, said.media_group_id)
        return next((one.ticket_id for one in parts if one.ticket_id is not None), None)

    async def _among(
        self, unit: Unit, said: Said, candidates: Sequence[Ticket]
    ) -> Ticket | list[Ticket] | None:
        """Decide without a reply: thanks go to what was answered last, a burst stays together.

        Of anything else it is not known to which of these it belongs.
        """
        if is_courtesy(said.content, said.text):
            thanked = [one for one in candidates if one.answered_at is not None]
            if thanked:
                last = max(thanked, key=lambda one: (one.answered_at, one.ticket_id))
                return await self._casebook.hold(unit, last.ticket_id)
        since = self._clock.now() - SILENCE
        lately = await queries.written_to_since(unit.session, said.chat_id, since)
        if lately is not None and lately in {
            one.ticket_id for one in candidates if one.state in OPEN
        }:
            return await self._casebook.hold(unit, lately)
        return list(candidates) or None

    async def _ask(
        self, unit: Unit, actor: Actor, said: Said, choices: Sequence[Ticket]
    ) -> Unclear:
        waiting = await messages.homeless(unit.session, actor.member_id)
        await messages.add(
            unit.session,
            said,
            kind=MessageKind.MEMBER,
            author_id=actor.member_id,
            now=self._clock.now(),
        )
        return Unclear(said.chat_id, said.message_id, tuple(choices), not waiting)

    async def _own(self, unit: Unit, actor: Actor, ticket_id: int) -> Ticket:
        ticket = await self._casebook.hold(unit, ticket_id)
        if ticket.member_id != actor.member_id or ticket.state not in LIVE:
            raise NotFound("question", ticket_id)
        return ticket
