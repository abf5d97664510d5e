"""A mentor writes an entry, an admin publishes it, and whoever searched in vain is called back."""

from community_bot.people.roles import Role
from tests.town import living, said

QUIET = {"holidays": "none"}  # no letter about next year comes in between
ANSWER = "妥投后进入结算期，一般 30 天。"


async def test_from_a_search_in_vain_to_the_call_back(database_url: str) -> None:
    async with living(database_url) as town:
        await town.says(town.owner, "/start")
        mentor = await town.staff("周导", Role.MENTOR)
        guest = town.person("林晓")
        await town.says(guest, "TikTok 多久回款")

        await town.says(mentor, "/kb")
        await town.presses(mentor, "kb:new")
        await town.says(mentor, "TikTok Shop 多久回款一次？")
        written = await town.says(mentor, ANSWER)
        await town.presses(mentor, "kb:edit:1:markets")
        await town.says(mentor, "us，uk")
        await town.presses(mentor, "kb:submit:1")
        await town.told(town.owner, "TikTok Shop 多久回款一次？")
        await town.presses(town.owner, "kb:entry:1")
        published = await town.presses(town.owner, "kb:publish:1")

        assert ANSWER in said(written)
        assert "US/UK" in said(published)
        await town.told(guest, "TikTok 多久回款")
        answer = await town.presses(guest, "faq:open:1")
        assert ANSWER in said(answer)


async def test_an_admin_closes_a_gap_teaches_words_and_marks_a_topic(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        guest = town.person("林晓")
        await town.says(guest, "火星能寄吗")

        await town.says(town.owner, "/kb")
        await town.presses(town.owner, "kb:gaps")
        await town.presses(town.owner, "kb:gap:")
        await town.presses(town.owner, "kb:answer:")
        await town.says(town.owner, "还不行。")
        await town.presses(town.owner, "kb:edit:1:topics")
        await town.says(town.owner, "logistics")
        await town.presses(town.owner, "kb:publish:1")
        await town.told(guest, "火星能寄吗")
        await town.presses(guest, "faq:open:1")
        await town.says(town.owner, "/kb")
        await town.presses(town.owner, "kb:topics")
        await town.presses(town.owner, "kb:policy")
        await town.says(town.owner, "航线开通了")
        await town.told(guest, "航线开通了")
        await town.says(town.owner, "/kb")
        await town.presses(town.owner, "kb:terms")
        await town.presses(town.owner, "kb:term")
        shown = await town.says(town.owner, "火星，红色星球")

        assert "火星 = 红色星球" in said(shown)
        assert "还不行" in said(await town.says(guest, "红色星球能寄吗"))


async def test_a_member_cannot_reach_what_is_for_staff(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        guest = town.person("林晓")
        await town.says(guest, "/start")
        message, _ = town.button(guest, "faq:topics")

        for forged in ("kb:home", "kb:entry:1", "kb:publish:1", "kb:gaps", "kb:forget:1"):
            message.reply_markup = {"inline_keyboard": [[{"text": "x", "callback_data": forged}]]}
            assert await town.toast(guest, forged)


async def test_an_admin_hands_an_entry_to_a_mentor_who_finds_the_faq_from_home(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        mentor = await town.staff("莫导", Role.MENTOR)
        await town.says(town.owner, "/kb")
        await town.presses(town.owner, "kb:new")
        await town.says(town.owner, "火星能寄吗？")
        await town.says(town.owner, "还不行。")

        await town.presses(town.owner, "kb:owners:1")
        handed = await town.presses(town.owner, f"kb:give:1:{mentor.id}")

        assert "莫导" in said(handed)
        await town.told(mentor, "交给您负责")
        await town.says(mentor, "/start")
        listed = await town.presses(mentor, "kb:home")
        assert "常见问题" in said(listed)
