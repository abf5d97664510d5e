"""What the rules refuse of a post, to an operator: one line that names the option, and the code."""

from community_bot.cli.refusals import MISUSED, WRONG
from community_bot.errors import DomainError, Invalid, NotFound
from handlers.texts import errors as texts
from handlers.texts.words import SOURCE, words

_OPTIONS = {
    "audience": "--audience",
    "topics": "--audience",
    "schedule": "--at or --repeat",
    "place": "--place",
    "space": "--place",
    "tier": "--tier",
    "title": "--title",
    "content": "--file",
}
# What the chat answers with its buttons is answered with the options here.
_INSTEAD = {
    ("audience", "missing"): "nobody would get it; give --audience, or --place, or both",
    ("audience", "nobody"): "there is nobody in this audience now",
    ("place", "below_tier"): "people below --tier can see this there",
    ("place", "unknown"): "there is no such place; give a chat's number or a role that has one",
    ("content", "empty"): "the file has no text",
}
# It was asked for in the right way; it is the community that has nobody.
_OF_THE_COMMUNITY = (("audience", "nobody"), ("place", "below_tier"))


def code_of(refusal: DomainError) -> int:
    """Say whether an option is wrong, or the rules refuse what it asks for."""
    field, reason = _field(refusal), getattr(refusal, "reason", "")
    is_wrong = field in _OPTIONS and (field, reason) not in _OF_THE_COMMUNITY
    return MISUSED if is_wrong else WRONG


def sentence_of(refusal: DomainError) -> str:
    """Return one line: the option, what is wrong, and what can be given instead."""
    field, reason = _field(refusal), getattr(refusal, "reason", "")
    said = _INSTEAD.get((field, reason)) or texts.as_plain(
        texts.refusal(words(SOURCE), refusal, at_desk=True)
    )
    option = _OPTIONS.get(field)
    return " ".join(f"{option}: {said}".split()) if option else " ".join(said.split())


def _field(refusal: DomainError) -> str:
    match refusal:
        case Invalid():
            return refusal.field
        case NotFound(what="space"):
            return "space"
        case _:
            return ""
