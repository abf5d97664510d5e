"""Whom a post is for: a rule that selects members, as data, and as operators type it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from community_bot.errors import Invalid

MOST_DAYS = 3650


class Who(StrEnum):
    """What a criterion looks at."""

    EVERYBODY = "all"  # whoever has started the bot
    MEMBERS = "members"  # whose membership holds, grace included
    TIERS = "tier"  # who stands in one of these tiers
    TOPICS = "topic"  # who follows one of these topics
    JOINED = "joined"  # whose first membership began between two days
    EXPIRING = "expiring"  # whose membership ends within so many days
    LAPSED = "lapsed"  # who was a member and is none any more
    NEVER_ASKED = "never-asked"  # members who have never asked a mentor
    ROLES = "role"  # staff with one of these roles
    NEVER_OPENED = "never-opened"  # who has pressed nothing under any post
    PEOPLE = "people"  # these very people


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is true of a person or not."""

    who: Who
    names: tuple[str, ...] = ()  # tiers, topics, roles
    days: int = 0
    since: date | None = None
    until: date | None = None
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody of whom all of `include` are true and none of `exclude`."""

    include: tuple[Criterion, ...]
    exclude: tuple[Criterion, ...] = ()


EVERYBODY = Audience((Criterion(Who.EVERYBODY),))
_ALONE = (Who.EVERYBODY, Who.MEMBERS, Who.LAPSED, Who.NEVER_ASKED, Who.NEVER_OPENED)
_NAMED = (Who.TIERS, Who.TOPICS, Who.ROLES)
# The same in Chinese, as admins type it.
_ALSO = {
    "所有人": Who.EVERYBODY,
    "全部": Who.EVERYBODY,
    "会员": Who.MEMBERS,
    "全体会员": Who.MEMBERS,
    "等级": Who.TIERS,
    "主题": Who.TOPICS,
    "加入": Who.JOINED,
    "到期": Who.EXPIRING,
    "即将到期": Who.EXPIRING,
    "过期": Who.LAPSED,
    "已过期": Who.LAPSED,
    "前会员": Who.LAPSED,
    "从未提问": Who.NEVER_ASKED,
    "从未点开": Who.NEVER_OPENED,
    "角色": Who.ROLES,
    "成员": Who.PEOPLE,
}
_ROLES = {"导师": "mentor", "管理员": "admin", "财务": "finance", "所有者": "owner"}
_SIGNS = str.maketrans("：，、－—", ":,,--")


def parse(text: str) -> Audience:
    """Read `tier:annual,pro topic:uk -role:mentor`; raises Invalid naming the word.

    The words are told apart by spaces; all of them must be true, and those with a minus must not.
    """
    include: list[Criterion] = []
    exclude: list[Criterion] = []
    for word in text.translate(_SIGNS).split():
        kept = word.lstrip("-").removeprefix("不含")
        (include if kept == word else exclude).append(_criterion(kept))
    if not include:
        raise Invalid("audience", "empty")
    return Audience(tuple(include), tuple(exclude))


def named(audience: Audience, *, tiers: Mapping[str, str], roles: Collection[str]) -> Audience:
    """Return the audience with tiers by their codes; raises Invalid for who does not exist.

    `tiers` leads from each way in which a tier is called, in small letters, to its code.
    """
    known = {Who.TIERS: tiers, Who.ROLES: {role: role for role in roles} | _ROLES}

    def resolved(one: Criterion) -> Criterion:
        if one.who not in known:
            return one
        return replace(one, names=tuple(_known(name, known[one.who]) for name in one.names))

    return Audience(
        tuple(resolved(one) for one in audience.include),
        tuple(resolved(one) for one in audience.exclude),
    )


def _known(name: str, known: Mapping[str, str]) -> str:
    code = known.get(name.lower())
    if code is None:
        raise Invalid(
            "audience", "no_such", word=name, known=", ".join(sorted(set(known.values())))
        )
    return code


def spelled(audience: Audience) -> str:
    """Write an audience as `parse` reads it."""
    words = [_spelled(one) for one in audience.include]
    return " ".join([*words, *(f"-{_spelled(one)}" for one in audience.exclude)])


def toggled(audience: Audience | None, one: Criterion) -> Audience | None:
    """Return the audience with a criterion more, or less where it is there; None for nobody.

    Tiers, topics and roles are collected in one criterion; everybody stands alone.
    """
    if one.who is Who.EVERYBODY:
        return None if audience == EVERYBODY else EVERYBODY
    before = audience.include if audience else ()
    others = [have for have in before if have.who not in (one.who, Who.EVERYBODY)]
    same = next((have for have in before if have.who is one.who), None)
    kept = _merged(same, one)
    include = (*others, *([kept] if kept else []))
    return Audience(include, audience.exclude if audience else ()) if include else None


def without(audience: Audience | None, one: Criterion) -> Audience:
    """Return the audience with a criterion excluded, or no longer where it was."""
    audience = audience or EVERYBODY
    others = tuple(have for have in audience.exclude if have != one)
    is_out = one in audience.exclude
    return Audience(audience.include, others if is_out else (*others, one))


def _merged(same: Criterion | None, one: Criterion) -> Criterion | None:
    if same is None or (one.who not in _NAMED and same != one):
        return one
    names = tuple(name for name in same.names if name not in one.names)
    more = tuple(name for name in one.names if name not in same.names)
    return Criterion(one.who, names=names + more) if names + more else None


def _criterion(word: str) -> Criterion:
    name, _, rest = word.partition(":")
    try:
        who = _ALSO.get(name) or Who(name.lower())
    except ValueError:
        raise Invalid("audience", "unknown", word=word) from None
    if who in _ALONE and not rest:
        return Criterion(who)
    try:
        return _with(who, rest)
    except (ValueError, OverflowError):
        raise Invalid("audience", "malformed", word=word) from None


def _with(who: Who, rest: str) -> Criterion:
    if who in _NAMED and all(names := tuple(rest.split(","))):
        return Criterion(who, names=names)
    if who is Who.EXPIRING and 0 < (days := int(rest)) <= MOST_DAYS:
        return Criterion(who, days=days)
    if who is Who.PEOPLE:
        return Criterion(who, people=tuple(int(one) for one in rest.split(",")))
    if who is Who.JOINED and ".." in rest:
        since, until = (date.fromisoformat(one) if one else None for one in rest.split(".."))
        return Criterion(who, since=since, until=until)
    raise ValueError(rest)


def _spelled(one: Criterion) -> str:
    if one.who in _NAMED:
        return f"{one.who}:{','.join(one.names)}"
    if one.who is Who.EXPIRING:
        return f"{one.who}:{one.days}"
    if one.who is Who.PEOPLE:
        return f"{one.who}:{','.join(map(str, one.people))}"
    if one.who is Who.JOINED:
        return f"{one.who}:{one.since or ''}..{one.until or ''}"
    return one.who.value


def as_facts(audience: Audience | None) -> dict[str, Any] | None:
    """Return the audience as it is kept."""
    return None if audience is None else {"rule": spelled(audience)}


def from_facts(facts: Mapping[str, Any] | None) -> Audience | None:
    return None if facts is None else parse(facts["rule"])
