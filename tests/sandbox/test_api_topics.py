"""Forums: topics are made, closed, deleted, and written to."""

from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest

Town = Any
Api = Any


async def test_a_topic_is_made_and_written_to(bot: Bot, town: Town) -> None:
    # when
    topic = await bot.create_forum_topic(town.forum.id, "提问 #42")
    sent = await bot.send_message(
        town.forum.id, "运费怎么算", message_thread_id=topic.message_thread_id
    )

    # then
    seen = town.world.history(town.forum, topic.message_thread_id)
    assert [message.kind for message in seen] == ["forum_topic_created", "text"]
    assert sent.is_topic_message
    assert sent.message_thread_id == topic.message_thread_id


async def test_a_message_in_a_topic_seems_to_answer_the_one_that_made_it(
    bot: Bot, town: Town
) -> None:
    # given
    topic = await bot.create_forum_topic(town.forum.id, "提问 #42")
    town.world.join(town.member, town.forum)

    # when
    town.world.send_text(town.member, town.forum, "你好", topic=topic.message_thread_id)

    # then
    message = (await bot.get_updates(offset=-1))[0].message
    assert message is not None
    assert message.reply_to_message is not None
    assert message.reply_to_message.message_id == topic.message_thread_id
    assert message.reply_to_message.forum_topic_created is not None


async def test_a_deleted_topic_is_not_found_any_more(bot: Bot, town: Town) -> None:
    topic = await bot.create_forum_topic(town.forum.id, "提问 #42")

    town.world.delete_topic(town.forum, topic.message_thread_id)

    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(town.forum.id, "好", message_thread_id=topic.message_thread_id)
    with pytest.raises(BadRequest, match="Topic_id_invalid"):
        await bot.close_forum_topic(town.forum.id, topic.message_thread_id)


@pytest.mark.parametrize("thread", [1, 999])
async def test_general_and_unknown_threads_cannot_be_named(
    api: Api, town: Town, thread: int
) -> None:
    answer = await api.ask(
        "sendMessage", chat_id=town.forum.id, text="好", message_thread_id=thread
    )

    assert answer["description"] == "Bad Request: message thread not found"


async def test_an_answer_to_a_message_goes_to_its_topic(bot: Bot, town: Town) -> None:
    # given
    town.world.join(town.member, town.forum)
    topic = town.world.create_topic(town.owner, town.forum, "选品")
    asked = town.world.send_text(town.member, town.forum, "卖什么", topic=topic.topic_id)

    # when
    sent = await bot.send_message(town.forum.id, "这个", reply_to_message_id=asked.message_id)

    # then
    assert sent.message_thread_id == topic.topic_id


async def test_a_closed_topic_is_closed_for_all_but_those_who_manage_topics(
    api: Api, town: Town
) -> None:
    # given
    topic = town.world.create_topic(town.owner, town.forum, "选品")
    town.world.close_topic(town.owner, town.forum, topic.topic_id)
    where = {"chat_id": town.forum.id, "message_thread_id": topic.topic_id}

    # when
    as_manager = await api.ask("sendMessage", text="一", **where)
    town.world.add_bot(town.owner, town.forum, ["can_delete_messages"])
    as_other = await api.ask("sendMessage", text="二", **where)

    # then
    assert as_manager["ok"]
    assert as_other["description"] == "Bad Request: TOPIC_CLOSED"


async def test_a_topic_is_renamed_closed_and_opened_again(bot: Bot, town: Town) -> None:
    topic = await bot.create_forum_topic(town.forum.id, "提问 #42")
    where = (town.forum.id, topic.message_thread_id)

    await bot.edit_forum_topic(*where, name="提问 #42 已答")
    await bot.close_forum_topic(*where)
    closed = town.forum.topics[topic.message_thread_id].is_closed
    await bot.reopen_forum_topic(*where)

    kinds = [message.kind for message in town.world.history(*where)]
    assert town.forum.topics[topic.message_thread_id].name == "提问 #42 已答"
    assert closed
    assert kinds[1:] == ["forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"]


async def test_doing_to_a_topic_what_is_done_already_is_refused(api: Api, town: Town) -> None:
    topic = town.world.create_topic(town.owner, town.forum, "选品")
    where = {"chat_id": town.forum.id, "message_thread_id": topic.topic_id}

    opened = await api.ask("reopenForumTopic", **where)
    renamed = await api.ask("editForumTopic", name="选品", **where)

    assert opened["description"] == "Bad Request: TOPIC_NOT_MODIFIED"
    assert renamed["description"] == "Bad Request: TOPIC_NOT_MODIFIED"


async def test_the_general_topic_has_methods_of_its_own(bot: Bot, town: Town) -> None:
    await bot.edit_general_forum_topic(town.forum.id, "大厅")
    await bot.close_general_forum_topic(town.forum.id)

    general = town.forum.topics[1]

    assert (general.name, general.is_closed) == ("大厅", True)


async def test_deleting_a_topic_deletes_what_is_in_it(bot: Bot, town: Town) -> None:
    topic = await bot.create_forum_topic(town.forum.id, "提问 #42")
    await bot.send_message(town.forum.id, "好", message_thread_id=topic.message_thread_id)

    await bot.delete_forum_topic(town.forum.id, topic.message_thread_id)

    assert town.world.history(town.forum, topic.message_thread_id) == []
