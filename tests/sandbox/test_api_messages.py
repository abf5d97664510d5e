"""Messages go out, change and go away, and PTB understands every answer."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest

from community_bot.clock import StandingClock

Town = Any
Api = Any
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (1200).to_bytes(4, "big") + (800).to_bytes(4, "big")
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


def keyboard(data: str = "go") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("好的", callback_data=data)]])


async def test_a_message_arrives_as_it_was_sent(bot: Bot, town: Town) -> None:
    # when
    sent = await bot.send_message(
        town.private.id,
        "<b>欢迎</b>",
        parse_mode="HTML",
        reply_markup=keyboard(),
        protect_content=True,
    )

    # then the person sees it, and PTB was told the same
    seen = town.world.last(town.private)
    assert (seen.message_id, seen.text, seen.protect_content) == (sent.message_id, "欢迎", True)
    assert seen.buttons == [[{"text": "好的", "callback_data": "go"}]]
    assert sent.has_protected_content
    assert sent.date == town.world.clock.now()


async def test_a_reply_keyboard_is_seen_by_the_person_and_not_in_the_answer(
    bot: Bot, town: Town
) -> None:
    sent = await bot.send_message(
        town.private.id, "选一个", reply_markup=ReplyKeyboardMarkup([["提问", "我的"]])
    )

    assert sent.reply_markup is None
    assert [each["text"] for each in town.world.last(town.private).buttons[0]] == ["提问", "我的"]


async def test_a_reply_quotes_what_it_answers(bot: Bot, town: Town) -> None:
    # given
    asked = town.world.send_text(town.member, town.private, "运费怎么算")

    # when
    sent = await bot.send_message(
        town.private.id,
        "按重量",
        reply_parameters=ReplyParameters(asked.message_id, quote="运费"),
    )

    # then
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "运费怎么算"
    assert sent.quote is not None
    assert sent.quote.text == "运费"


async def test_a_missing_message_is_answered_anyway_if_that_is_allowed(
    bot: Bot, town: Town
) -> None:
    sent = await bot.send_message(
        town.private.id,
        "好",
        reply_parameters=ReplyParameters(999, allow_sending_without_reply=True),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )

    assert sent.reply_to_message is None


async def test_an_edit_replaces_the_text_and_the_keyboard(bot: Bot, town: Town) -> None:
    # given
    sent = await bot.send_message(town.private.id, "一", reply_markup=keyboard())

    # when
    edited = await bot.edit_message_text("二", town.private.id, sent.message_id)

    # then
    seen = town.world.last(town.private)
    assert (seen.text, seen.reply_markup) == ("二", None)
    assert seen.edit_date is not None
    assert not isinstance(edited, bool)
    assert edited.text == "二"


async def test_an_edit_that_changes_nothing_is_refused(api: Api, town: Town) -> None:
    # given
    sent = await api("sendMessage", chat_id=town.private.id, text="一")
    where = {"chat_id": town.private.id, "message_id": sent["message_id"]}

    # when
    text = await api.ask("editMessageText", text="一", **where)
    markup = await api.ask("editMessageReplyMarkup", **where)

    # then
    assert [text["description"], markup["description"]] == [NOT_MODIFIED, NOT_MODIFIED]


@pytest.mark.parametrize(
    ("method", "said", "refusal"),
    [
        ("editMessageText", {"text": "x"}, "there is no text in the message to edit"),
        ("editMessageCaption", {"caption": "长" * 1025}, "message caption is too long"),
    ],
)
async def test_a_photo_has_a_caption_and_no_text(
    api: Api, town: Town, method: str, said: dict[str, Any], refusal: str
) -> None:
    # given
    photo = town.world.files.keep(PNG, "photo").sizes[-1]["file_id"]
    sent = await api("sendPhoto", chat_id=town.private.id, photo=photo)
    where = {"chat_id": town.private.id, "message_id": sent["message_id"]}

    # when
    answer = await api.ask(method, **where, **said)

    # then
    assert answer["description"] == f"Bad Request: {refusal}"


async def test_what_somebody_else_wrote_cannot_be_edited(api: Api, town: Town) -> None:
    asked = town.world.send_text(town.member, town.private, "你好")

    answer = await api.ask(
        "editMessageText", chat_id=town.private.id, message_id=asked.message_id, text="x"
    )

    assert answer["description"] == "Bad Request: message can't be edited"


async def test_a_message_can_be_taken_back_for_two_days(
    bot: Bot, town: Town, clock: StandingClock
) -> None:
    # given
    early, late = [await bot.send_message(town.private.id, text) for text in "早晚"]

    # when
    await bot.delete_message(town.private.id, early.message_id)
    clock.pass_(timedelta(hours=48))

    # then
    with pytest.raises(BadRequest, match="can't be deleted for everyone"):
        await bot.delete_message(town.private.id, late.message_id)
    assert [each.text for each in town.world.history(town.private)] == ["晚"]


async def test_own_messages_can_be_edited_for_ever(
    bot: Bot, town: Town, clock: StandingClock
) -> None:
    sent = await bot.send_message(town.private.id, "一")
    clock.pass_(timedelta(days=300))

    await bot.edit_message_text("二", town.private.id, sent.message_id)

    assert town.world.last(town.private).text == "二"


async def test_deleting_several_leaves_out_what_is_not_there(bot: Bot, town: Town) -> None:
    sent = [await bot.send_message(town.private.id, text) for text in "一二"]

    assert await bot.delete_messages(town.private.id, [each.message_id for each in sent] + [999])

    assert town.world.history(town.private) == []


async def test_a_copy_has_no_origin_and_a_forward_has_one(bot: Bot, town: Town) -> None:
    # given
    asked = town.world.send_photo(town.member, town.private, PNG, "看")

    # when
    copied = await bot.copy_message(town.channel.id, town.private.id, asked.message_id)
    forwarded = await bot.forward_message(town.channel.id, town.private.id, asked.message_id)

    # then
    copy = town.world.message(town.channel, copied.message_id)
    assert (copy.kind, copy.text, "forward_origin" in copy.extra) == ("photo", "看", False)
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.type == "user"


async def test_protected_content_is_neither_copied_nor_forwarded(api: Api, town: Town) -> None:
    # given
    sent = await api("sendMessage", chat_id=town.channel.id, text="课", protect_content=True)
    which = {
        "chat_id": town.private.id,
        "from_chat_id": town.channel.id,
        "message_id": sent["message_id"],
    }

    # when
    copied = await api.ask("copyMessage", **which)
    forwarded = await api.ask("forwardMessage", **which)

    # then
    assert copied["description"] == "Bad Request: the message can't be copied"
    assert forwarded["description"] == (
        "Bad Request: message has protected content and can't be forwarded"
    )


async def test_an_album_stays_together_when_it_is_copied(bot: Bot, town: Town) -> None:
    # given
    album = town.world.send_album(
        town.member, town.private, [("photo", PNG), ("photo", PNG + b"2")], "两张"
    )
    numbers = [each.message_id for each in album]

    # when a message that is not there is asked for as well
    copied = await bot.copy_messages(town.forum.id, town.private.id, [*numbers, 999])

    # then
    copies = [town.world.message(town.forum, each.message_id) for each in copied]
    assert len({each.media_group_id for each in copies}) == 1
    assert copies[0].media_group_id != album[0].media_group_id
    assert [each.text for each in copies] == ["两张", ""]


async def test_identifiers_to_copy_must_increase(api: Api, town: Town) -> None:
    which = {"chat_id": town.forum.id, "from_chat_id": town.private.id, "message_ids": [2, 1]}

    answer = await api.ask("copyMessages", **which)

    assert answer["description"] == (
        "Bad Request: message identifiers must be in a strictly increasing order"
    )


async def test_a_pin_is_said_in_the_chat_and_told_to_the_bot(bot: Bot, town: Town) -> None:
    sent = await bot.send_message(town.forum.id, "规则")

    await bot.pin_chat_message(town.forum.id, sent.message_id)

    chat = await bot.get_chat(town.forum.id)
    (update,) = await bot.get_updates()
    assert chat.pinned_message is not None
    assert chat.pinned_message.text == "规则"
    assert update.message is not None
    assert update.message.pinned_message is not None


async def test_a_reaction_comes_from_a_fixed_list(bot: Bot, town: Town) -> None:
    asked = town.world.send_text(town.member, town.private, "你好")

    await bot.set_message_reaction(town.private.id, asked.message_id, "👌")

    assert asked.reactions[town.world.bot.id] == [{"type": "emoji", "emoji": "👌"}]
    with pytest.raises(BadRequest, match="Reaction_invalid"):
        await bot.set_message_reaction(town.private.id, asked.message_id, "✅")


async def test_other_kinds_of_messages_are_understood(bot: Bot, town: Town) -> None:
    chat_id = town.private.id

    location = await bot.send_location(chat_id, 22.5, 114.1)
    contact = await bot.send_contact(chat_id, "+8613800138000", "李雷")
    poll = await bot.send_poll(chat_id, "哪天？", ["周一", "周二"])
    dice = await bot.send_dice(chat_id)
    typing = await bot.send_chat_action(chat_id, "typing")

    assert location.location is not None
    assert contact.contact is not None
    assert poll.poll is not None
    assert dice.dice is not None
    assert 1 <= dice.dice.value <= 6
    assert typing
