"""Who turns to something else is no longer asked: what comes next is no answer any more."""

import pytest

from community_bot.billing.refund_rows import RefundCaseRow
from community_bot.people.roles import Role
from tests.scenarios.test_buying import NUMBER, approved, counted, ordered, proven
from tests.town import keys_of, living, picture, said


@pytest.mark.parametrize("away", ["/faq", "/join", "/me"])
async def test_a_question_to_the_faq_is_no_reason_for_a_refund(sqlite_url: str, away: str) -> None:
    async with living(sqlite_url) as town:
        finance, member = await town.staff("韩冰", Role.FINANCE), town.person("林晓")
        await ordered(town, member)
        await proven(town, member)
        await approved(town, finance, "8888")
        await town.told(member, "您的会员资格已生效")
        await town.says(member, "/refund")
        await town.presses(member, "refund:quote")
        await town.presses(member, "refund:ask")

        await town.says(member, away)
        await town.says(member, "英国站开店要什么资料")

        assert await counted(town, RefundCaseRow) == 0


async def test_who_had_no_coupon_after_all_sends_the_proof_of_the_order(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        guest = town.person("林晓")
        await town.says(guest, "/join")
        await town.presses(guest, "join:plan:annual_year")
        asked = await town.presses(guest, "join:coupon:annual_year")
        has_way_back = any(key["callback_data"].startswith("join:plan") for key in keys_of(asked))
        await ordered(town, guest)

        kept = await town.shows(guest, picture())

        assert has_way_back
        assert "已收到" in said(kept)


async def test_the_number_of_a_transfer_typed_unasked_is_the_proof_of_the_one_order(
    sqlite_url: str,
) -> None:
    async with living(sqlite_url) as town:
        guest = town.person("林晓")
        await ordered(town, guest)

        kept = await town.says(guest, NUMBER)

        assert "已收到" in said(kept)


async def test_a_proof_without_any_order_is_shown_the_way_to_order(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        guest = town.person("林晓")
        await town.says(guest, "/start")

        answers = [await town.shows(guest, picture()), await town.says(guest, NUMBER)]

        for answer in answers:
            assert "没有待付款的订单" in said(answer)
            assert keys_of(answer)[0]["callback_data"] == "join:offers"
