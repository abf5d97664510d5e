"""Albums and bursts of members, whatever the order, the pauses and the moment of the claim."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from community_bot.clock import StandingClock
from community_bot.delivery.message_acts import EditPiece
from community_bot.delivery.parcels import Copies
from community_bot.storage.unit import Storage
from community_bot.tickets.desk_notices import FollowUpCame
from community_bot.tickets.facts import Opened, Said, Ticket
from handlers.texts import questions_pages
from handlers.texts.words import words as words_in
from tests.tickets.bureau import FORUM, KIM, LEO, WANG, Bureau, bureau

IDS = [907, 901, 905, 903, 910, 902, 909, 904, 908, 906]


def part(number: int, text: str | None = None) -> Said:
    return Said(WANG, number, "photo", text, (), f"p{number}", "a7")


def in_topic(town: Bureau, topic: int | None) -> list[tuple[int, ...]]:
    """Return what was copied into a topic of the desk, call by call."""
    return [
        what.message_ids
        for chat, place, what in town.sent
        if chat == FORUM and isinstance(what, Copies) and place == topic
    ]


async def happened(town: Bureau, ticket: Ticket) -> list[str]:
    transcript = await town.tickets.views.transcript(
        await town.actor(KIM), ticket_id=ticket.ticket_id
    )
    return [one.happening.value for one in transcript.moments]


@pytest.mark.parametrize("pause", [0.0, 0.3, 3.0])
async def test_an_album_of_a_member_is_one_event_whatever_the_order_and_the_pauses(
    storage: Storage, clock: StandingClock, pause: float
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered()
    await town.post()
    topic, wang = (await town.ticket(ticket)).forum_topic_id, await town.actor(WANG)
    before = len(in_topic(town, topic))

    for number in IDS:
        await town.tickets.following_up.follow_up(wang, said=part(number))
        await town.tickets.amending.edited(wang, said=part(IDS[0], f"改到 {number}"))
        await town.later(seconds=pause)
    await town.later(seconds=4)
    await town.post()

    assert in_topic(town, topic)[before:] == [tuple(sorted(IDS))]
    assert (await happened(town, ticket)).count("follow_up") == 1
    assert len(town.told(FORUM, FollowUpCame)) == 1


async def test_parts_that_come_after_a_question_was_handed_in_belong_to_it(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    wang, leo = await town.actor(WANG), await town.actor(LEO)
    for number in IDS[:4]:
        draft = await town.tickets.drafting.collect(wang, said=part(number))
    opened = await town.tickets.intake.submit(wang, draft_id=draft.draft_id)
    assert isinstance(opened, Opened)
    ticket = opened.ticket

    await town.tickets.following_up.follow_up(wang, said=part(IDS[4]))
    await town.tickets.claiming.claim(leo, ticket_id=ticket.ticket_id)
    await town.tickets.following_up.follow_up(wang, said=part(IDS[5]))
    await town.post()
    await town.tickets.following_up.follow_up(wang, said=part(IDS[6]))
    for _ in range(3):
        await town.later(seconds=4)
        await town.post()

    topic = (await town.ticket(ticket)).forum_topic_id
    carried = in_topic(town, topic)
    assert sorted(number for call in carried for number in call) == sorted(IDS[:7])
    assert in_topic(town, None) == []
    assert "follow_up" not in await happened(town, ticket)


async def test_what_is_written_before_the_topic_is_there_waits_for_it(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.claimed("佣金怎么算？")

    await town.placed("还有英国站的")
    await town.post()

    topic = (await town.ticket(ticket)).forum_topic_id
    assert len(in_topic(town, topic)) == 2
    assert in_topic(town, None) == []


async def test_an_edit_while_the_copy_is_under_way_reaches_it(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered()
    await town.post()
    wang = await town.actor(WANG)
    asked = town.said("/ask 英国站呢？").without("/ask")
    await town.tickets.following_up.follow_up(wang, said=asked)

    after = replace(asked, text="/ask 欧洲站呢？")
    await town.tickets.amending.edited(wang, said=after, head="/ask")
    await town.post()

    assert [one.text for one in town.told(FORUM, EditPiece)] == ["欧洲站呢？"]
    assert (await happened(town, ticket)).count("edit") == 1


async def test_an_answer_in_several_messages_is_one_line_and_thanks_are_not_added_words(
    storage: Storage, clock: StandingClock
) -> None:
    town = await bureau(storage, clock)
    ticket = await town.answered("不需要。")
    for words in ("先看类目。", "再看站点。"):
        await town.answers(ticket, words)
    await town.placed("谢谢")
    await town.placed("那律师费谁出？")

    card = await town.tickets.views.card(await town.actor(KIM), ticket_id=ticket.ticket_id)
    own = await town.tickets.views.transcript(await town.actor(WANG), ticket_id=ticket.ticket_id)
    file = questions_pages.transcript(words_in("zh_CN"), own, ZoneInfo("Asia/Shanghai"))

    assert card.added == "那律师费谁出？"
    assert file.count("导师答复\n") == 1
