"""A member follows a topic, hears of what is new, and hears less of it with one tap."""

from datetime import timedelta

from community_bot.people.roles import Actor, Role
from community_bot.resources.content_rules import Content
from community_bot.sandbox.facts import Person
from tests.paid import english, paid
from tests.town import Town, keys_of, living, said


async def published(town: Town, text: str) -> None:
    owner = Actor(town.owner.id, frozenset({Role.OWNER}))
    library = town.community.resources.library
    made = await library.make(owner, content=Content(text), topics=["UK"])
    await library.publish(owner, resource_id=made.resource_id)


async def following(town: Town) -> Person:
    """Let a member follow the UK in the library."""
    member = await english(town, "Lin")
    await paid(town, member)
    await published(town, "The UK before")
    await town.says(member, "/library")
    await town.presses(member, "library:topic")
    await town.presses(member, "library:follow")
    return member


async def test_news_of_a_topic_come_and_are_let_go_with_one_tap(database_url: str) -> None:
    async with living(database_url) as town:
        member, digests = await following(town), town.community.resources.digests
        await digests.sweep(town.community.clock.now())
        await published(town, "New customs rules <UK>")

        await digests.sweep(town.community.clock.now() + timedelta(days=8))
        told = await town.told(member, "New for you: #UK")
        opened = said(await town.presses(member, "library:open"))
        less = said(await town.presses(member, "digests:less"))
        again = said(await town.presses(member, "digests:again"))

        assert "New customs rules <UK>" in said(told)
        assert "New customs rules" in opened
        assert "no longer hear of #UK" in less
        assert "You follow: #UK" in again
        assert len(keys_of(told)) == len(["the title", "less", "how often"])


async def test_how_often_by_which_clock_and_when_not_are_chosen(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        member = await following(town)

        await town.says(member, "/settings")
        before = said(await town.presses(member, "digests:home"))
        daily = said(await town.presses(member, "digests:pace:daily"))
        await town.presses(member, "digests:zones")
        london = said(await town.presses(member, "digests:zone:4"))
        await town.presses(member, "digests:zones")
        unknown = said(await town.says(member, "the moon"))
        typed = said(await town.says(member, "Asia/Singapore"))
        await town.presses(member, "digests:hours")
        unclear = said(await town.says(member, "at night"))
        quiet = said(await town.says(member, "22:30-7:00"))
        await town.presses(member, "digests:hours")
        loud = said(await town.presses(member, "digests:quiet:0:0"))

        assert "every Monday" in before
        assert "every day" in daily
        assert "Britain" in london
        assert "do not know that zone" in unknown
        assert "Asia/Singapore" in typed
        assert "22:30-07:00" in unclear
        assert "22:30-07:00" in quiet
        assert "Quiet hours: none set" in loud
