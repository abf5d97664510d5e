"""Entries go out into files and come in again, sign by sign; what was changed here is kept."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_bot.errors import Invalid, NotAllowed
from community_bot.faq.comparing import Fate
from community_bot.faq.content_rules import Content, EntryKind, Media, MediaKind, checked
from community_bot.faq.facts import Entry
from community_bot.faq.records import history
from community_bot.faq.rules import EntryState
from community_bot.faq.sheets import (
    UnreadableSheet,
    markdown,
    read_markdown,
    read_table,
    table,
)
from community_bot.people.roles import Actor, Role
from community_bot.storage import schema
from community_bot.storage.engines import open_engines
from community_bot.storage.unit import Storage
from tests.faq.library import ADMIN, MEMBER, MENTOR, PAYOUT, REVIEW, Library, library

BOT = 123456
OWNER = Actor(9, frozenset({Role.OWNER}))
SIGNS = [*"ab退款=+-@'\"，,；:：[]{}#\n\t <>&", "---", "12", "null", "<b>", "</b>", "'=1"]
WORDS = st.lists(st.sampled_from(SIGNS), max_size=20).map("".join)


def entry_of(content: Content) -> Entry:
    return Entry(
        entry_id=12, state=EntryState.PUBLISHED, version=3, content=content, owner_id=None,
        owner_name=None, review_every=None, review_at=None, verified_at=None, verified_by=None,
        verifier_name=None, doubted_for=None, published_at=None, made_by=1,
        source_ticket_id=None, revision=1,
    )  # fmt: skip


@given(question=WORDS, body=WORDS, aliases=st.lists(WORDS, max_size=3))
def test_what_is_written_is_read_again_sign_by_sign(
    question: str, body: str, aliases: list[str]
) -> None:
    try:
        content = checked(
            Content(
                question,
                body,
                aliases=tuple(aliases),
                topics=("fees", "a,b"),
                markets=("US",),
                least_tier="annual",
                kind=EntryKind.SNIPPET,
                media=(Media(MediaKind.PHOTO, "AgAC-1_2"),),
            )
        )
    except Invalid:
        return
    entry = entry_of(content)

    as_file = read_markdown("12.md", markdown(entry, BOT))
    (as_line,) = read_table("faq.csv", "\ufeff" + table([entry], BOT))

    for read in (as_file, as_line):
        assert (read.entry_id, read.version, read.state) == (12, 3, EntryState.PUBLISHED)
        assert checked(read.content) == content


def test_files_are_read_as_people_write_them() -> None:
    read = read_markdown(
        "new.md",
        "---\r\nquestion: 保证金多少？\r\ntopics: fees，opening\r\n---\r\n看 <b>后台</b>\r\n",
    )

    assert (read.entry_id, read.state) == (None, EntryState.DRAFT)
    assert checked(read.content) == Content(
        "保证金多少？", "看 <b>后台</b>", topics=("fees", "opening")
    )


@pytest.mark.parametrize(
    "text", ["", "问题", "---\nquestion: 甲", "---\ncolour: red\n---\n", "---\nkind: x\n---\n答"]
)
def test_what_is_no_entry_is_named_by_its_place(text: str) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        read_markdown("some.md", text)

    assert str(refused.value).startswith("some.md")


async def test_what_went_out_comes_in_unchanged(shelf: Library) -> None:
    await shelf.published(PAYOUT)
    await shelf.faq.entries.write(MENTOR, content=REVIEW)
    out = await shelf.faq.transfer.all(ADMIN)

    again = read_table("faq.csv", table(out, BOT))
    taken = await shelf.faq.transfer.take_in(ADMIN, again, bot_id=BOT)

    assert [one.fate for one in taken] == [Fate.SAME, Fate.SAME]
    assert await shelf.faq.transfer.all(ADMIN) == out
    with pytest.raises(NotAllowed):
        await shelf.faq.transfer.take_in(MENTOR, again, bot_id=BOT)


async def test_what_was_changed_here_meanwhile_is_a_conflict_and_nothing_is_taken_in(
    shelf: Library,
) -> None:
    entry = await shelf.published(PAYOUT)
    old = read_markdown("1.md", markdown(entry, BOT))
    await shelf.faq.entries.save(
        ADMIN, entry_id=entry.entry_id, version=1, content=replace(PAYOUT, body="这里改了")
    )

    theirs = replace(old, content=replace(old.content, body="那里改了"))
    fresh = replace(old, entry_id=None, version=None, content=REVIEW)
    taken = await shelf.faq.transfer.take_in(ADMIN, [theirs, fresh], bot_id=BOT)

    assert [one.fate for one in taken] == [Fate.CONFLICT, Fate.NEW]
    (kept,) = await shelf.faq.transfer.all(ADMIN)
    assert kept.content.body == "这里改了"


async def test_new_and_changed_entries_are_taken_in_and_found(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    old = read_markdown("1.md", markdown(entry, BOT))
    changed = replace(old, content=replace(old.content, body="一般 45 天。"))
    fresh = replace(old, entry_id=99, content=Content("火星能寄吗？", "还不行。"))

    preview = await shelf.faq.transfer.compare(ADMIN, [changed, fresh], bot_id=BOT)
    taken = await shelf.faq.transfer.take_in(ADMIN, [changed, fresh], bot_id=BOT)

    assert preview == taken
    assert [one.fate for one in taken] == [Fate.CHANGED, Fate.NEW]
    found = await shelf.faq.searching.search(ADMIN, text="火星能寄吗")
    assert found.answer is not None
    assert found.answer.body == "还不行。"
    again = await shelf.faq.transfer.compare(ADMIN, [replace(fresh, entry_id=None)], bot_id=BOT)
    assert [one.fate for one in again] == [Fate.CONFLICT]


async def test_how_often_an_entry_is_looked_at_goes_out_and_comes_in(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    await shelf.faq.publishing.review_every(ADMIN, entry_id=entry.entry_id, days=14)
    (out,) = await shelf.faq.transfer.all(ADMIN)
    written = read_markdown("1.md", markdown(out, BOT))
    (line,) = read_table("faq.csv", table([out], BOT))

    (same,) = await shelf.faq.transfer.take_in(ADMIN, [written], bot_id=BOT)
    rarer = replace(line, review_days=90)
    (changed,) = await shelf.faq.transfer.take_in(ADMIN, [rarer], bot_id=BOT)
    (wrong,) = await shelf.faq.transfer.take_in(ADMIN, [replace(line, review_days=0)], bot_id=BOT)

    assert (same.fate, changed.fate, wrong.fate) == (Fate.SAME, Fate.CHANGED, Fate.WRONG)
    (kept,) = await shelf.faq.transfer.all(ADMIN)
    assert kept.review_every == timedelta(days=90)
    assert (kept.version, kept.verified_at) == (out.version, out.verified_at)


async def test_files_of_another_bot_are_left_out_and_counted(shelf: Library) -> None:
    entry = await shelf.published(replace(PAYOUT, media=(Media(MediaKind.PHOTO, "AgAC-1"),)))
    theirs = read_markdown("1.md", markdown(entry, 999))
    fresh = replace(theirs, entry_id=None, content=replace(theirs.content, question="别的问题？"))

    known, new = await shelf.faq.transfer.take_in(ADMIN, [theirs, fresh], bot_id=BOT)

    assert (known.fate, known.missing_media) == (Fate.SAME, 1)
    assert (new.fate, new.missing_media) == (Fate.NEW, 1)
    kept, added = await shelf.faq.transfer.all(ADMIN)
    assert kept.content.media == entry.content.media
    assert added.content.media == ()


async def test_history_says_all_that_was_ever_said_and_how_it_was_received(
    shelf: Library,
) -> None:
    entry = await shelf.published(PAYOUT)
    await shelf.faq.reading.open(MEMBER, entry_id=entry.entry_id)
    await shelf.faq.votes.vote(MEMBER, entry_id=entry.entry_id, version=1, is_up=True)
    await shelf.faq.entries.save(
        ADMIN, entry_id=entry.entry_id, version=1, content=replace(PAYOUT, body="现在 20 天。")
    )

    (line,) = history(await shelf.faq.transfer.history(ADMIN)).splitlines()

    told = json.loads(line)
    assert (told["reads"], told["up"], told["down"]) == (1, 1, 0)
    assert [one["version"] for one in told["versions"]] == [1, 2]
    assert told["versions"][1]["content"]["body"] == "现在 20 天。"
    assert told["versions"][0]["saved_by"] == "艾管"


def test_a_table_is_read_as_spreadsheets_of_all_countries_write_it() -> None:
    text = '\ufeffQuestion;Answer;id;;\r\n问？;"一\r\n二";7;;\r\n;;;;\r\n'

    (read,) = read_table("faq.csv", text)

    assert (read.entry_id, checked(read.content).body) == (7, "一\n二")


@pytest.mark.parametrize(
    "headings",
    [
        "问题,答案,别名,主题,市场,等级",
        "標題,回答,别名/同义问法,分类,站点,最低等级",
        "问题*,答案（支持 HTML）,相似问法（用逗号隔开）,标签,国家/地区,会员等级",
        "Question,Answer,Alias,topic,Market,least tier",
    ],
)
def test_a_table_is_read_with_the_headings_that_people_write(headings: str) -> None:
    cells = "保证金多少？,看后台。,押金；押金多少,店铺,US,pro"

    (read,) = read_table("faq.csv", f"{headings}\n{cells}\n")

    assert read.content == Content(
        "保证金多少？", "看后台。", aliases=("押金", "押金多少"), topics=("店铺",), markets=("US",),
        least_tier="pro",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("问题,标题,答案\n问,问,答\n", "the columns are"),
        ("question,answer\n问,答,多\n", "faq.csv:2: a cell stands beyond the last column"),
        ("question,answer,id\n问,答,1.2E+10\n", "id: write a whole number"),
        ("question,answer,state\n问,答,live\n", "state: write one of draft"),
        ("question,answer,verified_at\n问,答,昨天\n", "verified_at: write a day such as"),
        ("question,answer,media\n问,答,gif:x\n", "media: write kind:file"),
        ("question,question,answer\n问,问,答\n", "the columns are"),
        ('question,answer\n一,"1\n2"\n问,"答\n二,三\n', "faq.csv:4: a quotation mark opens here"),
        ('question,answer\n一,"1\n2"\n问,答,多\n', "faq.csv:4: a cell stands"),
        ("", "the columns are"),
    ],
)
def test_what_is_wrong_in_a_table_is_said_in_words(text: str, wanted: str) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        read_table("faq.csv", text)

    assert wanted in str(refused.value)


def test_nothing_that_a_spreadsheet_would_compute_leaves_unmarked() -> None:
    entry = entry_of(Content("=HYPERLINK(1)", "+1\n@x", aliases=("-2",), topics=("=a",)))

    (cells,) = list(csv.reader(io.StringIO(table([entry], BOT))))[1:]

    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


async def test_what_the_files_say_twice_or_of_no_tier_is_wrong_and_nothing_is_taken_in(
    shelf: Library,
) -> None:
    entry = await shelf.published(PAYOUT)
    other = await shelf.published(REVIEW)
    first = read_markdown("1.md", markdown(entry, BOT))
    changed = replace(first, content=replace(first.content, body="改了"))
    again = replace(changed, place="2.md")
    locked = replace(changed, content=replace(PAYOUT, least_tier="gold"))
    same_question = replace(changed, content=replace(PAYOUT, question=REVIEW.question))

    twice = await shelf.faq.transfer.take_in(ADMIN, [changed, again], bot_id=BOT)
    (unknown,) = await shelf.faq.transfer.take_in(ADMIN, [locked], bot_id=BOT)
    (asked,) = await shelf.faq.transfer.take_in(ADMIN, [same_question], bot_id=BOT)

    assert [one.fate for one in twice] == [Fate.CHANGED, Fate.WRONG]
    assert (unknown.fate, unknown.reason) == (Fate.WRONG, "there is no tier 'gold' here")
    assert asked.fate is Fate.CONFLICT
    assert str(other.entry_id) in asked.reason
    assert await shelf.faq.transfer.all(ADMIN) == [entry, other]


async def test_a_question_that_files_have_twice_is_named_where_it_stands_first(
    shelf: Library,
) -> None:
    read = read_table("faq.csv", "question,answer\n保证金多少？,看后台。\n保证金多少？,再看。\n")

    taken = await shelf.faq.transfer.take_in(ADMIN, read, bot_id=BOT)

    assert [one.fate for one in taken] == [Fate.NEW, Fate.CONFLICT]
    assert taken[1].reason == "this question is there already in faq.csv:2"
    assert await shelf.faq.transfer.all(ADMIN) == []


async def test_states_go_out_and_come_in_and_those_here_are_kept(shelf: Library) -> None:
    states = (EntryState.STALE, EntryState.IN_REVIEW, EntryState.ARCHIVED, EntryState.PUBLISHED)
    files = [
        replace(
            read_markdown(f"{state}.md", markdown(entry_of(Content(f"{state}？", "答")), BOT)),
            entry_id=None,
            state=state,
        )
        for state in states
    ]

    await shelf.faq.transfer.take_in(ADMIN, files, bot_id=BOT)
    there = await shelf.faq.transfer.all(ADMIN)
    out = read_table("faq.csv", table(there, BOT))
    await shelf.faq.publishing.archive(ADMIN, entry_id=4)
    again = await shelf.faq.transfer.take_in(ADMIN, out, bot_id=BOT)

    assert tuple(one.state for one in there) == states
    assert [one.fate for one in again] == [Fate.SAME] * 4
    assert [one.kept_state for one in again] == [None, None, None, EntryState.ARCHIVED]


async def test_what_went_out_comes_into_an_empty_faq_and_goes_out_alike(
    shelf: Library, tmp_path: Path
) -> None:
    photo = Media(MediaKind.PHOTO, "AgAC-1")
    first = await shelf.published(replace(PAYOUT, media=(photo,)))
    await shelf.published(REVIEW)
    await shelf.faq.publishing.archive(ADMIN, entry_id=2)
    shelf.clock.pass_(timedelta(days=200))
    await shelf.faq.reviews.sweep(shelf.clock.now())
    await shelf.faq.entries.write(MENTOR, content=Content("火星能寄吗？", "还不行。"))
    out = table(await shelf.faq.transfer.all(ADMIN), BOT)
    url = f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    await schema.upgrade(engines := open_engines(url))
    await engines.dispose()
    storage = Storage.open(url)
    empty = library(storage, shelf.clock)
    await empty.meet_everybody()
    await empty.people.give_role(OWNER, member_id=1, role=Role.ADMIN)
    await empty.people.give_role(OWNER, member_id=2, role=Role.MENTOR)

    await empty.faq.transfer.take_in(ADMIN, read_table("faq.csv", out), bot_id=BOT)
    again = await empty.faq.transfer.all(ADMIN)
    await storage.close()

    assert table(again, BOT) == out
    assert (again[0].state, again[0].verified_at) == (EntryState.STALE, first.verified_at)


async def test_an_import_never_claims_a_fresher_check_than_its_file(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    checked_at = entry.verified_at
    assert checked_at is not None
    shelf.clock.pass_(timedelta(days=10))
    old = read_markdown("1.md", markdown(entry, BOT))
    changed = replace(old, content=replace(old.content, body="一般 45 天。"))
    strange = replace(
        old, entry_id=None, content=REVIEW, verified_at=checked_at - timedelta(9), verified_by=99
    )
    ahead = replace(strange, content=replace(REVIEW, question="新的？"), verified_by=2)
    ahead = replace(ahead, verified_at=shelf.clock.now() + timedelta(1))
    silent = replace(strange, content=replace(REVIEW, question="没说？"), verified_at=None)

    await shelf.faq.transfer.take_in(ADMIN, [changed, strange, ahead, silent], bot_id=BOT)

    now = shelf.clock.now()
    there = await shelf.faq.transfer.all(ADMIN)
    assert [(one.verified_at, one.verified_by) for one in there] == [
        (checked_at, 1),
        (checked_at - timedelta(9), None),
        (now, 2),
        (now, 1),
    ]
    assert there[1].review_at == checked_at - timedelta(9) + timedelta(days=30)  # as its topic says


def test_when_an_entry_was_verified_is_read_as_people_write_it() -> None:
    (day, moment) = read_table(
        "faq.csv",
        "question,answer,verified_at\n问,答,2026-11-03\n问2,答,2026-11-03T08:00:00+08:00\n",
    )

    assert day.verified_at == datetime(2026, 11, 3, tzinfo=UTC)
    assert moment.verified_at == datetime(2026, 11, 3, tzinfo=UTC)
