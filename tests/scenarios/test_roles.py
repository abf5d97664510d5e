"""Whoever presses, types or goes on with something is asked for their role, every time."""

import importlib
import pkgutil
from collections.abc import Iterator
from re import Pattern

import pytest
from telegram.ext import CallbackQueryHandler, CommandHandler

import handlers.mentor
import handlers.staff
from community_bot.errors import NotAllowed
from community_bot.inbox.rules import UpdateState
from community_bot.people.roles import Actor, Role
from community_bot.sandbox import wire
from community_bot.sandbox.dealings import CallbackQuery
from community_bot.sandbox.facts import Message, Person
from handlers import app
from handlers.commands import COMMANDS
from handlers.context import Guarded, Handle
from handlers.routing import Steps
from handlers.texts.errors import as_plain, refusal
from handlers.texts.words import words
from tests.living import Town, living

STAFF = ("handlers.staff.", "handlers.mentor.")


def buttons() -> Iterator[tuple[str, Guarded]]:
    """Return the data with which each button begins, and what answers it."""
    for area in app.AREAS:
        for handler in area:
            if isinstance(handler, CallbackQueryHandler) and isinstance(handler.pattern, Pattern):
                assert isinstance(handler.callback, Guarded), handler.pattern
                data = handler.pattern.pattern.removeprefix("^").removesuffix("(:|$)")
                yield data, handler.callback


def steps_of_staff() -> Steps:
    found: dict[str, Handle] = {}
    for package in (handlers.staff, handlers.mentor):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            found |= getattr(importlib.import_module(module.name), "STEPS", {})
    return found


def refused(needs: tuple[Role, ...], *, at_desk: bool = False) -> str:
    error = NotAllowed("_or_".join(role.value for role in needs))
    return as_plain(refusal(words("zh_CN"), error, at_desk=at_desk))


def test_every_button_of_staff_names_who_may_press_it() -> None:
    open_to_all = [
        data for data, one in buttons() if one.handle.__module__.startswith(STAFF) and not one.needs
    ]

    assert open_to_all == []


def test_a_command_answers_whom_the_menu_shows_it_to() -> None:
    asked = {
        name: set(handler.callback.needs)
        for area in app.AREAS
        for handler in area
        if isinstance(handler, CommandHandler) and isinstance(handler.callback, Guarded)
        for name in handler.commands
        if handler.callback.needs
    }

    shown = {one.name: set(one.needs) for one in COMMANDS if one.needs}

    assert {name: asked.get(name) for name in shown} == shown


@pytest.mark.parametrize("role", [Role.GUEST, Role.MENTOR])
async def test_no_button_works_for_who_may_not_press_it_wherever_it_hangs(
    sqlite_url: str, role: Role
) -> None:
    async with living(sqlite_url) as town:
        person, message = await in_a_group(town, role)
        actor = Actor(person.id, frozenset({role}))
        closed = {
            data: one.needs for data, one in buttons() if one.needs and not actor.has(*one.needs)
        }

        said = {data: await presses(town, person, message, data) for data in closed}

        at_desk = role is Role.MENTOR
        assert said == {data: refused(needs, at_desk=at_desk) for data, needs in closed.items()}
        assert len(closed) > 100


async def test_a_step_ends_for_who_has_lost_the_role_since_it_began(sqlite_url: str) -> None:
    async with living(sqlite_url) as town:
        person = town.person("前管理员")
        guest = Actor(person.id, frozenset({Role.GUEST}))
        steps = steps_of_staff()

        for step in steps:
            await town.community.drafts.begin(guest, step)
            done = (await town.community.inbox.counts()).get(UpdateState.DONE, 0)
            town.says(person, "1")
            await town.settled(UpdateState.DONE, done + 1)
            assert await town.community.drafts.current(person.id) is None, step

        assert len(steps) > 50


async def in_a_group(town: Town, role: Role) -> tuple[Person, Message]:
    """Return somebody with a role, and a message of the bot's in a group that they see."""
    person = town.person("某人")
    town.says(person, "/start")
    await town.told(person, "出海人")
    if role is not Role.GUEST:
        owner = Actor(town.owner.id, frozenset({Role.OWNER}))
        await town.community.people.give_role(owner, member_id=person.id, role=role)
    chat = town.world.add_supergroup("出海交流", town.owner)
    town.world.add_bot(town.owner, chat)
    town.world.join(person, chat)
    town.says(person, "/help", chat)
    await town.until(lambda: town.heard(person, chat))
    return person, town.heard(person, chat)[0]


async def presses(town: Town, person: Person, message: Message, data: str) -> str | None:
    """Press a button that may never have hung there; return the toast."""
    query = CallbackQuery(
        id=str(town.world.number()),
        bot=town.world.bot,
        person=person,
        message=message,
        data=data,
        asked_at=town.clock.now(),
    )
    town.world.callback_queries[query.id] = query
    town.world.bot.mailbox.put("callback_query", wire.callback_query(query))
    await town.until(lambda: query.answer is not None)
    return query.answer.text if query.answer else None
