"""Presses that move a ticket under another topic, and that keep who floods from asking."""

from community_bot.sandbox.facts import Person
from tests.scenarios.desk_town import Bureau, forum, group
from tests.town import keys_of, living, said


async def test_a_ticket_goes_under_another_topic_from_its_card_in_the_group(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        desk = await forum(town)
        leo, amy = await desk.mentor("Leo"), await desk.mentor("Amy")
        ticket = await desk.asks(await desk.member("Wang"), "广告怎么投？")
        card = await desk.card(ticket, "广告")

        toast = await desk.press(leo, card, "desk:regroup")
        asked = await town.told(leo, "What is #1 about?")
        labels = [key["text"] for key in keys_of(asked)]
        await town.presses(leo, f"desk:moved:{ticket.ticket_id}:tax")
        page = await town.told(leo, "unclaimed")
        await desk.card(ticket, "税务")

        assert "private chat" in toast
        assert "Ads" not in labels
        assert (await desk.ticket(ticket)).topic == "tax"
        assert any(key.get("callback_data") == "desk:take:1" for key in keys_of(page))
        await desk.press(amy, card, "desk:claim")
        await desk.topic_of(ticket)
        await town.toast(leo, f"desk:regroup:{ticket.ticket_id}")
        await town.told(leo, "What is #1 about?")
        late = await town.toast(leo, f"desk:moved:{ticket.ticket_id}:ads")
        assert "taken by Amy" in late
        assert (await desk.ticket(ticket)).topic == "tax"


async def test_who_floods_is_paused_from_the_card_and_what_they_write_is_kept(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo, wang = await desk.mentor("Leo"), await desk.member("Wang")
        await _paused(desk, leo, wang)

        paused = said(await town.told(wang, "paused new questions"))
        wanted = said(await town.says(wang, "/ask"))
        town.world.send_text(wang, town.chat(wang), "佣金怎么算？")
        await town.told(wang, "📝 Draft")
        await town.toast(wang, "ask:submit")
        kept = await town.told(wang, "What you wrote is kept")

        assert "what you write meanwhile is kept" in paused
        assert "Write all the same: I keep it for you" in wanted
        assert "take no new questions of yours until" in said(kept)
        assert "佣金怎么算？" in said(kept)
        assert "questions are used up" not in said(kept)
        assert not any("join:" in str(key.get("callback_data")) for key in keys_of(kept))


async def test_what_a_pause_has_kept_is_handed_in_after_it(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        desk = await group(town)
        leo, wang = await desk.mentor("Leo"), await desk.member("Wang")
        await _paused(desk, leo, wang)
        town.world.send_text(wang, town.chat(wang), "佣金怎么算？")
        await town.told(wang, "📝 Draft")
        await town.toast(wang, "ask:submit")
        await town.told(wang, "What you wrote is kept")

        await town.presses(leo, "desk:resume")
        again = await town.told(wang, "You can ask mentors again")
        await town.says(wang, "/tickets")
        kept = await town.presses(wang, "ask:over")
        await town.toast(wang, "ask:submit")
        await desk.shows("#2 ", "佣金怎么算？")

        assert "hand it in under /tickets" in said(again)
        assert "You have questions again" in said(kept)


async def _paused(desk: Bureau, mentor: Person, member: Person) -> None:
    """Let a mentor keep somebody from asking, by the card of what was no question."""
    flood = await desk.asks(member, "哈哈哈哈哈")
    await desk.press(mentor, await desk.card(flood, "哈哈"), "desk:spam")
    await desk.press(mentor, await desk.card(flood, "不是提问"), "desk:page")
    await desk.town.told(mentor, "no question")
    page = await desk.town.presses(mentor, "desk:pause:1:1")
    assert "may ask nothing new until" in said(page)
