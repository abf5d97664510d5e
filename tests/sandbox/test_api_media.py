"""Files: real bytes in, identifiers and sizes out, the same bytes again."""

import struct
from typing import Any

import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

Town = Any
Api = Any


def png(width: int, height: int, mark: bytes = b"") -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + mark


def jpeg(width: int, height: int) -> bytes:
    return (
        b"\xff\xd8\xff\xe0\x00\x04\0\0\xff\xc0\x00\x11\x08"
        + struct.pack(">HH", height, width)
        + b"\x03" * 12
    )


@pytest.mark.parametrize("image", [png(1000, 500), jpeg(1000, 500)])
async def test_a_photo_is_kept_in_several_sizes(bot: Bot, town: Town, image: bytes) -> None:
    sent = await bot.send_photo(town.private.id, image, caption="图")

    assert [(size.width, size.height) for size in sent.photo] == [
        (90, 45),
        (320, 160),
        (800, 400),
        (1000, 500),
    ]
    assert sent.caption == "图"


async def test_the_same_bytes_have_the_same_unique_identifier(bot: Bot, town: Town) -> None:
    # given
    first = await bot.send_document(town.private.id, b"list", filename="a.csv")

    # when
    second = await bot.send_document(town.channel.id, b"list", filename="b.csv")
    shown = town.world.send_document(town.member, town.private, b"list", name="c.csv")

    # then
    assert first.document is not None
    assert second.document is not None
    assert shown.media is not None
    assert first.document.file_id != second.document.file_id
    assert first.document.file_unique_id == second.document.file_unique_id
    assert shown.media["file_unique_id"] == first.document.file_unique_id


async def test_a_file_can_be_sent_again_by_its_identifier_and_downloaded(
    bot: Bot, town: Town
) -> None:
    # given
    asked = town.world.send_voice(town.member, town.private, b"OggS...", duration=7)
    assert asked.media is not None

    # when
    sent = await bot.send_voice(town.channel.id, asked.media["file_id"])
    file = await bot.get_file(asked.media["file_id"])
    data = await file.download_as_bytearray()

    # then
    assert sent.voice is not None
    assert town.world.last(town.channel).content["voice"]["duration"] == 7
    assert bytes(data) == b"OggS..."


async def test_a_file_keeps_its_kind(bot: Bot, town: Town) -> None:
    photo = await bot.send_photo(town.private.id, png(100, 100))

    with pytest.raises(BadRequest, match=r"(?i)can't use file of type photo as document"):
        await bot.send_document(town.private.id, photo.photo[-1].file_id)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"no image at all", "IMAGE_PROCESS_FAILED"),
        (png(9000, 2000), "PHOTO_INVALID_DIMENSIONS"),
        (png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (png(10, 10, b"x" * (10 * 2**20)), "too big for a photo"),
    ],
)
async def test_what_is_no_photo_is_refused(bot: Bot, town: Town, data: bytes, refusal: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.send_photo(town.private.id, data)

    assert refused.value.message.lower() == refusal.lower()


async def test_an_album_is_sent_as_one(bot: Bot, town: Town) -> None:
    items = [InputMediaPhoto(png(100, 100, bytes([mark])), caption="一") for mark in range(3)]

    sent = await bot.send_media_group(town.private.id, items)

    assert len({message.media_group_id for message in sent}) == 1
    assert len(town.world.history(town.private)) == 3


async def test_an_album_of_known_files_is_sent_again(bot: Bot, town: Town) -> None:
    album = town.world.send_album(
        town.member, town.private, [("document", b"a"), ("document", b"b")]
    )
    items = [InputMediaDocument(each.media["file_id"]) for each in album if each.media]

    sent = await bot.send_media_group(town.channel.id, items)

    assert [each.document.file_size for each in sent if each.document] == [1, 1]


@pytest.mark.parametrize(
    ("kinds", "refusal"),
    [
        (["photo"], "there must be at least 2 media in the album"),
        (["photo"] * 11, "too many messages to send as an album"),
        (["photo", "document"], "document can't be mixed with other media types"),
        (["audio", "photo"], "audio can't be mixed with other media types"),
    ],
)
async def test_an_album_against_the_rules_is_refused(
    api: Api, town: Town, kinds: list[str], refusal: str
) -> None:
    # given
    files = town.world.files
    known = {
        "photo": files.keep(png(100, 100), "photo"),
        "document": files.keep(b"d", "document"),
        "audio": files.keep(b"a", "audio"),
    }
    identifiers = {
        kind: (each.sizes or [each.facts])[-1]["file_id"] for kind, each in known.items()
    }

    # when
    media = [{"type": kind, "media": identifiers[kind]} for kind in kinds]
    answer = await api.ask("sendMediaGroup", chat_id=town.private.id, media=media)

    # then
    assert answer["description"] == f"Bad Request: {refusal}"


async def test_every_kind_of_file_is_understood(bot: Bot, town: Town) -> None:
    chat_id = town.private.id

    video = await bot.send_video(chat_id, b"video", duration=9)
    audio = await bot.send_audio(chat_id, b"audio", title="课")
    animation = await bot.send_animation(chat_id, b"animation")
    note = await bot.send_video_note(chat_id, b"note")
    sticker = await bot.send_sticker(chat_id, b"sticker")

    assert video.video is not None
    assert audio.audio is not None
    assert audio.audio.title == "课"
    assert animation.animation is not None
    assert note.video_note is not None
    assert sticker.sticker is not None


async def test_media_of_a_message_can_be_exchanged(bot: Bot, town: Town) -> None:
    sent = await bot.send_photo(town.private.id, png(100, 100), caption="旧")

    await bot.edit_message_media(
        InputMediaPhoto(png(200, 100), caption="新"), town.private.id, sent.message_id
    )

    seen = town.world.last(town.private)
    assert seen.text == "新"
    assert seen.media is not None
    assert seen.media["file_id"] != sent.photo[-1].file_id
