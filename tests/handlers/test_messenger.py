"""A letter's way out: words first, then Telegram, and each refusal by what follows from it."""

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from community_bot.clock import ShiftedClock
from community_bot.delivery.acts import ApproveJoin, Remove, Tag
from community_bot.delivery.contents import pack
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Letter
from community_bot.delivery.rules import Doubt
from community_bot.errors import (
    BadContent,
    DeliveryError,
    MessageGone,
    Moved,
    TooLate,
    TopicGone,
    TryLater,
    Uncertain,
    Undeliverable,
)
from community_bot.membership.notices import SpaceEntered
from community_bot.storage.unit import Storage
from handlers.failures import consequence
from handlers.messenger import TelegramMessenger
from handlers.transport import MaybeSent, NoAnswer, NotSent
from tests.delivery.posting import Office, posting
from tests.handlers.network import free_port


def letter(content: object, chat_id: int, *, kind: str | None = None) -> Letter:
    packed, facts = pack(content)
    return Letter(1, kind or packed, Lane.DESK, chat_id, None, None, None, facts, Doubt.ASK, 0, 0)


def messenger(office: Office) -> TelegramMessenger:
    return TelegramMessenger(office.bot, office.community, office.pace)


@pytest.mark.parametrize(
    ("error", "follows"),
    [
        (RetryAfter(7), TryLater),
        (NotSent("refused"), TryLater),
        (InvalidToken("revoked"), TryLater),
        (ChatMigrated(-100), Moved),
        (Forbidden("Forbidden: bot was blocked by the user"), Undeliverable),
        (BadRequest("Chat not found"), Undeliverable),
        (BadRequest("Not enough rights to send text messages to the chat"), Undeliverable),
        (BadRequest("Message thread not found"), TopicGone),
        (BadRequest("Topic_deleted"), TopicGone),
        (BadRequest("Message to edit not found"), MessageGone),
        (BadRequest("Message to copy not found"), MessageGone),
        (BadRequest("There are no messages to forward"), MessageGone),
        (BadRequest("Message to delete not found"), MessageGone),
        (BadRequest("Message can't be edited"), TooLate),
        (BadRequest("Message can't be deleted for everyone"), TooLate),
        (BadRequest("Voice_messages_forbidden"), BadContent),
        (BadRequest("Can't parse entities"), BadContent),
        (BadRequest("Message is too long"), BadContent),
        (NoAnswer("TimeoutError"), Uncertain),
        (MaybeSent("HTTP 502"), Uncertain),
        (TimedOut("anything else"), Uncertain),
    ],
    ids=lambda value: str(value)[:40],
)
def test_each_refusal_is_told_by_what_follows_from_it(
    error: TelegramError, follows: type[DeliveryError]
) -> None:
    assert type(consequence(error)) is follows


def test_a_missing_right_says_nothing_about_the_reach_of_a_chat() -> None:
    lacking = consequence(BadRequest("Not enough rights to manage topics"))

    assert isinstance(lacking, Undeliverable)
    assert not lacking.unreachable


def test_telegrams_waiting_time_is_kept() -> None:
    error = consequence(RetryAfter(timedelta(seconds=31)))

    assert isinstance(error, TryLater)
    assert (error.wait, error.flood) == (timedelta(seconds=31), True)


async def test_a_letter_of_a_kind_that_this_release_does_not_know_is_bad_content(
    sqlite_storage: Storage,
) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        unknown = letter(SpaceEntered(chat_id=1, title="x"), 1, kind="from_the_future")

        with pytest.raises(BadContent):
            await messenger(office).deliver(unknown)

        assert [call.method for call in office.sandbox.calls] == ["getMe"]


async def test_a_letter_that_could_not_be_worded_for_want_of_the_database_never_left(
    sqlite_storage: Storage,
) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        away = Storage.open(f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")
        office.community.people._storage = away
        packed, facts = pack(SpaceEntered(chat_id=1, title="x"))
        to_somebody = Letter(1, packed, Lane.DESK, 5, None, None, 5, facts, Doubt.ASK, 0, 0)

        with pytest.raises(TryLater):
            await messenger(office).deliver(to_somebody)

        assert [call.method for call in office.sandbox.calls] == ["getMe"]
        await away.close()


async def test_an_act_that_is_not_needed_any_more_counts_as_done(sqlite_storage: Storage) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        world = office.sandbox.world
        owner, wang = next(iter(world.people.values())), office.person("小王")
        space = world.add_supergroup("学员群", owner)
        world.add_bot(owner, space, ["can_invite_users", "can_restrict_members"])

        approved = await messenger(office).deliver(
            letter(ApproveJoin(chat_id=space.id, member_id=wang.id), space.id)
        )
        removed = await messenger(office).deliver(
            letter(Remove(chat_id=space.id, member_id=wang.id), space.id)
        )

        assert (approved.message_ids, removed.message_ids) == ((), ())
        assert wang.id not in space.members or not space.members[wang.id].is_present


async def test_somebody_is_taken_out_of_a_basic_group_too(sqlite_storage: Storage) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        world = office.sandbox.world
        owner, wang = next(iter(world.people.values())), office.person("小王")
        group = world.add_group("小群", owner)
        world.add_bot(owner, group, ["can_restrict_members"])
        world.join(wang, group)

        await messenger(office).deliver(
            letter(Remove(chat_id=group.id, member_id=wang.id), group.id)
        )

        assert group.members[wang.id].status == "left"


async def test_an_act_for_which_we_lack_the_right_is_not_done(sqlite_storage: Storage) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        world = office.sandbox.world
        owner, wang = next(iter(world.people.values())), office.person("小王")
        space = world.add_supergroup("学员群", owner)
        world.add_bot(owner, space)
        world.join(wang, space)

        with pytest.raises(Undeliverable) as refusal:
            await messenger(office).deliver(
                letter(Remove(chat_id=space.id, member_id=wang.id), space.id)
            )

        assert not refusal.value.unreachable
        assert space.members[wang.id].is_present


async def test_an_act_that_an_older_server_does_not_know_is_not_tried_for_ever(
    sqlite_storage: Storage,
) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        office.sandbox.faults.refuse(404, "Not Found", method="setChatMemberTag", times=None)

        with pytest.raises(Undeliverable) as caught:
            await messenger(office).deliver(letter(Tag(-1, 7, "年费会员"), -1))

    assert not caught.value.unreachable
