"""What a person can do on the page, by name; each act is answered when it is done."""

from collections.abc import Awaitable, Callable, Mapping
from inspect import isawaitable

from community_bot.sandbox import control_asking, control_sending
from community_bot.sandbox.control_input import Input, wanted
from community_bot.sandbox.control_reading import Screens
from community_bot.sandbox.control_rights import is_admin
from community_bot.sandbox.facts import Json, Message, Person
from community_bot.sandbox.refusals import Refused

Act = Callable[[Input], Json | Awaitable[Json]]
_DONE: Json = {"done": True}


async def perform(name: str, given: Input, screens: Screens) -> Json:
    """Do what the page asks for; an unknown act is refused like any other bad input."""
    if name == "read":
        return _read(given, screens)
    act = ACTS.get(name)
    if act is None:
        raise Refused(404, f"act: there is no {name!r}, only {', '.join(sorted(ACTS))}")
    done = act(given)
    return await done if isawaitable(done) else done


def _read(given: Input, screens: Screens) -> Json:
    screens.mark_read(given.person(), given.chat(), given.optional_number("thread"))
    return _DONE


def _start(given: Input) -> Json:
    given.world.start(given.person(), given.text("payload", ""))
    return _DONE


def _block(given: Input) -> Json:
    given.world.block(given.person())
    return _DONE


def _unblock(given: Input) -> Json:
    given.world.unblock(given.person())
    return _DONE


def _edit(given: Input) -> Json:
    message, text = _own(given), given.text("text").strip()
    if not text:
        raise wanted("text", "something to say")
    given.world.edit_text(message, text)
    return _DONE


def _delete(given: Input) -> Json:
    given.world.delete_message(_own(given))
    return _DONE


def _react(given: Input) -> Json:
    emoji = given.text("emoji", "") if given.facts.get("emoji") is not None else ""
    given.world.react(given.person(), given.message(), emoji or None)
    return _DONE


def _pin(given: Input) -> Json:
    person, message = given.person(), given.message()
    if not is_admin(given.world, person, message.chat):
        raise Refused(403, "message: only administrators pin")
    given.world.pin(person, message)
    return _DONE


def _join(given: Input) -> Json:
    person, link = given.person(), given.world.links.get(given.text("link"))
    if link is None:
        raise Refused(404, "link: it is not valid")
    if not link.creates_join_request:
        given.world.join(person, link)
        return {"state": "joined"}
    return {"state": given.world.request_join(person, link).state}


def _leave(given: Input) -> Json:
    chat = given.chat()
    if chat.is_private:
        raise wanted("chat", "a group or channel")
    given.world.leave(given.person(), chat)
    return _DONE


def _own(given: Input) -> Message:
    person: Person = given.person()
    message = given.message()
    if message.sender is not person:
        raise Refused(403, "message: it is somebody else's")
    return message


ACTS: Mapping[str, Act] = {
    "start": _start,
    "block": _block,
    "unblock": _unblock,
    "send": control_sending.send,
    "contact": control_sending.contact,
    "location": control_sending.location,
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "pin": _pin,
    "press": control_asking.press,
    "pay": control_asking.pay,
    "query": control_asking.query,
    "choose": control_asking.choose,
    "join": _join,
    "leave": _leave,
}
