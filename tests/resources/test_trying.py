"""Contents put together, and posts tried on by whoever composes or agrees."""

from community_bot.clock import StandingClock
from community_bot.resources.audience_rules import parse
from community_bot.resources.content_rules import Content, Media, MediaKind, joined
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
