"""What the sample community offers: the library, partners, posts that go out by themselves."""

from datetime import datetime

from community_bot.community import Community
from community_bot.people.roles import Actor
from community_bot.resources import phrase_rules
from community_bot.resources.content_rules import Content
from community_bot.resources.facts import Composition, Place
from community_bot.sandbox.demo_sample import (
    SamplePartner,
    SamplePost,
    SampleResource,
    read_partners,
    read_posts,
    read_resources,
)
from community_bot.sandbox.demo_stage import Stage


async def fill_library(community: Community, admin: Actor) -> None:
    """Put everything on the shelves, as an admin would."""
    for resource in read_resources():
        await _shelve(community, admin, resource)


async def list_partners(community: Community, admin: Actor) -> None:
    """Write every partner down, and let members find them."""
    for partner in read_partners():
        await _list(community, admin, partner)


async def plan_posts(community: Community, stage: Stage, admin: Actor) -> None:
    """Plan what goes out week after week."""
    for post in read_posts():
        await _plan(community, stage, admin, post)


async def _shelve(community: Community, admin: Actor, sampled: SampleResource) -> None:
    library = community.resources.library
    made = await library.make(
        admin,
        content=Content(sampled.text.strip()),
        topics=sampled.topics,
        least_tier=sampled.least_tier,
    )
    await library.publish(admin, resource_id=made.resource_id)


async def _list(community: Community, admin: Actor, sampled: SamplePartner) -> None:
    keeping = community.resources.partner_keeping
    made = await keeping.add(
        admin,
        kind=sampled.kind,
        name=sampled.name,
        tags=sampled.tags,
        contact=sampled.contact,
        about=sampled.about,
    )
    number = made.partner_id
    await keeping.set_tier(admin, partner_id=number, least_tier=sampled.least_tier)
    await keeping.list(admin, partner_id=number)


async def _plan(community: Community, stage: Stage, admin: Actor, sampled: SamplePost) -> None:
    section, posts = community.config.community, community.resources.posts
    now: datetime = community.clock.now().astimezone(section.zone)
    composed = Composition(
        Content(sampled.text.strip()),
        title=sampled.title,
        places=(Place(stage.places[sampled.place].id),),
        schedule=phrase_rules.parse(sampled.when, now=now, zone=section.timezone),
    )
    draft = await community.resources.composing.begin(admin, composed)
    preview = await community.resources.composing.preview(admin, post_id=draft.post_id)
    await posts.confirm(admin, post_id=draft.post_id, mark=preview.mark)
