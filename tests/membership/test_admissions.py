from collections.abc import Mapping
from datetime import timedelta

import pytest

from community_bot.errors import AlreadyDone, Invalid, NotAllowed
from community_bot.membership.admission_notices import ApplicationDecided, ApplicationWaiting
from community_bot.membership.admission_rules import APPLICATION, ApplicationState
from tests.billing.shop import ADMIN, ANNUAL, FREE, WANG, Shop, sections

QUESTIONS = [
    {"zh": "您做哪个平台？", "en": "Which platform?"},
    {"zh": "月销售额？", "en": "Sales?"},
]


TAPPED: dict[str, object] = {
    "zh": "店铺开了吗？",
    "en": "Do you have a shop?",
    "choices": [
        {"zh": "开了", "en": "Yes"},
        {
            "zh": "还没有",
            "en": "Not yet",
            "fits": False,
            "reason": {"zh": "请先看免费资料", "en": "Read what is free first"},
        },
    ],
}


@pytest.fixture
async def asking(shop: Shop) -> Shop:
    """A shop whose annual tier asks two questions first."""
    await shop.tiers.apply(sections(FREE, {**ANNUAL, "credits": [], "admission": QUESTIONS}))
    return shop


async def test_nobody_pays_before_admission(asking: Shop) -> None:
    with pytest.raises(NotAllowed) as refused:
        await asking.orders.place(asking.wang, plan_code="annual")
    assert refused.value.need == "admission"
    assert await asking.admissions.mine(asking.wang, tier_code="annual") is None

    applied = await asking.admissions.apply(
        asking.wang, tier_code="annual", answers=["TikTok Shop", "10 万"]
    )
    with pytest.raises(NotAllowed):
        await asking.orders.place(asking.wang, plan_code="annual")
    await asking.admissions.admit(asking.admin, application_id=applied.application_id)

    order = await asking.orders.place(asking.wang, plan_code="annual")
    assert order.is_open
    assert isinstance((await asking.told(ADMIN))[0], ApplicationWaiting)


async def test_who_is_declined_hears_why_and_may_apply_again(asking: Shop) -> None:
    applied = await asking.admissions.apply(asking.wang, tier_code="annual", answers=["?", "0"])

    await asking.admissions.decline(
        asking.admin, application_id=applied.application_id, reason="建议先看免费资料"
    )
    again = await asking.admissions.apply(
        asking.wang, tier_code="annual", answers=["亚马逊", "5 万"]
    )

    (word,) = await asking.told(WANG)
    assert isinstance(word, ApplicationDecided)
    assert (word.is_admitted, word.reason) == (False, "建议先看免费资料")
    assert again.state is ApplicationState.SUBMITTED


async def test_an_application_is_decided_once_and_by_somebody_else(asking: Shop) -> None:
    own = await asking.admissions.apply(asking.admin, tier_code="annual", answers=["a", "b"])
    with pytest.raises(NotAllowed):
        await asking.admissions.admit(asking.admin, application_id=own.application_id)

    await asking.admissions.admit(asking.owner, application_id=own.application_id)

    with pytest.raises(AlreadyDone):
        await asking.admissions.decline(asking.owner, application_id=own.application_id, reason="?")
    with pytest.raises(AlreadyDone):
        await asking.admissions.apply(asking.admin, tier_code="annual", answers=["a", "b"])


async def test_every_question_wants_an_answer(asking: Shop) -> None:
    with pytest.raises(Invalid):
        await asking.admissions.apply(asking.wang, tier_code="annual", answers=["TikTok", " "])


def test_every_state_of_an_application_can_be_reached() -> None:
    assert APPLICATION.reachable() == frozenset(ApplicationState)


@pytest.mark.parametrize("way", ["granted", "lapsed"])
async def test_who_has_or_had_it_renews_without_being_asked(asking: Shop, way: str) -> None:
    await asking.grants.give(asking.admin, member_id=WANG, plan_code="annual", reason="老会员")
    if way == "lapsed":
        asking.clock.pass_(timedelta(days=500))

    order = await asking.orders.place(asking.wang, plan_code="annual")

    assert order.is_open


async def tapping(shop: Shop, *questions: Mapping[str, object]) -> Shop:
    await shop.tiers.apply(sections(FREE, {**ANNUAL, "credits": [], "admission": questions}))
    return shop


@pytest.mark.parametrize("answer", ["开了", "yes"])
async def test_answers_that_fit_admit_by_themselves(shop: Shop, answer: str) -> None:
    await tapping(shop, TAPPED)

    applied = await shop.admissions.apply(shop.wang, tier_code="annual", answers=[answer])

    assert applied.state is ApplicationState.ADMITTED
    assert (await shop.orders.place(shop.wang, plan_code="annual")).is_open
    assert not [one for one in await shop.told(ADMIN) if isinstance(one, ApplicationWaiting)]


async def test_an_answer_that_does_not_fit_is_told_why_and_a_person_reads_the_next(
    shop: Shop,
) -> None:
    await tapping(shop, TAPPED)

    applied = await shop.admissions.apply(shop.wang, tier_code="annual", answers=["还没有"])
    again = await shop.admissions.apply(shop.wang, tier_code="annual", answers=["开了"])

    word = (await shop.told(WANG))[-1]
    assert isinstance(word, ApplicationDecided)
    assert (word.is_admitted, word.reason) == (False, "请先看免费资料")
    assert (applied.state, applied.decided_by) == (ApplicationState.DECLINED, None)
    assert again.state is ApplicationState.SUBMITTED
    with pytest.raises(NotAllowed):
        await shop.orders.place(shop.wang, plan_code="annual")


async def test_what_is_typed_is_read_by_a_person(shop: Shop) -> None:
    await tapping(shop, TAPPED, QUESTIONS[0])

    applied = await shop.admissions.apply(shop.wang, tier_code="annual", answers=["开了", "TikTok"])

    assert applied.state is ApplicationState.SUBMITTED


async def test_an_answer_beside_the_choices_is_refused(shop: Shop) -> None:
    await tapping(shop, TAPPED)

    with pytest.raises(Invalid) as refused:
        await shop.admissions.apply(shop.wang, tier_code="annual", answers=["也许"])

    assert refused.value.reason == "choose"


async def test_questions_are_taken_over_once(shop: Shop) -> None:
    wanted = sections(FREE, {**ANNUAL, "credits": [], "admission": [TAPPED, *QUESTIONS]})
    await shop.tiers.apply(wanted)

    assert await shop.tiers.differences(wanted) == []
