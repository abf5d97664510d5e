"""A member asks the FAQ in every way there is, and nobody is shown what is locked."""

from dataclasses import replace

from community_bot.faq.content_rules import Content, EntryKind, Media, MediaKind
from community_bot.people.roles import Actor, Role
from tests.town import Town, keys_of, living, picture, said

PAYOUT = Content(
    question="TikTok Shop 多久回款一次？",
    body="妥投后进入结算期，一般 <b>30 天</b>。",
    aliases=("回款周期",),
    topics=("payout",),
    markets=("uk", "us"),
)
SECRET = "补近 90 天的采购发票"
REVIEW = Content(question="二审没过怎么办？", body=SECRET, topics=("account",), least_tier="annual")


async def written(town: Town, *contents: Content) -> list[int]:
    """Let the owner write and publish entries; return their numbers."""
    await town.says(town.owner, "/start")
    owner = Actor(town.owner.id, frozenset({Role.OWNER}))
    numbers = []
    for content in contents:
        entry = await town.community.faq.entries.write(owner, content=content)
        await town.community.faq.publishing.publish(owner, entry_id=entry.entry_id)
        numbers.append(entry.entry_id)
    return numbers


async def test_plain_words_are_answered_at_once_with_how_far_to_trust_it(database_url: str) -> None:
    async with living(database_url) as town:
        await written(town, PAYOUT)
        guest = town.person("林晓")

        answered = said(await town.says(guest, "请问多久回款一次呀"))

        assert "30 天" in answered
        assert "苏总" in answered
        assert "UK/US" in answered


async def test_a_locked_answer_stays_locked_whatever_way_leads_to_it(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        opened, locked = await written(town, PAYOUT, REVIEW)
        guest = town.person("林晓")

        seen = [
            await town.says(guest, "二审没过怎么办"),
            await town.says(guest, f"/start f_{locked}"),
            await town.says(guest, "/faq 二审"),
        ]
        await town.says(guest, f"/start f_{opened}")
        message, _ = town.button(guest, "faq:up")
        for forged in (f"faq:open:{locked}", f"faq:open:{locked}:1", f"faq:media:{locked}"):
            keys_of(message)[0]["callback_data"] = forged
            assert await town.toast(guest, forged) is not None

        assert all("🔒" in said(one) and "二审没过怎么办" in said(one) for one in seen)
        assert any(key.get("callback_data") == "join:offers" for key in keys_of(seen[0]))
        everything = [said(one) for one in town.world.history(town.chat(guest))]
        assert not any(SECRET in one for one in everything)


async def test_only_answers_with_a_tier_are_protected_where_that_is_configured(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url, delivery={"protect_content": True}) as town:
        await town.says(town.owner, "/start")
        shown = town.world.send_photo(town.owner, town.chat(town.owner), picture())
        photo = Media(MediaKind.PHOTO, shown.content["photo"][-1]["file_id"])
        opened, paid = await written(town, PAYOUT, replace(REVIEW, media=(photo,)))

        at_once = await town.says(town.owner, "/faq 二审没过怎么办")
        files = await town.presses(town.owner, f"faq:media:{paid}")
        free = await town.says(town.owner, f"/faq {opened}")
        topics = await town.says(town.owner, "/faq")
        await town.presses(town.owner, "faq:topic:2")
        chosen = await town.presses(town.owner, f"faq:open:{paid}")
        locked = await town.says(town.person("林晓"), f"/faq {paid}")

    assert SECRET in said(at_once)
    assert SECRET in said(chosen)
    assert [one.is_protected for one in (at_once, files, free, topics, chosen, locked)] == [
        True, True, False, False, True, False
    ]  # fmt: skip


async def test_a_link_to_what_was_taken_down_leads_to_what_is_nearest_now(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        newer = replace(PAYOUT, question="TikTok Shop 回款一次要多久？")
        old, new, note = await written(
            town, PAYOUT, newer, Content("火星能寄吗？", "还不行。", kind=EntryKind.SNIPPET)
        )
        owner, guest = Actor(town.owner.id, frozenset({Role.OWNER})), town.person("林晓")
        for number in (old, note):
            await town.community.faq.publishing.archive(owner, entry_id=number)
        draft = await town.community.faq.entries.write(owner, content=REVIEW)

        led = said(await town.says(guest, f"/start f_{old}"))
        opened = await town.presses(guest, f"faq:open:{new}")
        hidden = [
            said(await town.says(guest, f"/start f_{number}")) for number in (note, draft.entry_id)
        ]

    assert "已下架" in led
    assert PAYOUT.question not in led
    assert newer.question in said(opened)
    assert all("已不存在" in one for one in hidden)


async def test_topics_votes_and_the_way_on(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        (number,) = await written(town, PAYOUT)
        guest = town.person("林晓")
        await town.says(guest, "/faq")
        await town.presses(guest, "faq:topic")
        await town.presses(guest, f"faq:open:{number}")

        thanks = await town.toast(guest, "faq:up")
        again = await town.toast(guest, "faq:up")
        await town.presses(guest, "faq:down")
        led_on = await town.presses(guest, f"faq:why:{number}:1:outdated")

        counts = await town.community.faq.votes.counts(number)
        assert thanks != again
        assert (counts.up, counts.down, counts.reasons) == (0, 1, {"outdated": 1})
        assert any(key.get("callback_data") == "faq:topics" for key in keys_of(led_on))


async def test_what_nothing_fits_leads_on_and_hostile_words_do_no_harm(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        await written(town, PAYOUT)
        guest = town.person("林晓")

        for words in ("火星上怎么种土豆", "<b>", "%_'\"\\", "a" * 4000, "🙂"):
            answered = await town.says(guest, words)
            ways = {key.get("callback_data") for key in keys_of(answered)}
            assert {"faq:topics", "home:help"} <= ways


async def test_a_group_gets_open_answers_and_a_lock_for_the_others(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        _, locked = await written(town, PAYOUT, REVIEW)
        guest = town.person("林晓")
        group = town.world.add_supergroup("会员群", town.owner)
        town.world.add_bot(town.owner, group, {})
        town.world.join(guest, group)

        async def heard(text: str, reply: str = "") -> str:
            before = town.world.last(group).message_id
            asked = town.world.send_text(town.owner, group, reply) if reply else None
            town.world.send_text(guest, group, text, reply_to=asked)
            await town.world.until(
                lambda: (
                    town.world.last(group).sender is town.world.bot
                    and town.world.last(group).message_id > before
                ),
                timeout=10,
            )
            return said(town.world.last(group))

        answered = await heard("/faq", reply="多久回款一次？")
        repeated = await heard("/faq 多久回款一次")
        refused = await heard("/faq 二审没过怎么办")

        assert "30 天" in answered
        assert "30 天" not in repeated
        assert "🔒" in refused
        assert SECRET not in refused
        link = keys_of(town.world.last(group))[0]["url"]
        assert link.endswith(f"?start=f_{locked}")


async def test_what_a_group_has_no_answer_to_goes_on_in_private_for_the_asker_alone(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        await written(town, PAYOUT, REVIEW)
        guest, other = town.person("林晓"), town.person("许诺")
        group = town.world.add_supergroup("会员群", town.owner)
        town.world.add_bot(town.owner, group, {})
        town.world.join(guest, group)

        async def link_behind(words: str) -> str:
            before = town.world.last(group).message_id
            town.world.send_text(guest, group, f"/faq {words}")
            await town.world.until(
                lambda: (
                    town.world.last(group).sender is town.world.bot
                    and town.world.last(group).message_id > before
                ),
                timeout=10,
            )
            return str(keys_of(town.world.last(group))[0]["url"]).partition("?start=")[2]

        near, nothing = await link_behind("怎么办"), await link_behind("天气预报")

        listed = await town.says(guest, f"/start {near}")
        assert REVIEW.question in str([key["text"] for key in keys_of(listed)])
        in_vain = await town.says(guest, f"/start {nothing}")
        assert "ask:" in str(keys_of(in_vain))
        topics = await town.says(other, "/start faq")
        assert said(await town.says(other, f"/start {near}")) == said(topics)


async def test_inline_results_hold_open_answers_for_the_asker_alone(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        await written(town, PAYOUT, replace(REVIEW, question="回款被冻结怎么办？"))
        guest = town.person("林晓")

        query = town.world.inline_query(guest, "回款")
        await town.world.until(lambda: query.results is not None, timeout=10)

        assert [one["title"] for one in query.results or []] == [PAYOUT.question]
        assert SECRET not in str(query.results)
        assert query.options["is_personal"]
        assert int(query.options["cache_time"]) <= 10
