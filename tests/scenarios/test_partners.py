"""A member looks for a partner, asks for an introduction, gets it and says how it was."""

from community_bot.people.roles import Role
from community_bot.sandbox.facts import Person
from tests.paid import english, paid
from tests.town import Town, keys_of, living, said

DETAILS = "Sea & Co <b>\nUK, logistics\nWeChat: sea-li\nDoor to door to Felixstowe.\nNo minimum."
WISH = "Two containers a month to the UK, customs and the last mile."


async def listed(town: Town, admin: Person) -> str:
    """Let an admin write a partner down and list it; return what the page says."""
    await town.says(admin, "/partners")
    await town.presses(admin, "partnerdesk:home")
    await town.presses(admin, "partnerdesk:new")
    await town.presses(admin, "partnerdesk:kind:logistics")
    await town.says(admin, DETAILS)
    return said(await town.presses(admin, "partnerdesk:list"))


async def wished(town: Town, member: Person) -> str:
    """Let a member find the partner and ask to meet them; return the answer."""
    await town.says(member, "/partners")
    await town.presses(member, "partners:kind")
    await town.presses(member, "partners:open")
    await town.presses(member, "partners:ask")
    return said(await town.says(member, WISH))


async def test_an_introduction_is_asked_for_made_and_rated(database_url: str) -> None:
    async with living(database_url) as town:
        admin, member = await english(town, "Adm", Role.ADMIN), await english(town, "Lin")
        await paid(town, member)

        page = await listed(town, admin)
        answer = await wished(town, member)
        card = await town.told(admin, "Introduction no. 1")
        await town.presses(admin, "partnerdesk:take")
        taken = said(await town.told(member, "is being seen to"))
        await town.presses(admin, "partnerdesk:make")
        await town.says(admin, "Write to Li; I told her about you.")
        made = said(await town.told(member, "Your introduction to"))
        await town.presses(member, "partners:open")
        rated = said(await town.presses(member, "partners:rate:1:5"))

        assert "Listed" in page
        assert "with the staff" in answer
        assert "You hear from us by" in answer
        assert "Lin → Sea & Co" in said(card)
        assert "Adm introduces you" in taken
        assert "I told her about you" in made
        assert "⭐⭐⭐⭐⭐" in rated


async def test_a_card_follows_what_becomes_of_the_case(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        admin, member = await english(town, "Adm", Role.ADMIN), await english(town, "Lin")
        await paid(town, member)
        await listed(town, admin)
        await wished(town, member)
        card = await town.told(admin, "Introduction no. 1")

        await town.presses(member, "partners:withdraw")
        await town.presses(member, "partners:yeswithdraw")
        await town.world.until(lambda: "taken back" in said(card), timeout=10)

        assert keys_of(card) == []


async def test_the_contact_is_sent_by_one_tap_and_what_is_declined_says_why(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        admin, member = await english(town, "Adm", Role.ADMIN), await english(town, "Lin")
        await paid(town, member)
        await listed(town, admin)
        await wished(town, member)
        await town.told(admin, "Introduction no. 1")

        await town.presses(admin, "partnerdesk:decline")
        await town.says(admin, "Full this month.")
        declined = said(await town.told(member, "cannot introduce you"))
        await wished(town, member)
        await town.told(admin, "Introduction no. 2")
        await town.presses(admin, "partnerdesk:make")
        await town.presses(admin, "partnerdesk:contact")
        made = said(await town.told(member, "Your introduction to"))

        assert "Full this month." in declined
        assert "sea-li" in made


async def test_what_cannot_be_used_is_said_clearly_and_nothing_is_changed(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        admin, guest = await english(town, "Adm", Role.ADMIN), await english(town, "Guest")
        await listed(town, admin)
        await town.presses(admin, "partnerdesk:rewrite")
        short = said(await town.says(admin, "Only a name"))
        await town.says(guest, "/partners")
        await town.presses(guest, "partners:kind")
        await town.presses(guest, "partners:open")
        refused = await town.toast(guest, "partners:ask")
        waiting = said(await town.says(admin, "/partners"))
        desk = said(await town.presses(admin, "partnerdesk:home"))

        assert "third line is the contact" in short
        assert "That is for members" in refused
        assert "Partners" in waiting
        assert "Nobody waits" in desk


async def test_what_is_above_the_tier_shows_the_way_up(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        admin, guest = await english(town, "Adm", Role.ADMIN), await english(town, "Guest")
        await listed(town, admin)
        await town.presses(admin, "partnerdesk:tiers")
        await town.presses(admin, "partnerdesk:tier:1:annual")

        await town.says(guest, "/partners")
        await town.presses(guest, "partners:tag")
        locked = await town.presses(guest, "partners:open")

        assert "Felixstowe" not in said(locked)
        assert "Annual" in said(locked)
        assert any(key.get("callback_data") == "join:offers" for key in keys_of(locked))
