"""The stage of the demo: the sample's people and places, put into the world of a local Telegram."""

from dataclasses import dataclass

from community_bot.clock import SystemClock
from community_bot.sandbox.demo_sample import Sample, SamplePlace
from community_bot.sandbox.facts import Chat, InviteLink, Person
from community_bot.sandbox.world import World

HUMAN_RIGHTS = (
    "can_delete_messages",
    "can_restrict_members",
    "can_promote_members",
    "can_invite_users",
    "can_pin_messages",
)


@dataclass(frozen=True, slots=True)
class Stage:
    """Who is who in the world, by the keys of the sample."""

    sample: Sample
    world: World
    people: dict[str, Person]
    places: dict[str, Chat]
    doors: dict[str, InviteLink]
    topics: dict[tuple[str, str], int]

    @property
    def roles(self) -> dict[int, str]:
        """What the page says of each of the staff."""
        return {
            self.people[person.key].id: person.role
            for person in self.sample.people
            if person.role is not None
        }

    @property
    def owner(self) -> Person:
        return next(
            self.people[person.key] for person in self.sample.people if person.role == "owner"
        )


def build(world: World, sample: Sample) -> Stage:
    """Put the sample into a new world; nothing of it is told to the bot as news."""
    bot = world.bot
    bot.name = sample.bot
    people = {
        person.key: world.add_person(
            person.name, username=person.username, language_code=person.language
        )
        for person in sample.people
    }
    stage = Stage(sample, world, people, {}, {}, {})
    for place in sample.places:
        _open(stage, place)
    bot.mailbox.pending.clear()
    # A database that outlives this world must never see the number of an update twice.
    bot.mailbox.last_update_id = int(SystemClock().now().timestamp() * 1000)
    return stage


def _open(stage: Stage, place: SamplePlace) -> None:
    world, owner = stage.world, stage.owner
    if place.kind == "channel":
        chat = world.add_channel(place.title, owner)
    else:
        chat = world.add_supergroup(place.title, owner, forum=place.kind == "forum")
    stage.places[place.key] = chat
    world.add_bot(owner, chat, place.rights)
    for key in place.people:
        world.join(stage.people[key], chat)
    for key in place.admins:
        rights = (*HUMAN_RIGHTS, "can_post_messages") if chat.is_channel else HUMAN_RIGHTS
        world.promote(owner, chat, stage.people[key], rights)
    for name in place.topics:
        stage.topics[place.key, name] = world.create_topic(owner, chat, name).topic_id
    stage.doors[place.key] = world.new_link(
        chat, world.bot, name=place.title[:32], creates_join_request=True
    )
