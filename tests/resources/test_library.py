"""The library: what is kept, who finds it, and what is shown of what is locked."""

from dataclasses import replace

import pytest

from community_bot.errors import Invalid, NotAllowed, NotFound
from community_bot.resources.content_rules import (
    Button,
    Content,
    Media,
    MediaKind,
    button_of,
    parts_of,
)
from community_bot.resources.library import Sent
from community_bot.resources.markdown_rules import read
from community_bot.resources.quiet_rules import QuietHours
from tests.resources.house import House

SECRET = "只给年度会员的供应商名单"


async def published(house: House, text: str, **more: object) -> int:
    made = await house.resources.library.make(house.admin, content=Content(text), **more)  # type: ignore[arg-type]
    await house.resources.library.publish(house.admin, resource_id=made.resource_id)
    return made.resource_id


async def test_what_is_above_the_tier_shows_its_title_and_the_way_up_alone(both: House) -> None:
    (annual,) = await both.people(1)
    (course,) = await both.people(1, tier="course", first=2000)
    number = await published(both, f"供应商\n{SECRET}", topics=["UK"], least_tier="annual")
    reading = both.resources.reading

    (line,) = (await reading.shelf(both.actor(course))).lines
    locked = await reading.open(both.actor(course), resource_id=number)
    found = await reading.search(both.actor(course), text="供应商名单")
    opened = await reading.open(both.actor(annual), resource_id=number)

    assert (line.title, line.is_locked) == ("供应商", True)
    assert (locked.is_locked, locked.parts, locked.title) == (True, (), "供应商")
    assert locked.level is not None
    assert locked.level.code == "annual"
    assert [(one.title, one.is_locked) for one in found.lines] == [("供应商", True)]
    assert SECRET not in repr((line, locked, found))
    assert opened.parts[0].text == f"供应商\n{SECRET}"


async def test_what_is_hidden_is_not_even_named(both: House) -> None:
    (annual,) = await both.people(1)
    (course,) = await both.people(1, tier="course", first=2000)
    number = await published(both, "内部价目表", least_tier="annual", is_hidden=True)
    reading = both.resources.reading

    with pytest.raises(NotFound):
        await reading.open(both.actor(course), resource_id=number)

    assert (await reading.shelf(both.actor(course))).lines == ()
    assert (await reading.search(both.actor(course), text="内部价目表")).lines == ()
    assert len((await reading.search(both.actor(annual), text="内部价目表")).lines) == 1


async def test_a_draft_and_what_was_archived_are_found_by_nobody(both: House) -> None:
    (member,) = await both.people(1)
    number = await published(both, "旧的物流报价")
    await both.resources.reading.search(both.actor(member), text="物流报价")
    await both.resources.library.archive(both.admin, resource_id=number)
    await both.resources.library.make(both.admin, content=Content("物流报价草稿"))

    assert (await both.resources.reading.search(both.actor(member), text="物流报价")).lines == ()
    assert (await both.resources.reading.shelf(both.actor(member))).lines == ()


async def test_the_community_s_own_words_find_resources_too(both: House) -> None:
    (member,) = await both.people(1)
    await published(both, "回款对账表")
    reading = both.resources.reading
    before = await reading.search(both.actor(member), text="吐米米")

    await both.community.faq.terms.add(both.admin, text="回款，吐米米")
    after = await reading.search(both.actor(member), text="吐米米")

    assert before.lines == ()
    assert [line.title for line in after.lines] == ["回款对账表"]


async def test_a_new_version_is_saved_over_the_one_that_was_seen_only(both: House) -> None:
    number = await published(both, "第一版")
    library = both.resources.library

    second = await library.rewrite(
        both.admin, resource_id=number, version=1, content=Content("第二版")
    )

    with pytest.raises(Invalid, match="changed"):
        await library.rewrite(both.other, resource_id=number, version=1, content=Content("另一版"))
    versions = await library.versions(both.admin, resource_id=number)
    assert (second.version, second.content.text) == (2, "第二版")
    assert [one.content.text for one in versions] == ["第二版", "第一版"]


async def test_a_copy_is_promised_into_the_archive(house: House) -> None:
    await house.bind(-900, "archive")

    made = await house.resources.library.make(
        house.admin, content=Content("清单"), sent=Sent(2, (11, 12))
    )

    (letter,) = await house.letters("archiving")
    assert (letter.chat_id, letter.facts["from_chat_id"], letter.facts["message_ids"]) == (
        -900,
        2,
        [11, 12],
    )
    assert not made.is_archived_copy_kept


async def test_topics_are_markets_and_subjects_with_what_is_in_them(both: House) -> None:
    (member,) = await both.people(1)
    await published(both, "英国开店", topics=["uk", "#开店"])
    await published(both, "美国开店", topics=["US", "开店"])
    reading, actor = both.resources.reading, both.actor(member)

    topics = {one.code: one for one in await reading.topics(actor)}
    await reading.follow(actor, topic_id=topics["UK"].topic_id)
    followed = [one.code for one in await reading.topics(actor) if one.is_followed]
    shelf = await reading.shelf(actor, topic_id=topics["开店"].topic_id)

    assert {code: one.resources for code, one in topics.items()} == {"UK": 1, "US": 1, "开店": 2}
    assert followed == ["UK"]
    assert [line.title for line in shelf.lines] == ["美国开店", "英国开店"]


async def test_members_cannot_keep_the_library(house: House) -> None:
    with pytest.raises(NotAllowed):
        await house.resources.library.make(house.actor(1000), content=Content("x"))


async def test_quiet_hours_need_a_zone_that_exists(house: House) -> None:
    with pytest.raises(Invalid):
        await house.resources.quiet.choose(house.actor(1000), QuietHours("Moon/Sea", 0, 60))
    await house.resources.quiet.choose(
        house.actor(1000), QuietHours("Europe/London", 22 * 60, 8 * 60)
    )

    assert await house.resources.quiet.of(1000) == QuietHours("Europe/London", 1320, 480)


def test_a_content_becomes_messages_that_telegram_takes() -> None:
    photo, file = Media(MediaKind.PHOTO, "p"), Media(MediaKind.DOCUMENT, "d")
    button = Button("打开", resource_id=1)
    long = "字" * 2000

    assert len(parts_of(Content("短", media=(photo,), buttons=(button,)))) == 1
    assert [len(part.media) for part in parts_of(Content(media=(photo,) * 12))] == [10, 2]
    assert [(len(part.media), part.text) for part in parts_of(Content(long, media=(photo,)))] == [
        (1, ""),
        (0, long),
    ]
    assert [len(part.media) for part in parts_of(Content("x", media=(photo, file)))] == [1, 1, 0]
    album = parts_of(Content(media=(photo, photo), buttons=(button,)))
    assert [(len(part.media), bool(part.buttons)) for part in album] == [(2, False), (0, True)]


def test_markdown_becomes_text_with_entities_counted_as_telegram_counts() -> None:
    text, entities = read("# 🚀 本周\n\n- **三款** [表](https://a.b/c)\n- `x*y` 与 2*3*4")

    assert text == "🚀 本周\n\n• 三款 表\n• x*y 与 2*3*4"
    shown = text.encode("utf-16-le")
    cut = [
        shown[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in entities
    ]
    assert list(zip((one["type"] for one in entities), cut, strict=True)) == [
        ("bold", "🚀 本周"),
        ("bold", "三款"),
        ("text_link", "表"),
        ("code", "x*y"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        Content(" "),
        Content("字" * 4097),
        Content("x", buttons=(Button("", url="https://a.b"),)),
        Content("x", buttons=(Button("y"),)),
        Content("x", buttons=(Button("y", url="javascript:alert(1)"),)),
    ],
)
async def test_a_content_that_telegram_would_refuse_is_refused_by_us(
    house: House, wrong: Content
) -> None:
    post = await house.draft()

    with pytest.raises(Invalid):
        await house.resources.composing.change(
            house.admin,
            post_id=post.post_id,
            revision=post.revision,
            composed=replace(post.composed, content=wrong),
        )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("看资料 - https://example.com/a-b", Button("看资料", url="https://example.com/a-b")),
        ("看资料 https://example.com", Button("看资料", url="https://example.com")),
        ("看资料：example.com/list", Button("看资料", url="https://example.com/list")),
        ("进群 t.me/sellers", Button("进群", url="https://t.me/sellers")),
        ("3.5 折 → https://example.com", Button("3.5 折", url="https://example.com")),
        ("看资料 #12", Button("看资料", resource_id=12)),
    ],
)
def test_a_button_is_typed_as_people_type_it(typed: str, expected: Button) -> None:
    assert button_of(typed) == expected


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("看资料", "missing"),
        ("https://example.com", "missing"),
        ("看资料 - javascript:alert(1)", "missing"),
        ("看资料 ftp://example.com", "malformed"),
        ("看资料 https://localhost", "malformed"),
        ("看资料 https://exam ple.com", "malformed"),
    ],
)
def test_a_button_that_leads_nowhere_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        button_of(typed)

    assert refused.value.reason == reason
