from datetime import timedelta

import pytest

from community_bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from community_bot.membership import import_rules
from community_bot.membership.import_rules import Fault
from tests.billing.shop import LI, WANG, Shop

LIST = """member_id,claim,tier,until,note
1001,,annual,2026-12-31,老会员
,138-0013-8000,annual,2026-09-30,
2002,,course,forever,
"""


async def test_a_list_is_taken_over_whole(shop: Shop) -> None:
    preview = await shop.imports.take_over(shop.admin, text=LIST)

    assert len(preview.rows) == 3
    standing = await shop.memberships.standing(WANG)
    assert standing.until is not None
    assert standing.until.isoformat() == "2026-12-31T15:59:59+00:00"
    assert (await shop.memberships.standing(2002)).until is None
    assert await shop.auditor.audit() == []


async def test_a_preview_changes_nothing(shop: Shop) -> None:
    preview = await shop.imports.preview(shop.admin, text=LIST)

    assert preview.is_clean
    assert not (await shop.memberships.standing(WANG)).is_member


async def test_one_fault_and_nothing_is_taken_over(shop: Shop) -> None:
    text = LIST + "x,,annual,2026-12-31,\n2003,,gold,31.12.2026,\n1001,,annual,2026-12-31,\n"

    preview = await shop.imports.preview(shop.admin, text=text)
    with pytest.raises(Invalid):
        await shop.imports.take_over(shop.admin, text=text)

    assert preview.faults == (
        Fault(5, "member_id", "malformed"),
        Fault(6, "tier", "unknown"),
        Fault(6, "until", "malformed"),
        Fault(2, "member_id", "doubled"),
        Fault(7, "member_id", "doubled"),
    )
    assert not (await shop.memberships.standing(WANG)).is_member


async def test_who_has_the_tier_already_is_a_conflict(shop: Shop) -> None:
    await shop.imports.take_over(shop.admin, text=LIST)

    again = await shop.imports.preview(shop.admin, text=LIST)

    assert again.conflicts == (
        Fault(2, "member_id", "has_it"),
        Fault(3, "claim", "known"),
        Fault(4, "member_id", "has_it"),
    )


async def test_a_member_claims_what_was_imported_under_their_number(shop: Shop) -> None:
    await shop.imports.take_over(shop.admin, text=LIST)

    right = await shop.imports.claim(shop.li, number="138 0013 8000")

    assert (right.member_id, right.tier_code) == (LI, "annual")
    with pytest.raises(AlreadyDone):
        await shop.imports.claim(shop.wang, number="13800138000")
    with pytest.raises(NotFound):
        await shop.imports.claim(shop.wang, number="13900139000")


async def test_nobody_is_removed_for_fourteen_days(shop: Shop) -> None:
    async def everybody(_chat_id: int, _member_id: int) -> bool | None:
        return True

    await shop.spaces.bind(shop.owner, chat_id=-1, role="members", title="群", is_forum=False)
    await shop.doors.seen(chat_id=-1, member_id=4004, is_in=True)
    await shop.imports.take_over(shop.admin, text=LIST)
    now = shop.clock.now()

    assert await shop.removals.plan(now + timedelta(days=13), everybody) == []
    assert len(await shop.removals.plan(now + timedelta(days=15), everybody)) == 1


async def test_what_was_exported_can_be_imported_elsewhere(shop: Shop) -> None:
    old = LIST + "1001,,course,forever,\n2003,,annual,2026-01-31,\n"
    await shop.imports.take_over(shop.admin, text=old)

    text = await shop.imports.export(shop.admin)

    rows, faults = import_rules.read(text, tiers={"annual", "course"})
    assert text.splitlines()[1:] == [
        "1001,,annual,2026-12-31,老会员,active",
        "1001,,course,forever,import,active",
        "2002,,course,forever,import,active",
        "2003,,annual,2026-01-31,import,lapsed",
        ",13800138000,annual,2026-09-30,,",
    ]
    assert (len(rows), faults) == (5, [])


async def test_what_was_taken_back_or_claimed_is_not_exported_again(shop: Shop) -> None:
    await shop.imports.take_over(shop.admin, text=LIST)
    right = await shop.imports.claim(shop.li, number="13800138000")
    await shop.grants.end(
        shop.admin, member_id=LI, entitlement_id=right.entitlement_id, reason="转走了"
    )

    text = await shop.imports.export(shop.admin)

    assert [line.split(",")[0] for line in text.splitlines()[1:]] == ["1001", "2002"]


async def test_renewals_are_exported_with_their_last_day(shop: Shop) -> None:
    await shop.imports.take_over(shop.admin, text=LIST)
    await shop.grants.give(shop.admin, member_id=WANG, plan_code="annual", reason="续费")

    text = await shop.imports.export(shop.admin)

    assert "1001,,annual,2027-12-31,续费,active" in text


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("99999999999999999999,,annual,2026-12-31,", "member_id"),
        ("0,,annual,2026-12-31,", "member_id"),
        ("7007,,annual,9999999999-12-31,", "until"),
        ("7007,,annual,2026-02-30,", "until"),
        ("7007,,annual,12/31/2026,", "until"),
        (",1.38E+10,annual,2026-12-31,", "claim"),
        ("7007,,annual,2026-12-31,a\0b", "note"),
        (f"7007,,annual,2026-12-31,{'x' * 200_000}", "line"),
    ],
)
def test_what_no_database_takes_is_a_fault(line: str, column: str) -> None:
    _, faults = import_rules.read(f"member_id,claim,tier,until,note\n{line}\n", tiers={"annual"})

    assert faults == [Fault(2, column, "malformed")]


def test_a_day_as_a_spreadsheet_saves_it_is_read() -> None:
    text = "member_id,claim,tier,until,note\n1001,,annual,2026/1/5,\n"

    ((row,), faults) = import_rules.read(text, tiers={"annual"})

    assert (str(row.until), faults) == ("2026-01-05", [])


async def test_only_admins_import(shop: Shop) -> None:
    with pytest.raises(NotAllowed):
        await shop.imports.preview(shop.wang, text=LIST)


def test_a_cell_is_never_a_formula() -> None:
    text = import_rules.write([("=1+1", "-5", "-x", "好")], ("a", "b", "c", "d"))

    assert text.splitlines()[1] == "'=1+1,-5,'-x,好"
