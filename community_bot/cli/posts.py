"""`community-bot posts`: posts from a file, what is planned, and calling one off."""

import asyncio
import json
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from community_bot.cli import configuration
from community_bot.cli.posts_refusals import code_of, sentence_of
from community_bot.cli.refusals import NUMBER, Mistake, log_faults
from community_bot.community import Community
from community_bot.config.loading import Config
from community_bot.errors import DomainError, Invalid
from community_bot.people.roles import Actor, Role
from community_bot.resources import audience_rules, markdown_rules, phrase_rules
from community_bot.resources.content_rules import Content
from community_bot.resources.facts import Composition, Place, Post, Preview
from community_bot.resources.posts import check
from community_bot.resources.rules import PostState
from community_bot.resources.schedule_rules import Missed, Schedule

_FILE = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the options say."""

    text: str
    title: str
    audience: str | None
    places: tuple[str, ...]
    when: str | None
    missed: str
    tier: str | None
    is_silent: bool
    is_protected: bool


@click.group("posts")
def posts() -> None:
    """Plan posts for people and places, see what is planned, call one off."""


@posts.command("create")
@click.option("--file", "source", type=_FILE, required=True, help="The text, as Markdown.")
@click.option("--audience", help='Who gets it in private, like "tier:annual -role:mentor".')
@click.option("--place", "places", multiple=True, help="A chat's number, or the role of a place.")
@click.option("--at", help='When, like "2026-12-01 09:30"; without it at once.')
@click.option("--repeat", help='Again and again, like "every weekday 09:30".')
@click.option(
    "--missed",
    type=click.Choice([one.value for one in Missed]),
    default=Missed.LATE.value,
    help="What becomes of a time at which the bot did not run.",
)
@click.option("--tier", help="The least tier that may have it.")
@click.option("--title", default="", help="Its name in lists; else the first line.")
@click.option("--silent", is_flag=True, help="Without a sound.")
@click.option("--protect", is_flag=True, help="It can be neither forwarded nor saved.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@configuration.with_config
def create(
    source: Path,
    at: str | None,
    repeat: str | None,
    path: Path | None,
    *,
    silent: bool,
    protect: bool,
    dry_run: bool,
    as_json: bool,
    **more: Any,  # noqa: ANN401  click's options
) -> None:
    """Plan a post from a file.

    The audience is words with spaces between: all, members, lapsed, never-asked, never-opened,
    tier:CODE,CODE topic:UK role:mentor expiring:14 joined:2026-01-01..2026-02-01 people:1,2.
    All of them must be true, and those with a minus must not be.

    Times are typed as people say them, in Chinese or English: tomorrow 3pm,
    "first monday of the month 10:00", "every two weeks on wed 20:00 until Dec 31, skip holidays".

    A post for many people waits until a second admin agrees in the chat.
    Exit codes: 1 refused by the rules, 2 used wrongly.
    """
    log_faults()
    if at and repeat:
        raise Mistake("--at and --repeat: give one of them")
    config = configuration.load(path)
    wish = Wish(
        text=_read(source),
        when=at or repeat,
        is_silent=silent,
        is_protected=protect,
        **more,
    )
    _end(asyncio.run(_create(config, wish, is_wanted=not dry_run)), as_json=as_json)


@posts.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@configuration.with_config
def list_(path: Path | None, *, as_json: bool) -> None:
    """List what is planned, held, or waits for a second admin."""
    log_faults()
    config = configuration.load(path)
    found = asyncio.run(_list(config))
    if as_json:
        click.echo(json.dumps({"posts": found}, ensure_ascii=False))
        return
    for one in found:
        click.echo(
            f"#{one['post_id']}  {one['next_at'] or '-':<25}  {one['state']}  {one['title']}"
        )
    if not found:
        click.echo("Nothing is planned.")


@posts.command("cancel")
@click.argument("post_id", metavar="NUMBER", type=NUMBER)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@configuration.with_config
def cancel(post_id: int, path: Path | None, *, as_json: bool) -> None:
    """Call a post off; what has gone out stays.

    Exit code 1: there is no such post, or it is over.
    """
    log_faults()
    _end(asyncio.run(_cancel(configuration.load(path), post_id)), as_json=as_json)


async def _create(config: Config, wish: Wish, *, is_wanted: bool) -> dict[str, Any]:
    async with configuration.ready(config) as community:
        operator = _operator(config)
        try:
            composed = await _composed(community, wish)
            preview = await community.resources.composing.look(operator, composed)
            check(preview)
            said = _said(preview, config)
            if not is_wanted:
                return {**said, "is_done": False}
            made = await _planned(community, operator, composed)
        except DomainError as refusal:
            return _refused(refusal)
        return {**said, **_line(made, config), "is_done": True}


async def _planned(community: Community, operator: Actor, composed: Composition) -> Post:
    """Make the post and confirm it; one that is refused after all leaves no draft behind."""
    resources = community.resources
    post = await resources.composing.begin(operator, composed)
    try:
        preview = await resources.composing.preview(operator, post_id=post.post_id)
        return await resources.posts.confirm(operator, post_id=post.post_id, mark=preview.mark)
    except DomainError:
        await resources.posts.cancel(operator, post_id=post.post_id)
        raise


async def _composed(community: Community, wish: Wish) -> Composition:
    text, entities = markdown_rules.read(wish.text)
    return Composition(
        content=Content(text, entities),
        title=wish.title,
        least_tier=wish.tier,
        audience=audience_rules.parse(wish.audience) if wish.audience else None,
        places=tuple([place for name in wish.places for place in await _places(community, name)]),
        schedule=_schedule(community, wish),
        is_silent=wish.is_silent,
        is_protected=wish.is_protected,
    )


async def _places(community: Community, name: str) -> list[Place]:
    """Return the place with a number, or every place with a role."""
    if name.lstrip("-").isdecimal():
        return [Place(int(name))]
    found = [Place(one.chat_id) for one in await community.spaces.all() if one.role == name]
    if not found:
        raise Invalid("place", "unknown", place=name)
    return found


def _schedule(community: Community, wish: Wish) -> Schedule | None:
    if wish.when is None:
        return None
    section = community.config.community
    now = community.clock.now().astimezone(section.zone)
    found = phrase_rules.parse(wish.when, now=now, zone=section.timezone)
    return None if found is None else replace(found, missed=Missed(wish.missed))


async def _list(config: Config) -> list[dict[str, Any]]:
    async with configuration.ready(config) as community:
        operator, planned = _operator(config), community.resources.posts
        found = [*await planned.planned(operator), *await planned.waiting(operator)]
        return [_line(post, config) for post in found]


async def _cancel(config: Config, post_id: int) -> dict[str, Any]:
    async with configuration.ready(config) as community:
        try:
            post = await community.resources.posts.cancel(_operator(config), post_id=post_id)
        except DomainError as refusal:
            return _refused(refusal)
        return _line(post, config)


def _line(post: Post, config: Config) -> dict[str, Any]:
    audience = post.composed.audience
    return {
        "post_id": post.post_id,
        "title": post.title,
        "state": post.state.value,
        "next_at": _local(post.next_at, config),
        "audience": None if audience is None else audience_rules.spelled(audience),
        "places": [place.chat_id for place in post.composed.places],
    }


def _said(preview: Preview, config: Config) -> dict[str, Any]:
    return {
        "people": preview.people,
        "unreachable": preview.unreachable,
        "below_tier": preview.below_tier,
        "messages": preview.messages,
        "takes_seconds": round(preview.takes.total_seconds()),
        "next_times": [_local(at, config) for at in preview.next_times],
        "needs_second": preview.needs_second,
    }


def _end(answer: dict[str, Any], *, as_json: bool) -> None:
    """Print what was done or refused, and leave with the code for it."""
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    elif "error" in answer:
        click.echo(f"community-bot: {answer['error']}", err=True)
    else:
        click.echo(_sentence(answer))
    if "error" in answer:
        raise click.exceptions.Exit(answer["code"])


def _sentence(answer: dict[str, Any]) -> str:
    if "people" not in answer:
        return f"Post #{answer['post_id']} is {answer['state']}."
    times = ", ".join(answer["next_times"]) or "at once"
    reach = (
        f"{answer['people']} people, {answer['messages']} messages, about "
        f"{answer['takes_seconds']} seconds; {times}."
    )
    if not answer["is_done"]:
        return f"Would go to {reach}"
    if answer["state"] == PostState.WAITING_APPROVAL:
        return f"Post #{answer['post_id']} waits for a second admin: {reach}"
    return f"Post #{answer['post_id']} is planned: {reach}"


def _refused(refusal: DomainError) -> dict[str, Any]:
    return {"error": sentence_of(refusal), "code": code_of(refusal)}


def _local(moment: datetime | None, config: Config) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(config.community.zone).isoformat(" ", "minutes")


def _read(source: Path) -> str:
    try:
        return source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Mistake(f"--file: {source} is not UTF-8") from error
    except OSError as error:
        raise Mistake(f"--file: {source} cannot be read: {error.strerror}") from error


def _operator(config: Config) -> Actor:
    """Whoever has the shell acts for the first owner; the journal says so."""
    return Actor(config.community.owners[0], frozenset({Role.OWNER}))
