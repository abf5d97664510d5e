"""Corrections and withdrawals: who gets the new words, and what is said of what was taken back."""

from datetime import timedelta

from community_bot.delivery.rows import DeliveryRow
from community_bot.resources.audience_rules import parse
from community_bot.resources.content_rules import Content, Media, MediaKind
from community_bot.resources.facts import Composition, Place
from community_bot.resources.rules import RunState
from tests.resources.house import House, chats
from tests.resources.test_posts import finish, settle


async def corrected(house: House, content: Content) -> list[DeliveryRow]:
    """Correct the one run there is; return the corrections that are promised."""
    (run,) = await house.runs()
    await house.resources.mending.correct(house.admin, run_id=run.run_id, content=content)
    await house.sweep()
    return await house.letters("post_correction")


async def test_who_has_lost_the_tier_does_not_get_the_new_words(both: House) -> None:
    kept, lost = await both.people(2)
    await both.confirmed(to="members", least_tier="annual")
    await finish(both)
    await both.revoke(lost)

    letters = await corrected(both, Content("更正后的选品"))
    (run,) = await both.runs()
    report = await both.resources.reporting.report(both.admin, run_id=run.run_id)

    assert chats(letters) == [kept]
    assert report.not_mended == 1


async def test_a_place_that_is_another_by_now_does_not_get_the_new_words(house: House) -> None:
    await house.bind(-200, "members")
    await house.confirmed(to=None, places=(Place(-200),), least_tier="annual")
    await finish(house)
    await house.bind(-200, "lobby")

    assert await corrected(house, Content("更正后的选品")) == []


async def test_words_alone_leave_the_file_of_the_correction_before(house: House) -> None:
    await house.people(1)
    photo = Content("图一", media=(Media(MediaKind.PHOTO, "old"),))
    await house.confirm(
        await house.resources.composing.begin(
            house.admin, Composition(photo, audience=parse("members"))
        )
    )
    await finish(house)

    await corrected(house, Content("图二", media=(Media(MediaKind.PHOTO, "new"),)))
    await settle(house, kind="post_correction")
    await house.sweep()
    letters = await corrected(house, Content("图二的说明"))

    assert [one.facts["media"]["file_id"] for one in letters] == ["new", "new"]


async def test_what_was_taken_back_is_counted_and_what_stays_too(house: House) -> None:
    await house.people(2)
    await house.confirmed(to="members")
    await finish(house)
    (run,) = await house.runs()

    await house.resources.mending.withdraw(house.admin, run_id=run.run_id)
    await house.sweep()
    await settle(house, kind="post_withdrawal")
    await house.sweep()
    house.clock.pass_(timedelta(seconds=5))
    await house.resources.showing.sweep(house.clock.now())

    report = await house.resources.reporting.report(house.admin, run_id=run.run_id)
    card = (await house.letters("run_progress"))[-1]
    assert (report.run.state, report.withdrawn, report.not_mended) == (RunState.WITHDRAWN, 2, 0)
    assert card.facts["withdrawn"] == 2
