"""Broadcasts over a local Telegram: faults on the way, albums, corrections, withdrawals."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from community_bot.clock import ShiftedClock
from community_bot.people.roles import Actor, Role
from community_bot.people.service import Person as Sender
from community_bot.resources.audience_rules import EVERYBODY
from community_bot.resources.content_rules import Button, Content, Media, MediaKind
from community_bot.resources.facts import Composition, Place, Post, Run
from community_bot.resources.looks import NOBODY_LOOKS
from community_bot.resources.rules import CopyState, RunState
from community_bot.sandbox.facts import Person
from community_bot.storage.unit import Storage
from tests.delivery.posting import Office, posting, working

WORDS = "本周选品：三款保温杯"
PATIENCE = 10.0  # what a busy machine answers late is not uncertain: only what we let get lost is


@pytest.fixture
async def office(sqlite_storage: Storage) -> AsyncIterator[Office]:
    async with posting(sqlite_storage, ShiftedClock(), patience=PATIENCE) as opened:
        yield opened


class Press:
    """An office with an admin who posts, and readers."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.resources = office.community.resources
        self.admin = Actor(office.owner, frozenset({Role.OWNER}))

    async def readers(self, count: int) -> list[Person]:
        people = [self.office.person(f"读者{number}") for number in range(count)]
        for person in people:
            await self.office.community.people.meet(
                Sender(person.id, person.first_name, None, None)
            )
        return people

    async def binds(self, *chats: int) -> None:
        """Let groups be places of the community."""
        for chat_id in chats:
            await self.office.community.spaces.bind(
                self.admin, chat_id=chat_id, role="members", title="群", is_forum=False
            )

    async def post(self, content: Content, places: tuple[Place, ...] = ()) -> Post:
        composing, posts = self.resources.composing, self.resources.posts
        composed = Composition(content, audience=EVERYBODY, places=places)
        post = await composing.begin(self.admin, composed)
        preview = await composing.preview(self.admin, post_id=post.post_id)
        return await posts.confirm(self.admin, post_id=post.post_id, mark=preview.mark)

    async def until(self, *states: RunState) -> Run:
        """Let the chores turn until the run is in one of these states."""
        for _ in range(600):
            await self.turn()
            (run,) = await self.resources.steering.newest(self.admin)
            if run.state in states:
                return run
            await asyncio.sleep(0.02)
        raise AssertionError(run)

    async def turn(self) -> None:
        await self.resources.sweep(self.office.community.clock.now(), NOBODY_LOOKS)

    def said(self, person: Person) -> list[str]:
        return [text for text in self.office.read(person.id) if text]


async def test_whatever_happens_on_the_way_everybody_is_accounted_for(office: Office) -> None:
    press = Press(office)
    people = await press.readers(30)
    faults, world = office.sandbox.faults, office.sandbox.world
    for person in people[3:6]:
        world.block(person)
    faults.flood(1, chat_id=people[7].id)
    faults.drop_before(chat_id=people[8].id)
    faults.drop_after(chat_id=people[9].id)
    faults.server_error(502, chat_id=people[10].id)
    faults.refuse(400, "Bad Request: can't parse entities", chat_id=people[11].id)

    await press.post(Content(WORDS))
    async with working(office):
        run = await press.until(RunState.DONE, RunState.PAUSED)

    copies = [press.said(person).count(WORDS) for person in people]
    tally = run.tally
    assert run.state is RunState.DONE
    assert (tally.all, tally.waiting) == (30, 0)
    assert (tally.unreachable, tally.failed, tally.uncertain) == (3, 1, 3)
    assert tally.sent == 23
    assert max(copies) == 1
    assert sum(copies) == 24  # of the uncertain, one has arrived


async def test_places_that_moved_or_lost_their_topic_are_accounted_for_too(office: Office) -> None:
    press, world = Press(office), office.sandbox.world
    (reader,) = await press.readers(1)
    owner = next(iter(world.people.values()))
    group, forum = world.add_group("学员群", owner), world.add_supergroup("资料", owner, forum=True)
    world.add_bot(owner, group)
    world.add_bot(owner, forum, ["can_manage_topics"])
    topic = world.create_topic(owner, forum, "本周选品")
    await press.binds(group.id, forum.id)
    places = (Place(group.id), Place(forum.id, topic.topic_id, "本周选品"))
    moved = world.migrate_group(group)
    world.delete_topic(forum, topic.topic_id)
    office.sandbox.faults.flood(1, times=3)

    await press.post(Content(WORDS), places=places)
    async with working(office):
        run = await press.until(RunState.DONE)

    (made,) = [each for each in forum.topics.values() if each.name == "本周选品"]
    assert (run.tally.all, run.tally.sent) == (3, 3)
    assert [office.read(chat).count(WORDS) for chat in (reader.id, moved.id)] == [1, 1]
    assert [one.text for one in world.history(forum, made.topic_id)].count(WORDS) == 1


async def test_a_file_that_telegram_does_not_know_is_counted_as_refused(office: Office) -> None:
    press = Press(office)
    await press.readers(2)

    await press.post(Content(WORDS, media=(Media(MediaKind.PHOTO, "of-another-bot"),)))
    async with working(office):
        run = await press.until(RunState.DONE, RunState.PAUSED)

    assert (run.tally.all, run.tally.failed, run.tally.sent) == (2, 2, 0)


async def test_what_telegram_refuses_stops_before_it_reaches_everybody(office: Office) -> None:
    press = Press(office)
    people = await press.readers(60)
    office.sandbox.faults.refuse(400, "Bad Request: can't parse entities", times=1000)

    await press.post(Content(WORDS))
    async with working(office):
        run = await press.until(RunState.PAUSED)

    assert run.reason == "faults"
    assert run.tally.failed <= 20
    assert [text for person in people for text in press.said(person)] == []


async def test_a_stopped_courier_leaves_what_another_finishes(office: Office) -> None:
    press = Press(office)
    people = await press.readers(45)

    await press.post(Content(WORDS))
    async with working(office):
        await press.turn()
        await office.reads(people[5].id, WORDS)
    read = sum(press.said(person).count(WORDS) for person in people)
    async with working(replace(office, courier=office.another())):
        run = await press.until(RunState.DONE)

    assert read < 45
    assert run.tally.sent == 45
    assert [press.said(person).count(WORDS) for person in people] == [1] * 45


async def test_a_correction_and_a_withdrawal_reach_what_people_have(office: Office) -> None:
    press = Press(office)
    people = await press.readers(4)
    await press.post(Content(WORDS, buttons=(Button("看表格", url="https://example.com/a"),)))
    async with working(office):
        run = await press.until(RunState.DONE)

        await press.resources.mending.correct(
            press.admin,
            run_id=run.run_id,
            content=Content("更正：两款", buttons=(Button("看新表", url="https://example.com/b"),)),
        )
        await mended(press)
        corrected = [press.said(person) for person in people]
        await press.resources.mending.withdraw(press.admin, run_id=run.run_id)
        await mended(press)

    (run,) = await press.resources.steering.newest(press.admin)
    copies = [press.said(person) for person in people]
    assert corrected == [["更正：两款"]] * 4
    assert copies == [[]] * 4
    assert run.state is RunState.WITHDRAWN


async def mended(press: Press) -> None:
    for _ in range(300):
        await press.turn()
        (run,) = await press.resources.steering.newest(press.admin)
        if run.mending is None:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(run)


async def test_what_is_uncertain_goes_out_again_when_somebody_says_so(office: Office) -> None:
    press = Press(office)
    people = await press.readers(3)
    office.sandbox.faults.drop_after(chat_id=people[0].id)
    await press.post(Content(WORDS))
    async with working(office):
        run = await press.until(RunState.DONE)
        again = await press.resources.steering.send_again(
            press.admin, run_id=run.run_id, state=CopyState.UNKNOWN
        )
        for _ in range(300):
            await press.turn()
            second = await press.resources.steering.one(press.admin, run_id=again)
            if second.state is RunState.DONE:
                break
            await asyncio.sleep(0.02)

    assert run.tally.uncertain == 1
    assert replace(second.tally) == replace(second.tally, sent=1)
    assert press.said(people[0]) == [WORDS, WORDS]
