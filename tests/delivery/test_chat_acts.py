"""Acts on topics and messages: done once, harmless twice, and told of when they cannot be done."""

from datetime import timedelta

import pytest

from community_bot.clock import ShiftedClock
from community_bot.delivery.acts import Remove
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Outcome, Promise
from community_bot.delivery.message_acts import DeleteMessages, EditPiece, Pin, React, Unpin
from community_bot.delivery.parcels import Button, Media, MediaKind
from community_bot.delivery.rules import DeliveryEvent, Doubt, Fault
from community_bot.delivery.topic_acts import CloseTopic, EditTopic, OpenTopic, ReopenTopic
from community_bot.sandbox.facts import Chat, Message
from community_bot.storage.unit import Storage, Unit
from tests.delivery.posting import Office, posting, working
from tests.sandbox.test_api_media import png

PUT_OFF = DeliveryEvent.PUT_OFF


def forum_of(office: Office, *rights: str) -> Chat:
    world = office.sandbox.world
    owner = next(iter(world.people.values()))
    forum = world.add_supergroup("导师台", owner, forum=True)
    world.add_bot(owner, forum, list(rights or ("can_manage_topics", "can_pin_messages")))
    return forum


async def done(office: Office, *acts: object, chat_id: int) -> list[Outcome]:
    """Let acts be done one after another; return what became of them."""
    outcomes: list[Outcome] = []

    async def hear(_unit: Unit, outcome: Outcome) -> None:
        outcomes.append(outcome)

    courier = office.another({"ticket:": hear})
    await office.put(
        *(Promise(act, chat_id, Lane.DESK, doubt=Doubt.REPEAT, about="ticket:42") for act in acts)
    )
    async with working(office, courier):
        await office.until(lambda: sum(one.event is not PUT_OFF for one in outcomes) == len(acts))
    return outcomes


async def sent(office: Office, chat_id: int, text: str = "旧") -> Message:
    await office.bot.send_message(chat_id, text)
    return office.sandbox.world.history(chat_id)[-1]


async def test_the_receipt_of_an_opened_topic_names_it(storage: Storage) -> None:
    async with posting(storage, ShiftedClock()) as office:
        forum = forum_of(office)

        (outcome,) = await done(
            office, OpenTopic(forum.id, "🟡 #42 " + "很长" * 100, "ticket:42"), chat_id=forum.id
        )

        made = forum.topics[outcome.receipt.topic_id or 0]
        assert (made.name[:6], len(made.name) < 128) == ("🟡 #42 ", True)


async def test_a_topic_is_closed_opened_and_renamed_and_twice_does_no_harm(
    sqlite_storage: Storage,
) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        forum = forum_of(office)
        owner = next(iter(office.sandbox.world.people.values()))
        topic = office.sandbox.world.create_topic(owner, forum, "提问 42")
        close = CloseTopic(forum.id, topic.topic_id)
        reopen = ReopenTopic(forum.id, topic.topic_id)
        rename = EditTopic(forum.id, topic.topic_id, "✅ #42")

        outcomes = await done(
            office, close, close, reopen, reopen, rename, rename, chat_id=forum.id
        )

        assert {one.event for one in outcomes} == {DeliveryEvent.ARRIVE}
        assert (topic.name, topic.is_closed) == ("✅ #42", False)


async def test_a_topic_that_is_gone_needs_neither_closing_nor_a_name(
    sqlite_storage: Storage,
) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        forum = forum_of(office)

        outcomes = await done(
            office,
            CloseTopic(forum.id, 77),
            ReopenTopic(forum.id, 77),
            EditTopic(forum.id, 77, "x"),
            chat_id=forum.id,
        )

        assert {one.event for one in outcomes} == {DeliveryEvent.ARRIVE}


async def test_a_topic_that_may_not_be_opened_is_told_as_a_missing_right(
    sqlite_storage: Storage,
) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        forum = forum_of(office, "can_invite_users")

        (outcome,) = await done(office, OpenTopic(forum.id, "#42", "ticket:42"), chat_id=forum.id)

        assert (outcome.event, outcome.fault) == (DeliveryEvent.REFUSE, Fault.NO_RIGHT)
        async with working(office, office.another()):
            await office.reads(office.owner, "缺少的权限")


async def test_a_message_is_pinned_marked_and_unpinned(sqlite_storage: Storage) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        forum = forum_of(office)
        message = await sent(office, forum.id)
        where = (forum.id, message.message_id)

        pinned = await done(office, Pin(*where), React(*where, "👀"), chat_id=forum.id)
        was_pinned = list(forum.pinned)
        unpinned = await done(office, Unpin(*where), Unpin(*where), chat_id=forum.id)

        assert {one.event for one in pinned + unpinned} == {DeliveryEvent.ARRIVE}
        assert (was_pinned, forum.pinned) == ([message.message_id], [])
        assert [one["emoji"] for one in message.reactions[office.sandbox.world.bot.id]] == ["👀"]


@pytest.mark.parametrize("emoji", ["✅", "👀"])
async def test_a_mark_that_cannot_be_put_is_no_loss(sqlite_storage: Storage, emoji: str) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        wang = office.person("小王")

        (outcome,) = await done(office, React(wang.id, 999, emoji), chat_id=wang.id)

        assert outcome.event is DeliveryEvent.ARRIVE


async def test_text_caption_and_file_are_changed_and_the_same_again_is_fine(
    sqlite_storage: Storage,
) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        wang = office.person("小王")
        text = await sent(office, wang.id)
        await office.bot.send_photo(wang.id, png(8, 8), caption="旧")
        picture = office.sandbox.world.history(wang.id)[-1]
        files = office.sandbox.world.files
        kept = files.keep(png(9, 9), "photo")
        other = Media(MediaKind.PHOTO, (kept.sizes or [kept.facts])[-1]["file_id"])
        bold = {"type": "bold", "offset": 0, "length": 1}
        change = EditPiece(
            wang.id, text.message_id, "新", entities=(bold,), buttons=(Button("好", data="a:b"),)
        )

        outcomes = await done(
            office,
            change,
            change,
            EditPiece(wang.id, picture.message_id, "新", is_caption=True),
            EditPiece(wang.id, picture.message_id, "新图", media=other),
            chat_id=wang.id,
        )

        assert {one.event for one in outcomes} == {DeliveryEvent.ARRIVE}
        assert (text.text, text.content["entities"]) == ("新", [bold])
        assert picture.content["caption"] == "新图"


@pytest.mark.parametrize("act", [EditPiece(0, 999, "新"), DeleteMessages(0, (999,)), Pin(0, 999)])
async def test_a_room_is_told_that_a_message_is_gone(sqlite_storage: Storage, act: object) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        wang = office.person("小王")

        (outcome,) = await done(office, act, chat_id=wang.id)

        assert (outcome.event, outcome.fault) == (DeliveryEvent.REFUSE, Fault.GONE)


async def test_messages_are_deleted_within_two_days_and_not_after(
    sqlite_storage: Storage,
) -> None:
    clock = ShiftedClock()
    async with posting(sqlite_storage, clock) as office:
        wang = office.person("小王")
        fresh = [await sent(office, wang.id, f"{n}") for n in range(3)]
        ids = tuple(message.message_id for message in fresh)

        in_time = await done(
            office,
            DeleteMessages(wang.id, ids[:1]),
            DeleteMessages(wang.id, ids[1:]),
            chat_id=wang.id,
        )
        old = await sent(office, wang.id)
        clock.pass_(timedelta(hours=49))
        (late,) = await done(office, DeleteMessages(wang.id, (old.message_id,)), chat_id=wang.id)

        assert {one.event for one in in_time} == {DeliveryEvent.ARRIVE}
        assert all(message.deleted for message in fresh)
        assert (late.event, late.fault) == (DeliveryEvent.REFUSE, Fault.TOO_LATE)


async def test_an_act_in_a_group_that_moved_is_done_where_it_is_now(storage: Storage) -> None:
    async with posting(storage, ShiftedClock()) as office:
        world = office.sandbox.world
        owner, wang = next(iter(world.people.values())), office.person("小王")
        group = world.add_group("学员群", owner)
        world.add_bot(owner, group, ["can_restrict_members"])
        world.join(wang, group)
        moved = world.migrate_group(group)

        outcomes = await done(office, Remove(group.id, wang.id), chat_id=group.id)

        assert [one.event for one in outcomes] == [PUT_OFF, DeliveryEvent.ARRIVE]
        assert not moved.members[wang.id].is_present
