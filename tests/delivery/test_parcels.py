"""Parcels arrive as people have made them."""

import asyncio
from datetime import timedelta

import pytest

from community_bot.clock import ShiftedClock
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Outcome, Promise
from community_bot.delivery.parcels import Button, Copies, Media, MediaKind, Piece
from community_bot.delivery.rules import DeliveryEvent, DeliveryState, Doubt
from community_bot.delivery.rules import Fault as DeliveryFault
from community_bot.sandbox.facts import Message, Person
from community_bot.sandbox.faults import Fault, Trouble
from community_bot.sandbox.refusals import Refused
from community_bot.storage.unit import Storage, Unit
from tests.delivery.posting import Office, posting, working
from tests.sandbox.test_api_media import png

SENT, FAILED = DeliveryState.SENT, DeliveryState.FAILED


class Heard:
    """A room that listens to what became of its letters."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []

    async def __call__(self, _unit: Unit, outcome: Outcome) -> None:
        self.outcomes.append(outcome)


def album(office: Office, person: Person, count: int) -> list[Message]:
    items = [("photo", png(8, 8, bytes([n]))) for n in range(count)]
    return office.sandbox.world.send_album(person, person.id, items, caption="三张图")


async def carried(office: Office, content: object, chat_id: int, **more: object) -> list[Message]:
    """Promise a parcel and return what arrived."""
    before = len(office.sandbox.world.history(chat_id))
    await office.put(Promise(content, chat_id, Lane.DESK, **more))  # type: ignore[arg-type]
    async with working(office, office.another()):
        await office.becomes(SENT, len(await office.rows()))
    return office.sandbox.world.history(chat_id)[before:]


async def test_a_question_is_copied_as_it_was_asked(storage: Storage) -> None:
    async with posting(storage, ShiftedClock()) as office:
        wang, mentor = office.person("小王"), office.person("Leo")
        asked = office.sandbox.world.send_text(wang, wang.id, "怎么报关？")

        (copy,) = await carried(office, Copies(wang.id, (asked.message_id,)), mentor.id)

        assert (copy.text, copy.sender) == ("怎么报关？", office.sandbox.world.bot)


async def test_an_album_is_copied_as_an_album(storage: Storage) -> None:
    async with posting(storage, ShiftedClock()) as office:
        wang, mentor = office.person("小王"), office.person("Leo")
        asked = album(office, wang, 3)
        ids = tuple(message.message_id for message in asked)

        copies = await carried(office, Copies(wang.id, ids[::-1]), mentor.id)

        (row,) = await office.rows()
        assert row.message_ids == [message.message_id for message in copies]
        assert len({message.media_group_id for message in copies}) == 1
        assert copies[0].content["caption"] == "三张图"


async def test_what_was_deleted_meanwhile_is_missed_aloud(sqlite_storage: Storage) -> None:
    heard = Heard()
    async with posting(sqlite_storage, ShiftedClock(), {"ticket:": heard}) as office:
        wang, mentor = office.person("小王"), office.person("Leo")
        asked = album(office, wang, 3)
        office.sandbox.world.delete_message(asked[1])
        ids = tuple(message.message_id for message in asked)

        await carried(office, Copies(wang.id, ids), mentor.id, about="ticket:42")

        (outcome,) = heard.outcomes
        (row,) = await office.rows()
        assert (outcome.receipt.missing, len(outcome.receipt.message_ids)) == (1, 2)
        assert row.error == "1 of the messages could not be copied"


@pytest.mark.parametrize("count", [1, 2])
async def test_what_is_gone_altogether_is_not_tried_again(
    sqlite_storage: Storage, count: int
) -> None:
    heard = Heard()
    async with posting(sqlite_storage, ShiftedClock(), {"ticket:": heard}) as office:
        wang, mentor = office.person("小王"), office.person("Leo")
        gone = tuple(range(900, 900 + count))
        await office.put(Promise(Copies(wang.id, gone), mentor.id, Lane.DESK, about="ticket:42"))

        async with working(office):
            await office.becomes(FAILED)
            await office.becomes(SENT)

        assert [(one.event, one.fault) for one in heard.outcomes] == [
            (DeliveryEvent.REFUSE, DeliveryFault.GONE)
        ]
        owner = next(iter(office.sandbox.world.people))
        assert len(office.read(owner)) == 1


async def test_a_private_chat_is_never_taken_for_a_group_that_moved(
    sqlite_storage: Storage,
) -> None:
    heard = Heard()
    async with posting(sqlite_storage, ShiftedClock(), {"ticket:": heard}) as office:
        wang = office.person("小王")
        moved = Refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100)
        office.sandbox.faults.arranged.append(
            Fault(Trouble.REFUSE, method="copyMessage", refusal=moved)
        )
        copies = Copies(-7, (1,))
        await office.put(Promise(copies, wang.id, Lane.DESK, about="ticket:42"))

        async with working(office):
            await office.becomes(FAILED)

        (row, *_) = await office.rows()
        assert (row.chat_id, heard.outcomes[0].fault) == (wang.id, DeliveryFault.GONE)


async def test_an_answer_hangs_on_the_question_even_when_that_is_gone(
    sqlite_storage: Storage,
) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        wang = office.person("小王")
        asked = office.sandbox.world.send_text(wang, wang.id, "怎么报关？")

        (hanging,) = await carried(office, Piece("这样", reply_to=asked.message_id), wang.id)
        (loose,) = await carried(office, Piece("还有", reply_to=999), wang.id)

        assert hanging.reply_to is asked
        assert loose.reply_to is None


async def test_a_piece_keeps_its_formatting_and_its_buttons(sqlite_storage: Storage) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        wang = office.person("小王")
        bold = {"type": "bold", "offset": 0, "length": 2}
        buttons = (Button("打开", url="https://example.com/"), Button("有用", data="post:vote:1"))

        (post,) = await carried(
            office, Piece("更新 <b>", entities=(bold,), buttons=buttons, protect=True), wang.id
        )

        assert (post.text, post.content["entities"]) == ("更新 <b>", [bold])
        assert [[key["text"] for key in row] for row in post.buttons] == [["打开"], ["有用"]]
        assert post.is_protected


@pytest.mark.parametrize("kind", list(MediaKind))
async def test_every_kind_of_file_is_sent_in_its_own_way(
    sqlite_storage: Storage, kind: MediaKind
) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        wang = office.person("小王")
        files = office.sandbox.world.files
        data = png(8, 8) if kind is MediaKind.PHOTO else b"data"
        kept = files.keep(data, kind.value)
        media = Media(kind, (kept.sizes or [kept.facts])[-1]["file_id"])

        (post,) = await carried(office, Piece("说明", media=(media,)), wang.id)

        assert (post.kind, post.content["caption"]) == (kind.value, "说明")


async def test_several_pictures_arrive_as_one_album(sqlite_storage: Storage) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        wang = office.person("小王")
        files = office.sandbox.world.files
        kept = [files.keep(png(8, 8, bytes([n])), "photo") for n in range(3)]
        media = tuple(
            Media(MediaKind.PHOTO, (one.sizes or [one.facts])[-1]["file_id"]) for one in kept
        )

        posts = await carried(office, Piece("说明", media=media), wang.id)

        assert len({post.media_group_id for post in posts}) == 1
        assert [post.content.get("caption") for post in posts] == ["说明", None, None]


async def test_a_long_text_arrives_in_order_and_no_part_of_it_twice(
    sqlite_storage: Storage,
) -> None:
    async with posting(sqlite_storage, ShiftedClock()) as office:
        wang = office.person("小王")
        office.sandbox.faults.flood(1, chat_id=wang.id)
        piece = Piece("".join(f"{n:04d} " for n in range(2000)))

        parts = await carried(office, piece, wang.id, once_key="post:1", about="run:7")

        said = " ".join(part.text.strip() for part in parts)
        assert said.split() == [f"{n:04d}" for n in range(2000)]
        async with sqlite_storage.read() as session:
            tally = await office.community.outbox.tally(session, about="run:7")
        assert tally == {SENT: 3}


async def test_a_heading_stays_before_its_copy_even_when_the_heading_is_put_off(
    storage: Storage,
) -> None:
    async with posting(storage, ShiftedClock()) as office:
        wang, mentor = office.person("小王"), office.person("Leo")
        asked = office.sandbox.world.send_text(wang, wang.id, "怎么报关？")
        office.sandbox.faults.flood(1, chat_id=mentor.id)
        await office.promise(mentor.id, "heading")
        await office.put(Promise(Copies(wang.id, (asked.message_id,)), mentor.id, Lane.DESK))

        async with working(office):
            await office.becomes(SENT, 2)

        heading, copy = office.read(mentor.id)
        assert ("heading" in heading, copy) == (True, "怎么报关？")


async def test_a_courier_that_takes_over_lets_nothing_overtake(storage: Storage) -> None:
    clock = ShiftedClock()
    async with posting(storage, clock) as office:
        wang = office.person("小王")
        office.sandbox.faults.server_error(chat_id=wang.id, times=1)
        await office.promise(wang.id, "first", "second", doubt=Doubt.ONCE_MORE)
        async with working(office):
            await office.tried(1)
            await office.becomes(DeliveryState.PENDING, 2)

        successor = office.another()
        async with working(office, successor):
            await asyncio.sleep(0.3)
            early = office.read(wang.id)
            clock.pass_(timedelta(seconds=6))
            successor.wake()
            await office.becomes(SENT, 2)

        assert early == []
        assert ["first" in text for text in office.read(wang.id)] == [True, False]
