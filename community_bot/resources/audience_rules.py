"""Whom a post is for: a rule that selects members, as data, and as operators type it."""

import calendar
import re
from collections.abc import Mapping
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
# The same in other words, as admins type it.
_ALSO = {
    "所有人": Who.EVERYBODY,
    "全部": Who.EVERYBODY,
    "会员": Who.MEMBERS,
    "全体会员": Who.MEMBERS,
    "等级": Who.TIERS,
    "主题": Who.TOPICS,
    "cohort": Who.JOINED,
    "加入": Who.JOINED,
    "批次": Who.JOINED,
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
_MONTH = re.compile(r"(\d{4})[-年./](\d{1,2})月?")
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


@dataclass(frozen=True, slots=True)
class Known:
    """What exists here: from each way in which it is called, in small letters, to its code."""

    tiers: Mapping[str, str]
    topics: Mapping[str, str]
    roles: Mapping[str, str]


def named(audience: Audience, known: Known) -> Audience:
    """Return the audience with everything by its code; raises Invalid for what does not exist."""
    exist = {
        Who.TIERS: known.tiers,
        Who.TOPICS: known.topics,
        Who.ROLES: {**known.roles, **_ROLES},
    }

    def resolved(one: Criterion) -> Criterion:
        if one.who not in exist:
            return one
        return replace(one, names=tuple(_known(name, exist[one.who]) for name in one.names))

    return Audience(
        tuple(resolved(one) for one in audience.include),
        tuple(resolved(one) for one in audience.exclude),
    )


def cohorts(audience: Audience) -> list[Criterion]:
    """Return what is said about when people joined."""
    return [one for one in (*audience.include, *audience.exclude) if one.who is Who.JOINED]


def _known(name: str, known: Mapping[str, str]) -> str:
    code = known.get(name.lower())
    if code is None:
        codes = sorted(set(known.values()))
        reason = "no_such" if codes else "none_such"
        raise Invalid("audience", reason, word=name, known=", ".join(codes))
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
        who = _ALSO.get(name.lower()) or Who(name.lower())
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
    if who is Who.JOINED:
        return _joined(rest)
    raise ValueError(rest)


def _joined(rest: str) -> Criterion:
    """Read 2026-01-01..2026-02-01 with an end left open or not, or a month: 2026-01."""
    month = _MONTH.fullmatch(rest)
    if month is not None:
        year, number = int(month[1]), int(month[2])
        last = calendar.monthrange(year, number)[1]
        return Criterion(Who.JOINED, since=date(year, number, 1), until=date(year, number, last))
    since, until = (date.fromisoformat(one) if one else None for one in rest.split(".."))
    if since is not None and until is not None and since > until:
        raise ValueError(rest)
    return Criterion(Who.JOINED, since=since, until=until)


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
