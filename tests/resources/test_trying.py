"""Contents put together, and posts tried on by whoever composes or agrees."""

import pytest

from community_bot.clock import StandingClock
from community_bot.errors import Invalid
from community_bot.resources.audience_rules import parse
from community_bot.resources.content_rules import (
    Button,
    Content,
    Media,
    MediaKind,
    button_of,
    corrected,
    joined,
)
from community_bot.storage.unit import Storage
from tests.resources.house import ADMIN, chats, posting

BOLD = {"type": "bold", "offset": 0, "length": 2}


def test_words_below_words_keep_their_formatting() -> None:
    first, second = Content("👋 选品", (BOLD,)), Content("清单", (BOLD,))

    together = joined(first, second)

    assert together.text == "👋 选品\n\n清单"
    assert [one["offset"] for one in together.entities] == [0, 7]


def test_files_follow_one_another_and_the_words_stay() -> None:
    photo, video = Media(MediaKind.PHOTO, "p"), Media(MediaKind.VIDEO, "v")

    together = joined(Content("看图", (BOLD,), (photo,)), Content(media=(video,)))

    assert together == Content("看图", (BOLD,), (photo, video))


@pytest.mark.parametrize(
    ("typed", "button"),
    [
        ("详情 - https://a.com/x-y", Button("详情", url="https://a.com/x-y")),
        ("查看：tg://resolve?domain=x", Button("查看", url="tg://resolve?domain=x")),
        ("官网 — example.com/a", Button("官网", url="https://example.com/a")),
        ("资料 | #12", Button("资料", resource_id=12)),
    ],
)
def test_a_button_is_typed_as_words_and_where_they_lead(typed: str, button: Button) -> None:
    assert button_of(typed) == button


def test_words_without_a_link_are_no_button() -> None:
    with pytest.raises(Invalid):
        button_of("详情")


def test_a_correction_of_the_words_leaves_files_and_buttons() -> None:
    photo, button = Media(MediaKind.PHOTO, "p"), Button("去", url="https://a.com")

    after = corrected(Content("错", (), (photo,), (button,)), Content("对", (BOLD,)))

    assert after == Content("对", (BOLD,), (photo,), (button,))


async def test_a_post_tried_on_reaches_whoever_asked_with_what_it_would_do(
    storage: Storage, clock: StandingClock
) -> None:
    async with posting(storage, clock) as house:
        await house.people(3)
        post = await house.draft(to="members")

        preview = await house.resources.trying.try_on(house.admin, post_id=post.post_id)

        (part,), (told,) = await house.letters(), await house.letters("post_tried")
        assert chats([part, told]) == [ADMIN, ADMIN]
        assert (told.facts["people"], told.facts["mark"]) == (3, preview.mark)


async def test_audiences_are_counted_side_by_side(storage: Storage, clock: StandingClock) -> None:
    async with posting(storage, clock) as house:
        await house.people(3)
        await house.people(2, tier=None, first=2000)

        counts = await house.resources.composing.head_counts(
            house.admin, [parse("all"), parse("members"), parse("tier:annual never-asked")]
        )

        assert counts == [8, 3, 3]
