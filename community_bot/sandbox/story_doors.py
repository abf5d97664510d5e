"""The story's doors: who is let into the members' group, who is not, and when it ends."""

from datetime import timedelta

from community_bot.sandbox.demo import Demo
from community_bot.sandbox.facts import Chat, Message
from community_bot.sandbox.story_player import Player, Unexpected, doors_of

AFTER_THE_WARNING = timedelta(days=2)
A_YEAR_AND_MORE = timedelta(days=366 + 8)  # beyond the days of grace too


async def enter(demo: Demo) -> None:
    """Ask at the door that the bot shows, as a new member, and be let in."""
    member = Player(demo, "linxiao")
    mine = await look_at_oneself(demo)
    door = demo.stage.doors["members"].url
    if door not in doors_of(mine):
        raise Unexpected("the door of the members' group", ", ".join(doors_of(mine)) or "no door")
    await _ask(demo, member, "members", "approved")
    if not demo.world.membership(_group(demo), member.person).is_present:
        raise Unexpected("the new member in the group", "nobody there")


async def stay_out(demo: Demo) -> None:
    """Turn down who has the link and no membership, and say how to join."""
    stranger = Player(demo, "chenli")
    await _ask(demo, stranger, "members", "declined")
    await stranger.sees(button="join:offers")


async def look_at_oneself(demo: Demo) -> Message:
    """Show what was bought."""
    member = Player(demo, "linxiao")
    member.says("/me")
    return await member.sees(button="order:show", words="8,888")


async def lapse(demo: Demo) -> None:
    """Close the doors a year later for whoever did not renew."""
    await demo.advance(A_YEAR_AND_MORE)
    former = Player(demo, "linxiao")
    former.says("/me")
    mine = await former.sees(button="join:offers")
    if doors_of(mine):
        raise Unexpected("no door after the membership ended", ", ".join(doors_of(mine)))
    await _ask(demo, former, "channel", "declined")


async def empty_seats(demo: Demo) -> None:
    """Take out who was warned, and nobody of the staff."""
    former, mentor = Player(demo, "linxiao"), Player(demo, "leo")
    await demo.advance(AFTER_THE_WARNING)
    await former.until(
        lambda: not demo.world.membership(_group(demo), former.person).is_present,
        "to be out of the members' group",
    )
    if not demo.world.membership(_group(demo), mentor.person).is_present:
        raise Unexpected("the mentor in the members' group", "nobody there")


async def _ask(demo: Demo, player: Player, place: str, answer: str) -> None:
    request = demo.world.request_join(player.person, demo.stage.doors[place])
    await player.until(lambda: request.state == answer, f"the request to be {answer}")


def _group(demo: Demo) -> Chat:
    return demo.stage.places["members"]
