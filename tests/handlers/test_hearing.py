"""A message of Telegram's is kept as it came, and what cannot be carried is refused."""

from typing import Any

import pytest
from telegram import Message

from community_bot.errors import Invalid
from handlers.hearing import said_of

FILE = {"file_id": "f1", "file_unique_id": "u1"}
SIZED = FILE | {"width": 1, "height": 1}
PLACE = {"latitude": 31.2, "longitude": 121.5}
CONTENTS: dict[str, Any] = {
    "text": "怎么办",
    "photo": [SIZED, SIZED | {"file_id": "f2"}],
    "video": SIZED | {"duration": 1},
    "animation": SIZED | {"duration": 1},
    "document": FILE,
    "voice": FILE | {"duration": 1},
    "audio": FILE | {"duration": 1},
    "video_note": FILE | {"length": 1, "duration": 1},
    "sticker": SIZED | {"type": "regular", "is_animated": False, "is_video": False},
    "location": PLACE,
    "contact": {"phone_number": "1", "first_name": "王"},
}


def message(**content: Any) -> Message:
    return Message.de_json(
        {"message_id": 7, "date": 1, "chat": {"id": 70, "type": "private"}, **content}, None
    )


@pytest.mark.parametrize("kind", CONTENTS)
def test_every_kind_that_can_be_carried_is_known_by_its_name(kind: str) -> None:
    said = said_of(message(**{kind: CONTENTS[kind]}))

    assert (said.chat_id, said.message_id, said.content) == (70, 7, kind)


def test_the_largest_size_of_a_picture_is_kept_with_its_caption_and_album() -> None:
    bold = {"type": "bold", "offset": 0, "length": 2}

    said = said_of(
        message(
            photo=CONTENTS["photo"], caption="截图", caption_entities=[bold], media_group_id="a1"
        )
    )

    assert (said.file_id, said.text, said.media_group_id) == ("f2", "截图", "a1")
    assert said.entities == (bold,)


def test_an_animation_is_no_document_and_a_venue_is_a_place() -> None:
    venue = {"location": PLACE, "title": "仓库", "address": "1 号"}

    moving = said_of(message(animation=CONTENTS["animation"], document=FILE))
    place = said_of(message(venue=venue, location=PLACE))

    assert (moving.content, place.content) == ("animation", "location")


def test_a_command_at_the_head_is_no_part_of_the_question() -> None:
    said = said_of(message(text="/ask 二审要准备什么？"), without="/ask")

    assert said.text == "二审要准备什么？"


def test_a_poll_cannot_be_carried() -> None:
    poll = {
        "id": "1",
        "question": "?",
        "options": [],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }

    with pytest.raises(Invalid) as refused:
        said_of(message(poll=poll))

    assert (refused.value.field, refused.value.reason) == ("question", "unsupported")
