"""What is too much for one message becomes several, and nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_bot.delivery.parcels import Button, Copies, Entity, Media, MediaKind, Piece
from community_bot.delivery.splitting import length, parts_of, split, topic_name

PHOTO, VIDEO = Media(MediaKind.PHOTO, "p"), Media(MediaKind.VIDEO, "v")
DOCUMENT, VOICE = Media(MediaKind.DOCUMENT, "d"), Media(MediaKind.VOICE, "o")
LOOK = Button("看", url="https://example.com")


def covered(entities: tuple[Entity, ...], text: str) -> str:
    """Return the characters under the entities of a text."""
    units = text.encode("utf-16-le")
    return "".join(
        units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in entities
    )


@given(st.text(st.sampled_from("ab 好\n🚢"), max_size=60), st.integers(3, 20))
def test_every_part_fits_and_together_they_say_it_all(text: str, most: int) -> None:
    parts = [part for part, _ in split(text, (), most)]

    assert all(length(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(
    st.text(st.sampled_from("ab 好\n🚢"), min_size=1, max_size=60),
    st.integers(0, 30),
    st.integers(1, 30),
    st.integers(3, 20),
)
def test_what_was_bold_stays_bold(text: str, offset: int, bold: int, most: int) -> None:
    before, inside = text[:offset], text[offset : offset + bold]
    entity = {"type": "bold", "offset": length(before), "length": length(inside)}

    parts = list(split(text, (entity,), most))

    said = "".join(covered(entities, part) for part, entities in parts)
    assert "".join(said.split()) == "".join(inside.split())


def test_a_text_is_cut_between_lines_rather_than_in_a_word() -> None:
    assert [part for part, _ in split("one two\nthree four", (), 12)] == ["one two\n", "three four"]


def test_a_link_that_fits_is_never_cut() -> None:
    link = {"type": "text_link", "offset": 8, "length": 8, "url": "https://example.com"}

    parts = list(split("see our shipping guide", (link,), 12))

    assert parts[0] == ("see our ", ())
    assert parts[1] == ("shipping ", ({**link, "offset": 0},))


def test_a_short_text_stands_under_its_picture() -> None:
    piece = Piece("好", media=(PHOTO,), buttons=(LOOK,), reply_to=5)

    assert parts_of(piece) == [piece]


def test_a_long_text_follows_its_picture_and_the_buttons_come_last() -> None:
    piece = Piece("好" * 5000, media=(PHOTO,), buttons=(LOOK,), reply_to=5, silent=True)

    picture, first, second = parts_of(piece)

    assert picture == Piece(media=(PHOTO,), reply_to=5, silent=True)
    assert (length(first.text), length(second.text)) == (4096, 904)
    assert (first.buttons, second.buttons) == ((), (LOOK,))
    assert first.reply_to is None


def test_files_go_together_as_telegram_allows() -> None:
    piece = Piece(media=(PHOTO, VIDEO, DOCUMENT, DOCUMENT, VOICE, *[PHOTO] * 11))

    assert [part.media for part in parts_of(piece)] == [
        (PHOTO, VIDEO),
        (DOCUMENT, DOCUMENT),
        (VOICE,),
        (PHOTO,) * 10,
        (PHOTO,),
    ]


def test_buttons_stand_under_the_text_of_an_album() -> None:
    album, text = parts_of(Piece("好", media=(PHOTO, VIDEO), buttons=(LOOK,)))

    assert album == Piece(media=(PHOTO, VIDEO))
    assert text == Piece("好", buttons=(LOOK,))


@pytest.mark.parametrize("piece", [Piece(), Piece(media=(PHOTO, VIDEO), buttons=(LOOK,))])
def test_what_telegram_cannot_show_is_refused_before_it_is_promised(piece: Piece) -> None:
    with pytest.raises(ValueError, match="buttons need"):
        parts_of(piece)


def test_copies_are_asked_for_in_rising_order_a_hundred_at_once() -> None:
    copies = Copies(7, tuple(range(150, 0, -1)))

    first, second = copies.parts()

    assert first.message_ids == tuple(range(1, 101))
    assert second.message_ids == tuple(range(101, 151))


def test_a_topic_is_named_as_far_as_telegram_lets_us() -> None:
    assert topic_name("🚢" * 100) == "🚢" * 64
