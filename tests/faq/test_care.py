"""Keeping the FAQ true: versions, reviews, gaps that are closed, what is learnt and undone."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from community_bot.delivery.contents import unpack
from community_bot.delivery.rows import DeliveryRow
from community_bot.errors import AlreadyDone, Invalid, NotAllowed
from community_bot.faq.content_rules import Content
from community_bot.faq.documents import Verdict
from community_bot.faq.notices import (
    AnswerFound,
    DraftWaiting,
    PolicyChanged,
    ReviewsWanted,
    ReviewWanted,
)
from community_bot.faq.rules import EntryState
from community_bot.people.roles import Actor, Role
from tests.faq.library import ADMIN, GUEST, MEMBER, MENTOR, OTHER, PAYOUT, REVIEW, Library

STRANGE = "钱钱啥时候能到手呀"


async def promised(shelf: Library, kind: type) -> list[tuple[int, object]]:
    """Return who is to be told what of a kind, in order."""
    async with shelf.storage.read() as session:
        rows = await session.scalars(sa.select(DeliveryRow).order_by(DeliveryRow.delivery_id))
        found = [
            (row.chat_id, unpack(row.kind, row.facts)) for row in rows if row.kind != "show_menu"
        ]
    return [(chat_id, content) for chat_id, content in found if isinstance(content, kind)]


async def admin_given(shelf: Library) -> None:
    owner = Actor(9, frozenset({Role.OWNER}))
    await shelf.people.give_role(owner, member_id=ADMIN.member_id, role=Role.ADMIN)


async def mentor_given(shelf: Library) -> None:
    owner = Actor(9, frozenset({Role.OWNER}))
    await shelf.people.give_role(owner, member_id=MENTOR.member_id, role=Role.MENTOR)


async def test_every_save_is_a_version_with_its_difference(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)

    await shelf.faq.entries.save(
        ADMIN, entry_id=entry.entry_id, version=1, content=replace(PAYOUT, body="一般 45 天。")
    )

    newest, first = await shelf.faq.entries.versions(MENTOR, entry_id=entry.entry_id)
    assert (newest.version, newest.saver_name) == (2, "艾管")
    assert [(one.field, one.come) for one in newest.changes] == [("body", ("一般 45 天。",))]
    assert first.content.body == PAYOUT.body


async def test_nobody_saves_over_what_somebody_else_has_changed(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    await shelf.faq.entries.save(
        ADMIN, entry_id=entry.entry_id, version=1, content=replace(PAYOUT, body="一")
    )

    with pytest.raises(Invalid):
        await shelf.faq.entries.save(
            ADMIN, entry_id=entry.entry_id, version=1, content=replace(PAYOUT, body="二")
        )
    with pytest.raises(AlreadyDone):
        await shelf.faq.entries.save(
            ADMIN,
            entry_id=entry.entry_id,
            version=2,
            content=replace(PAYOUT, body="一", markets=("UK", "US")),
        )
    with pytest.raises(NotAllowed):
        await shelf.faq.entries.save(
            MENTOR, entry_id=entry.entry_id, version=2, content=replace(PAYOUT, body="三")
        )


async def test_admins_hear_of_a_draft_to_be_looked_over(shelf: Library) -> None:
    await admin_given(shelf)
    entry = await shelf.faq.entries.write(MENTOR, content=PAYOUT)

    await shelf.faq.publishing.submit(MENTOR, entry_id=entry.entry_id)

    assert await promised(shelf, DraftWaiting) == [
        (1, DraftWaiting(entry.entry_id, PAYOUT.question, "莫导"))
    ]


async def test_the_owner_is_reminded_twice_a_week_and_then_the_lead_as_well(
    shelf: Library,
) -> None:
    await admin_given(shelf)
    await mentor_given(shelf)
    entry = await shelf.published(PAYOUT, by=MENTOR)
    told = []

    for days in (59, 2, 1, 3, 4):
        shelf.clock.pass_(timedelta(days=days))
        await shelf.faq.reviews.sweep(shelf.clock.now())
        told.append([chat_id for chat_id, _ in await promised(shelf, ReviewWanted)])

    assert told == [[], [2], [2], [2, 2], [2, 2, 1, 2]]
    view = await shelf.faq.reading.open(MEMBER, entry_id=entry.entry_id)
    assert view.is_stale
    held = await shelf.faq.publishing.verify(MENTOR, entry_id=entry.entry_id)
    assert (held.state, held.verified_by) == (EntryState.PUBLISHED, 2)


async def test_several_answers_that_are_due_come_as_one_list(shelf: Library) -> None:
    await admin_given(shelf)
    await mentor_given(shelf)
    first = await shelf.published(PAYOUT, by=MENTOR)
    second = await shelf.published(replace(PAYOUT, question="样品费能退吗？"), by=MENTOR)
    shelf.clock.pass_(timedelta(days=61))

    await shelf.faq.reviews.sweep(shelf.clock.now())
    await shelf.faq.reviews.sweep(shelf.clock.now())

    ((chat_id, told),) = await promised(shelf, ReviewsWanted)
    assert isinstance(told, ReviewsWanted)
    assert chat_id == 2
    assert sorted(told.entries) == [
        (first.entry_id, PAYOUT.question),
        (second.entry_id, "样品费能退吗？"),
    ]
    assert await promised(shelf, ReviewWanted) == []


async def test_who_read_an_answer_lately_hears_that_the_rules_changed(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    await shelf.published(REVIEW)
    await shelf.faq.reading.open(GUEST, entry_id=entry.entry_id)
    shelf.clock.pass_(timedelta(days=31))
    await shelf.faq.reading.open(MEMBER, entry_id=entry.entry_id)
    (topic,) = [one for one in await shelf.faq.reading.topics(ADMIN) if one.code == "payout"]

    swept = await shelf.faq.reviews.rules_changed(
        ADMIN, topic_id=topic.topic_id, about="结算期改为 15 天"
    )

    assert (swept.marked, swept.told) == (1, 1)
    told = PolicyChanged(entry.entry_id, PAYOUT.question, "结算期改为 15 天")
    assert await promised(shelf, PolicyChanged) == [(3, told)]
    assert (await shelf.faq.reading.open(MEMBER, entry_id=entry.entry_id)).is_stale


async def test_who_searched_in_vain_is_told_in_their_own_words(shelf: Library) -> None:
    await shelf.published(REVIEW)
    for actor, words in (
        (MEMBER, "TikTok 多久回款"),
        (OTHER, "请问 tiktok shop 回款周期多久"),
        (GUEST, "星星"),
    ):
        await shelf.faq.searching.search(actor, text=words)

    entry = await shelf.published(PAYOUT)

    told = await promised(shelf, AnswerFound)
    assert sorted(chat_id for chat_id, _ in told) == [3, 5]
    for chat_id, content in told:
        assert isinstance(content, AnswerFound)
        assert content.entry_id == entry.entry_id
        assert (
            content.wording == {3: "TikTok 多久回款", 5: "请问 tiktok shop 回款周期多久"}[chat_id]
        )


async def test_searches_in_vain_are_grouped_and_closed_by_one_tap(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    for actor, words in ((MEMBER, "火星能寄吗"), (OTHER, "请问火星能寄吗？"), (GUEST, "土星")):
        await shelf.faq.searching.search(actor, text=words)

    first, second = (await shelf.faq.gaps.page(ADMIN)).gaps
    await shelf.faq.gaps.same_as(ADMIN, search_id=first.search_id, entry_id=entry.entry_id)
    await shelf.faq.gaps.ignore(ADMIN, search_id=second.search_id)

    assert (first.members, first.searches, second.wording) == (2, 2, "土星")
    assert (await shelf.faq.gaps.page(ADMIN)).gaps == ()
    found = await shelf.faq.searching.search(OTHER, text="火星能寄吗")
    assert found.verdict is Verdict.ANSWERS
    assert sorted(chat_id for chat_id, _ in await promised(shelf, AnswerFound)) == [3, 5]


async def test_a_gap_becomes_an_entry(shelf: Library) -> None:
    await shelf.faq.searching.search(MEMBER, text="火星能寄吗")
    (gap,) = (await shelf.faq.gaps.page(ADMIN)).gaps

    entry = await shelf.faq.gaps.answer(
        ADMIN, search_id=gap.search_id, content=Content("火星能寄吗？", "还不行。")
    )

    assert entry.state is EntryState.DRAFT
    assert (await shelf.faq.gaps.page(ADMIN)).gaps == ()
    await shelf.faq.publishing.publish(ADMIN, entry_id=entry.entry_id)
    assert [chat_id for chat_id, _ in await promised(shelf, AnswerFound)] == [3]


async def test_the_community_s_own_words_count_from_the_next_search_on(shelf: Library) -> None:
    await shelf.published(PAYOUT)
    await shelf.published(REVIEW)
    before = await shelf.faq.searching.search(MEMBER, text="小黄车啥时候吐米米")

    await shelf.faq.terms.add(ADMIN, text="回款，吐米米")
    await shelf.faq.terms.add(ADMIN, text="多久, 啥时候")
    after = await shelf.beside().faq.searching.search(MEMBER, text="啥时候吐米米")
    for group in await shelf.faq.terms.own(ADMIN):
        await shelf.faq.terms.remove(ADMIN, term_id=group.term_id)
    removed = await shelf.faq.searching.search(MEMBER, text="啥时候吐米米")

    assert before.verdict is Verdict.NOTHING
    assert after.lines[0].question == PAYOUT.question
    assert removed.verdict is Verdict.NOTHING
    with pytest.raises(Invalid):
        await shelf.faq.terms.add(ADMIN, text="一个词")


async def test_what_was_learnt_is_explained_and_undone_everywhere(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    await shelf.published(REVIEW)
    other = shelf.beside()
    found = await shelf.faq.searching.search(MEMBER, text=STRANGE)
    await shelf.faq.votes.vote(
        MEMBER, entry_id=entry.entry_id, version=1, is_up=True, search_id=found.search_id
    )
    assert (await other.faq.searching.search(OTHER, text=STRANGE)).verdict is Verdict.ANSWERS

    (lesson,) = await shelf.faq.learning.lessons(MENTOR, entry_id=entry.entry_id)
    await shelf.faq.learning.undo(ADMIN, confirmation_id=lesson.confirmation_id)

    assert (lesson.wording, lesson.members) == (STRANGE, 1)
    for process in (shelf, other):
        again = await process.faq.searching.search(OTHER, text=STRANGE)
        assert again.verdict is not Verdict.ANSWERS


async def test_a_thumb_down_takes_back_what_the_same_member_taught(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    found = await shelf.faq.searching.search(MEMBER, text=STRANGE)
    for is_up in (True, False):
        await shelf.faq.votes.vote(
            MEMBER, entry_id=entry.entry_id, version=1, is_up=is_up, search_id=found.search_id
        )

    assert await shelf.faq.learning.lessons(ADMIN, entry_id=entry.entry_id) == []


async def test_an_answered_ticket_teaches_and_becomes_a_draft_without_personal_data(
    shelf: Library,
) -> None:
    entry = await shelf.published(PAYOUT)
    async with shelf.storage.work() as unit:
        await shelf.faq.learning.answered_with(
            unit, entry_id=entry.entry_id, member_id=3, wording=STRANGE
        )
        number = await shelf.faq.learning.promote(
            unit,
            MENTOR,
            question="我的电话 13800138000，多久到账？",
            answer="<b>30 天</b>，问 @laowang88",
            ticket_id=42,
        )
        await unit.commit()

    draft = await shelf.faq.entries.one(MENTOR, entry_id=number)
    found = await shelf.faq.searching.search(OTHER, text=STRANGE)
    assert found.verdict is Verdict.ANSWERS
    assert (draft.state, draft.source_ticket_id) == (EntryState.DRAFT, 42)
    assert draft.content.question == "我的电话 •••，多久到账？"
    assert draft.content.body == "<b>30 天</b>，问 •••"


async def test_what_may_be_there_already_is_pointed_out(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)

    alike = await shelf.faq.entries.alike(Content("TikTok Shop 回款要多久？", "新的"))
    different = await shelf.faq.entries.alike(Content("直播间灯光怎么打？", "新的"))

    assert ([one.entry_id for one in alike], different) == ([entry.entry_id], [])


async def test_other_wordings_are_no_proof_that_an_answer_holds(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    shelf.clock.pass_(timedelta(days=3))

    found = await shelf.faq.entries.save(
        ADMIN,
        entry_id=entry.entry_id,
        version=1,
        content=replace(entry.content, aliases=("多久放款",)),
    )
    said = await shelf.faq.entries.save(
        ADMIN,
        entry_id=entry.entry_id,
        version=2,
        content=replace(found.content, body="现在 20 天。"),
    )

    assert found.verified_at == entry.verified_at
    assert said.verified_at == shelf.clock.now()


async def test_an_entry_is_handed_to_those_alone_who_may_look_after_it(shelf: Library) -> None:
    entry = await shelf.published(PAYOUT)
    owner = Actor(9, frozenset({Role.OWNER}))
    await shelf.people.give_role(owner, member_id=2, role=Role.MENTOR)

    handed = await shelf.faq.publishing.hand_over(ADMIN, entry_id=entry.entry_id, owner_id=2)

    assert (handed.owner_id, handed.owner_name) == (2, "莫导")
    assert await shelf.faq.publishing.editors(ADMIN) == {2: "莫导"}
    with pytest.raises(Invalid):
        await shelf.faq.publishing.hand_over(ADMIN, entry_id=entry.entry_id, owner_id=3)


async def test_answers_of_a_common_new_word_are_read_again_while_searches_go_on(
    shelf: Library,
) -> None:
    for number in range(50):
        await shelf.published(Content(f"第 {number} 条", "先登记吐米米，再寄样。"))
    other = shelf.beside()
    await other.faq.index.follow()

    await shelf.faq.terms.add(ADMIN, text="回款，吐米米")
    await other.faq.searching.search(MEMBER, text="登记回款")
    await other.faq.index.catch_up()

    fresh = shelf.beside()
    await fresh.faq.index.follow()
    found, expected = (one.faq.index.engine.search("登记回款再寄样").hits for one in (other, fresh))
    assert [(hit.key, round(hit.score, 9)) for hit in found] == [
        (hit.key, round(hit.score, 9)) for hit in expected
    ]
    assert found[0].confidence > 0
