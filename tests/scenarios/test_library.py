"""The library in chat: an admin takes something in, and members find it, follow it, open it."""

from community_bot.people.roles import Role
from community_bot.sandbox.facts import Message, Person
from tests.paid import english, paid
from tests.town import Town, keys_of, living, picture, said

SECRET = "UK shipping prices\nonly for members: 12 per kilo"


async def kept(town: Town, admin: Person, text: str, topics: str = "UK logistics") -> int:
    """Let an admin take a text in, say what it is about, and put it out."""
    await town.says(admin, "/library")
    await town.presses(admin, "shelves:new")
    await town.says(admin, text)
    card = said(await town.presses(admin, "shelves:yes_keep"))
    await town.presses(admin, "shelves:topics")
    await town.says(admin, topics)
    await town.presses(admin, "shelves:step")
    return int(card.split("#")[1].split(" ")[0])


def labels(message: Message) -> list[str]:
    return [str(key["text"]) for key in keys_of(message)]


async def test_a_member_finds_opens_and_follows_what_an_admin_has_kept(database_url: str) -> None:
    async with living(database_url) as town:
        admin, member = await english(town, "Ada", Role.ADMIN), await english(town, "Lin")
        await kept(town, admin, SECRET)

        home = labels(await town.says(member, "/library"))
        shelf = labels(await town.presses(member, "library:topic"))
        followed = labels(await town.presses(member, "library:follow"))
        await town.presses(member, "library:open")
        opened = await town.told(member, "12 per kilo")
        found = labels(await town.says(member, "/library shipping prices"))

        assert {"LOGISTICS · 1", "logistics · 1", "UK · 1"} & set(home)
        assert "UK shipping prices" in shelf
        assert any("Follow no more" in label for label in followed)
        assert opened.sender is town.world.bot
        assert "UK shipping prices" in found


async def test_above_the_tier_a_title_with_a_lock_and_the_way_up(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        admin = await english(town, "Ada", Role.ADMIN)
        guest, member = await english(town, "Gus"), await english(town, "Lin")
        await paid(town, member)
        number = await kept(town, admin, SECRET)
        await town.presses(admin, "shelves:tiers")
        await town.presses(admin, f"shelves:tier:{number}:annual")

        await town.says(guest, "/library")
        shelf = labels(await town.presses(guest, "library:newest"))
        locked = await town.presses(guest, "library:open")
        linked = await town.says(guest, f"/start r_{number}")
        opened = await town.says(member, f"/start r_{number}")

        assert "🔒 UK shipping prices" in shelf
        assert "Annual" in said(locked)
        assert "join:offers" in {key.get("callback_data") for key in keys_of(linked)}
        assert "12 per kilo" in said(opened)
        everything = [said(one) for one in town.world.history(town.chat(guest))]
        assert not any("12 per kilo" in one for one in everything)


async def test_what_an_admin_forwards_is_offered_and_an_album_is_one_resource(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        admin, member = await english(town, "Ada", Role.ADMIN), await english(town, "Lin")
        channel = town.world.add_channel("News", admin)
        posted = town.world.send_text(admin, channel, "Policy of the week")

        seen = town.last(admin).message_id
        town.world.forward(admin, posted, town.chat(admin))
        offered = said(await town.answer(admin, after=seen + 1))
        await town.shows(admin, picture(), caption="Chart")
        card = said(await town.presses(admin, "shelves:yes_keep"))
        published = await town.presses(admin, "shelves:step")
        await town.says(member, "/library week")
        await town.presses(member, "library:open")
        opened = await town.told(member, "Policy of the week")

        assert "Take this into the library?" in offered
        assert "text + photos × 1" in card
        assert "In the library" in said(published)
        assert "Chart" in said(opened)


async def test_a_picture_without_words_is_asked_for_its_title(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        admin = await english(town, "Ada", Role.ADMIN)
        await town.says(admin, "/library")
        await town.presses(admin, "shelves:new")

        await town.shows(admin, picture())
        asked = await town.presses(admin, "shelves:yes_keep")
        too_long = await town.says(admin, "x" * 121)
        card = await town.says(admin, "A chart")

        assert "title" in said(asked)
        assert "120" in said(too_long)
        assert "A chart" in said(card)


async def test_words_lead_to_pages_and_nothing_leads_on(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        admin, member = await english(town, "Ada", Role.ADMIN), await english(town, "Lin")
        for number in range(9):
            await kept(town, admin, f"Shipping list {number}")

        first = labels(await town.says(member, "/library shipping list"))
        second = labels(await town.presses(member, "library:page"))
        nothing = await town.says(member, "/library 火星土豆")

        assert len([label for label in first if "Shipping list" in label]) == 8
        assert len([label for label in second if "Shipping list" in label]) == 1
        assert "fits" in said(nothing)


async def test_members_cannot_look_after_the_library(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        admin, member = await english(town, "Ada", Role.ADMIN), await english(town, "Lin")
        number = await kept(town, admin, SECRET)
        message = await town.says(member, "/library")
        keys_of(message)[0]["callback_data"] = f"shelves:step:{number}:archive"

        refused = await town.toast(member, "shelves:step")

        assert "admins" in refused
