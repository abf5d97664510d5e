"""What Telegram may send that nobody asked for, or in a shape of another year: no trouble."""

import asyncio
import itertools
from typing import Any

import pytest

from community_bot.errors import NotFound
from community_bot.inbox.rules import UpdateState
from community_bot.people.roles import Actor, Role
from community_bot.sandbox.facts import Person
from tests.living import Town, living

GROUP = {"id": -1_002_000_000_900, "type": "supergroup", "title": "别的群"}
# A poll as it was before Bot API 9.6, without what PTB wants of one since.
POLL = {
    "id": "1",
    "question": "几点？",
    "options": [{"text": "八点", "voter_count": 0}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
}
_NUMBERS = itertools.count(1)


def deliver(town: Town, update: dict[str, Any]) -> None:
    """Let Telegram send an update that our own would not."""
    mailbox = town.world.bot.mailbox
    mailbox.last_update_id += 1
    mailbox.pending.append({"update_id": mailbox.last_update_id, **update})
    mailbox._ends[mailbox.last_update_id] = mailbox.now() + 60
    mailbox.wake()


def message(town: Town, person: Person, **content: Any) -> dict[str, Any]:
    return {
        "message_id": 9000 + next(_NUMBERS),
        "date": town.world.timestamp(),
        "chat": town.world.open_private(person).wire,
        "from": person.wire(),
        **content,
    }


async def nothing_was_set_aside(town: Town, handled: int) -> None:
    await town.settled(UpdateState.DONE, handled)
    assert not (await town.community.inbox.counts()).get(UpdateState.FAILED, 0)


async def test_a_poll_of_another_year_is_answered_like_any_message(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")

        deliver(town, {"message": message(town, wang, poll=POLL)})
        await town.until(lambda: town.heard(wang))
        earlier = message(town, wang, poll=POLL)
        answer = message(town, wang, text="/help", reply_to_message=earlier)
        answer["entities"] = [{"type": "bot_command", "offset": 0, "length": 5}]
        deliver(town, {"message": answer})
        await town.told(wang, "/join")

        await nothing_was_set_aside(town, 2)


@pytest.mark.parametrize(
    "update",
    [
        {"poll": POLL},
        {"poll_answer": {"poll_id": "1", "option_ids": [0]}},
        {"business_message": {"message_id": 1, "date": 1, "chat": GROUP}},
        {"message_reaction": {"chat": GROUP}},
        {"channel_post": {"message_id": 1, "date": 1, "chat": GROUP, "poll": POLL}},
        {"of_next_year": {"user": {"id": 1}}},
        {"of_next_year": [1]},
        {},
    ],
)
async def test_a_kind_that_was_not_asked_for_is_let_be(
    sqlite_url: str, update: dict[str, Any]
) -> None:
    async with living(sqlite_url) as town:
        deliver(town, update)

        await nothing_was_set_aside(town, 1)
        assert town.heard(town.owner) == []


async def test_an_account_without_a_name_is_answered(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        nobody = town.person("")

        town.says(nobody, "/start")

        await town.told(nobody, str(nobody.id))
        await nothing_was_set_aside(town, 1)


async def test_a_press_by_somebody_never_met_leaves_no_incident(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        stranger = {"id": 6_000_000_000, "is_bot": False, "first_name": "路人"}
        pressed = {"id": "17", "from": stranger, "chat_instance": "1", "inline_message_id": "AA"}

        deliver(town, {"callback_query": pressed | {"data": "home:start"}})
        deliver(town, {"callback_query": pressed | {"game_short_name": "chess"}})

        await nothing_was_set_aside(town, 2)
        assert town.heard(town.owner) == []


async def test_a_group_that_lets_the_bot_not_write_leaves_no_incident(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        group = town.world.add_supergroup("只读群", town.owner)
        town.world.add_bot(town.owner, group)
        group.permissions["can_send_messages"] = False
        closed = town.world.add_supergroup("有话题的群", town.owner, forum=True)
        town.world.add_bot(town.owner, closed)
        topic = town.world.create_topic(town.owner, closed, "公告").topic_id
        town.world.close_topic(town.owner, closed, topic)

        town.says(town.owner, "/help", group)
        town.says(town.owner, "/help", closed, topic=topic)

        def refused() -> int:
            said = [call for call in town.sandbox.calls if call.method == "sendMessage"]
            return len([call for call in said if call.outcome == "400"])

        for _ in range(400):
            counts = await town.community.inbox.counts()
            if refused() == 2 and not counts.get(UpdateState.PENDING, 0):
                break
            await asyncio.sleep(0.02)
        assert refused() == 2
        await nothing_was_set_aside(town, 2)


async def test_what_is_refused_too_late_for_a_toast_is_said_in_words(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")
        town.says(wang, "/start")
        screen = await town.told(wang, "出海人")
        query = town.world.press(wang, wang.id, screen.message_id, "home:settings")
        await town.until(lambda: query.answer is not None)
        late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        town.sandbox.faults.refuse(400, late, method="answerCallbackQuery", times=1)

        pressed = {"id": "18", "from": wang.wire(), "chat_instance": "1", "data": "home:nowhere"}
        deliver(town, {"callback_query": pressed | {"message": message(town, wang, text="x")}})

        await town.until(lambda: len(town.heard(wang)) == 2)
        await nothing_was_set_aside(town, 3)


@pytest.mark.parametrize(
    ("account", "chat"),
    [
        ({"id": 1087968824, "is_bot": True, "first_name": "Group"}, None),
        ({"id": 136817688, "is_bot": True, "first_name": "Channel"}, GROUP),
    ],
    ids=["an anonymous admin", "as a channel"],
)
async def test_who_speaks_as_a_chat_is_answered_and_is_nobody(
    sqlite_url: str, account: dict[str, Any], chat: dict[str, Any] | None
) -> None:
    async with living(sqlite_url) as town:
        group = town.world.add_supergroup("同行群", town.owner)
        town.world.add_bot(town.owner, group)
        said = message(town, town.owner, text="/help") | {"chat": group.wire, "from": account}

        deliver(town, {"message": said | {"sender_chat": chat or group.wire}})

        await town.until(lambda: town.heard(town.owner, group))
        with pytest.raises(NotFound):
            await town.community.people.find(int(account["id"]))


async def test_what_a_channel_posts_is_no_command_in_its_discussion(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        group = town.world.add_supergroup("讨论群", town.owner)
        town.world.add_bot(town.owner, group)
        telegram = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
        post = {"chat": group.wire, "from": telegram, "sender_chat": GROUP}

        said = message(town, town.owner, text="/help", is_automatic_forward=True)
        deliver(town, {"message": said | post})
        town.says(town.owner, "/help", group)

        await town.until(lambda: town.heard(town.owner, group))
        await nothing_was_set_aside(town, 2)
        assert len(town.heard(town.owner, group)) == 1


async def test_a_press_is_answered_once(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")
        town.says(wang, "/settings")
        screen = await town.told(wang, "语言")

        await town.presses(wang, screen, "home:language:en")
        await nothing_was_set_aside(town, 2)

        answers = [call for call in town.sandbox.calls if call.method == "answerCallbackQuery"]
        assert [call.outcome for call in answers] == ["ok"]


async def test_a_command_that_nobody_has_marked_is_one_all_the_same(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        wang = town.person("小王")

        deliver(town, {"message": message(town, wang, text="/help@community_bot")})

        await town.told(wang, "/join")


async def test_another_server_over_the_same_database_counts_from_the_beginning(
    sqlite_url: str,
) -> None:
    for text, answer in (("/help", "常见问题"), ("/terms", "条款")):
        async with living(sqlite_url) as town:
            wang = town.person("小王")
            assert town.world.bot.mailbox.last_update_id == 824_000_000

            town.says(wang, text)

            await town.told(wang, answer)


async def test_a_request_to_join_that_comes_as_a_query_is_answered_all_the_same(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        world, mentor = town.world, town.person("小李")
        town.says(mentor, "/start")
        await town.told(mentor, "小李")
        owner = Actor(town.owner.id, frozenset({Role.OWNER}))
        await town.community.people.give_role(owner, member_id=mentor.id, role=Role.MENTOR)
        group = world.add_supergroup("会员群", town.owner)
        world.add_bot(town.owner, group, ["can_invite_users"])
        await town.community.spaces.bind(
            owner, chat_id=group.id, role="members", title="会员群", is_forum=False
        )

        link = world.new_link(group, world.bot, creates_join_request=True)
        world.request_join(mentor, link)
        world.bot.mailbox.pending[-1]["chat_join_request"]["query_id"] = "1"

        await town.until(lambda: world.membership(group, mentor).is_present)
