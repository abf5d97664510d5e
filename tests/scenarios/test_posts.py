"""An admin composes a post by buttons, looks at it, confirms it, and follows it to the end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from community_bot.clock import ShiftedClock
from community_bot.community import Community
from community_bot.ids import SecureIds
from community_bot.people.roles import Actor, Role
from community_bot.resources.content_rules import Content
from community_bot.sandbox.facts import Chat, Message, Person
from community_bot.sandbox.server import Sandbox
from community_bot.storage.unit import Storage
from tests.paid import english, paid
from tests.town import Town, config_for, keys_of, living, picture, running, said

QUIET = {"holidays": "none"}  # no letter about next year comes in between


def heard(town: Town, person: Person) -> list[str]:
    history = town.world.history(town.chat(person))
    return [said(one) for one in history if one.sender is town.world.bot and not one.deleted]


async def begun(town: Town, admin: Person, text: str) -> Message:
    """Let an admin begin a post; return its card."""
    await town.says(admin, "/post")
    await town.presses(admin, "post:new")
    return await town.says(admin, text)


async def meant_for(town: Town, admin: Person, whom: str) -> None:
    """Let an admin choose for whom their first post is."""
    await town.presses(admin, "post:people")
    await town.presses(admin, f"post:who:1:1:{whom}")
    await town.presses(admin, "post:card")


async def begun_for(town: Town, admin: Person, text: str, whom: str) -> None:
    await begun(town, admin, text)
    await meant_for(town, admin, whom)


async def looked_at(town: Town, admin: Person) -> Message:
    """Let an admin look at the draft; return what can be decided below it."""
    await town.toast(admin, "post:try")
    return await town.told(admin, "👆")


async def confirmed(town: Town, admin: Person) -> Message:
    await looked_at(town, admin)
    return await town.presses(admin, "post:confirm")


async def test_a_post_is_composed_by_buttons_and_arrives_where_it_was_meant(
    database_url: str,
) -> None:
    async with living(database_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        admin, member = await english(town, "Ada", Role.ADMIN), await english(town, "Lin")
        guest = await english(town, "Guest")
        await paid(town, member)

        card = said(await begun(town, admin, "This week: fees in the US <b>"))
        people = keys_of(await town.presses(admin, "post:people"))
        chosen = said(await town.presses(admin, "post:who:1:1:members"))
        await town.presses(admin, "post:card:1")
        below = said(await looked_at(town, admin))
        done = await town.presses(admin, "post:confirm:1")
        await town.told(member, "This week: fees in the US <b>")
        progress = await town.told(admin, "✅ sent: 1")

        assert "Tap 👥" in card
        assert any("Members · 1" in key["text"] for key in people)
        assert "one person" in chosen
        assert "This week: fees in the US <b>" in heard(town, admin)
        assert "👥 one person" in below
        assert "goes out now" in said(done)
        assert "1 of 1" in said(progress)
        assert not any("This week" in one for one in heard(town, guest))


async def test_an_album_and_words_sent_after_it_become_one_post(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        admin = await english(town, "Ada", Role.ADMIN)
        await town.says(admin, "/post")
        await town.presses(admin, "post:new")

        album = [("photo", picture(shade)) for shade in (10, 20, 30)]
        town.world.send_album(admin, town.chat(admin), album, caption="Three charts")
        await town.told(admin, "3 files")
        card = await town.says(admin, "And what they mean")

        assert "3 files" in said(card)
        assert "Three charts\n\nAnd what they mean" in said(card)
        await town.world.until(lambda: sum("📣 Post #1" in one for one in heard(town, admin)) == 1)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("someday 20:00", "do not understand this time"),
        ("tomorrow", "tomorrow: at what time of day?"),
        ("whenever it fits", "do not understand this time. Try"),
        ("now", "at once, when it is confirmed"),
        ("2026-02-31 20:00", "no such day"),
        ("2020-01-01 20:00", "passed already"),
        ("every workday 09:30", "every workday, 09:30"),
        ("every day 18:00 and 9:00", "every day, 09:00, 18:00"),
        ("1st and 15th of every month 10:00", "day 1, 15 of each month, 10:00"),
        ("每月1号和最后一天 10:00", "day 1 and the last day of each month, 10:00"),
        ("last workday of the quarter 10:00", "the last workday of each month, 10:00"),
        ("every year on Mar 15 10:00", "every year on 15 March, 10:00"),
        ("every year on Feb 29 10:00", "on 29 February, in other years on the 28th, 10:00"),
    ],
)
async def test_a_time_is_typed_as_people_say_it(sqlite_url: str, typed: str, answer: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        admin = await english(town, "Ada", Role.ADMIN)
        await begun(town, admin, "Fees")
        await town.presses(admin, "post:times")

        said_then = said(await town.says(admin, typed))

        assert answer in said_then


async def test_below_a_refusal_stands_the_way_back_to_the_post(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        admin = await english(town, "Ada", Role.ADMIN)
        await begun(town, admin, "Fees")
        await town.presses(admin, "post:people")
        await town.presses(admin, "post:rule")

        refused = await town.says(admin, "topic:Mars")
        offered = [key["callback_data"] for key in keys_of(refused)]
        again = said(await town.says(admin, "everyone"))
        back = said(await town.presses(admin, "post:card:1"))

        assert "“Mars” does not exist here" in said(refused)
        assert offered == ["post:card:1", "home:start"]
        assert "I do not know “everyone”" in again
        assert "📣 Post #1" in back


async def test_another_button_of_the_post_leaves_the_question_open(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        admin = await english(town, "Ada", Role.ADMIN)
        await begun(town, admin, "Fees")
        await town.presses(admin, "post:more")
        await town.presses(admin, "post:title")

        await town.presses(admin, "post:switch:1:1:silent")
        card = said(await town.says(admin, "Fees in March"))

        post = await town.community.resources.composing.one(
            Actor(admin.id, frozenset({Role.ADMIN})), post_id=1
        )
        assert post.composed.title == "Fees in March"
        assert "🔕 without a sound" in card


async def test_the_way_back_ends_the_question(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        admin = await english(town, "Ada", Role.ADMIN)
        await begun(town, admin, "Fees")
        await town.presses(admin, "post:more")
        await town.presses(admin, "post:title")

        await town.presses(admin, "post:card:1")
        await town.says(admin, "What does it cost?")
        await town.presses(admin, "post:more")

        assert not any("What does it cost?" in one for one in heard(town, admin) if "📣" in one)


@pytest.mark.parametrize("answers", ["typed", "pressed", "anew"])
async def test_days_without_a_time_of_day_are_kept_until_it_comes(
    sqlite_url: str, answers: str
) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        admin = await english(town, "Ada", Role.ADMIN)
        await begun(town, admin, "Fees")
        await town.presses(admin, "post:times")

        asked = said(await town.says(admin, "first monday"))
        match answers:
            case "typed":
                card = await town.says(admin, "8pm")
            case "pressed":
                card = await town.presses(admin, "post:yeshour:2000")
            case _:
                card = await town.says(admin, "every workday 20:00")

        assert "first monday: at what time of day?" in asked
        expected = "every workday" if answers == "anew" else "Mon number 1 of each month"
        assert f"{expected}, 20:00" in said(card)


async def test_a_sticker_is_no_time_and_no_content(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        admin = await english(town, "Ada", Role.ADMIN)
        await town.says(admin, "/post")
        await town.presses(admin, "post:new")

        town.world.send_sticker(admin, town.chat(admin), picture())
        await town.told(admin, "I cannot use that kind")
        await town.says(admin, "Fees")
        await town.presses(admin, "post:times")
        town.world.send_sticker(admin, town.chat(admin), picture())

        await town.told(admin, "Please type it as text")


async def test_nobody_is_no_audience_and_what_another_admin_changed_stays(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        ada, bob = [await english(town, name, Role.ADMIN) for name in ("Ada", "Bob")]
        await begun(town, ada, "Fees")
        await looked_at(town, ada)

        nobody = await town.toast(ada, "post:confirm")
        await town.says(bob, "/post")
        await town.presses(bob, "post:card:1")
        await town.presses(bob, "post:people")
        await town.presses(ada, "post:card")
        await town.presses(ada, "post:people")
        await town.presses(ada, "post:who:1:1:all")
        late = await town.toast(bob, "post:who:1:1:all")
        await town.presses(ada, "post:card")
        await town.toast(ada, "post:try")
        await town.world.until(lambda: heard(town, ada)[-1].startswith("👆"))
        await town.presses(bob, "post:card")
        await town.presses(bob, "post:more")
        await town.presses(bob, "post:switch:1:2:silent")
        outdated = await town.toast(ada, "post:confirm")

        assert "Nobody would get it" in nobody
        assert "changed this post meanwhile" in late
        assert "changed this post meanwhile" in outdated


async def test_a_second_admin_sees_the_same_and_agrees(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET, posts={"two_person_from": 2}) as town:
        await town.says(town.owner, "/start")
        ada, bob = [await english(town, name, Role.ADMIN) for name in ("Ada", "Bob")]
        await begun_for(town, ada, "Fees in the US", "all")

        asked = said(await confirmed(town, ada))
        await town.told(bob, "waits for a second person")
        await town.toast(bob, "post:try")
        await town.told(bob, "Do you agree?")
        shown = "Fees in the US" in heard(town, bob)
        await town.presses(bob, "post:agree")
        await town.told(ada, "Bob agreed")
        progress = await town.told(ada, "✅ sent: 3")

        assert "a second admin has to agree" in asked
        assert shown
        assert "3 of 3" in said(progress)


async def test_nobody_agrees_to_their_own_and_a_returned_post_is_a_draft(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET, posts={"two_person_from": 2}) as town:
        await town.says(town.owner, "/start")
        ada, bob = [await english(town, name, Role.ADMIN) for name in ("Ada", "Bob")]
        await begun_for(town, ada, "Fees", "all")
        await confirmed(town, ada)

        await town.says(ada, "/post")
        await town.presses(ada, "post:card:1")
        await town.toast(ada, "post:try")
        await town.told(ada, "Do you agree?")
        own = await town.toast(ada, "post:agree")
        await town.told(bob, "waits for a second person")
        await town.toast(bob, "post:try")
        await town.told(bob, "Do you agree?")
        await town.presses(bob, "post:return")
        await town.says(bob, "Say which fees")
        await town.told(ada, "Say which fees")
        card = await town.presses(ada, "post:card:1")

        assert "somebody else has to agree" in own
        assert "draft" in said(card)


async def planned(town: Town, when: str) -> Person:
    """Let an admin plan a post for everybody."""
    await town.says(town.owner, "/start")
    admin = await english(town, "Ada", Role.ADMIN)
    await begun_for(town, admin, "Fees", "all")
    await town.presses(admin, "post:times")
    await town.says(admin, when)
    await confirmed(town, admin)
    return admin


async def test_a_plan_is_held_let_go_on_and_called_off(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        admin = await planned(town, "every monday 09:30")

        weeks = said(await town.says(admin, "/schedule"))
        plan = said(await town.presses(admin, "schedule:post:1"))
        held = said(await town.presses(admin, "schedule:pause:1"))
        going = said(await town.presses(admin, "schedule:resume:1"))
        await town.presses(admin, "schedule:cancel:1")
        off = said(await town.presses(admin, "schedule:yescancel:1"))

        assert "09:30 👥 #1 Fees" in weeks
        assert "every week on Mon, 09:30" in plan
        assert plan.count("09:30") == 4
        assert "· held" in held
        assert "what was on its way waits until you let it go on" in held
        assert "· planned" in going
        assert "· cancelled" in off


async def test_a_plan_is_replaced_when_the_new_one_is_confirmed(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        admin = await planned(town, "every monday 09:30")

        await town.says(admin, "/schedule")
        await town.presses(admin, "schedule:post:1")
        await town.presses(admin, "schedule:replace:1")
        await town.presses(admin, "post:times:2")
        await town.says(admin, "every tuesday 20:00")
        before = said(await town.says(admin, "/schedule"))
        await town.toast(admin, "post:try:2")
        await town.world.until(lambda: heard(town, admin)[-1].startswith("👆"))
        await town.presses(admin, "post:confirm:2")
        after = said(await town.says(admin, "/schedule"))
        pictured = await town.presses(admin, "schedule:picture")

        assert "#1 Fees" in before
        assert "#1" not in after
        assert "20:00 👥 #2 Fees" in after
        assert "photo" in pictured.content


async def lobby(town: Town) -> Chat:
    """Bind a channel into which everybody can look."""
    channel = town.world.add_channel("Lobby", town.owner)
    town.world.add_bot(town.owner, channel, ["can_post_messages"])
    await town.community.spaces.bind(
        Actor(town.owner.id, frozenset({Role.OWNER})),
        chat_id=channel.id,
        role="lobby",
        title="Lobby",
        is_forum=False,
        is_channel=True,
    )
    return channel


async def test_a_paid_post_goes_to_an_open_place_as_a_teaser_alone(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        admin, place = await english(town, "Ada", Role.ADMIN), await lobby(town)
        await begun(town, admin, "Members only")
        for key in ("places", "place", "card", "more", "tiers", "tier:1:2:annual"):
            await town.presses(admin, f"post:{key}")

        warned = said(await town.presses(admin, "post:card"))
        await looked_at(town, admin)
        refused = await town.toast(admin, "post:confirm")
        for key in ("card", "more", "switch:1:3:teaser", "card"):
            await town.presses(admin, f"post:{key}")
        await town.toast(admin, "post:try")
        await town.world.until(lambda: heard(town, admin)[-1].startswith("👆"))
        await town.presses(admin, "post:confirm")
        await town.world.until(lambda: "Members only" in str(town.world.history(place)))

        assert "⛔️ Lobby" in warned
        assert "People below the tier" in refused


async def test_the_last_look_names_the_places_and_who_looks_into_them(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        admin, member = await english(town, "Ada", Role.ADMIN), await english(town, "Lin")
        await paid(town, member)
        await lobby(town)
        await begun_for(town, admin, "Fees", "members")
        await town.presses(admin, "post:places")
        await town.presses(admin, "post:place")

        card = said(await town.presses(admin, "post:card"))
        below = said(await looked_at(town, admin))

        assert "⚠️ More people look into Lobby" in card
        assert "📍 Lobby\n⚠️ More people look into Lobby" in below
        assert "🕘 at once, when it is confirmed" in below


async def sent_to(town: Town, name: str, text: str) -> tuple[Person, Person]:
    """Let an admin send a post to the members, who are one; return both."""
    await town.says(town.owner, "/start")
    admin, member = await english(town, "Ada", Role.ADMIN), await english(town, name)
    await paid(town, member)
    await begun_for(town, admin, text, "members")
    await confirmed(town, admin)
    await town.told(member, text)
    await town.told(admin, "✅ sent: 1")
    return admin, member


async def test_a_report_says_who_got_it_and_why_somebody_did_not(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        admin, _ = await sent_to(town, "Lin", "Fees")
        await english(town, "Guest")

        report = said(await town.presses(admin, "run:report"))
        table = await town.presses(admin, "run:table")
        await town.presses(admin, "run:report")
        await town.presses(admin, "run:why")
        got = said(await town.says(admin, "Lin"))
        await town.presses(admin, "run:report")
        await town.presses(admin, "run:why")
        missed = said(await town.says(admin, "Guest"))

        assert "sent to 1 of 1" in report
        assert "document" in table.content
        assert "✅ Got it" in got
        assert "Was not among the recipients" in missed
        assert "✖️ all members" in missed


async def test_of_a_post_in_a_channel_alone_it_is_said_that_nobody_gets_it(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        admin = await english(town, "Ada", Role.ADMIN)
        await english(town, "Guest")
        await lobby(town)
        await begun(town, admin, "Fees")
        for key in ("places", "place", "card"):
            await town.presses(admin, f"post:{key}")
        await confirmed(town, admin)
        await town.told(admin, "✅ sent: 1")

        await town.presses(admin, "run:report")
        await town.presses(admin, "run:why")
        why = said(await town.says(admin, "Guest"))

        assert "to these places alone: Lobby" in why


async def test_what_was_sent_is_corrected_everywhere_and_taken_back(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        admin, member = await sent_to(town, "Lin", "Feess")

        await town.presses(admin, "run:report")
        await town.presses(admin, "run:correct")
        await town.says(admin, "Fees")
        await town.world.until(lambda: "Fees" in heard(town, member))
        corrected = "Feess" not in heard(town, member)
        await mended(town)
        await town.presses(admin, "run:report")
        await town.presses(admin, "run:withdraw")
        await town.presses(admin, "run:yeswithdraw")
        await town.world.until(lambda: "Fees" not in heard(town, member))
        await mended(town)
        card = said(await town.told(admin, "Feess: withdrawn"))
        report = said(await town.presses(admin, "run:report"))

        assert corrected
        assert "↩️ withdrawn: 1" in card
        assert "withdrawn: 1" in report


async def mended(town: Town) -> None:
    """Wait until nothing is being corrected any more."""
    owner = Actor(town.owner.id, frozenset({Role.OWNER}))
    for _ in range(100):
        run = await town.community.resources.steering.one(owner, run_id=1)
        if run.mending is None:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(run)


async def test_a_member_cannot_reach_what_is_for_admins(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        guest = town.person("林晓")
        await town.says(guest, "/start")
        message, _ = town.button(guest, "faq:topics")

        for forged in ("post:home", "post:confirm:1:ab", "run:report:1", "schedule:home"):
            message.reply_markup = {"inline_keyboard": [[{"text": "x", "callback_data": forged}]]}
            assert "管理员" in await town.toast(guest, forged)


async def test_a_button_leads_a_member_to_the_library_and_is_counted(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        owner = Actor(town.owner.id, frozenset({Role.OWNER}))
        library = town.community.resources.library
        kept = await library.make(owner, content=Content("The whole guide"))
        await library.publish(owner, resource_id=kept.resource_id)
        admin, member = await english(town, "Ada", Role.ADMIN), await english(town, "Lin")
        await begun(town, admin, "A guide")
        await town.presses(admin, "post:buttons")
        await town.says(admin, f"Read it - #{kept.resource_id}")
        await town.presses(admin, "post:people")
        await town.presses(admin, "post:who:1:2:all")
        await town.presses(admin, "post:card")
        await confirmed(town, admin)
        await town.told(member, "A guide")

        await town.toast(member, "opened:post:1:0")
        await town.told(member, "The whole guide")
        await town.told(admin, "✅ sent: 3")
        report = said(await town.presses(admin, "run:report"))

        assert "One person pressed a button" in report


async def test_under_a_post_in_a_channel_nothing_is_said_to_come_that_cannot(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        owner = Actor(town.owner.id, frozenset({Role.OWNER}))
        library = town.community.resources.library
        kept = await library.make(owner, content=Content("The whole guide"))
        await library.publish(owner, resource_id=kept.resource_id)
        admin, member, place = (
            await english(town, "Ada", Role.ADMIN),
            await english(town, "Lin"),
            await lobby(town),
        )
        await begun(town, admin, "A guide")
        await town.presses(admin, "post:buttons")
        await town.says(admin, f"Read it - #{kept.resource_id}")
        for key in ("places", "place", "card"):
            await town.presses(admin, f"post:{key}")
        await confirmed(town, admin)
        await town.world.until(lambda: "A guide" in str(town.world.history(place)))
        post, read_it = town.world.last(place), "Read it"

        town.world.block(member)
        refused = town.world.press(member, place, post.message_id, read_it)
        await town.world.until(lambda: refused.answer is not None)
        town.world.unblock(member)
        again = town.world.press(member, place, post.message_id, read_it)
        await town.world.until(lambda: again.answer is not None)
        await town.told(member, "The whole guide")

        assert refused.answer is not None
        assert "tap Start" in refused.answer.text
        assert again.answer is not None
        assert "comes into our private chat" in again.answer.text


async def test_times_of_another_year_name_it(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        admin = await english(town, "Ada", Role.ADMIN)
        await begun(town, admin, "Fees")
        await town.presses(admin, "post:times")
        year = town.community.clock.now().year

        card = said(await town.says(admin, "every year on Mar 15 10:00"))

        (times,) = [line for line in card.splitlines() if line.startswith("Next:")]
        assert str(year + 1) in times
        assert str(year + 2) in times


async def test_of_a_correction_to_what_two_agreed_to_the_others_hear(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET, posts={"two_person_from": 2}) as town:
        await town.says(town.owner, "/start")
        ada, bob = [await english(town, name, Role.ADMIN) for name in ("Ada", "Bob")]
        await begun_for(town, ada, "Fees in the US", "all")
        await confirmed(town, ada)
        await town.told(bob, "waits for a second person")
        await town.toast(bob, "post:try")
        await town.told(bob, "Do you agree?")
        await town.presses(bob, "post:agree")
        await town.told(ada, "✅ sent: 3")

        await town.presses(ada, "run:report")
        page = said(await town.presses(ada, "run:correct"))
        await town.says(ada, "Fees in the UK")
        told = said(await town.told(bob, "Ada corrects Fees in the US"))

        assert "A correction waits for nobody" in page
        assert "The new words reach 3 people at once" in told
        assert "«Fees in the UK»" in told


@asynccontextmanager
async def opened(sandbox: Sandbox, database_url: str) -> AsyncIterator[Town]:
    """Let the bot live among people who know it from before."""
    owner, clock = next(iter(sandbox.world.people)), sandbox.world.clock
    config = config_for(sandbox, owner, database_url, posts={"two_person_from": 2})
    storage = Storage.open(database_url)
    community = Community(config, storage=storage, clock=clock, ids=SecureIds())
    async with running(community) as program:
        yield Town(sandbox, community, program)


async def test_composing_and_agreeing_go_on_after_each_restart(sqlite_url: str) -> None:
    async with Sandbox(ShiftedClock()) as sandbox:
        sandbox.world.add_person("Su", language_code="en")

        async with opened(sandbox, sqlite_url) as town:
            await town.says(town.owner, "/start")
            ada, bob = [await english(town, name, Role.ADMIN) for name in ("Ada", "Bob")]
            await begun_for(town, ada, "Fees", "all")
            await town.presses(ada, "post:times")
            asked = said(await town.says(ada, "tomorrow"))
        sandbox.world.send_text(ada, town.chat(ada), "20:00")
        async with opened(sandbox, sqlite_url) as town:
            timed = said(await town.told(ada, ", 20:00"))
            await looked_at(town, ada)
        async with opened(sandbox, sqlite_url) as town:
            submitted = said(await town.presses(ada, "post:confirm"))
            await town.told(bob, "waits for a second person")
            await town.toast(bob, "post:try")
            await town.told(bob, "Do you agree?")
        async with opened(sandbox, sqlite_url) as town:
            agreed = said(await town.presses(bob, "post:agree"))
            told = said(await town.told(ada, "Bob agreed"))

    assert "at what time of day?" in asked
    assert "once: " in timed
    assert "a second admin has to agree" in submitted
    assert "20:00" in agreed
    assert "20:00" in told
