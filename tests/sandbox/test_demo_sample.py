"""The sample community is whole: everybody who does something exists, and nothing is empty."""

import tomllib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from community_bot import paths
from community_bot.clock import StandingClock
from community_bot.resources import phrase_rules
from community_bot.sandbox.demo_sample import (
    Happened,
    read_entries,
    read_posts,
    read_sample,
    receipt,
)
from community_bot.sandbox.demo_stage import build
from community_bot.sandbox.files import dimensions
from community_bot.sandbox.world import World

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
TOPICS = {
    "opening", "account", "fees", "payout", "logistics", "compliance", "tax", "listing",
    "creators", "live", "video", "ads", "service", "community",
}  # fmt: skip
MARKETS = {"uk", "us", "de", "eu", "jp", "sea", "all"}


def test_everybody_who_does_something_is_in_the_sample() -> None:
    sample = read_sample()
    keys = {person.key for person in sample.people}
    places = {place.key: place for place in sample.places}

    doing = {order.who for order in sample.orders} | {each.who for each in sample.imports}
    approving = {key for order in sample.orders for key in order.approved_by}

    assert doing | approving <= keys
    for said in sample.messages:
        place = places[said.place]
        assert said.who in place.people
        assert said.topic is None or said.topic in place.topics


def test_everybody_in_a_place_has_a_right_to_it() -> None:
    sample = read_sample()
    tiers = tomllib.loads(paths.example_config().read_text(encoding="utf-8"))["tiers"]
    opens = {tier["code"]: set(tier.get("opens", ())) for tier in tiers}
    sold = {plan["code"]: tier["code"] for tier in tiers for plan in tier.get("plans", ())}

    held = {each.who: opens[each.tier] for each in sample.imports}
    held |= {order.who: opens[sold[order.plan]] for order in sample.orders if order.approved_by}
    staff = {person.key for person in sample.people if person.role}

    for place in sample.places:
        assert {key for key in place.people if place.role not in held.get(key, ())} <= staff


def test_the_bot_may_do_its_work_in_every_place() -> None:
    stage = build(World(StandingClock(NOON)), read_sample())

    for key, chat in stage.places.items():
        assert stage.world.membership(chat, stage.world.bot).is_admin
        assert stage.doors[key].creates_join_request
    assert stage.places["desk"].is_forum
    assert not stage.world.bot.mailbox.pending


def test_the_guest_and_the_stranger_have_never_met_the_bot() -> None:
    stage = build(World(StandingClock(NOON)), read_sample())

    for key in ("linxiao", "chenli"):
        assert (stage.world.bot.id, stage.people[key].id) not in stage.world.private_chats


def test_the_numbers_of_updates_go_on_where_an_earlier_demo_ended() -> None:
    first, second = (build(World(StandingClock(NOON)), read_sample()) for _ in range(2))

    assert first.world.bot.mailbox.last_update_id > 1_700_000_000_000
    assert second.world.bot.mailbox.last_update_id >= first.world.bot.mailbox.last_update_id
    assert [person.id for person in first.people.values()] == [
        person.id for person in second.people.values()
    ]


def test_what_happened_has_a_time_on_the_community_s_clock() -> None:
    evening = Happened.model_validate({"days_ago": 1, "at": "19:30"})

    assert evening.moment(NOON, SHANGHAI) == datetime(2026, 3, 1, 19, 30, tzinfo=SHANGHAI)
    assert Happened().moment(NOON, SHANGHAI) < NOON


def test_the_faq_has_what_sellers_ask() -> None:
    entries = read_entries()
    questions = [entry.question for entry in entries]
    wordings = [wording for entry in entries for wording in (entry.question, *entry.aliases)]

    assert len(entries) >= 40
    assert len(set(questions)) == len(questions)
    assert len(set(wordings)) == len(wordings)
    for entry in entries:
        assert set(entry.topics) <= TOPICS
        assert entry.topics
        assert set(entry.markets) <= MARKETS
        assert entry.markets
        assert 30 < len(entry.answer.strip()) < 1000


def test_posts_go_to_places_that_exist() -> None:
    places = {place.key for place in read_sample().places}

    for post in read_posts():
        assert post.place in places
        assert phrase_rules.parse(post.when, now=NOON.astimezone(SHANGHAI), zone=SHANGHAI.key)
        assert post.text.strip()


def test_the_picture_of_a_transfer_is_one_that_telegram_takes() -> None:
    width, height = dimensions(receipt())

    assert (width, height) == (540, 760)
