"""A guest becomes a member: reads, orders, pays, is let in; and whoever should not, is not."""

import pytest
import sqlalchemy as sa

from community_bot.billing.rows import OrderRow, PaymentRow
from community_bot.membership.rows import EntitlementRow
from community_bot.people.roles import Role
from community_bot.sandbox.facts import Chat, Person
from tests.billing.receipts import receipt, saved_anew
from tests.town import MANUAL, Town, keys_of, living, picture, said

NUMBER = "4200 0021 3320 2603 0212 3456 7890"


async def with_members_group(town: Town) -> Chat:
    """Let the owner make a members' group and say what it is."""
    await town.says(town.owner, "/start")
    group = town.world.add_supergroup("会员群", town.owner)
    rights = {"can_invite_users": True, "can_restrict_members": True, "can_delete_messages": True}
    town.world.add_bot(town.owner, group, rights)
    await town.told(town.owner, "会员群")
    await town.presses(town.owner, f"places:bind:{group.id}:members")
    return group


async def test_a_group_that_all_the_world_reads_is_pointed_out(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        await town.says(town.owner, "/start")
        group = town.world.add_supergroup("会员群", town.owner, username="sellers_cn")
        town.world.add_bot(town.owner, group, {"can_invite_users": True})
        await town.told(town.owner, "会员群")

        bound = said(await town.presses(town.owner, f"places:bind:{group.id}:members"))

        assert "公开的（@sellers_cn）" in bound


async def ordered(town: Town, person: Person) -> None:
    await town.says(person, "/start")
    await town.presses(person, "join:offers")
    await town.presses(person, "join:plan:annual_year")
    await town.presses(person, "join:order:annual_year")


async def proven(town: Town, person: Person) -> None:
    await town.presses(person, "order:proof")
    await town.shows(person, picture(), caption=f"单号 {NUMBER}")


async def approved(town: Town, finance: Person, amount: str) -> str:
    await town.told(finance, "待核对")
    await town.presses(finance, "orders:review")
    await town.presses(finance, "orders:amount")
    return said(await town.says(finance, amount))


async def counted(town: Town, row: type) -> int:
    async with town.community.storage.read() as session:
        return int(await session.scalar(sa.select(sa.func.count()).select_from(row)) or 0)


async def test_a_guest_buys_a_year_and_is_let_in(database_url: str) -> None:
    async with living(database_url) as town:
        await with_members_group(town)
        finance = await town.staff("韩冰", Role.FINANCE)
        guest = town.person("林晓")

        await ordered(town, guest)
        await proven(town, guest)
        await approved(town, finance, "￥8,888.00元")

        await town.told(guest, "您的会员资格已生效")
        card = await town.told(guest, "已付款，会员资格已生效")
        assert not [
            key
            for key in keys_of(card)
            if key.get("callback_data", "").startswith(("order:proof", "order:cancel"))
        ]
        mine = await town.says(guest, "/me")
        door = next(key["url"] for key in keys_of(mine) if "url" in key)
        request = town.world.request_join(guest, door)
        await town.world.until(lambda: request.state != "pending", timeout=10)
        assert request.state == "approved"
        assert "年度会员" in said(mine)


async def test_a_stranger_is_told_why_and_then_turned_down(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        await with_members_group(town)
        stranger = town.person("陈立")
        (space,) = await town.community.spaces.all()

        request = town.world.request_join(stranger, space.door or "")

        await town.world.until(lambda: request.state != "pending", timeout=10)
        assert request.state == "declined"
        assert "会员群" in said(await town.told(stranger, "仅对会员开放"))


@pytest.mark.parametrize("nonsense", ["八千", "-8888", "8888.001", "1e9", "9" * 40, "🙂"])
async def test_an_amount_that_is_none_changes_nothing(sqlite_url: str, nonsense: str) -> None:
    async with living(sqlite_url) as town:
        finance = await town.staff("韩冰", Role.FINANCE)
        guest = town.person("林晓")
        await ordered(town, guest)
        await proven(town, guest)

        await approved(town, finance, nonsense)

        assert await counted(town, PaymentRow) == 0
        assert await counted(town, EntitlementRow) == 0
        assert "✅" in said(await town.says(finance, "8888"))


async def test_a_sticker_is_no_proof_and_the_picture_after_it_is(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        guest = town.person("林晓")
        await ordered(town, guest)
        shown = await town.presses(guest, "order:proof")

        town.world.send_sticker(guest, town.chat(guest), b"sticker" * 9)
        refused = await town.answer(guest, after=shown.message_id + 1)
        kept = await town.shows(guest, picture())

        assert "截图" in said(refused)
        assert "已收到" in said(kept)


async def test_pressing_order_twice_places_one_order(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        guest = town.person("林晓")
        await town.says(guest, "/join")
        await town.presses(guest, "join:plan:annual_year")
        message, data = town.button(guest, "join:order")

        for _ in range(2):
            query = town.world.press(guest, town.chat(guest), message.message_id, data)
            message.reply_markup, kept = message.reply_markup, message.reply_markup
        await town.world.until(lambda: query.answer is not None, timeout=10)

        assert kept is not None
        assert await counted(town, OrderRow) == 1


@pytest.mark.parametrize(
    "forged",
    ["order:show:1", "order:cancel:1", "order:proof:1", "orders:review:1", "orders:amount:1:2"],
)
async def test_somebody_elses_order_does_not_exist_for_a_forged_button(
    sqlite_url: str, forged: str
) -> None:
    async with living(sqlite_url) as town:
        guest, stranger = town.person("林晓"), town.person("陈立")
        await ordered(town, guest)
        await town.says(stranger, "/start")
        message, _ = town.button(stranger, "join:offers")
        keys_of(message)[0]["callback_data"] = forged

        toast = await town.toast(stranger, forged)

        assert toast
        orders = await town.community.orders.mine(await town.community.actor(guest.id))
        assert [order.state for order in orders] == ["awaiting_payment"]


async def test_what_was_begun_survives_a_restart(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        guest = town.person("林晓")
        await ordered(town, guest)
        await town.presses(guest, "order:proof")
        drafted = await town.community.drafts.current(guest.id)

        async with living(sqlite_url) as later:
            assert await later.community.drafts.current(guest.id) == drafted


async def test_a_receipt_stays_when_its_button_is_pressed(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance = await town.staff("韩冰", Role.FINANCE)
        guest = town.person("林晓")
        await ordered(town, guest)
        await proven(town, guest)
        await approved(town, finance, "8888")
        receipt = await town.told(guest, "您的会员资格已生效")

        shown = await town.presses(guest, "me:show")

        assert "您的会员资格已生效" in said(receipt)
        assert shown.message_id > receipt.message_id
        assert "有效期至" in said(shown)


async def test_who_approves_alone_is_told_how_a_second_person_comes_about(sqlite_url: str) -> None:
    manual = {**MANUAL, "two_person_from": "5000"}
    async with living(sqlite_url, payments={"manual": manual}) as town:
        await town.says(town.owner, "/start")
        guest = town.person("林晓")
        await ordered(town, guest)
        await proven(town, guest)

        await town.told(town.owner, "待核对")
        await town.presses(town.owner, "orders:review")
        await town.presses(town.owner, "orders:amount")
        answer = await town.says(town.owner, "8888")

        assert "two_person_from" in said(answer)
        assert await counted(town, EntitlementRow) == 0


async def test_ten_pictures_at_once_are_one_proof_and_one_answer(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        guest = town.person("林晓")
        await ordered(town, guest)
        shown = await town.presses(guest, "order:proof")

        album = [("photo", picture(shade)) for shade in range(100, 110)]
        town.world.send_album(guest, town.chat(guest), album)
        await town.answer(guest, after=shown.message_id + 10)
        after = await town.says(guest, NUMBER)

        answers = [one for one in town.world.history(town.chat(guest)) if "已收到" in said(one)]
        assert len(answers) == 2
        assert answers[-1] is after


async def test_what_came_short_is_kept_and_the_rest_asked_for(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance = await town.staff("韩冰", Role.FINANCE)
        guest = town.person("林晓")
        await ordered(town, guest)
        await proven(town, guest)

        await town.told(finance, "待核对")
        await town.presses(finance, "orders:review")
        await town.presses(finance, "orders:short")
        await town.says(finance, "2000")

        assert "6,888.00" in said(await town.told(guest, "还差"))
        assert await counted(town, EntitlementRow) == 0

        await town.presses(guest, "order:show")
        cancelled = said(await town.presses(guest, "order:cancel"))

        assert "2,000.00" in cancelled
        assert "没有产生任何扣款" not in cancelled


async def test_a_picture_that_was_saved_anew_is_seen_by_the_approver(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        finance = await town.staff("韩冰", Role.FINANCE)
        one, other = town.person("林晓"), town.person("吴优")
        await ordered(town, one)
        await town.presses(one, "order:proof")
        await town.shows(one, receipt())
        await town.told(finance, "待核对")
        await ordered(town, other)
        await town.presses(other, "order:proof")
        await town.shows(other, saved_anew(receipt()))

        await town.told(finance, "吴优")
        review = said(await town.presses(finance, "orders:review"))

        assert "看起来相同的截图" in review
