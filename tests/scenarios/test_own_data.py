"""A person reads what is known of them, takes it along, and asks for it to be deleted."""

import io
import json
import zipfile

import pytest

from community_bot.sandbox.facts import Message
from tests.paid import english, paid
from tests.town import Town, keys_of, living, said


def file_in(town: Town, message: Message) -> tuple[str, bytes]:
    """Return the name and the bytes of the file in a message."""
    document = message.content["document"]
    return str(document["file_name"]), town.world.files.find(document["file_id"]).data


async def test_a_receipt_is_a_file_in_the_language_of_its_reader(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")
        order = await paid(town, member)
        await town.says(member, "/me")
        await town.presses(member, "order:show")

        name, content = file_in(town, await town.presses(member, "order:receipt"))

        assert name == f"receipt-{order.code}.txt"
        assert "8,888.00" in content.decode()
        assert "Plan: Annual 1 year" in content.decode()


async def test_somebody_takes_along_what_is_known_of_them(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        member = await english(town, "Lin")
        order = await paid(town, member)
        await town.says(member, "/privacy")

        name, content = file_in(town, await town.presses(member, "privacy:export"))

        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            card = json.loads(archive.read("membership.json"))
            rows = json.loads(archive.read("everything.json"))
            readable = archive.read("read-me.txt").decode()
        assert name == "my-data.zip"
        assert card["member"]["member_id"] == member.id
        assert [one["code"] for one in rows["orders"]] == [order.code]
        assert order.code in readable
        assert "<b>" not in readable


async def test_deletion_is_asked_for_in_two_steps_and_told_to_the_owner_once(
    database_url: str,
) -> None:
    async with living(database_url) as town:
        await town.says(town.owner, "/start")
        member = await english(town, "Lin")
        await town.says(member, "/privacy")

        sure = said(await town.presses(member, "privacy:delete"))
        await town.presses(member, "privacy:really")
        await town.told(town.owner, "Lin")

        assert "kept for accounting" in sure
        card = await town.community.cards.of(
            await town.community.actor(town.owner.id), member_id=member.id
        )
        assert [entry.action for entry in card.entries] == ["ask_deletion"]


async def test_an_owner_forgets_somebody_who_asked_for_it(database_url: str) -> None:
    async with living(database_url) as town:
        await town.says(town.owner, "/start")
        await town.community.people.choose_locale(await town.community.actor(town.owner.id), "en")
        member = await english(town, "Lin")
        await paid(town, member)
        await town.says(member, "/privacy")
        await town.presses(member, "privacy:delete")
        await town.presses(member, "privacy:really")
        await town.told(town.owner, "Somebody wants their data deleted")

        look = said(await town.presses(town.owner, "erasures:look"))
        await town.presses(town.owner, "erasures:sure")
        done = said(await town.presses(town.owner, "erasures:yes"))
        await town.told(member, "资料已删除")

        assert "Their membership ends" in look
        assert "Deleted" in done
        again = said(await town.says(member, "/me"))
        assert "Annual" not in again


@pytest.mark.parametrize("data", ["order:receipt:1", "order:receipt:x", "order:receipt:99"])
async def test_nobody_has_the_receipt_of_somebody_else(sqlite_url: str, data: str) -> None:
    async with living(sqlite_url) as town:
        member, stranger = await english(town, "Lin"), await english(town, "Chen")
        await paid(town, member)
        await town.says(stranger, "/start")
        message, _ = town.button(stranger, "join:offers")
        keys_of(message)[0]["callback_data"] = data

        assert await town.toast(stranger, data)
        assert "document" not in town.last(stranger).content
