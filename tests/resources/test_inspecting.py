"""What the preflight asks Telegram, without sending anything."""

from collections.abc import AsyncIterator

import pytest

from community_bot.clock import ShiftedClock
from community_bot.resources.content_rules import Media, MediaKind
from community_bot.resources.facts import Place
from community_bot.storage.unit import Storage
from handlers.inspecting import Inspector
from tests.delivery.posting import Office, posting


@pytest.fixture
async def office(sqlite_storage: Storage) -> AsyncIterator[Office]:
    async with posting(sqlite_storage, ShiftedClock()) as opened:
        yield opened


async def test_a_channel_needs_the_right_to_post(office: Office) -> None:
    world = office.sandbox.world
    owner = next(iter(world.people.values()))
    may, may_not, strange = (world.add_channel(name, owner) for name in ("甲", "乙", "丙"))
    world.add_bot(owner, may, ("can_post_messages",))
    world.add_bot(owner, may_not, ())
    inspector = Inspector(office.bot)

    found = [await inspector.at_place(Place(chat.id)) for chat in (may, may_not, strange)]

    assert found == [None, "right", "gone"]
    assert await inspector.at_place(Place(-1009999999999)) == "gone"


async def test_a_file_that_this_bot_does_not_know_is_found_out(office: Office) -> None:
    inspector = Inspector(office.bot)

    assert await inspector.at_file(Media(MediaKind.PHOTO, "of-another-bot")) == "file"
    office.sandbox.faults.server_error(502)
    assert await inspector.at_file(Media(MediaKind.PHOTO, "of-another-bot")) is None


async def test_a_place_with_a_public_name_is_read_by_everybody(office: Office) -> None:
    world = office.sandbox.world
    owner = next(iter(world.people.values()))
    private, public = (
        world.add_channel("甲", owner),
        world.add_channel("乙", owner, username="yi_ch"),
    )
    for chat in (private, public):
        world.add_bot(owner, chat, ("can_post_messages",))
    inspector = Inspector(office.bot)

    found = [await inspector.is_public(Place(chat.id)) for chat in (private, public)]

    assert found == [False, True]


async def test_a_channel_is_discussed_in_its_group_and_a_group_nowhere(office: Office) -> None:
    world = office.sandbox.world
    owner = next(iter(world.people.values()))
    channel, group = world.add_channel("甲", owner), world.add_supergroup("讨论", owner)
    alone = world.add_channel("乙", owner)
    channel.linked, group.linked = group, channel
    for chat in (channel, group, alone):
        world.add_bot(owner, chat, ("can_post_messages",))
    inspector = Inspector(office.bot)

    found = [await inspector.discussed_in(Place(chat.id)) for chat in (channel, group, alone)]

    assert found == [Place(group.id), None, None]
