"""A mentor writes an entry, an admin publishes it, and whoever searched in vain is called back."""

import asyncio
from dataclasses import replace
from functools import partial

from community_bot.faq.content_rules import Content, Media, MediaKind
from community_bot.faq.rules import EntryState
from community_bot.people.roles import Actor, Role
from community_bot.sandbox.facts import Person
from tests.scenarios.test_faq import written
from tests.town import Town, keys_of, living, picture, said

QUIET = {"holidays": "none"}  # no letter about next year comes in between
MARS = Content("火星能寄吗？", "还不行。", topics=("logistics",))
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


async def test_an_admin_closes_a_gap_and_marks_a_topic(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        guest = town.person("林晓")
        await town.says(guest, "火星能寄吗")

        await town.says(town.owner, "/kb")
        await town.presses(town.owner, "kb:gaps")
        await town.presses(town.owner, "kb:answer:")
        await town.says(town.owner, "还不行。")
        await town.presses(town.owner, "kb:edit:1:topics")
        sorted_ = await town.says(town.owner, "物流, 火星")
        assert "主题：物流、火星" in said(sorted_)
        changed = await town.presses(town.owner, "kb:versions:1")
        assert "➕ 物流\n➕ 火星" in said(changed)
        await town.presses(town.owner, "kb:entry:1")
        await town.presses(town.owner, "kb:publish:1")
        await town.told(guest, "火星能寄吗")
        await town.presses(guest, "faq:open:1")
        await town.says(town.owner, "/kb")
        await town.presses(town.owner, "kb:topics")
        await town.presses(town.owner, "kb:policy")
        preview = await town.says(town.owner, "航线开通了")
        assert "火星能寄吗" in said(preview)
        await town.presses(town.owner, "kb:yes_policy")
        await town.told(guest, "航线开通了")


async def test_an_admin_teaches_words_and_closes_a_gap_by_one_tap(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await written(town, MARS)
        guest = town.person("林晓")
        await town.says(guest, "飞船啥时候")
        await town.says(town.owner, "/kb")
        gaps = await town.presses(town.owner, "kb:gaps")
        assert "飞船啥时候" in said(gaps)
        ignored = await town.presses(town.owner, "kb:ignore:")
        assert "飞船" not in said(ignored)

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


async def test_an_album_becomes_one_answer_and_is_sent_as_it_came(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        await town.says(town.owner, "/kb")
        await town.presses(town.owner, "kb:new")
        await town.says(town.owner, "仓库地址在哪里？")
        for number, caption in enumerate(("看 <b>图</b>", "", "")):
            town.world.send_photo(
                town.owner,
                town.chat(town.owner),
                picture(100 + number),
                caption=caption,
                extra={"media_group_id": "7"},
            )
        await town.told(town.owner, "已收到 1 张")
        await gathered(town, 3)
        saved = said(await town.presses(town.owner, "kb:yes_album"))

        owner = Actor(town.owner.id, frozenset({Role.OWNER}))
        (entry,), _ = await town.community.faq.entries.in_state(owner, EntryState.DRAFT)
        assert len(entry.content.media) == 3
        assert entry.content.body == "看 &lt;b&gt;图&lt;/b&gt;"
        assert entry.version == 1
        cleared = await town.presses(town.owner, "kb:unmedia")
        assert "图片和文件" in saved
        assert "kb:unmedia" not in {key.get("callback_data", "")[:10] for key in keys_of(cleared)}


async def test_one_picture_comes_alone_and_several_as_an_album(sqlite_url: str) -> None:
    async with living(sqlite_url, calendar=QUIET) as town:
        await town.says(town.owner, "/start")
        photo = town.world.send_photo(town.owner, town.chat(town.owner), picture())
        one = Media(MediaKind.PHOTO, photo.content["photo"][-1]["file_id"])
        for media in ((one,), (one, one)):
            await written(town, replace(MARS, question=f"{len(media)} 张图？", media=media))
        guest = town.person("林晓")

        for number in (1, 2):
            await town.says(guest, f"/start f_{number}")
            before = town.world.last(town.chat(guest)).message_id
            await town.toast(guest, f"faq:media:{number}")
            wanted = partial(_has_come, town, guest, before + number)
            await town.world.until(wanted, timeout=10)


async def gathered(town: Town, many: int) -> None:
    """Wait until so many parts of an album have come in."""
    async with asyncio.timeout(10):
        while True:
            draft = await town.community.drafts.current(town.owner.id)
            if draft is not None and len(draft.facts.get("media", ())) == many:
                return
            await asyncio.sleep(0.02)


def _has_come(town: Town, person: Person, message_id: int) -> bool:
    return town.world.last(town.chat(person)).message_id == message_id
